import { type QueryView, query, type Reader } from '@renshe/kernel'
import { Type } from 'typebox'
import { findSectionEntry } from '../catalogue/packages.ts'
import { Count, Instant, KebabName, MemberId } from '../vocabulary/schemas.ts'
import { appetiteOf, type CountedRead } from './appetite.ts'
import { type Grant, grants, reads } from './records.ts'
import { accessRefusal } from './refusals.ts'
import { mayShowGrant } from './warrant-grants.ts'

/** Most reads that one answer adds up; a busier member is asked for shorter periods. */
const MOST_READS = 20_000

/**
 * The data-appetite index of a member, of all services or of one, over a period. Reads of a warrant with
 * delayed disclosure are left out, except for their holder, until their day.
 */
export const getAppetite = query({
  name: 'access.getAppetite',
  summary: 'Computes how much of people’s data a member took for a service in a period.',
  input: Type.Object({
    member: MemberId,
    service: Type.Optional(KebabName),
    from: Instant,
    /** First instant that does not count any more. */
    to: Instant,
  }),
  output: Type.Object({
    reads: Count,
    cases: Count,
    looked: Count,
    points: Count,
    index: Count,
  }),
  mayRead: (reader) => reader.member !== null,
  run(view, input, reader) {
    return { ...appetiteOf(countedReads(view, input, reader)) }
  },
})

function* countedReads(
  view: QueryView,
  {
    member,
    service,
    from,
    to,
  }: { member: string; service?: string | undefined; from: number; to: number },
  reader: Reader,
): Iterable<CountedRead> {
  const known = new Map<string, { grant: Grant; entryItems: number }>()
  const range = { prefix: [member], from: [from] }
  let count = 0
  for (const [, read] of view.state(reads).index('byMember', range)) {
    if (read.at >= to) return
    const terms = known.get(read.grant) ?? termsOf(view, read.grant)
    known.set(read.grant, terms)
    const { grant, entryItems } = terms
    if (service !== undefined && grant.purpose.service !== service) continue
    if (!mayShowGrant(grant, reader, view.time)) continue
    count += 1
    if (count > MOST_READS)
      view.refuse(accessRefusal({ code: 'PERIOD_TOO_BUSY', most: MOST_READS }))
    yield { read, use: grant.use, entryItems }
  }
}

function termsOf(view: QueryView, id: string): { grant: Grant; entryItems: number } {
  const grant = view.state(grants).get(id)
  return { grant, entryItems: findSectionEntry(view, grant.entry)?.items.length ?? 0 }
}
