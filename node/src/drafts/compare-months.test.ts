// Goal: before signing, the operator sees who joined, who left, whose amounts changed by more than the
// percentage, and which accounts have no row; counts are exact whatever the size.
// Method: typed rows against a month before; boundaries of the percentage in fen; a property over any two months.
import type { JsonObject } from '@renshe/crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { feeRow, feeRows } from '../testing/club-flows.fixture.ts'
import { residentId } from '../testing/club-world.fixture.ts'
import type { ComparisonOptions } from './compare-months.ts'
import { cellsOf, DraftWorld, feesCsv } from './draft-world.fixture.ts'

let world: DraftWorld
beforeEach(() => {
  world = new DraftWorld()
})
afterEach(() => world.close())

const CHANGE = { column: 'change', gone: ['JOINED'] }

async function compare(rows: readonly JsonObject[], options: ComparisonOptions) {
  const draft = world.open()
  for (const row of rows) await draft.addRow(cellsOf(row))
  return draft.compare(options)
}

function paying(fee: string, number = 1): JsonObject {
  return { ...feeRow(number), fee }
}

describe('differences to the month before', () => {
  it('tell who joined, who left, and whose account has no row', async () => {
    const { joined, left, withoutRow, unchanged } = await compare(feeRows(3, 1), {
      previous: feeRows(3),
      active: [residentId(0), residentId(1), residentId(7)],
    })
    expect(joined).toEqual({ count: 1, first: [{ person: residentId(3), row: 3 }] })
    expect(left).toEqual({ count: 1, first: [{ person: residentId(0), row: null }] })
    expect(withoutRow.first.map(({ person }) => person)).toEqual([residentId(0), residentId(7)])
    expect(unchanged).toBe(2)
  })

  it('take a row that says so for one that left, and who had gone before for one that joins', async () => {
    const gone = { ...feeRow(1), change: 'JOINED' }
    const { joined, left, withoutRow } = await compare([gone, feeRow(2)], {
      previous: [feeRow(1), { ...feeRow(2), change: 'JOINED' }, { ...feeRow(3), change: 'JOINED' }],
      change: CHANGE,
    })
    expect(left.first).toEqual([{ person: residentId(1), row: 1 }])
    expect(joined.first).toEqual([{ person: residentId(2), row: 2 }])
    expect(withoutRow.count).toBe(0)
  })

  it.each([
    ['50.00', '60.00', 'less'],
    ['50.00', '60.01', 'more'],
    ['50.00', '40.00', 'less'],
    ['50.00', '39.99', 'more'],
    ['0.00', '0.01', 'more'],
    ['50.00', '50.00', 'same'],
  ])('%s → %s is %s', async (before, now, is) => {
    const told = await compare([paying(now)], { previous: [paying(before)] })
    const counts = [told.unchanged, told.changedLess, told.changedMore.count]
    expect(counts).toEqual([is === 'same' ? 1 : 0, is === 'less' ? 1 : 0, is === 'more' ? 1 : 0])
    const columns = [{ column: 'fee', before, now }]
    const more = is === 'more' ? [{ person: residentId(1), row: 1, columns }] : []
    expect(told.changedMore.first).toEqual(more)
  })

  it('look only at the columns and by the percentage asked for', async () => {
    const previous = [{ ...paying('50.00'), books: 1 }]
    const options = { previous, columns: ['fee'], percent: 5 }
    const { changedMore } = await compare([{ ...paying('52.51'), books: 30 }], options)
    expect(changedMore.first[0]?.columns.map(({ column }) => column)).toEqual(['fee'])
  })

  it('count rows with problems as rows and do not compare them', async () => {
    const { notCompared, left, joined } = await compare([paying('100.01')], {
      previous: [paying('50.00')],
    })
    expect([notCompared, left.count, joined.count]).toEqual([1, 0, 0])
  })

  it('cut lists, not counts', async () => {
    const draft = world.open()
    await draft.addFile(feesCsv(feeRows(1_200)))
    const { joined } = await draft.compare({ previous: [], most: 10 })
    expect([joined.count, joined.first.length]).toEqual([1_200, 10])
  })

  it('put everyone of both months in exactly one place', async () => {
    const month = fc.uniqueArray(fc.tuple(fc.nat({ max: 9 }), fc.integer({ min: 0, max: 9_999 })), {
      selector: ([person]) => person,
      maxLength: 8,
    })
    const rowsOf = (entries: readonly (readonly [number, number])[]) =>
      entries.map(([person, fen]) => paying((fen / 100).toFixed(2), person))
    const property = fc.asyncProperty(month, month, async (before, now) => {
      const told = await compare(rowsOf(now), { previous: rowsOf(before) })
      await world.open().discard()
      const present = new Set(now.map(([person]) => person))
      const old = new Set(before.map(([person]) => person))
      expect(told.joined.count).toBe([...present].filter((person) => !old.has(person)).length)
      expect(told.left.count).toBe([...old].filter((person) => !present.has(person)).length)
      const compared = told.unchanged + told.changedLess + told.changedMore.count
      expect(told.joined.count + compared).toBe(now.length)
      expect(told.withoutRow).toEqual(told.left)
    })
    await fc.assert(property, { numRuns: 15 })
  })
})
