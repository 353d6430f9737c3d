/* One contribution as one party sees it: match, flow, what it may see, journals. Shown alone and in a comparison. */
import '../institution.css'
import { useMemo } from 'react'
import { useMemberName } from '../../../cells/cells.tsx'
import { isSame } from '../../../format/exact.ts'
import { percent } from '../../../format/money.ts'
import { type LoadedPackage, serviceOf } from '../../../package/package-document.ts'
import { usePackageTexts } from '../../../package/use-package.ts'
import { journalRows } from '../../../patterns/journal/journal-rows.ts'
import { JournalTable } from '../../../patterns/journal/journal-table.tsx'
import { pendingRows } from '../../../patterns/journal/pending-rows.ts'
import type { Lane } from '../../../patterns/money-flow/flow-messages.ts'
import { flowRows } from '../../../patterns/money-flow/flow-rows.ts'
import { MoneyFlow } from '../../../patterns/money-flow/money-flow.tsx'
import {
  type CaseWithSteps,
  membersOf,
  partiesOf,
} from '../../../patterns/step-clock/case-shown.ts'
import { partyInWords } from '../../../patterns/step-clock/party-words.ts'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import type { Recomputation } from '../../../patterns/triple-match/recomputations.tsx'
import { TripleMatch } from '../../../patterns/triple-match/triple-match.tsx'
import { matchWords } from '../../../patterns/triple-match/words.ts'
import { VisibilityPanel } from '../../../patterns/visibility/visibility-panel.tsx'
import { openTo } from '../../../patterns/visibility/visible-to.ts'
import { useSession } from '../../../session/session.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { batchOf, carriedAfter } from './contribution-facts.ts'
import type { useContribution } from './use-contribution.ts'
import { contributionWords } from './words.ts'

type Contribution = ReturnType<typeof useContribution>

/** What is shown. */
interface ContributionViewProps {
  readonly contribution: Contribution
  readonly found: CaseWithSteps
  readonly loaded: LoadedPackage
  /** Where the comparison with a party lies; null in a comparison. */
  readonly compareAt: ((party: string) => string) | null
}

/** The body of the page. */
export function ContributionView(props: ContributionViewProps) {
  const { contribution, found, loaded, compareAt } = props
  const { session } = useSession()
  const now = useChainTime()
  const nameOf = useMemberName()
  const texts = usePackageTexts(loaded)
  const { sections } = serviceOf(loaded)
  const parties = partiesOf(found.case, session?.member ?? '')
  const open = useMemo(() => openTo(sections, parties), [sections, parties])
  const rows = flowRows({
    contribution: found,
    valuation: contribution.valuation,
    portfolioShares: contribution.plan.fields?.portfolioShares ?? [],
    canOpen: (section) => open.includes(section),
  })
  const usesOf = (section: string): number =>
    contribution.grants
      .filter(
        ({ holder, sections: names }) =>
          holder.member === session?.member && names.includes(section),
      )
      .reduce((sum, { used }) => sum + used, 0)
  const namesOf = (lane: Lane): readonly string[] => membersOf(found.case, lane).map(nameOf)
  return (
    <div className="contribution">
      <Match {...props} />
      <div className="contribution-grid">
        <MoneyFlow
          rows={rows}
          ours={parties}
          namesOf={namesOf}
          nameOf={nameOf}
          sectionName={texts.section}
          now={now}
        />
        <VisibilityPanel
          loaded={loaded}
          shown={found.case}
          parties={parties}
          usesOf={usesOf}
          compareAt={compareAt}
        />
      </div>
      <Journals {...props} isOpen={open.includes('entry')} />
    </div>
  )
}

function Match({ contribution, found, loaded }: ContributionViewProps) {
  const now = useChainTime()
  const nameOf = useMemberName()
  const { locale } = useLocale()
  const batch = batchOf(found, contribution.expectations, contribution.payments)
  const carried =
    contribution.carried === null
      ? null
      : carriedAfter(contribution.newest, found.case.id, contribution.carried)
  const texts = usePackageTexts(loaded)
  const say = useWords(matchWords)
  const { comparison, sums } = batch
  // Only what the rule itself compared: after a top-up the difference is another one.
  const isThisOne =
    comparison !== null &&
    sums.difference !== null &&
    isSame(comparison.difference, sums.difference)
  const explained =
    comparison === null || !isThisOne
      ? null
      : {
          id: 'difference',
          title: say('comparison'),
          rule: 'annuity.arrival-match',
          facts: { billTotal: comparison.billTotal, arrivedAmount: comparison.arrivedAmount },
          output: 'difference',
          on: found.case.lawDate,
          value: comparison.difference,
        }
  const recomputations = found.steps
    .filter(({ submissions }) => submissions.length > 0)
    .map(
      (step): Recomputation => ({
        what: texts.step(step.step),
        by: step.submissions.map(({ member, at, txId }) => ({ name: nameOf(member), at, txId })),
        waitsFor: step.status === 'done' ? [] : step.awaits.map(nameOf),
        isSame: step.differs.length === 0,
      }),
    )
  return (
    <TripleMatch
      sums={batch.sums}
      notes={{
        ...batch,
        carried,
        comparison: explained,
        custodian: partyInWords('custodian', locale),
        accountManager: partyInWords('accountManager', locale),
      }}
      recomputations={recomputations}
      now={now}
    />
  )
}

function Journals({
  contribution,
  found,
  loaded,
  isOpen,
}: ContributionViewProps & { readonly isOpen: boolean }) {
  const say = useWords(contributionWords)
  const now = useChainTime()
  const nameOf = useMemberName()
  const { locale } = useLocale()
  const { carried, newest, journals, plan } = contribution
  const signerName = (member: string): string => {
    const [party] = partiesOf(found.case, member)
    return party === undefined ? nameOf(member) : partyInWords(party, locale)
  }
  const accountName = (account: string): string | null => {
    const index = /^1101\.(\d+)$/.exec(account)?.[1]
    const member = plan.fields?.investmentManagers[Number(index ?? 0) - 1]
    const share = plan.fields?.portfolioShares[Number(index ?? 0) - 1]
    if (member === undefined || share === undefined) return null
    const name = say('portfolioOf', { member: nameOf(member) })
    return say('portfolioShare', { name, share: percent(share) })
  }
  return (
    <JournalTable
      rows={[...journalRows(journals, found), ...pendingRows(found, serviceOf(loaded))]}
      fileName={`${plan.key ?? 'plan'}-${String(found.case.values.period ?? '')}`}
      isOpen={isOpen}
      signerName={signerName}
      accountName={accountName}
      carried={carried === null ? null : carriedAfter(newest, found.case.id, carried)}
      now={now}
    />
  )
}
