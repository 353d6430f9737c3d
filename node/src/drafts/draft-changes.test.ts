// Goal: rows are fixed, replaced and taken out without losing the others; totals and duplicates follow; a change
// is there after a restart or not at all, and nothing of a row lies on the disk in clear.
// Method: a real vault store; restarts close and open it; a kill is a store whose n-th write fails, for every n;
// the disk is searched for names, numbers and headings.
import type { JsonObject } from '@renshe/crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { feeRow, feeRows } from '../testing/club-flows.fixture.ts'
import { CLUB_RULES } from '../testing/club-packages.fixture.ts'
import { residentId } from '../testing/club-world.fixture.ts'
import type { Draft } from './draft.ts'
import { type DraftRefusal, DraftRefused } from './draft-refused.ts'
import {
  all,
  cellsOf,
  DraftWorld,
  FEES_PLACE,
  feesCsv,
  feesPackage,
  NOW,
} from './draft-world.fixture.ts'

let world: DraftWorld
beforeEach(() => {
  world = new DraftWorld()
})
afterEach(() => world.close())

async function refusalOf(change: Promise<unknown>): Promise<DraftRefusal> {
  const refused = await change.catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(DraftRefused)
  return (refused as DraftRefused).refusal
}

function problemsOf(draft: Draft): [number, string[]][] {
  return [...draft.results({ onlyBad: true })].map(({ number, problems }) => [
    number,
    problems.map(({ code }) => code),
  ])
}

const BAD: JsonObject = { ...feeRow(2), fee: '200.00' }

describe('fixes', () => {
  it('in a second file take the place of rows about the same people, across pages', async () => {
    const draft = world.open()
    const wrong = feeRows(2_500).map((row, at) =>
      at % 1000 === 7 ? { ...row, fee: '999.00' } : row,
    )
    await draft.addFile(feesCsv(wrong))
    expect(problemsOf(draft).map(([number]) => number)).toEqual([8, 1008, 2008])
    const fixes = [7, 1007, 2007].map((at) => feeRow(at))
    const { replaced, file } = await draft.addFile(feesCsv([...fixes, feeRow(5_000)]))
    expect({ replaced, rows: file.rows, bad: file.bad }).toEqual({ replaced: 3, rows: 4, bad: 0 })
    expect(draft.summary()).toMatchObject({ rows: 2_501, bad: 0, isReady: true })
    const people = (await all(draft.rows())).map(({ memberId }) => memberId)
    expect(new Set(people)).toEqual(
      new Set([...feeRows(2_500), feeRow(5_000)].map((r) => r.memberId)),
    )
    expect(draft.row(2_501)).toMatchObject({ file: 2, line: 2 })
    expect(world.orphans()).toBe(0)
  })

  it('as a whole replace everything, files too', async () => {
    const draft = world.open()
    await draft.addFile(feesCsv([BAD, ...feeRows(3, 10)]))
    await draft.addFile(feesCsv(feeRows(5, 20)), { as: 'whole' })
    expect(await all(draft.rows())).toEqual(feeRows(5, 20))
    expect(draft.summary().files.map(({ number }) => number)).toEqual([2])
    expect(world.parts().filter((id) => id.includes('/file/1/'))).toEqual([])
    expect(world.orphans()).toBe(0)
  })

  it('of one row keep its number and place, and the totals follow', async () => {
    const draft = world.open()
    await draft.addFile(feesCsv([feeRow(1), BAD, feeRow(3)]))
    expect(draft.summary().totals).toEqual({ fee: '24.04', books: 4 })
    const row = await draft.replaceRow(2, { ...cellsOf(BAD), fee: '12.34' })
    expect(row).toMatchObject({
      number: 2,
      file: 1,
      line: 3,
      problems: [],
      values: { fee: '12.34' },
    })
    expect(draft.summary()).toMatchObject({ bad: 0, totals: { fee: '36.38', books: 6 } })
  })

  it('that are wrong again are told again', async () => {
    const draft = world.open()
    await draft.addRow(cellsOf(BAD))
    const { problems } = await draft.replaceRow(1, { ...cellsOf(BAD), fee: '9,00', name: '' })
    expect(problems.map(({ code, column, came }) => [code, column, came])).toEqual([
      ['EMPTY', 'name', ''],
      ['NOT_MONEY', 'fee', '9,00'],
    ])
  })

  it.each<[string, (draft: Draft) => Promise<unknown>, DraftRefusal]>([
    ['of no row', (draft) => draft.replaceRow(9, {}), { code: 'ROW_NOT_FOUND', row: 9 }],
    ['removing no row', (draft) => draft.removeRow(0), { code: 'ROW_NOT_FOUND', row: 0 }],
    ['of no column', (draft) => draft.addRow({ toString: 'x' }), { code: 'COLUMN_UNKNOWN' }],
  ])('%s are refused, and nothing changes', async (_, change, refusal) => {
    const draft = world.open()
    await draft.addRow(cellsOf(feeRow(1)))
    const before = draft.summary()
    expect(await refusalOf(change(draft))).toEqual(refusal)
    expect(draft.summary()).toEqual(before)
  })
})

