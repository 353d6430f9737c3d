/* Steps of a batch as the chain keeps them, as few of their fields as a test needs. */
import type { CaseWithSteps, StepShown } from '../step-clock/case-shown.ts'

/** What a test says of a step; the rest is as of a step that was done at `order` minutes. */
export interface StepSaid {
  readonly step: string
  readonly status?: StepShown['status']
  readonly outcome?: string
  readonly values?: Readonly<Record<string, unknown>>
  readonly holder?: string
  readonly round?: number
  readonly openedBy?: number
  readonly wait?: StepShown['wait']
  readonly submissions?: StepShown['submissions']
}

const MINUTE_MS = 60_000

/** A case of a contribution with these steps, done in their order. */
export function batchWith(
  steps: readonly StepSaid[],
  service = 'annuity-contribution',
): CaseWithSteps {
  return {
    case: {
      id: 'CASE',
      service,
      values: { period: '2026-11', planKey: 'PLAN' },
      parties: {
        employer: 'emp',
        trustee: 'tru',
        accountManager: 'acc',
        bank: 'bnk',
        custodian: 'cus',
        investmentManagers: ['one', 'two'],
        supervisor: 'sup',
      },
      batches: {},
      sealed: {},
      endedAt: null,
    } as unknown as CaseWithSteps['case'],
    steps: steps.map(stepOf),
  }
}

function stepOf(said: StepSaid, n: number): StepShown {
  const { step, status = 'done', holder = 'cus', values = {}, outcome = 'done' } = said
  const isDone = status === 'done'
  const at = n * MINUTE_MS
  return {
    step,
    n,
    status,
    holder,
    values,
    round: said.round ?? 1,
    outcome: isDone ? outcome : null,
    order: isDone ? n : null,
    awaits: isDone ? [] : [holder],
    openedBy: said.openedBy ?? null,
    openedAt: at,
    dueAt: null,
    wait: said.wait ?? null,
    submissions: said.submissions ?? [],
    signatures: [],
    endedBy: isDone ? { by: 'act', member: holder, name: '01', txId: `tx${n}`, at } : null,
  } as unknown as StepShown
}
