import { canonicalText } from '@renshe/crypto'
/* Hand-overs that a case orders; `access.handOver` signs them. */
import type { Context, StateView } from '@renshe/kernel'
import { type HandOver, handOvers } from './hand-over-records.ts'

/** What is to be handed over, from one owner to another. */
export interface NewHandOver {
  readonly caseId: string
  readonly from: string
  readonly to: string
  readonly sections?: readonly { record: string; section: string; version: number }[]
  readonly batches?: readonly string[]
  readonly entries?: readonly { register: string; key: string }[]
}

/** The hand-over, or undefined. */
export function findHandOver(view: StateView, id: string): HandOver | undefined {
  return view.state(handOvers).find(id)
}

/**
 * Orders a hand-over: both members must then sign the same list in `access.handOver`.
 *
 * @returns its id
 */
export function openHandOver(ctx: Context, order: NewHandOver): string {
  // One act may order several: what is handed over tells them apart.
  const { sections = [], batches = [], entries = [] } = order
  const content = canonicalText({
    batches: [...batches],
    entries: entries.map((entry) => ({ ...entry })),
    sections: sections.map((section) => ({ ...section })),
  })
  const id = ctx.newId(`hand-over ${order.from} ${order.to} ${content}`)
  ctx.state(handOvers).put(id, {
    v: 1,
    id,
    case: order.caseId,
    from: order.from,
    to: order.to,
    sections: sections.map((section) => ({ ...section })),
    batches: [...batches],
    entries: entries.map((entry) => ({ ...entry })),
    status: 'OPEN',
    openedAt: ctx.time,
    doneAt: null,
    signed: { from: null, to: null },
  })
  ctx.emit('HandOverOpened', { handOver: id, from: order.from, to: order.to, case: order.caseId })
  return id
}
