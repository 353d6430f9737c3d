// Goal: the rows of a batch are sealed exactly as single sections, each with fresh secrets, and one A*
// alone opens nothing.
// Method: rows from the sealer are opened, sealed and committed anew by the public functions for single
// sections; draws are recorded.
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { concatBytes, toHex, utf8 } from './bytes.ts'
import {
  batchLeaf,
  createBatchKey,
  createPageSealer,
  createRowRecomputer,
  ledgerTag,
  openSection,
  pagedRandom,
  type RandomSource,
  type RowHeaderShared,
  type RowPage,
  SealBroken,
  type SealedRowPage,
  type SectionHeader,
  SectionRefused,
  sealSection,
  sectionCommitment,
  sha256,
} from './index.ts'

const random: RandomSource = (length) => new Uint8Array(randomBytes(length))

describe.each(['RS-INTL-1', 'RS-GM-1'] as const)('%s', (suite) => {
  const shared: RowHeaderShared = {
    chain: 'demo-1a2b3c4d',
    entryHash: '11'.repeat(32),
    kind: 'whole',
    level: 2,
    owner: 'sia-3701',
    section: 'row',
    suite,
  }
  const batchHalf = random(32)
  const seal = createPageSealer(shared, batchHalf, random)
  // Lengths around every step of padding and beyond the memory that short rows share.
  const contents = Array.from({ length: 120 }, (_, i) =>
    utf8(`row ${i} ${'张'.repeat((i * i) % 700)}`),
  )
  contents.push(utf8(''), random(20_000), utf8('a short one after a long one'))
  const page = pageOf(contents)
  const rows = rowsOf(seal(page), contents)

  test('every row opens with A_r and its own B', () => {
    const key = createBatchKey(suite, batchHalf)
    for (const { sealed, halfB, commitment, header, seed, content } of rows) {
      const opening = { header, seed, content }
      const { headerHash } = sectionCommitment(opening)
      const halfA = key.rowHalf(headerHash)
      const registered = { ...header, commitment }
      const opened = openSection({ sealed, halfA, halfB, registered, suites: [suite] })
      expect(opened).toEqual(opening)
      expect(sectionCommitment(opening).commitment).toBe(commitment)
      // The bytes are those that sealing this section alone gives.
      expect(sealSection({ ...opening, halfA, halfB }).sealed).toEqual(sealed)
    }
  })

  test('the leaf names record, version and commitment; whoever has the opening recomputes it', () => {
    const recompute = createRowRecomputer(shared, 1)
    for (const { header, commitment, leafHash, seed, content } of rows) {
      const { record, version, salt } = header
      const leaf = batchLeaf({ record, version, sections: [{ name: 'row', level: 2, commitment }] })
      expect(leafHash).toEqual(sha256(Uint8Array.of(0), ledgerTag('batch'), leaf))
      const target = new Uint8Array(40)
      recompute({ record, salt, seed, content }, target, 8)
      expect(target.subarray(8)).toEqual(leafHash)
    }
  })

  test('an opening that no row has is not recomputed', () => {
    const recompute = createRowRecomputer(shared, 1)
    const { header, seed, content } = rows[0] as Row
    const { record, salt } = header
    const target = new Uint8Array(32)
    for (const wrong of [
      { record: record.slice(1), salt, seed, content },
      { record, salt: salt.toUpperCase().replace(/[0-9]/, 'g'), seed, content },
      { record, salt, seed: seed.subarray(1), content },
    ]) {
      expect(() => recompute(wrong, target, 0)).toThrow(SectionRefused)
    }
  })

  test('record, salt, B and seed of all rows differ', () => {
    const drawn = rows.flatMap(({ header, halfB, seed }) => [
      header.record,
      header.salt,
      toHex(halfB),
      toHex(seed),
    ])
    expect(new Set(drawn).size).toBe(rows.length * 4)
  })

  test('A* or B of another row opens nothing', () => {
    const key = createBatchKey(suite, batchHalf)
    const [one, two] = rows as [Row, Row]
    const hashOf = (row: Row) => sectionCommitment(row).headerHash
    const registered = { ...one.header, commitment: one.commitment }
    const input = { sealed: one.sealed, registered, suites: [suite] }
    const halfA = key.rowHalf(hashOf(one))
    for (const [a, b] of [
      [halfA, two.halfB],
      [halfA, new Uint8Array(32)],
      [key.rowHalf(hashOf(two)), one.halfB],
      [batchHalf, one.halfB],
      [createBatchKey(suite, random(32)).rowHalf(hashOf(one)), one.halfB],
    ] as const) {
      expect(() => openSection({ ...input, halfA: a, halfB: b })).toThrow(SealBroken)
    }
  })

  test('given records and versions are kept, in any order of versions', () => {
    const records = random(16 * 4)
    const versions = Uint32Array.of(3, 1, 10, 3)
    const content = utf8('x')
    const sealed = seal({ ...pageOf([content, content, content, content]), records, versions })
    const kept = rowsOf(sealed, [content, content, content, content], versions)
    expect(kept.map(({ header }) => [header.record, header.version])).toEqual(
      [...versions].map((version, i) => [toHex(records.subarray(16 * i, 16 * i + 16)), version]),
    )
    for (const { header, seed, content: own, commitment } of kept) {
      expect(sectionCommitment({ header, seed, content: own }).commitment).toBe(commitment)
    }
  })

  interface Row {
    header: SectionHeader
    sealed: Uint8Array
    halfB: Uint8Array
    seed: Uint8Array
    commitment: string
    leafHash: Uint8Array
    content: Uint8Array
  }

  function rowsOf(sealed: SealedRowPage, of: readonly Uint8Array[], versions?: Uint32Array): Row[] {
    return of.map((content, i) => {
      const slice = (bytes: Uint8Array, size: number) => bytes.slice(i * size, (i + 1) * size)
      const from = i === 0 ? 0 : (sealed.sealedEnds[i - 1] as number)
      const [record, salt] = [toHex(slice(sealed.records, 16)), toHex(slice(sealed.salts, 32))]
      return {
        header: { ...shared, record, salt, v: 1, version: versions?.[i] ?? 1 },
        sealed: sealed.sealed.slice(from, sealed.sealedEnds[i]),
        halfB: slice(sealed.halves, 32),
        seed: slice(sealed.seeds, 32),
        commitment: toHex(slice(sealed.commitments, 32)),
        leafHash: slice(sealed.leafHashes, 32),
        content,
      }
    })
  }
})

function pageOf(contents: readonly Uint8Array[]): RowPage {
  let end = 0
  const ends = Uint32Array.from(contents, ({ length }) => (end += length))
  return { contents: concatBytes(...contents), ends }
}

describe('drawing by the page', () => {
  test('gives out every byte once, in order, and asks seldom', () => {
    let next = 0
    let asked = 0
    const draw = pagedRandom((length) => {
      asked++
      return Uint8Array.from({ length }, () => next++ % 251)
    })
    const pieces = Array.from({ length: 80 }, () => draw(96))
    expect(asked).toBe(1)
    const joined = pieces.flatMap((piece) => [...piece])
    expect(joined).toEqual(Array.from({ length: 7680 }, (_, i) => i % 251))
  })

  test('a draw beyond a page goes to the source', () => {
    expect(pagedRandom(random)(10_000).length).toBe(10_000)
  })
})
