import './institution.css'
import { Page } from '../../patterns/page/page.tsx'
import { useWords } from '../../words/locale.tsx'
import { OpenMoneyList } from './today/open-money.tsx'
import { OthersSteps } from './today/others-steps.tsx'
import { OwnSteps } from './today/own-steps.tsx'
import { StartButtons } from './today/start-buttons.tsx'
import { todayWords } from './today/words.ts'

/** What is this member's to do, what it waits for, and money that is not reconciled. */
export function TodayPage() {
  const say = useWords(todayWords)
  return (
    <Page title={say('title')} actions={<StartButtons />}>
      <OwnSteps />
      <OpenMoneyList />
      <OthersSteps />
    </Page>
  )
}
