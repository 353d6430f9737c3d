import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { Code, ContractId } from '../vocabulary/schemas.ts'
import { getAlertOfSigner } from './audience.ts'
import { alerts } from './records.ts'

/** Ends an alert with what came of it. */
export const closeAlert = action({
  name: 'supervision.closeAlert',
  summary: 'Closes an alert that was meant for your member, with what came of it.',
  input: Type.Object({
    alert: ContractId,
    /** A code, for example `SETTLED` or `NO_FAULT`; reasons in words belong in a sealed section. */
    outcome: Code,
  }),
  run(ctx: Context, { alert, outcome }) {
    const { member, name } = ctx.signer
    const found = getAlertOfSigner(ctx, alert)

    const closed = { member, name, at: ctx.time, outcome }
    ctx.state(alerts).put(alert, { ...found, state: 'closed', closed })
    ctx.emit('AlertClosed', { alert, code: found.code, case: found.case, member, outcome })
    return { alert, state: 'closed' }
  },
})
