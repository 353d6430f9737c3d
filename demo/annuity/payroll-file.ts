import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { JsonObject } from '@renshe/crypto'
import { readTable, writeCsv } from '@renshe/node'
import { generatePayroll, PAYROLL_COLUMNS } from '../payroll.ts'
import { SAMPLE_SEED } from '../sample-payrolls.ts'
import type { MonthRows } from './month-rows.ts'

/** One row that a person must mend: where it stands and what is wrong with it. */
export interface PayrollProblem {
  readonly line: number
  readonly column: string
  readonly expected: { readonly zh: string; readonly en: string }
  readonly came: string
}

/** The month cannot be carried with this file; every problem of it is named. */
export class PayrollRefused extends Error {
  readonly problems: readonly PayrollProblem[]

  constructor(problems: readonly PayrollProblem[]) {
    super(`${problems.length} cells of the payroll must be mended`)
    this.name = 'PayrollRefused'
    this.problems = problems
  }
}

const MONTHS = 12n
/** Joiners and raises of a year, in hundredths: the declared payroll is an estimate. */
const ROOM_PERCENT = 110n
const MOST_PROBLEMS = 1_000

/** Writes the payroll of so many sample people as an employer would send it. */
export async function writePayroll(path: string, people: number): Promise<void> {
  const rows = generatePayroll({ people, period: '2026-01', seed: SAMPLE_SEED })
  await pipeline(Readable.from(writeCsv(PAYROLL_COLUMNS, rows)), createWriteStream(path))
}

/**
 * Reads a payroll, CSV or XLSX, and checks every cell.
 *
 * @throws PayrollRefused with the bad cells; FileRefused if it is no table
 */
export async function readPayroll(path: string): Promise<MonthRows> {
  const problems: PayrollProblem[] = []
  let count = 0
  let monthlyFen = 0n
  for await (const row of await readTable({ path }, { columns: PAYROLL_COLUMNS })) {
    count += 1
    for (const { column, expected, came } of row.problems) {
      if (problems.length < MOST_PROBLEMS) problems.push({ line: row.line, column, expected, came })
    }
    if (row.problems.length === 0) monthlyFen += fenOf(row.cells.wageBase ?? '0.00')
  }
  if (problems.length > 0) throw new PayrollRefused(problems)
  const yearFen = (monthlyFen * MONTHS * ROOM_PERCENT) / 100n
  return { count, rows: () => rowsOf(path), declaredPayroll: yuanOf(yearFen) }
}

/** The rows, read anew each time: a large file never lies in memory. */
async function* rowsOf(path: string): AsyncGenerator<JsonObject> {
  for await (const { cells } of await readTable({ path }, { columns: PAYROLL_COLUMNS })) {
    yield { ...cells } as JsonObject
  }
}

function fenOf(yuan: string): bigint {
  const [whole = '0', part = ''] = yuan.split('.')
  return BigInt(whole) * 100n + BigInt(part.padEnd(2, '0'))
}

function yuanOf(fen: bigint): string {
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
