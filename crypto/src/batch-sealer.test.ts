// Goal: the rows of a batch are sealed exactly as single sections, each with fresh secrets, and one A*
// alone opens nothing.
// Method: rows from the sealer are opened by the public functions; draws are recorded.
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fromUtf8, toHex, utf8 } from './bytes.ts'
import {
  createBatchKey,
  createRowSealer,
  openSection,
  pagedRandom,
  parseCanonicalJson,
  type RandomSource,
  type RowHeaderShared,
  SealBroken,
  sectionCommitment,
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
  const seal = createRowSealer(shared, batchHalf, random)
  const rows = Array.from({ length: 200 }, (_, i) => seal({ content: utf8(`row ${i}`) }))

  test('every row opens with A_r and its own B', () => {
    const key = createBatchKey(suite, batchHalf)
    rows.forEach((row, i) => {
      const { sealed, header, halfB, commitment, headerHash, seed } = row
      const registered = { ...header, commitment }
      const halfA = key.rowHalf(headerHash)
      const opened = openSection({ sealed, halfA, halfB, registered, suites: [suite] })
      expect(fromUtf8(opened.content)).toBe(`row ${i}`)
      expect(sectionCommitment({ header, seed, content: opened.content })).toEqual({
        commitment,
        headerHash,
      })
    })
  })

  test('the leaf names record, version and commitment', () => {
    for (const { leaf, header, commitment } of rows) {
      expect(parseCanonicalJson(leaf)).toEqual({
        record: header.record,
        sections: [{ commitment, level: 2, name: 'row' }],
        version: 1,
      })
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
    const [one, two] = rows as [(typeof rows)[0], (typeof rows)[0]]
    const registered = { ...one.header, commitment: one.commitment }
    const input = { sealed: one.sealed, registered, suites: [suite] }
    const halfA = key.rowHalf(one.headerHash)
    for (const [a, b] of [
      [halfA, two.halfB],
      [halfA, new Uint8Array(32)],
      [key.rowHalf(two.headerHash), one.halfB],
      [batchHalf, one.halfB],
      [createBatchKey(suite, random(32)).rowHalf(one.headerHash), one.halfB],
    ] as const) {
      expect(() => openSection({ ...input, halfA: a, halfB: b })).toThrow(SealBroken)
    }
  })

  test('given record and version are kept', () => {
    const { header } = seal({ content: utf8(''), record: 'ab'.repeat(16), version: 3 })
    expect(header).toMatchObject({ record: 'ab'.repeat(16), version: 3 })
  })
})

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
