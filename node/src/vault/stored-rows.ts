/*
 * How the rows of a sealing lie in the vault's store: sealed rows in chunks, leaves and blind indexes in flat
 * pages. A store has some hundred large entries for a batch of 100,000 rows instead of one for each: that is
 * where most of the time of a commit went.
 */
import { type Bytes, compareBytes } from '@renshe/crypto'
import { PERSON_BYTES } from './row-sealing.ts'
import type { StoredLeaf } from './sealing.ts'

/** Sealed rows, one after another. */
export interface SealedRows {
  readonly sealed: Bytes
  /** Where each row ends. */
  readonly ends: Uint32Array
}

/** Puts sealed rows one after another. */
export function sealedRowsOf(rows: readonly Bytes[]): SealedRows {
  const ends = new Uint32Array(rows.length)
  let end = 0
  rows.forEach(({ length }, row) => {
    end += length
    ends[row] = end
  })
  const sealed = new Uint8Array(end)
  rows.forEach((bytes, row) => {
    sealed.set(bytes, row === 0 ? 0 : ends[row - 1])
  })
  return { sealed, ends }
}

/** Rows of one chunk: some 40 KB, read as a whole where one row is wanted. */
export const CHUNK_ROWS = 50

/**
 * The chunks of a sealing, in order: `u32(end)` of each row, then the rows. Only the last one may hold fewer
 * than {@link CHUNK_ROWS}.
 */
export function* rowChunks(pages: readonly SealedRows[]): Generator<Bytes> {
  let waiting: Bytes[] = []
  for (const { sealed, ends } of pages) {
    for (let row = 0; row < ends.length; row++) {
      waiting.push(sealed.subarray(row === 0 ? 0 : ends[row - 1], ends[row]))
      if (waiting.length < CHUNK_ROWS) continue
      yield chunkOf(waiting)
      waiting = []
    }
  }
  if (waiting.length > 0) yield chunkOf(waiting)
}

function chunkOf(rows: readonly Bytes[]): Bytes {
  const heads = 4 * (rows.length + 1)
  const bytes = new Uint8Array(rows.reduce((sum, { length }) => sum + length, heads))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, heads)
  let end = heads
  rows.forEach((row, index) => {
    bytes.set(row, end)
    end += row.length
    view.setUint32(4 * (index + 1), end)
  })
  return bytes
}

/** A row of a chunk, in memory of its own; undefined if the chunk has fewer. */
export function rowOfChunk(chunk: Bytes, row: number): Bytes | undefined {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length)
  if (4 * (row + 1) >= view.getUint32(0)) return undefined
  return chunk.slice(view.getUint32(4 * row), view.getUint32(4 * (row + 1)))
}

/** A chunk without the bytes of some of its rows; undefined if it had none of them. */
export function chunkWithout(chunk: Bytes, erased: ReadonlySet<number>): Bytes | undefined {
  const count = new DataView(chunk.buffer, chunk.byteOffset, chunk.length).getUint32(0) / 4 - 1
  const rows = Array.from({ length: count }, (_, row) => rowOfChunk(chunk, row) as Bytes)
  const kept = rows.map((bytes, row) => (erased.has(row) ? new Uint8Array(0) : bytes))
  return kept.some((bytes, row) => bytes !== rows[row] && rows[row]?.length !== 0)
    ? chunkOf(kept)
    : undefined
}

/** Bytes of a record id. */
export const RECORD_BYTES = 16
const COMMITMENT_BYTES = 32
/** Bytes of one stored leaf: record, version, commitment. */
export const LEAF_BYTES: number = RECORD_BYTES + 4 + COMMITMENT_BYTES

/** Leaves as they are stored. */
export function leafBytes(leaves: readonly StoredLeaf[]): Bytes {
  const bytes = Buffer.alloc(leaves.length * LEAF_BYTES)
  leaves.forEach(({ record, version, commitment }, index) => {
    const at = index * LEAF_BYTES
    bytes.write(record, at, 'hex')
    bytes.writeUInt32BE(version, at + RECORD_BYTES)
    bytes.write(commitment, at + RECORD_BYTES + 4, 'hex')
  })
  return bytes
}

/** The same from members that lie one after another. */
export function joinLeaves(records: Bytes, versions: Uint32Array, commitments: Bytes): Bytes {
  const bytes = new Uint8Array(versions.length * LEAF_BYTES)
  const view = new DataView(bytes.buffer)
  versions.forEach((version, row) => {
    const at = row * LEAF_BYTES
    bytes.set(records.subarray(row * RECORD_BYTES, (row + 1) * RECORD_BYTES), at)
    view.setUint32(at + RECORD_BYTES, version)
    const commitment = commitments.subarray(row * COMMITMENT_BYTES, (row + 1) * COMMITMENT_BYTES)
    bytes.set(commitment, at + RECORD_BYTES + 4)
  })
  return bytes
}

/** Reads leaves back. */
export function leavesOfBytes(page: Bytes): StoredLeaf[] {
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.length)
  return Array.from({ length: page.length / LEAF_BYTES }, (_, index) => {
    const at = index * LEAF_BYTES
    return {
      record: bytes.toString('hex', at, at + RECORD_BYTES),
      version: bytes.readUInt32BE(at + RECORD_BYTES),
      commitment: bytes.toString('hex', at + RECORD_BYTES + 4, at + LEAF_BYTES),
    }
  })
}

const NOBODY = '0'.repeat(2 * PERSON_BYTES)

/**
 * Keys of the persons table for a sealing, ascending.
 *
 * @param persons  blind indexes of its rows one after another, zeros for rows without a person
 */
export function personKeys(
  n: number,
  persons: Bytes,
): (readonly [person: string, n: number, row: number])[] {
  const bytes = Buffer.from(persons.buffer, persons.byteOffset, persons.length)
  const keys: [string, number, number][] = []
  for (const row of rowsByPerson(persons)) {
    const person = bytes.toString('hex', row * PERSON_BYTES, (row + 1) * PERSON_BYTES)
    if (person !== NOBODY) keys.push([person, n, row])
  }
  return keys
}

function rowsByPerson(persons: Bytes): Uint32Array {
  const view = new DataView(persons.buffer, persons.byteOffset, persons.length)
  const count = persons.length / PERSON_BYTES
  // The first four bytes order nearly all rows, as numbers; the others are compared.
  const firsts = Uint32Array.from({ length: count }, (_, row) => view.getUint32(row * PERSON_BYTES))
  const personAt = (row: number): Bytes =>
    persons.subarray(row * PERSON_BYTES, (row + 1) * PERSON_BYTES)
  return Uint32Array.from({ length: count }, (_, row) => row).sort(
    (a, b) =>
      (firsts[a] as number) - (firsts[b] as number) || compareBytes(personAt(a), personAt(b)),
  )
}
