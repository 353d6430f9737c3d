/* Cases and steps as queries answer them. */
import type { Queries } from '@renshe/client'

/** A case with its steps. */
export type CaseWithSteps = Queries['cases.getCase']['output']

/** A case without its steps. */
export type CaseShown = CaseWithSteps['case']

/** One opening of one step. */
export type StepShown = CaseWithSteps['steps'][number]

/** A journal of the ledger. */
export type JournalShown = Queries['funds.listCaseJournals']['output']['items'][number]

/** Whether somebody must still act on a step, or it still waits. */
export function isUnfinished({ status }: StepShown): boolean {
  return status === 'open' || status === 'waiting' || status === 'disputed'
}

/** Computed values and public fields of everything done, the latest of a name: as a package sees them. */
export function valuesOf({ case: shown, steps }: CaseWithSteps): Readonly<Record<string, unknown>> {
  const done = steps.filter(({ status }) => status === 'done')
  const inOrder = [...done].sort((one, other) => (one.order ?? 0) - (other.order ?? 0))
  return Object.assign({}, shown.values, ...inOrder.map(({ values }) => values))
}

/** Names of the parts that a member plays in a case. */
export function partiesOf(shown: CaseShown, member: string): readonly string[] {
  return Object.entries(shown.parties)
    .filter(([, bound]) => (typeof bound === 'string' ? bound === member : bound?.includes(member)))
    .map(([party]) => party)
}

/** Members that play a part in a case. */
export function membersOf(shown: CaseShown, party: string): readonly string[] {
  const bound = shown.parties[party] ?? null
  if (bound === null) return []
  return typeof bound === 'string' ? [bound] : bound
}