describe('two rows about one person', () => {
  it('the second is good when the first goes, is fixed, or speaks of another', async () => {
    for (const change of [
      (draft: Draft) => draft.removeRow(1),
      (draft: Draft) => draft.replaceRow(1, cellsOf(feeRow(30))),
    ]) {
      const draft = world.open()
      for (const number of [1, 1, 2]) await draft.addRow(cellsOf(feeRow(number)))
      expect(problemsOf(draft)).toEqual([[2, ['ROW_TWICE']]])
      await change(draft)
      expect(problemsOf(draft)).toEqual([])
      await draft.discard()
    }
  })

  it('a third still is one too many', async () => {
    const draft = world.open()
    for (const number of [1, 1, 1]) await draft.addRow(cellsOf(feeRow(number)))
    await draft.removeRow(1)
    expect(problemsOf(draft)).toEqual([[3, ['ROW_TWICE']]])
  })

  it('whatever is typed and taken out: each person has at most one good row, and totals are of those', async () => {
    const act = fc.record({
      kind: fc.constantFrom('add', 'replace', 'remove', 'recheck', 'restart'),
      row: fc.nat({ max: 8 }),
      person: fc.nat({ max: 3 }),
    })
    const property = fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const model = new Map<number, number>()
      let next = 1
      for (const { kind, row, person } of acts) {
        const draft = world.open()
        if (kind === 'add') {
          model.set((await draft.addRow(cellsOf(feeRow(person)))).number, person)
          next += 1
        }
        if (kind === 'replace' && model.has(row)) {
          await draft.replaceRow(row, cellsOf(feeRow(person)))
          model.set(row, person)
        }
        if (kind === 'remove' && model.delete(row)) await draft.removeRow(row)
        if (kind === 'recheck') await draft.recheck()
        if (kind === 'restart') await world.restart()
      }
      const draft = world.open()
      const good = [...draft.results()].filter(({ problems }) => problems.length === 0)
      const people = good.map(({ cells }) => cells.memberId)
      expect(new Set(people).size).toBe(people.length)
      expect(new Set(people)).toEqual(new Set([...model.values()].map(residentId)))
      const books = good.reduce((sum, { values }) => sum + (values?.books as number), 0)
      expect(draft.summary()).toMatchObject({ rows: model.size, totals: { books } })
      expect([...draft.results()].map(({ number }) => number)).toEqual([...model.keys()])
      expect(next).toBeGreaterThan(model.size)
      await draft.discard()
    })
    await fc.assert(property, { numRuns: 15 })
  })
})

