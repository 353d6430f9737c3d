import { endGrants } from '../access/grants.ts'
import { hasLaterRule } from '../supervision/alert-rule.ts'
import { endCaseWatches } from '../supervision/watch-step.ts'
import { deadlineAfter } from '../vocabulary/duration.ts'
import { type CaseWork, patchCase, tell } from './case-work.ts'
import { cancelStep } from './open-steps.ts'
import { uniques, WITHDRAWN } from './records.ts'

/**
 * Ends a case: open steps are cancelled, grants stay in force for the package's retention, and a withdrawn
 * case frees what it kept unique.
 */
export function endCase(work: CaseWork, status: string): void {
  const { ctx, service, calendar } = work
  for (const step of [...work.steps]) cancelStep(work, step, 'end')
  patchCase(work, { status, endedAt: ctx.time })
  const { id, service: name, unique } = work.serviceCase
  endGrants(ctx, { caseId: id, notAfter: deadlineAfter(ctx.time, service.retention, calendar) })
  // Every step has ended its own watch.
  if (hasLaterRule(work.code)) endCaseWatches(ctx, id)
  if (status === WITHDRAWN && unique !== null) ctx.state(uniques).delete([name, unique])
  tell(work, 'CaseEnded', { status })
}
