import './institution.css'
import { Page } from '../../patterns/page/page.tsx'
import { useWords } from '../../words/locale.tsx'
import { useServices } from './use-services.ts'
import { DeclaredTable } from './visibility/declared-table.tsx'
import { GrantedTable } from './visibility/granted-table.tsx'
import { ReadsTable } from './visibility/reads-table.tsx'
import { rightsWords } from './visibility/words.ts'

/** What this member may see and may not, by whom it was granted, until when, and what it opened. */
export function VisibilityPage() {
  const say = useWords(rightsWords)
  const services = useServices()
  return (
    <Page title={say('title')}>
      <p className="quiet">{say('about')}</p>
      <GrantedTable services={services} />
      <DeclaredTable services={services} sight="sealed" />
      <DeclaredTable services={services} sight="keeps" />
      <ReadsTable which="ours" />
      <ReadsTable which="looked" />
    </Page>
  )
}
