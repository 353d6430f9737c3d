/*
 * Rows of one batch at their owner: read strictly, compared with their columns, given a blind index, sealed.
 * Plain data in, plain data out, so that a thread of its own may do it.
 */
import type { Field } from '@renshe/contracts'
import {
  type Bytes,
  createPageSealer,
  type PersonName,
  personIndex,
  type RandomSource,
  type RowHeaderShared,
  type RowPage,
  type RowTree,
  type SealedRowPage,
} from '@renshe/crypto'
import { personOf, readContent } from '../prepare/section-content.ts'

/** Bytes of one blind index; zeros stand for nobody. */
export const PERSON_BYTES = 32
/** Bytes that are drawn for each row: record, salt, seed and B. */
export const ROW_DRAWN_BYTES = 112

/** What the rows of one batch are sealed with. */
export interface RowSealing {
  readonly shared: RowHeaderShared
  readonly tree: RowTree
  /** A\*, 32 bytes. */
  readonly batchHalf: Bytes
  /** K, for blind indexes. */
  readonly indexKey: Bytes
  /** What contents must be; null where the caller made them. */
  readonly columns: Readonly<Record<string, Field>> | null
  /** Column that identifies the person. */
  readonly unique: string | null
}

/** A page on its way to be sealed. */
export interface PageToSeal extends RowPage {
  /** Fresh random bytes, at least {@link ROW_DRAWN_BYTES} for each row. */
  readonly drawn: Bytes
}

/** A sealed page with the blind index of each row's person. */
export interface SealedPage extends SealedRowPage {
  readonly persons: Bytes
}

/** The first row of a page that is not as its columns demand. */
export interface RowRefusal {
  /** From 0, in the page. */
  readonly row: number
  readonly column: string | null
  readonly expected: string
}

/** What became of a page: sealed as a whole, or nothing of it. */
export type PageOutcome = { readonly made: SealedPage } | { readonly refusal: RowRefusal }

/** Makes the function that seals the pages of one batch. */
export function rowSealing(sealing: RowSealing): (page: PageToSeal) => PageOutcome {
  const { shared, batchHalf, tree, columns, unique } = sealing
  let rest: Bytes = new Uint8Array(0)
  const draw: RandomSource = (length) => {
    const drawn = rest.subarray(0, length)
    if (drawn.length < length) throw new RangeError('too few random bytes for a page')
    rest = rest.subarray(length)
    return drawn
  }
  const seal = createPageSealer(shared, batchHalf, draw, tree)
  return (page) => {
    const { contents, ends } = page
    const persons = new Uint8Array(ends.length * PERSON_BYTES)
    for (let row = 0; columns !== null && row < ends.length; row++) {
      const content = contents.subarray(row === 0 ? 0 : ends[row - 1], ends[row])
      const read = readContent(columns, content)
      if ('fault' in read) {
        return { refusal: { row, column: read.fault.field, expected: read.fault.expected } }
      }
      const person = personOf(columns, read.values, unique ?? undefined)
      if (person !== null) writePerson(sealing, person, persons, row)
    }
    rest = page.drawn
    return { made: { ...seal(page), persons } }
  }
}

/** Writes the blind index of the person of a row. */
export function writePerson(
  { shared, indexKey }: Pick<RowSealing, 'shared' | 'indexKey'>,
  person: PersonName,
  persons: Bytes,
  row: number,
): void {
  const index = personIndex(shared.suite, indexKey, person)
  const place = Buffer.from(persons.buffer, persons.byteOffset, persons.length)
  place.write(index, row * PERSON_BYTES, 'hex')
}

/** Puts contents one after another. */
export function rowPageOf(contents: readonly Bytes[]): RowPage {
  const ends = new Uint32Array(contents.length)
  let end = 0
  contents.forEach(({ length }, row) => {
    end += length
    ends[row] = end
  })
  const joined = new Uint8Array(end)
  contents.forEach((content, row) => {
    joined.set(content, row === 0 ? 0 : ends[row - 1])
  })
  return { contents: joined, ends }
}
