import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { ContractId } from '../vocabulary/schemas.ts'
import { getAlertOfSigner } from './audience.ts'
import { alerts } from './records.ts'
import { refuse } from './refusals.ts'

/** Says that a member that was told has seen the alert. */
export const acknowledgeAlert = action({
  name: 'supervision.acknowledgeAlert',
  summary: 'Says that your member has seen an alert that was meant for it.',
  input: Type.Object({ alert: ContractId }),
  run(ctx: Context, { alert }) {
    const { member, name } = ctx.signer
    const found = getAlertOfSigner(ctx, alert)
    if (found.acknowledged.some((turn) => turn.member === member)) {
      refuse(ctx, { code: 'ALERT_ALREADY_ACKNOWLEDGED', alert, member })
    }

    const acknowledged = [...found.acknowledged, { member, name, at: ctx.time }]
    ctx.state(alerts).put(alert, { ...found, state: 'acknowledged', acknowledged })
    ctx.emit('AlertAcknowledged', { alert, code: found.code, case: found.case, member })
    return { alert, state: 'acknowledged' }
  },
})
