/* What is gone, and what is only kept. */
import type { StateView } from '@renshe/kernel'
import { type Tombstone, tombstones } from './erasure-records.ts'
import type { Grant, Read, SealedBatch } from './records.ts'
import type { ReadRefusal } from './refusals.ts'

/** The tombstone of an owner's record, or undefined. */
export function findTombstone(
  view: StateView,
  owner: string,
  record: string,
): Tombstone | undefined {
  return view.state(tombstones).find([owner, record])
}

/** Whether a record of an owner was erased: nothing of it may be answered, whatever a backup says. */
export function isErased(view: StateView, owner: string, record: string): boolean {
  return findTombstone(view, owner, record)?.state === 'ERASED'
}

/**
 * Why what a read names may not be opened, in its order; undefined if it may. A supervisor's warrant opens
 * what is only kept: the law keeps it for that. In a run of rows an erased one comes as zeros, and is
 * named in the confirmation; a run of one is refused.
 *
 * @param batch  of the read's rows
 */
export function findErasureFault(
  view: StateView,
  { kind, owner }: Pick<Grant, 'kind' | 'owner'>,
  { items, rows }: Pick<Read, 'items' | 'rows'>,
  batch: SealedBatch | undefined,
): Extract<ReadRefusal, { code: 'SECTION_ERASED' | 'SECTION_RESTRICTED' }> | undefined {
  const isWarrant = kind === 'WARRANT'
  for (const { record } of items) {
    const fault = faultOf(findTombstone(view, owner, record), isWarrant)
    if (fault !== undefined) return fault
  }
  if (rows === null) return undefined
  const { from, count } = rows
  // Rows keep their places when a batch is sealed anew.
  const places = { prefix: [batch?.origin ?? rows.batch], from: [from] }
  for (const [, found] of view.state(tombstones).index('byPlace', places)) {
    if ((found.index ?? 0) >= from + count) return undefined
    if (found.owner !== owner || (found.state === 'ERASED' && count > 1)) continue
    const fault = faultOf(found, isWarrant)
    if (fault !== undefined) return fault
  }
  return undefined
}

function faultOf(found: Tombstone | undefined, isWarrant: boolean) {
  if (found === undefined) return undefined
  const { record, state } = found
  if (state === 'ERASED') return { code: 'SECTION_ERASED', record } as const
  return isWarrant ? undefined : ({ code: 'SECTION_RESTRICTED', record } as const)
}
