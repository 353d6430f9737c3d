/* Demonstrations only: another sample identity looks at the same page. Switching signs in, as anybody would. */
import './role-switcher.css'
import { useLocation } from 'react-router'
import { signInAddress, useSession } from '../session/session.tsx'
import { PARTY_COLOURS } from '../theme/tokens.ts'
import { useLocale, useWords } from '../words/locale.tsx'
import { type SampleAccount, useSampleAccounts } from './sample-accounts.ts'
import { shellWords } from './words.ts'

const PARTIES = [
  { party: 'employer', colour: PARTY_COLOURS.employer, zh: '委托人', en: 'Settlor' },
  { party: 'trustee', colour: PARTY_COLOURS.trustee, zh: '受托人', en: 'Trustee' },
  {
    party: 'accountManager',
    colour: PARTY_COLOURS.accountManager,
    zh: '账户管理人',
    en: 'Account manager',
  },
  { party: 'custodian', colour: PARTY_COLOURS.custodian, zh: '托管人', en: 'Custodian' },
  {
    party: 'investmentOne',
    colour: PARTY_COLOURS.investmentManagers,
    zh: '投资管理人',
    en: 'Investment manager',
  },
  { party: 'bank', colour: PARTY_COLOURS.bank, zh: '银行', en: 'Bank' },
  { party: 'supervisor', colour: PARTY_COLOURS.supervisor, zh: '监管', en: 'Supervisor' },
] as const

/** Pages of what an institution itself has to do. */
const OF_INSTITUTIONS = /^\/institution(\/(orders|warrants)\b.*)?(\?.*)?$/

/** Where an identity may look: its own workspace if the page is of another one. */
function pageFor(party: string, path: string): string {
  if (party === 'supervisor') return OF_INSTITUTIONS.test(path) ? '/supervision' : path
  return path.startsWith('/supervision') || path.startsWith('/own') ? '/institution' : path
}

/** Seven parties as links; the one that is signed in is marked. */
export function RoleSwitcher() {
  const say = useWords(shellWords)
  const { locale } = useLocale()
  const { session } = useSession()
  const { pathname, search } = useLocation()
  const accounts = useSampleAccounts()
  if (accounts.length === 0) return null
  const partyOfSession = accounts.find(({ member }) => member === session?.member)?.party
  return (
    <nav className="role-switcher" aria-label={say('switchLabel')}>
      <span className="role-switcher-label">{say('switchRole')}</span>
      <ul>
        {PARTIES.map(({ party, colour, zh, en }) => {
          const account = accountOf(accounts, party)
          if (account === undefined) return null
          const isCurrent = party === partyOfSession && session?.kind === 'officer'
          const back = pageFor(party, `${pathname}${search}`)
          return (
            <li key={party}>
              <a
                href={signInAddress(account.name, back)}
                aria-current={isCurrent ? 'true' : undefined}
              >
                <i style={{ background: colour }} aria-hidden="true" />
                {locale === 'zh' ? zh : en}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

function accountOf(accounts: readonly SampleAccount[], party: string): SampleAccount | undefined {
  return accounts.find((account) => account.party === party && account.kind === 'officer')
}
