import Type from 'typebox'
import { action } from './action.ts'
import type { Context } from './context.ts'

/** Name of the action that asks for a snapshot: the ledger looks for it in a block. */
export const CHECKPOINT_ACTION = 'ledger.checkpoint'

/**
 * Asks the ledger to take a snapshot of the state after its block, and moves a chain on where
 * nobody else does. Writes nothing.
 *
 * @source ledger-bytes.md section 5
 */
export const ledgerCheckpoint = action({
  name: CHECKPOINT_ACTION,
  summary: 'Asks for a snapshot of the state, so that status proofs can be made from it.',
  input: Type.Object({}, { additionalProperties: false }),
  run(ctx: Context) {
    const { kind } = ctx.signer
    if (kind !== 'system') ctx.refuse({ code: 'CHECKPOINT_NOT_SYSTEM', kind })
    return undefined
  },
})
