// Goal: rows, leaves and blind indexes come back from the vault's flat pages as they went in.
// Method: properties over pages of any sizes; rows of any length, also empty ones.
import { fromHex, toHex } from '@renshe/crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  CHUNK_ROWS,
  joinLeaves,
  leafBytes,
  leavesOfBytes,
  personKeys,
  rowChunks,
  rowOfChunk,
  sealedRowsOf,
} from './stored-rows.ts'

it('gives every row of pages of any size from its chunk, and none behind the last', () => {
  const row = fc.uint8Array({ maxLength: 40 })
  const pages = fc.array(fc.array(row, { maxLength: 130 }), { maxLength: 4 })
  fc.assert(
    fc.property(pages, (given) => {
      const chunks = [...rowChunks(given.map(sealedRowsOf))]
      const rows = given.flat()
      expect(chunks).toHaveLength(Math.ceil(rows.length / CHUNK_ROWS))
      rows.forEach((bytes, at) => {
        const chunk = chunks[Math.floor(at / CHUNK_ROWS)] as Uint8Array
        expect(rowOfChunk(chunk, at % CHUNK_ROWS)).toEqual(Uint8Array.from(bytes))
      })
      const last = chunks.at(-1)
      const used = rows.length % CHUNK_ROWS
      if (last !== undefined && used > 0) expect(rowOfChunk(last, used)).toBeUndefined()
    }),
    { numRuns: 40 },
  )
})

it('keeps leaves, from texts and from flat members alike', () => {
  const hex = (bytes: number) =>
    fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((drawn) => toHex(drawn))
  const leaf = fc.record({
    record: hex(16),
    version: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    commitment: hex(32),
  })
  fc.assert(
    fc.property(fc.array(leaf, { maxLength: 30 }), (leaves) => {
      const bytes = Uint8Array.from(leafBytes(leaves))
      expect(leavesOfBytes(bytes)).toEqual(leaves)
      const records = fromHex(leaves.map(({ record }) => record).join(''))
      const commitments = fromHex(leaves.map(({ commitment }) => commitment).join(''))
      const versions = Uint32Array.from(leaves, ({ version }) => version)
      expect(joinLeaves(records, versions, commitments)).toEqual(bytes)
    }),
    { numRuns: 60 },
  )
})

it('orders people by their whole index and leaves out rows without one', () => {
  const same = 'ab'.repeat(31)
  const people = ['ff'.repeat(32), `${same}02`, '00'.repeat(32), `${same}01`, '01'.repeat(32)]
  expect(personKeys(7, fromHex(people.join('')))).toEqual([
    ['01'.repeat(32), 7, 4],
    [`${same}01`, 7, 3],
    [`${same}02`, 7, 1],
    ['ff'.repeat(32), 7, 0],
  ])
})
