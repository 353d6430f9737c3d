/* Demonstrations only: one batch as two parties see it, each with a session of its own. */
import './institution.css'
import { Select } from 'antd'
import { Link, useParams, useSearchParams } from 'react-router'
import { usePackageOfCase } from '../../package/use-package.ts'
import { Page } from '../../patterns/page/page.tsx'
import { Asked, Empty, Failed, Waiting } from '../../patterns/states/states.tsx'
import type { Slot } from '../../session/api.ts'
import { SessionProvider, signInAddress, useSession } from '../../session/session.tsx'
import { type SampleAccount, useSampleAccounts } from '../../shell/sample-accounts.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { compareWords } from './compare/words.ts'
import { BatchState } from './contribution/contribution-head.tsx'
import { ContributionView } from './contribution/contribution-view.tsx'
import { useContribution } from './contribution/use-contribution.ts'

/** The page. */
export function ComparePage() {
  const { case: caseId = '' } = useParams()
  const say = useWords(compareWords)
  const { chain } = useSession()
  return (
    <Page
      title={say('title')}
      crumb={<Link to={`/institution/contributions/${caseId}`}>{say('back')}</Link>}
      tags={<span className="quiet">{say('about')}</span>}
    >
      {chain.isDemonstration ? (
        <Panes caseId={caseId} />
      ) : (
        <Empty>{say('onlyDemonstration')}</Empty>
      )}
    </Page>
  )
}

function Panes({ caseId }: { readonly caseId: string }) {
  const [search] = useSearchParams()
  const accounts = useSampleAccounts().filter(({ kind }) => kind === 'officer')
  const wanted = search.get('right')
  return (
    <div className="compare">
      <Pane caseId={caseId} slot="a" accounts={accounts} wanted={null} />
      <SessionProvider
        slot="b"
        waiting={<Waiting rows={8} />}
        failed={(error, again) => <Failed error={error} again={again} />}
      >
        <Pane caseId={caseId} slot="b" accounts={accounts} wanted={wanted} />
      </SessionProvider>
    </div>
  )
}

/** Parts of the demonstration under which a party's sample account is listed. */
function isOfParty(account: SampleAccount, party: string): boolean {
  return account.party === (party === 'investmentManagers' ? 'investmentOne' : party)
}

function Pane({
  caseId,
  slot,
  accounts,
  wanted,
}: {
  readonly caseId: string
  readonly slot: Slot
  readonly accounts: readonly SampleAccount[]
  readonly wanted: string | null
}) {
  const say = useWords(compareWords)
  const { locale } = useLocale()
  const { session } = useSession()
  const current = accounts.find(
    ({ member, officer }) => member === session?.member && officer === session?.name,
  )
  const nameOf = ({ memberName, label }: SampleAccount): string =>
    `${memberName[locale]} · ${label[locale]}`
  const signIn = (account: string): void => {
    location.assign(signInAddress(account, `/institution/compare/${caseId}`, slot))
  }
  const suggested = wanted === null ? undefined : accounts.find((one) => isOfParty(one, wanted))
  const isAsked = suggested !== undefined && suggested.name !== current?.name
  const side = say(slot === 'a' ? 'left' : 'right')
  return (
    <section
      className="compare-pane"
      aria-label={say('pane', { side, who: current === undefined ? '—' : nameOf(current) })}
    >
      <header className="row">
        <span className="quiet" id={`compare-${slot}`}>
          {side}
        </span>
        <Select
          aria-labelledby={`compare-${slot}`}
          className="compare-select"
          value={current?.name ?? null}
          options={accounts.map((account) => ({ value: account.name, label: nameOf(account) }))}
          onChange={signIn}
        />
        {isAsked ? (
          <button type="button" className="small-button" onClick={() => signIn(suggested.name)}>
            {say('signIn', { who: nameOf(suggested) })}
          </button>
        ) : null}
      </header>
      {session === null ? <Empty>{say('empty')}</Empty> : <PaneBody caseId={caseId} />}
    </section>
  )
}

function PaneBody({ caseId }: { readonly caseId: string }) {
  const contribution = useContribution(caseId)
  const loaded = usePackageOfCase(contribution.found?.case ?? null)
  return (
    <Asked of={contribution.asked} rows={8}>
      {({ data: found }) => (
        <Asked of={loaded} rows={8}>
          {(document) => (
            <>
              <p className="row">
                <BatchState found={found} loaded={document} />
              </p>
              <ContributionView
                contribution={contribution}
                found={found}
                loaded={document}
                compareAt={null}
              />
            </>
          )}
        </Asked>
      )}
    </Asked>
  )
}
