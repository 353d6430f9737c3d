import type { JsonObject } from '@renshe/crypto'
import type { CaseWork } from './case-work.ts'
import type { Step } from './records.ts'
import { openSteps } from './step-graph.ts'

/** What the result of an act tells: where the case stands now. Details are asked of the queries. */
export function caseResult(work: CaseWork, n: number | null): JsonObject {
  const { id, status } = work.serviceCase
  const open = openSteps(work.steps)
    .slice(0, 20)
    .map(({ n: number, step, holder, dueAt }) => ({ n: number, step, holder, dueAt }))
  if (n === null) return { case: id, status, open }
  const step = work.steps[n] as Step
  return {
    case: id,
    status,
    open,
    step: { n, step: step.step, status: step.status, outcome: step.outcome },
  }
}
