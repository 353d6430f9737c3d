import './own.css'
import { Page, Section } from '../../patterns/page/page.tsx'
import { useWords } from '../../words/locale.tsx'
import { LookList } from './look-list.tsx'
import { ownWords } from './words.ts'

/** `/hall/access-log`: everyone who looked, and why. */
export function AccessLogPage() {
  const say = useWords(ownWords)
  return (
    <Page title={say('looked')}>
      <p className="quiet">{say('logIntro')}</p>
      <Section label={say('looked')}>
        <LookList />
      </Section>
    </Page>
  )
}
