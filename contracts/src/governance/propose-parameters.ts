import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { type Enactment, openProposal } from './proposals.ts'
import { type ParameterSetting, settings } from './records.ts'
import { governanceRefusal } from './refusals.ts'
import { findSettingFault, findSettingRule } from './settings.ts'

const Change = Type.Object({
  name: Type.String({ minLength: 3, maxLength: 64 }),
  value: Type.Union([
    Type.Integer({ minimum: 0 }),
    Type.String({ maxLength: 256 }),
    Type.Boolean(),
  ]),
})
type Changes = readonly Pick<ParameterSetting, 'name' | 'value'>[]

/** Proposes other values of published parameters of the ledger and of contracts. */
export const proposeParameters = action({
  name: 'governance.proposeParameters',
  summary: 'Proposes other values of published parameters.',
  input: Type.Object({ changes: Type.Array(Change, { minItems: 1, maxItems: 64 }) }),
  run(ctx: Context, { changes }) {
    refuseUnknown(ctx, changes)
    return { proposal: openProposal(ctx, { subject: 'parameters', content: { changes } }) }
  },
})

function refuseUnknown(ctx: Context, changes: Changes): void {
  for (const { name, value } of changes) {
    const rule = findSettingRule(name)
    if (rule === undefined || rule.isFounding) {
      ctx.refuse(governanceRefusal({ code: 'PARAMETER_UNKNOWN', name }))
    }
    const expected = findSettingFault(rule, value)
    if (expected !== undefined) {
      ctx.refuse(governanceRefusal({ code: 'PARAMETER_VALUE', name, expected }))
    }
  }
}

/** The change of parameters, from the next transaction on. */
export const parameterChange: Enactment = {
  enact(ctx, { content }) {
    const { changes } = content as unknown as { changes: Changes }
    refuseUnknown(ctx, changes)
    for (const { name, value } of changes) {
      ctx.state(settings).put(name, { v: 1, name, value, since: ctx.time })
    }
    ctx.emit('ParametersChanged', { names: changes.map(({ name }) => name) })
  },
}
