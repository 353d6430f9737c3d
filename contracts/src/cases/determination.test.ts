/*
 * Goal: the computation over sealed rows is the same for everyone who has the same rows, tells each row what
 * is wrong with it, and reveals nothing of a row to whoever lacks its seed (threats 14, 17).
 * Method: the pure function alone, on hand-made rows; properties over orders and values.
 */
import { canonicalJson, type JsonObject, sha256, toHex, utf8 } from '@renshe/crypto'
import { leafHash, merkleTree, verifyInclusion } from '@renshe/proof'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packageCalendar, packageParameters } from '../catalogue/examples.ts'
import { EMPTY_TREE } from '../funds/subledger-trees.ts'
import { computeDetermination, type DeterminationRow } from './determination.ts'
import { DeterminationFailed } from './determination-failed.ts'
import { caseDigest } from './digests.ts'
import { FIVE_BOOKS } from './library-card/book-order-examples.ts'
import { compileLibrary } from './library-card/library-world.ts'
import { checkRows, type RowFault } from './row-check.ts'

const CODE = compileLibrary().find(
  ({ document }) => document.name === 'book-order',
) as never as ReturnType<typeof compileLibrary>[number]
const CASE = { lawDate: '2026-09-25', region: '000000' }

function rowsOf(contents: readonly JsonObject[]): DeterminationRow[] {
  return contents.map((content, at) => {
    const seed = sha256(utf8(`seed ${at}`))
    return { record: toHex(seed).slice(0, 32), seed, content }
  })
}

function compute(rows: readonly DeterminationRow[], name = 'pricing', count = rows.length) {
  const accounts = new Map(rows.map(({ content, record }) => [content.reader as string, record]))
  return computeDetermination(CODE, CASE, {
    determination: name,
    inputs: {
      batch: '0'.repeat(64),
      count,
      with: name === 'pricing' ? { quota: '50.00' } : { rate: '2.00' },
      rules: {},
      balances: null,
    },
    rows,
    findRule: (id) => CODE.findRule(id),
    parameters: packageParameters(CODE),
    calendar: packageCalendar(CODE),
    subledger:
      name === 'pricing'
        ? null
        : {
            facts: {
              book: 'A-1',
              unitPlaces: 2,
              navPlaces: 2,
              head: {
                owner: 'city-library',
                next: '0'.repeat(26),
                previous: null,
                balances: EMPTY_TREE,
                sum: {},
                postings: 0,
              },
            },
            previous: new Map(),
            accounts,
          },
  })
}

function changed(at: number, change: JsonObject): JsonObject[] {
  return FIVE_BOOKS.map((book, index) => (index === at ? { ...book, ...change } : book))
}

describe('outputs', () => {
  it('are exact sums over all rows, also over those that fail', () => {
    expect(compute(rowsOf(FIVE_BOOKS)).outputs).toEqual({ billTotal: '125.50', failedRows: 1 })
  })

  it('of the sub-ledger: what is posted is what is allocated', () => {
    const { subledger, outputs } = compute(rowsOf(FIVE_BOOKS), 'allocation')
    expect(outputs).toEqual({ allocated: '125.50', pointsTotal: '62.75' })
    expect(subledger?.delta).toEqual({ 3001: { cost: '125.50', units: '62.75' } })
    expect(subledger?.sum).toEqual(subledger?.delta)
    expect(subledger?.residue).toBe('0.0000')
  })
})

/** What is told of each row, also where the rows as a whole give no answer. */
function resultsOf(rows: readonly DeterminationRow[]): readonly RowFault[] {
  try {
    return compute(rows).rowResults
  } catch (error) {
    if (error instanceof DeterminationFailed) return error.rowResults
    throw error
  }
}

describe('a row that is wrong', () => {
  const rows: [string, JsonObject, string, string | null, JsonObject][] = [
    ['a check of its kind', { copies: 31, price: '1.00' }, 'TOO_MANY_COPIES', 'copies', {}],
    ['a check of the determination', { price: '50.01' }, 'BOOK_TOO_DEAR', 'price', {}],
    [
      'a price with one place',
      { price: '1.0' },
      'COLUMN_INVALID',
      'price',
      { expected: 'yuan with exactly two places' },
    ],
    [
      'a price below the least',
      { price: '-0.01' },
      'COLUMN_INVALID',
      'price',
      { expected: 'at least 0.00' },
    ],
    ['a missing column', { title: null }, 'COLUMN_INVALID', 'title', { expected: 'a value' }],
    ['the same reader twice', { reader: 'reader-1' }, 'ROW_TWICE', 'reader', {}],
  ]
  it.each(rows)('%s', (_name, change, code, column, facts) => {
    const results = resultsOf(rowsOf(changed(4, change)))
    expect(results[4]).toMatchObject({ code, column, facts })
    expect(results.slice(0, 2).map((row) => row.code)).toEqual(['OK', 'OK'])
  })

  it('cannot be left out', () => {
    expect(() => compute(rowsOf(FIVE_BOOKS).slice(1), 'pricing', 5)).toThrow(DeterminationFailed)
  })

  it('without an account cannot be posted', () => {
    const rows = rowsOf(FIVE_BOOKS)
    expect(() =>
      compute(
        [
          ...rows.slice(0, 4),
          { ...(rows[4] as DeterminationRow), content: { ...FIVE_BOOKS[4], reader: 5 } as never },
        ],
        'allocation',
      ),
    ).toThrow(DeterminationFailed)
  })
})

