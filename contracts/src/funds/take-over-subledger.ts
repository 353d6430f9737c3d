import { canonicalJson, ledgerHash, toHex } from '@renshe/crypto'
import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { findHandOver } from '../access/hand-overs.ts'
import { ContractId, Count, Digest, EntryKey, RecordId } from '../vocabulary/schemas.ts'
import { handOverSubledger } from './hand-over-subledger.ts'
import { books } from './records.ts'
import { refuse } from './refusals.ts'

const MOST_LISTED = 100

/**
 * Takes over a book's sub-ledger after both members signed, by `access.handOver`, that all balances are
 * the same contents. The list they signed is shown again: state keeps only its digest.
 */
export const takeOverSubledger = action({
  name: 'funds.takeOverSubledger',
  summary:
    'Takes over the per-person accounts of a book, after both members signed their hand-over.',
  input: Type.Object({
    book: EntryKey,
    handOver: ContractId,
    items: Type.Array(Type.Object({ old: Digest, new: Digest, record: RecordId }), {
      maxItems: MOST_LISTED,
    }),
    batches: Type.Array(Type.Object({ old: Digest, new: Digest, count: Count }), {
      maxItems: MOST_LISTED,
    }),
  }),
  run(ctx: Context, { book, handOver, items, batches }) {
    const { member } = ctx.signer
    const order = findHandOver(ctx, handOver)
    if (order === undefined) refuse(ctx, { code: 'HAND_OVER_NOT_FOUND', handOver })
    if (order.to !== member) refuse(ctx, { code: 'HAND_OVER_NOT_YOURS', handOver, to: order.to })
    if (order.status !== 'DONE') {
      refuse(ctx, { code: 'HAND_OVER_NOT_DONE', handOver, status: order.status })
    }
    const digest = toHex(ledgerHash('value', canonicalJson({ batches, items })))
    if (digest !== order.signed.to) refuse(ctx, { code: 'HAND_OVER_LIST', handOver })
    const newest = ctx.state(books).find(book)?.subledger?.balances.root
    const batch = batches.find(({ old }) => old === newest)
    if (batch === undefined) {
      refuse(ctx, { code: 'HAND_OVER_OTHER', handOver, newest: newest ?? null })
    }

    handOverSubledger(ctx, {
      book,
      from: order.from,
      to: member,
      before: { root: batch.old, count: batch.count },
      after: { root: batch.new, count: batch.count },
      caseId: order.case,
    })
    return { book, owner: member }
  },
})
