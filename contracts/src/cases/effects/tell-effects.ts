import type { Effect } from '../../catalogue/package-document.ts'
import { type AlertTerms, raiseAlert } from '../../supervision/raise-alert.ts'
import { deadlineAfter } from '../../vocabulary/duration.ts'
import { isCode } from '../../vocabulary/spelling.ts'
import { type CaseWork, membersOfParty, patchCase, tell } from '../case-work.ts'
import { CASE_LIMITS } from '../limits.ts'
import type { Step } from '../records.ts'

type NoticeEffect = Extract<Effect, { notice: string }>
type AlertEffect = Extract<Effect, { alert: string }>

/** Gives notice: an event that the parties' offices and the public page show, for its period. */
export function performNotice(work: CaseWork, effect: NoticeEffect): void {
  const { ctx, serviceCase, calendar } = work
  const until = effect.lasts === undefined ? null : deadlineAfter(ctx.time, effect.lasts, calendar)
  const notice = { name: effect.notice, to: [...effect.to], at: ctx.time, until }
  const notices = [...serviceCase.notices, notice].slice(-CASE_LIMITS.notices)
  patchCase(work, { notices })
  tell(work, 'NoticeGiven', { notice: effect.notice, to: [...effect.to], until })
}

/** Raises an alert by the package's own decision. */
export function performAlert(work: CaseWork, effect: AlertEffect, step: Step | null): void {
  const facts: AlertTerms['facts'] = step === null ? {} : { step: step.step, round: step.round }
  alertParties(work, { code: effect.alert, severity: effect.severity, to: effect.to, facts })
}

/** Raises an alert for parties of the case and for roles of members. */
export function alertParties(
  work: CaseWork,
  alert: Pick<AlertTerms, 'code' | 'severity' | 'to' | 'facts'>,
): void {
  raiseAlert(work.ctx, {
    ...alert,
    to: audienceOf(work, alert.to),
    caseId: work.serviceCase.id,
  })
}

/** Parties by their members; what is spelled as a role stays one. */
export function audienceOf(work: CaseWork, to: readonly string[]): string[] {
  return [...new Set(to.flatMap((name) => audience(work, name)))]
}

function audience(work: CaseWork, name: string): readonly string[] {
  const { serviceCase, service } = work
  if (Object.hasOwn(service.parties, name)) return membersOfParty(serviceCase, name)
  return isCode(name) ? [name] : []
}
