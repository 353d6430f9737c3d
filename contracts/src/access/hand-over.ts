import { canonicalJson, ledgerHash, toHex } from '@renshe/crypto'
import { action, amendments, type Context } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { findEntry, moveEntry } from '../registers/entries.ts'
import type { EntrySection } from '../registers/records.ts'
import { ContractId, Count, Digest, RecordId } from '../vocabulary/schemas.ts'
import { type HandOver, handOvers } from './hand-over-records.ts'
import { passGrants } from './pass-grants.ts'
import { type SealedSection, sections } from './records.ts'
import { accessRefusal } from './refusals.ts'
import { findBatch, registerBatch, registerSections } from './sections.ts'

const Item = Type.Object({
  /** Commitment at the old owner, and of the same content at the new one. */
  old: Digest,
  new: Digest,
  /** Record of the new owner. */
  record: RecordId,
})
const Batch = Type.Object({ old: Digest, new: Digest, count: Count })

const SignedHandOver = Type.Object({
  handOver: ContractId,
  /** In the order of the hand-over's sections. */
  items: Type.Array(Item, { maxItems: 100 }),
  /** In the order of the hand-over's batches; every row was compared. */
  batches: Type.Array(Batch, { maxItems: 100 }),
})
type Signed = Omit<Static<typeof SignedHandOver>, 'handOver'>

/**
 * Says that old and new sections hold the same content. One side alone changes nothing; the second
 * equal one moves records, entries and grants; different ones are a dispute, and either side may
 * sign anew.
 */
export const handOver = action({
  name: 'access.handOver',
  summary: 'Signs that sections handed over hold the same content at their new owner.',
  input: SignedHandOver,
  run(ctx: Context, { handOver: id, items, batches }) {
    const order =
      ctx.state(handOvers).find(id) ??
      ctx.refuse(accessRefusal({ code: 'HAND_OVER_NOT_FOUND', handOver: id }))
    const side = sideOf(ctx, order)
    if (order.status === 'DONE') {
      ctx.refuse(accessRefusal({ code: 'HAND_OVER_DONE', handOver: id }))
    }
    const old = refuseOtherItems(ctx, order, { items, batches })

    const digest = toHex(ledgerHash('value', canonicalJson({ batches, items })))
    const signed = { ...order.signed, [side]: digest }
    const isMatch = signed.from !== null && signed.from === signed.to
    const isDispute = !isMatch && signed.from !== null && signed.to !== null
    const status = isMatch ? 'DONE' : isDispute ? 'DISPUTED' : 'OPEN'
    ctx.state(handOvers).put(id, {
      ...order,
      status,
      signed,
      doneAt: isMatch ? ctx.time : null,
    })
    if (isMatch) moveAll(ctx, order, old, { items, batches })
    ctx.emit(EVENTS[status], { handOver: id, from: order.from, to: order.to, case: order.case })
    return { handOver: id, status }
  },
})

const EVENTS = {
  OPEN: 'HandOverSigned',
  DISPUTED: 'HandOverDisputed',
  DONE: 'HandOverDone',
} as const

function sideOf(ctx: Context, { id, from, to }: HandOver): 'from' | 'to' {
  const { member } = ctx.signer
  if (member === from) return 'from'
  if (member === to) return 'to'
  return ctx.refuse(accessRefusal({ code: 'HAND_OVER_NOT_YOURS', handOver: id }))
}

/** The sections that move, which must be exactly those that the list names. */
function refuseOtherItems(ctx: Context, order: HandOver, { items, batches }: Signed) {
  const expected = order.sections.length + order.batches.length
  const came = items.length + batches.length
  if (items.length !== order.sections.length || batches.length !== order.batches.length) {
    ctx.refuse(accessRefusal({ code: 'HAND_OVER_ITEMS', expected, came }))
  }
  order.batches.forEach((root, index) => {
    const { old, count } = batches[index] as Static<typeof Batch>
    if (old !== root || findBatch(ctx, root)?.count !== count) {
      ctx.refuse(accessRefusal({ code: 'HAND_OVER_ITEM', commitment: old }))
    }
  })
  return order.sections.map(({ record, section, version }, index) => {
    const sealed = ctx.state(sections).get([record, section, version])
    const { old } = items[index] as Static<typeof Item>
    if (old !== sealed.commitment) {
      ctx.refuse(accessRefusal({ code: 'HAND_OVER_ITEM', commitment: old }))
    }
    return sealed
  })
}

function moveAll(
  ctx: Context,
  order: HandOver,
  old: readonly SealedSection[],
  { items, batches }: Signed,
): void {
  const moved = new Map<string, EntrySection>()
  old.forEach((sealed, index) => {
    const { record, new: commitment } = items[index] as Static<typeof Item>
    const { section: name, level, entry } = sealed
    const [registered] = registerSections(ctx, {
      record,
      owner: order.to,
      entry,
      caseId: sealed.case,
      sections: [{ name, level, commitment }],
    })
    if (registered !== undefined) moved.set(placeOf(sealed), registered)
    passGrants(ctx, { from: order.from, to: order.to, caseId: sealed.case, section: name })
    amendHandedOver(ctx, sealed.commitment)
  })
  batches.forEach(({ old: root, new: newRoot }) => {
    const batch = findBatch(ctx, root)
    if (batch === undefined) return
    const { count, entry, section, level, case: caseId, tree } = batch
    registerBatch(ctx, {
      root: newRoot,
      count,
      owner: order.to,
      entry,
      section,
      level,
      caseId,
      tree,
    })
    passGrants(ctx, { from: order.from, to: order.to, caseId, section })
    amendHandedOver(ctx, root)
  })
  for (const { register, key } of order.entries) {
    const entry = findEntry(ctx, register, key)
    const own = (entry?.sections ?? []).flatMap((section) => moved.get(placeOf(section)) ?? [])
    moveEntry(ctx, { register, key, owner: order.to, caseId: order.case, sections: own })
  }
}

/** A section of a record by its place, as registered or as an entry keeps it. */
function placeOf(
  place: { record: string; version: number } & ({ section: string } | { name: string }),
): string {
  const name = 'section' in place ? place.section : place.name
  return `${place.record} ${name} ${place.version}`
}

function amendHandedOver(ctx: Context, subject: string): void {
  ctx.state(amendments).put(subject, { v: 1, at: ctx.time, by: ctx.txId, kind: 'handed-over' })
}
