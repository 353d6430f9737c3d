import { action, type Context } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { Count, Digest } from '../vocabulary/schemas.ts'
import { type Read, reads } from './records.ts'
import { accessRefusal } from './refusals.ts'

const Confirmation = Type.Object({
  read: Digest,
  outcome: Type.Union([Type.Literal('RELEASED'), Type.Literal('REFUSED'), Type.Literal('FAILED')]),
  digest: Digest,
  /** Rows inside the range that are erased. */
  erased: Type.Optional(Count),
})
type Confirmation = Static<typeof Confirmation>

/**
 * The owner says what became of reads; the same again changes nothing, so a relay may repeat
 * itself.
 */
export const confirmReads = action({
  name: 'access.confirmReads',
  summary: 'Says, as the owner of the data, what became of committed reads.',
  input: Type.Object({ reads: Type.Array(Confirmation, { minItems: 1, maxItems: 100 }) }),
  run(ctx: Context, { reads: confirmations }) {
    const found = confirmations.map((confirmation) => load(ctx, confirmation))

    let confirmed = 0
    for (const { read, confirmation } of found) {
      if (read.confirmation !== null) continue
      const { outcome, digest, erased } = confirmation
      ctx.state(reads).put(read.read, {
        ...read,
        confirmation: { at: ctx.time, outcome, digest, erased: erased ?? 0, by: ctx.txId },
      })
      ctx.emit('ReadConfirmed', { read: read.read, outcome, owner: read.owner, digest })
      confirmed += 1
    }
    return { confirmed }
  },
})

function load(
  ctx: Context,
  confirmation: Confirmation,
): { read: Read; confirmation: Confirmation } {
  const { read: id, outcome, digest } = confirmation
  const read =
    ctx.state(reads).find(id) ?? ctx.refuse(accessRefusal({ code: 'READ_NOT_FOUND', read: id }))
  if (read.owner !== ctx.signer.member) {
    ctx.refuse(accessRefusal({ code: 'READ_NOT_YOURS', read: id, owner: read.owner }))
  }
  const before = read.confirmation
  if (before !== null && (before.outcome !== outcome || before.digest !== digest)) {
    ctx.refuse(accessRefusal({ code: 'READ_CONFIRMED', read: id, outcome: before.outcome }))
  }
  return { read, confirmation }
}
