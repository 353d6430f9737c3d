/* The finality policy and the protocol version, as the ledger asks for them. */
import { canonicalJson, type JsonObject, JsonRefused } from '@renshe/crypto'
import type { Context, StateView } from '@renshe/kernel'
import { type Policy, parsePolicy, ShapeRefused } from '@renshe/proof'
import { isActiveMember } from '../membership/members.ts'
import { policies, protocols } from './records.ts'
import { governanceRefusal } from './refusals.ts'

/** The policy that must finalise the next block. */
export function currentPolicy(view: StateView): JsonObject {
  return view.state(policies).get('current').policy as JsonObject
}

/** The protocol version in force at a height: that of the highest switch at or below it. */
export function protocolAt(view: StateView, height: number): number {
  const newest = { from: [height], reverse: true, limit: 1 }
  for (const [, { protocol }] of view.state(protocols).range(newest)) return protocol
  throw new Error('no protocol version was founded')
}

/** Refuses a policy that no reader would accept, or that names a key of a stranger. */
export function refuseBadPolicy(ctx: Context, policy: JsonObject): void {
  const members = membersOf(readPolicy(ctx, policy))
  for (const member of members) {
    if (!isActiveMember(ctx, member)) {
      ctx.refuse(governanceRefusal({ code: 'POLICY_MEMBER', member }))
    }
  }
}

function readPolicy(ctx: Context, policy: JsonObject): Policy {
  try {
    return parsePolicy(canonicalJson(policy))
  } catch (error) {
    if (error instanceof ShapeRefused) {
      const { at, expected } = error
      return ctx.refuse(governanceRefusal({ code: 'POLICY_INVALID', path: at, expected }))
    }
    if (error instanceof JsonRefused) {
      const expected = 'strict JSON'
      return ctx.refuse(governanceRefusal({ code: 'POLICY_INVALID', path: '', expected }))
    }
    throw error
  }
}

function membersOf(policy: Policy): string[] {
  if (policy.engine === 'cometbft') return policy.validators.map(({ member }) => member)
  return [policy.operator, ...policy.witnesses].map(({ member }) => member)
}
