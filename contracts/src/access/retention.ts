/* How long the law keeps what is sealed, whatever its person wants. */
import type { Context } from '@renshe/kernel'
import { calendarOf } from '../catalogue/calendar.ts'
import { findSectionEntry, getPackage } from '../catalogue/packages.ts'
import { deadlineAfter } from '../vocabulary/duration.ts'
import type { NamedRecord } from './erasure-input.ts'
import type { AccessPorts } from './ports.ts'

/** The clause that keeps a record, and until when; `until` is `null` while its case runs. */
export interface RunningRetention {
  readonly record: string
  readonly clause: string
  readonly until: number | null
}

/**
 * The retention that still runs over a record; undefined if none does. It is that of the package whose
 * section it is, counted from the end of the case that sealed it. A record without a published entry, or
 * of a package without a service, is kept by no law that the chain knows.
 */
export function findRetention(
  ctx: Context,
  { record, sealed, sealedBatch }: NamedRecord,
  findCase: AccessPorts['findCase'],
): RunningRetention | undefined {
  const places = sealedBatch === null ? sealed : [...sealed, sealedBatch]
  for (const { entry, case: caseId, at } of places) {
    const published = findSectionEntry(ctx, entry)
    if (published === undefined) continue
    const { service } = getPackage(ctx, published.package).document
    if (service === null) continue
    const { amount, unit, clause } = service.retention
    const facts = findCase(ctx, caseId)
    if (facts?.isOpen === true) return { record, clause, until: null }
    const until = deadlineAfter(facts?.endedAt ?? at, { amount, unit }, calendarOf(ctx))
    if (ctx.time <= until) return { record, clause, until }
  }
  return undefined
}
