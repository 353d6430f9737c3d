/* Block 0: the members of the genesis document. */
import type { Context } from '@renshe/kernel'
import { admitMember, type NewMember } from './admission.ts'
import { chains } from './records.ts'

/** What membership takes from the genesis document. */
export interface FoundingMembers {
  readonly name: string
  readonly demonstration: boolean
  readonly suites: readonly string[]
  readonly members: readonly NewMember[]
}

/**
 * Writes the facts of the chain and its founding members.
 *
 * @param arc  object identifier under which certificate extensions hang
 */
export function foundMembership(ctx: Context, genesis: FoundingMembers, arc: string): void {
  ctx.state(chains).put('chain', {
    v: 1,
    name: genesis.name,
    demonstration: genesis.demonstration,
    suites: [...genesis.suites],
    arc,
  })
  for (const member of genesis.members) admitMember(ctx, member)
}
