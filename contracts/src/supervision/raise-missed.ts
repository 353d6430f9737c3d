import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { CaseId, Count } from '../vocabulary/schemas.ts'
import { raiseAlert } from './raise-alert.ts'
import { watches } from './records.ts'
import { refuse } from './refusals.ts'
import { putWatch } from './watch-step.ts'

/**
 * Raises the alert about something that did not happen in time. Anyone may say so, a relay does it by
 * itself; the contract checks that it is true: the watch still stands and its time has passed.
 */
export const raiseMissed = action({
  name: 'supervision.raiseMissed',
  summary: 'Raises the alert about what an alert rule says must have happened by now and did not.',
  input: Type.Object({
    case: CaseId,
    rule: Type.String({ minLength: 1, maxLength: 64 }),
    number: Count,
  }),
  run(ctx: Context, { case: caseId, rule, number }) {
    const watch = ctx.state(watches).find([caseId, 'rule', rule, number])
    const alert = watch?.alert ?? null
    if (watch === undefined || alert === null) {
      refuse(ctx, { code: 'WATCH_NOT_FOUND', case: caseId, rule, number })
    }
    if (watch.raised !== null) refuse(ctx, { code: 'WATCH_ALREADY_RAISED', alert: watch.raised })
    if (watch.due === null || ctx.time <= watch.due) {
      refuse(ctx, { code: 'WATCH_NOT_DUE', due: watch.due })
    }

    const { code, severity, to } = alert
    const facts = { ...alert.facts, due: watch.due }
    const raised = raiseAlert(ctx, { code, severity, to, caseId, facts, rule: alert.rule })
    putWatch(ctx, { ...watch, raised })
    return { alert: raised }
  },
})