describe('a restart', () => {
  it('finds the draft as it was: rows, problems, totals, file', async () => {
    const draft = world.open()
    await draft.addFile(feesCsv([...feeRows(5), BAD]), { name: '九月.csv' })
    const [summary, results] = [draft.summary(), [...draft.results()]]
    world.now += 60_000
    await world.restart()
    const again = world.open()
    expect(again.summary()).toEqual(summary)
    expect([...again.results()]).toEqual(results)
    expect(again.originalFile().name).toBe('九月.csv')
    expect(world.drafts.list()).toEqual([
      {
        ...FEES_PLACE,
        rows: 6,
        bad: 1,
        files: summary.files,
        createdAt: NOW,
        changedAt: NOW,
      },
    ])
    await again.replaceRow(6, cellsOf(feeRow(9)))
    expect(again.summary()).toMatchObject({ bad: 0, isReady: true, changedAt: NOW + 60_000 })
  })

  it('under a suite of national algorithms opens what was sealed', async () => {
    const national = new DraftWorld(feesPackage(), 'RS-GM-1')
    try {
      for (const row of feeRows(3)) await national.open().addRow(cellsOf(row))
      await national.restart()
      expect(await all(national.open().rows())).toEqual(feeRows(3))
    } finally {
      await national.close()
    }
  })

  it('leaves nothing of what was discarded, and a new draft begins empty', async () => {
    const draft = world.open()
    await draft.addFile(feesCsv(feeRows(3)))
    await draft.discard()
    expect([world.drafts.list(), world.parts()]).toEqual([[], []])
    expect(await refusalOf(draft.addRow({}))).toEqual({ code: 'DRAFT_DISCARDED' })
    expect(() => draft.batch()).toThrow('DRAFT_DISCARDED')
    expect(world.open().summary()).toMatchObject({ rows: 0, files: [] })
  })

  it('by other rules than the rows were judged by is refused', async () => {
    await world.open().addRow(cellsOf(feeRow(1)))
    await world.restart()
    const rows = structuredClone(CLUB_RULES.rows) as Record<string, { columns: object }>
    Object.assign(rows['fee-row']?.columns ?? {}, { seat: { type: 'integer', optional: true } })
    const code = feesPackage({ rows: rows as typeof CLUB_RULES.rows })
    expect(() => world.open({ code })).toThrow('DRAFT_OF_OTHER_RULES')
  })
})

describe('a kill', () => {
  it('at any write leaves the draft before or after the change, and no litter', async () => {
    const fixes = feesCsv([feeRow(2), feeRow(40)])
    await world.open().addFile(feesCsv([feeRow(1), BAD, feeRow(3)]))
    const before = world.open().summary()
    let isDone = false
    let kills = 0
    for (let write = 1; !isDone; write++) {
      const killed = world.failingAt(write)
      const draft = killed.open({ ...FEES_PLACE, code: world.code, environment: { now: NOW } })
      const outcome = await draft.addFile(fixes).then(
        () => 'added',
        (error: Error) => error.message,
      )
      await world.restart()
      isDone = outcome === 'added'
      if (isDone) break
      kills += 1
      expect(outcome).toBe('killed')
      expect(world.orphans()).toBe(0)
      expect(world.open().summary()).toEqual(before)
    }
    // Its rows, the old page without the fixed row, the file, the head.
    expect(kills).toBe(4)
    expect(world.open().summary()).toMatchObject({ rows: 4, bad: 0 })
  })

  it('a hand that did not see a change of another is refused, and writes nothing', async () => {
    const draft = world.open()
    await draft.addRow(cellsOf(feeRow(1)))
    world.drafts.close(FEES_PLACE)
    await world.open().addRow(cellsOf(feeRow(2)))
    expect(await refusalOf(draft.removeRow(1))).toEqual({ code: 'DRAFT_CHANGED' })
    expect(await all(world.open().rows())).toEqual(feeRows(2, 1))
  })

  it('a reading that a change overtakes is refused rather than mixed', async () => {
    const draft = world.open()
    await draft.addFile(feesCsv(feeRows(1_500)))
    const reading = draft.rows()[Symbol.asyncIterator]()
    await reading.next()
    await draft.removeRow(1_400)
    const rest = async () => {
      while ((await reading.next()).done !== true);
    }
    await expect(rest()).rejects.toThrow('DRAFT_CHANGED')
  })

  it('changes asked for at once come one after another', async () => {
    const draft = world.open()
    await Promise.all(feeRows(8).map((row) => draft.addRow(cellsOf(row))))
    expect(await all(draft.rows())).toEqual(feeRows(8))
    expect(world.parts()).toHaveLength(1)
  })
})

describe('the disk', () => {
  it('shows no name, number, amount, heading or file of anybody', async () => {
    const draft = world.open()
    await draft.addFile(feesCsv([...feeRows(40), BAD]), { name: '机密工资表.csv' })
    await draft.addRow({ ...cellsOf(feeRow(50)), name: '私人\u0007' })
    await world.restart()
    const disk = world.bytesOnDisk()
    expect(disk.includes('case-1/send/fees')).toBe(true)
    const secrets = [
      '王小明',
      '𠮷野家',
      residentId(3),
      '社会保障号码',
      '机密工资表',
      '私人',
      '200.00',
    ]
    expect(secrets.filter((text) => disk.includes(text))).toEqual([])
    expect(secrets.filter((text) => disk.includes(Buffer.from(text, 'utf16le')))).toEqual([])
  })
})