describe('rows before they are sealed', () => {
  it('are told what is wrong, each by its column; the good ones stay good', () => {
    const rows: JsonObject[] = [
      ...changed(1, { copies: 0 }),
      { ...FIVE_BOOKS[0], reader: 'x', copies: 31 },
      { ...FIVE_BOOKS[0], reader: 'y', extra: 1 },
      { ...FIVE_BOOKS[0] },
    ]
    const faults = checkRows(CODE, 'books', rows, { now: 0 })
    expect(faults.map((fault) => fault && [fault.code, fault.column])).toEqual([
      null,
      ['COLUMN_INVALID', 'copies'],
      null,
      null,
      null,
      ['TOO_MANY_COPIES', 'copies'],
      ['COLUMN_UNKNOWN', null],
      ['ROW_TWICE', 'reader'],
    ])
  })
})

describe('outcomes', () => {
  it('are one leaf per row, in order, each provable alone', () => {
    const rows = rowsOf(changed(2, { copies: 31, price: '1.00' }))
    const { outcomes, outcomeLeaves, rowResults } = compute(rows)
    const tree = merkleTree(outcomeLeaves)
    expect(toHex(tree.root)).toBe(outcomes.root)
    const { record, seed } = rows[2] as DeterminationRow
    const { code, column, facts } = rowResults[2] as (typeof rowResults)[number]
    const commitment = toHex(caseDigest('row-facts', seed, canonicalJson({ code, column, facts })))
    const leaf = canonicalJson({ record, code: 'TOO_MANY_COPIES', commitment })
    expect(
      verifyInclusion({
        leafHash: leafHash('outcome', leaf),
        index: 2,
        size: 5,
        path: tree.inclusionPath(2),
        root: tree.root,
      }),
    ).toBe(true)
  })

  it('threat 17: and trace change with the seed, so that no guess of a row can be confirmed', () => {
    const rows = rowsOf(FIVE_BOOKS)
    const other = rows.map((row, at) => (at === 0 ? { ...row, seed: sha256(utf8('x')) } : row))
    const [one, two] = [compute(rows), compute(other)]
    expect(one.outputs).toEqual(two.outputs)
    expect(one.trace).not.toBe(two.trace)
  })
})

describe('threat 14: two members with the same rows', () => {
  const money = fc
    .integer({ min: 0, max: 5000 })
    .map((fen) => `${Math.floor(fen / 100)}.${`${fen % 100}`.padStart(2, '0')}`)
  const books = fc
    .array(fc.record({ price: money, copies: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 5,
      maxLength: 30,
    })
    .map((rows) => rows.map((row, at) => ({ ...row, reader: `r${at}`, title: '書' })))

  it('property: get equal bytes, whatever the order of members in the rows', () => {
    fc.assert(
      fc.property(books, (contents) => {
        const turned = contents.map((row) => Object.fromEntries(Object.entries(row).reverse()))
        const [one, two] = [compute(rowsOf(contents)), compute(rowsOf(turned))]
        expect(canonicalJson({ ...one.outputs, t: one.trace, o: one.outcomes.root })).toEqual(
          canonicalJson({ ...two.outputs, t: two.trace, o: two.outcomes.root }),
        )
      }),
      { numRuns: 30 },
    )
  })

  it('property: Σ cost of the accounts is the allocation, and Σ units × rate + residue too', () => {
    fc.assert(
      fc.property(books, (contents) => {
        const { subledger, outputs } = compute(rowsOf(contents), 'allocation')
        const total = contents.reduce(
          (sum, { price, copies }) => sum + BigInt(price.replace('.', '')) * BigInt(copies),
          0n,
        )
        expect(BigInt((outputs.allocated as string).replace('.', ''))).toBe(total)
        const delta = subledger?.delta['3001'] ?? { cost: '0.00', units: '0.00' }
        expect(BigInt(delta.cost.replace('.', ''))).toBe(total)
        const units = BigInt(delta.units.replace('.', ''))
        const residue = BigInt((subledger?.residue ?? '0').replace('.', ''))
        expect(units * 2n * 100n + residue).toBe(total * 100n)
      }),
      { numRuns: 30 },
    )
  })
})
