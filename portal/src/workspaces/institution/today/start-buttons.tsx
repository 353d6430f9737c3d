/* What this member may begin: published services whose opening party it is. */
import { Link } from 'react-router'
import { useAsk } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { useServices } from '../use-services.ts'
import { mayOpen } from './start-rights.ts'
import { todayWords } from './words.ts'

/** Buttons beside the title. */
export function StartButtons() {
  const say = useWords(todayWords)
  const { locale } = useLocale()
  const { session } = useSession()
  const services = useServices()
  const members = useAsk('membership.listMembers', {})
  const all = members.data?.data.items ?? []
  const own = all.find(({ id }) => id === session?.member)
  const known = [...new Set(all.flatMap(({ roles }) => roles))]
  const open = services.filter(({ document }) =>
    mayOpen(document, session?.roles ?? [], own?.roles ?? [], known),
  )
  if (open.length === 0) return null
  return (
    <nav className="row" aria-label={say('start')}>
      <span className="quiet">{say('start')}</span>
      {open.map(({ document: { name, title } }) => (
        <Link key={name} className="small-button" to={`/institution/start/${name}`}>
          {title[locale]}
        </Link>
      ))}
    </nav>
  )
}
