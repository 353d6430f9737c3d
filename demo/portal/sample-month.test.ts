/**
 * Goal: the months of the demonstration come to the sums of the portal's pages, by construction and through the
 * rules' own arithmetic; the workbook has the rows, and its variant three to mend.
 * Method: every row is added up in fen and in units of four places; the workbook is read as an upload is.
 */
import { fenOfDecimal, readTable } from '@renshe/node'
import { describe, expect, it } from 'vitest'
import { PAYROLL_COLUMNS, type PayrollRow } from '../payroll.ts'
import { EARLIER_MONTHS, type MonthTerms, VISITORS_MONTH } from './months.ts'
import { commandFor } from './open-browser.ts'
import { FAULTY_ROWS, payrollWorkbook } from './payroll-workbook.ts'
import { SAMPLE_PEOPLE, sampleMonth } from './sample-month.ts'

const fen = (yuan: string): bigint => fenOfDecimal(yuan) ?? -1n

/** Units per part, rounded down at four places, and what they leave. */
function boughtBy(rows: readonly PayrollRow[], { unitValueE4 }: MonthTerms) {
  const parts = rows.flatMap(({ employer, employee }) => [fen(employer), fen(employee)])
  const unitsE4 = parts.map((part) => (part * 1_000_000n) / unitValueE4)
  const sum = (values: readonly bigint[]): bigint => values.reduce((total, one) => total + one, 0n)
  return {
    billFen: sum(parts),
    unitsE4: sum(unitsE4),
    residueE8: sum(parts.map((part, at) => part * 1_000_000n - (unitsE4[at] ?? 0n) * unitValueE4)),
  }
}

describe("the visitor's month", () => {
  const rows = sampleMonth(VISITORS_MONTH)

  it('is 808,937.36 = 629,719.1299 × 1.2846 + 0.16573046', () => {
    expect(rows).toHaveLength(1_284)
    expect(boughtBy(rows, VISITORS_MONTH)).toEqual({
      billFen: 80_893_736n,
      unitsE4: 6_297_191_299n,
      residueE8: 16_573_046n,
    })
  })

  it('has 示例·李某 with 420.00 + 210.00 = 490.4250 units', () => {
    const [worker] = rows
    expect(worker).toMatchObject({ name: '示例·李某', employer: '420.00', employee: '210.00' })
    expect(boughtBy(rows.slice(0, 1), VISITORS_MONTH).unitsE4).toBe(4_904_250n)
  })

  it('keeps the caps, the names that break software, and one number for each person', () => {
    const highest = rows.reduce((most, { employer }) => Math.max(most, Number(fen(employer))), 0)
    const employer = rows.reduce((sum, row) => sum + fen(row.employer), 0n)
    expect(BigInt(highest) * BigInt(rows.length) <= 5n * employer).toBe(true)
    for (const { wageBase, employer: paid, employee } of rows) {
      expect(fen(paid) * 100n <= fen(wageBase) * 8n).toBe(true)
      expect(fen(employee) * 100n <= fen(wageBase) * 4n).toBe(true)
    }
    expect(new Set(rows.map(({ memberId }) => memberId)).size).toBe(SAMPLE_PEOPLE)
    const names = rows.map(({ name }) => name).join(' ')
    for (const character of ['𠮷', '𰻝', '\ufa15', '䶮']) expect(names).toContain(character)
    expect(rows.every(({ name }) => name.startsWith('示例·'))).toBe(true)
  })

  it('is out of reach with a residue that the unit value does not allow', () => {
    expect(() => sampleMonth({ ...VISITORS_MONTH, residueE8: 16_573_047n })).toThrow(RangeError)
  })
})

describe('the months before', () => {
  it('leave nothing at 1.0000, and carry 0.00318206 beside whole fen', () => {
    const left = EARLIER_MONTHS.map((month) => boughtBy(sampleMonth(month), month))
    expect(left.map(({ residueE8 }) => residueE8)).toEqual([0n, 16_318_206n])
    expect(left.map(({ billFen }) => billFen)).toEqual(EARLIER_MONTHS.map(({ billFen }) => billFen))
    expect((left[1]?.residueE8 ?? 0n) % 1_000_000n).toBe(318_206n)
  })

  it('have the same people, most of them with the same wage', () => {
    const [before, now] = [EARLIER_MONTHS[1] ?? null, VISITORS_MONTH].map((one) => sampleMonth(one))
    const changed = (before ?? []).filter((row, at) => row.wageBase !== now?.[at]?.wageBase)
    expect(changed.length).toBeGreaterThan(0)
    expect(changed.length).toBeLessThan(85)
    expect(before?.map(({ memberId }) => memberId)).toEqual(now?.map(({ memberId }) => memberId))
  })
})

describe('the workbook', () => {
  const rows = sampleMonth(null, 1_000)

  async function problemsIn(bytes: Uint8Array): Promise<(readonly [number, string])[]> {
    const found: (readonly [number, string])[] = []
    for await (const { line, problems } of await readTable(bytes, { columns: PAYROLL_COLUMNS })) {
      for (const { column } of problems) found.push([line, column])
    }
    return found
  }

  it('has no bad cell, and three bad rows where that is wanted', async () => {
    expect(await problemsIn(await payrollWorkbook(rows, false))).toEqual([])
    // The third mistake is none of a cell: the package says that no more is taxed than paid.
    const problems = await problemsIn(await payrollWorkbook(rows, true))
    expect(problems).toEqual([
      [102, 'memberId'],
      [418, 'employee'],
    ])
    expect(FAULTY_ROWS).toBe(3)
  })
})

describe('the browser', () => {
  const url = 'http://127.0.0.1:4780/demo'
  it.each([
    ['darwin', {}, ['open', url]],
    ['win32', {}, ['cmd', '/c', 'start', '""', url]],
    ['linux', { DISPLAY: ':0' }, ['xdg-open', url]],
    ['linux', {}, undefined],
    ['darwin', { SSH_CONNECTION: '1 2 3 4' }, undefined],
  ] as const)('on %s with %j', (platform, environment, expected) => {
    expect(commandFor(url, platform, environment)).toEqual(expected)
  })
})
