/* How much of people's data was taken: integers from receipts alone, so that anyone can compute it again. */
import type { Grant, Read } from './records.ts'

/** What the index needs of one read and of its grant. */
export interface CountedRead {
  readonly read: Pick<Read, 'items' | 'rows' | 'fields' | 'question' | 'find' | 'case'>
  readonly use: Grant['use']
  /** Items of the catalogue entry of the grant; 0 where it is not published. */
  readonly entryItems: number
}

/** The index, with the sums that it is made of. */
export interface Appetite {
  readonly reads: number
  /** Different cases that the reads name. */
  readonly cases: number
  /** Records and rows looked at, each time. */
  readonly looked: number
  readonly points: number
  /** ⌊100 × points / max(1, cases)⌋ */
  readonly index: number
}

/** Records or rows that a read looks at; a person looked for is one. */
export function lookedAt({ items, rows }: CountedRead['read']): number {
  return rows?.count ?? Math.max(1, items.length)
}

/** How much of each record a read shows: 1 for an answer, else its fields, twice over if it is kept. */
export function breadthOf({ read, use, entryItems }: CountedRead): number {
  if (use === 'ANSWER' || read.find !== null) return 1
  if (read.fields !== null) return read.fields.length
  return Math.max(1, entryItems) * (use === 'STORE' ? 2 : 1)
}

/** The data-appetite index of reads, whatever their order. */
export function appetiteOf(counted: Iterable<CountedRead>): Appetite {
  const cases = new Set<string>()
  let reads = 0
  let looked = 0
  let points = 0
  for (const one of counted) {
    const { read } = one
    reads += 1
    looked += lookedAt(read)
    points += lookedAt(read) * breadthOf(one)
    if (read.case !== null) cases.add(read.case)
  }
  const index = Number((100n * BigInt(points)) / BigInt(Math.max(1, cases.size)))
  return { reads, cases: cases.size, looked, points, index }
}
