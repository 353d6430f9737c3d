/* Block 0: quorums, parameters, policy and protocol of the genesis document. */
import type { JsonObject } from '@renshe/crypto'
import type { Context } from '@renshe/kernel'
import { refuseBadPolicy } from './policy.ts'
import { findQuorumFault } from './propose-quorum.ts'
import { DEFAULT_QUORUMS } from './quorum.ts'
import {
  type ParameterSetting,
  policies,
  protocols,
  type Quorum,
  quorums,
  settings,
} from './records.ts'
import { governanceRefusal } from './refusals.ts'
import { findSettingFault, findSettingRule } from './settings.ts'

/** What governance takes from the genesis document. */
export interface FoundingGovernance {
  readonly protocol: number
  readonly demonstration: boolean
  readonly parameters: readonly Pick<ParameterSetting, 'name' | 'value'>[]
  readonly governance: readonly Omit<Quorum, 'v'>[]
  readonly finality: JsonObject
}

/** The text of a founding parameter, or what holds without it. */
export function foundingText(parameters: FoundingGovernance['parameters'], name: string): string {
  const value = parameters.find((parameter) => parameter.name === name)?.value
  return typeof value === 'string' ? value : `${findSettingRule(name)?.fallback}`
}

/** Writes what governs the chain from block 0; the members must be there already. */
export function foundGovernance(ctx: Context, genesis: FoundingGovernance): void {
  for (const { name, value } of genesis.parameters) {
    const rule = findSettingRule(name)
    if (rule === undefined) ctx.refuse(governanceRefusal({ code: 'PARAMETER_UNKNOWN', name }))
    const expected = findSettingFault(rule, value)
    if (expected !== undefined) {
      ctx.refuse(governanceRefusal({ code: 'PARAMETER_VALUE', name, expected }))
    }
    ctx.state(settings).put(name, { v: 1, name, value, since: ctx.time })
  }
  for (const standard of DEFAULT_QUORUMS) {
    const { subject } = standard
    const given = genesis.governance.find((row) => row.subject === subject)
    ctx
      .state(quorums)
      .put(subject, given === undefined ? quorumOf(genesis, standard) : checked(given))
  }
  refuseBadPolicy(ctx, genesis.finality)
  ctx.state(policies).put('current', { v: 1, policy: genesis.finality, since: ctx.time })
  ctx.state(protocols).put(0, { v: 1, protocol: genesis.protocol, since: ctx.time })

  function checked(given: Omit<Quorum, 'v'>): Quorum {
    const own: Quorum = { v: 1, ...given }
    const expected = findQuorumFault(own)
    if (expected === undefined) return own
    return ctx.refuse(governanceRefusal({ code: 'QUORUM_INVALID', subject: own.subject, expected }))
  }
}

/** Demonstrations wait for nothing. */
function quorumOf({ demonstration }: FoundingGovernance, standard: Quorum): Quorum {
  return demonstration ? { ...standard, coolingOffMs: 0 } : { ...standard }
}
