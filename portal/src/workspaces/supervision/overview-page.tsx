import './supervision.css'
import { Page } from '../../patterns/page/page.tsx'
import { useWords } from '../../words/locale.tsx'
import { AlertList } from './overview/alert-list.tsx'
import { FigureStrip, useFigures } from './overview/figures.tsx'
import { LateSteps } from './overview/late-steps.tsx'
import { MissedList } from './overview/missed-list.tsx'
import { OpenMoney } from './overview/open-money.tsx'
import { PunctualityTable } from './overview/punctuality-table.tsx'
import { supervisionWords } from './words.ts'

/** What needs a look: the answer first, then alerts, money, what is late and what did not happen. */
export function OverviewPage() {
  const say = useWords(supervisionWords)
  const figures = useFigures()
  const title =
    figures.toLook === null ? say('titleWaiting') : say('title', { count: figures.toLook })
  return (
    <Page title={title}>
      <FigureStrip figures={figures} />
      <AlertList />
      <OpenMoney />
      <div className="supervision-columns">
        <MissedList />
        <LateSteps />
      </div>
      <PunctualityTable />
    </Page>
  )
}
