import type { ColumnSpec } from '@renshe/node'
import { dayAfter, MOST_PEOPLE, type SamplePerson, samplePerson } from './people.ts'
import { seededBelow } from './seeded.ts'

/** What happened to a person since the month before. */
export type PayrollChange = 'NONE' | 'JOINED' | 'LEFT' | 'UNPAID_LEAVE' | 'RETIRED' | 'TRANSFERRED'

/** One line of a contribution month, as an employer sends it: every value is text. */
export type PayrollRow = {
  readonly memberId: string
  readonly name: string
  /** Yuan with two places, like the three after it. */
  readonly wageBase: string
  readonly employer: string
  readonly employee: string
  /** The part of `employee` above what is free of tax. */
  readonly taxed: string
  readonly joinedOn: string
  readonly change: PayrollChange
}

/** What a payroll is made from. */
export type PayrollOptions = {
  /** Active people in the first month, 1 to 100,000. */
  readonly people: number
  /** YYYY-MM, from 2026-01 on; people join, leave and change from the second month on. */
  readonly period: string
  readonly seed: number
  /** Hundredths of a percent of the wage base: 800 employer and 400 employee unless told. */
  readonly employerBasisPoints?: number
  readonly employeeBasisPoints?: number
}

/**
 * The columns of a payroll: what the template shows and the reader expects.
 *
 * @source shared/domain/annuity.md sections 7 (row) and 13 (codes of leavers)
 */
export const PAYROLL_COLUMNS: readonly ColumnSpec[] = [
  column('memberId', '社会保障号码', 'Social security number', 'id'),
  { ...column('name', '姓名', 'Name', 'text'), maxLength: 50 },
  column('wageBase', '缴费基数', 'Wage base', 'money'),
  column('employer', '企业缴费', 'Employer contribution', 'money'),
  column('employee', '个人缴费', 'Employee contribution', 'money'),
  column('taxed', '个人缴费应税部分', 'Taxed part of employee contribution', 'money'),
  column('joinedOn', '参加日期', 'Joined on', 'date'),
  {
    ...column('change', '变动', 'Change', 'code'),
    codes: [
      { code: 'NONE', title: { zh: '无变动', en: 'None' } },
      { code: 'JOINED', title: { zh: '新增', en: 'Joined' } },
      { code: 'LEFT', title: { zh: '离职', en: 'Left' } },
      { code: 'UNPAID_LEAVE', title: { zh: '停薪', en: 'Unpaid leave' } },
      { code: 'RETIRED', title: { zh: '退休', en: 'Retired' } },
      { code: 'TRANSFERRED', title: { zh: '转出', en: 'Transferred' } },
    ],
  },
]

/**
 * A contribution month of people who do not exist, row after row, in memory that does not grow.
 *
 * The caps hold by construction: each part is its rate of the wage base rounded down, so 8 % and
 * 12 % of the sum are never passed; wages lie between 5,000 and 24,000 yuan, so nobody is credited
 * five times the average. About 1 in 200 joins each month, 1 in 200 leaves, 1 in 100 has a raise
 * of a quarter; a person on unpaid leave comes back the month after. Who leaves or is on leave
 * pays nothing in that month: the row is there to say why.
 *
 * @throws RangeError  options out of range
 */
export function* generatePayroll(options: PayrollOptions): Generator<PayrollRow> {
  const month = monthNumber(options.period)
  checkOptions(options, month)
  const joiners = joinersUntil(options.people, month)
  for (let place = 0; place < options.people + joiners; place += 1) {
    const row = rowOf(place, month, options)
    if (row !== undefined) yield row
  }
}

function rowOf(place: number, month: number, options: PayrollOptions): PayrollRow | undefined {
  const { seed, people } = options
  const joined = joinMonth(place, people)
  const change = changeIn(place, month, joined, seed)
  if (change === undefined) return undefined
  const person = samplePerson(place, seed)
  const isPaying = change === 'NONE' || change === 'JOINED'
  const wage = isPaying ? wageFen(person, month, joined, seed) : 0n
  const employer = share(wage, options.employerBasisPoints ?? 800)
  const employee = share(wage, options.employeeBasisPoints ?? 400)
  const free = share(wage < TAX_BASE_CAP_FEN ? wage : TAX_BASE_CAP_FEN, FREE_BASIS_POINTS)
  return {
    memberId: person.memberId,
    name: person.name,
    wageBase: yuan(wage),
    employer: yuan(employer),
    employee: yuan(employee),
    taxed: yuan(employee > free ? employee - free : 0n),
    joinedOn: joinedOn(place, joined, seed),
    change,
  }
}

/** Undefined when the person is not there yet or has left before. */
function changeIn(
  place: number,
  month: number,
  joined: number,
  seed: number,
): PayrollChange | undefined {
  if (month < joined) return undefined
  if (month === joined) return joined === 0 ? 'NONE' : 'JOINED'
  for (let past = joined + 1; past < month; past += 1)
    if (leavesIn(place, past, seed) !== undefined) return undefined
  const leaving = leavesIn(place, month, seed)
  if (leaving !== undefined) return leaving
  return seededBelow(500, seed, 12, place, month) === 0 ? 'UNPAID_LEAVE' : 'NONE'
}

function leavesIn(place: number, month: number, seed: number): PayrollChange | undefined {
  if (seededBelow(200, seed, 10, place, month) !== 0) return undefined
  return (['LEFT', 'LEFT', 'TRANSFERRED', 'RETIRED'] as const)[seededBelow(4, seed, 11, place)]
}

/**
 * Wages in hundreds of yuan, most of them low; a raise of a quarter now and then, up to the top.
 */
function wageFen({ place }: SamplePerson, month: number, joined: number, seed: number): bigint {
  const low = seededBelow(80, seed, 20, place)
  const high = seededBelow(10, seed, 21, place) === 0 ? seededBelow(111, seed, 22, place) : 0
  let fen =
    BigInt(50 + Math.min(low + high, 190)) * 10_000n + BigInt(seededBelow(10_000, seed, 23, place))
  for (let past = joined + 1; past <= month; past += 1)
    if (seededBelow(100, seed, 24, place, past) === 0) fen = (fen * 5n) / 4n
  return fen < HIGHEST_WAGE_FEN ? fen : HIGHEST_WAGE_FEN
}

const HIGHEST_WAGE_FEN = 2_400_000n
/** 300 % of a made-up city average of 5,000.00 yuan. */
const TAX_BASE_CAP_FEN = 1_500_000n
/** Employee contributions are free of tax up to 4 % (财税〔2013〕103号). */
const FREE_BASIS_POINTS = 400

/** Those who join, month by month: one for every 200 at the start, at least one. */
function joinersUntil(people: number, month: number): number {
  return month * joinersPerMonth(people)
}

function joinersPerMonth(people: number): number {
  return Math.max(1, Math.floor(people / 200))
}

function joinMonth(place: number, people: number): number {
  return place < people ? 0 : 1 + Math.floor((place - people) / joinersPerMonth(people))
}

function joinedOn(place: number, joined: number, seed: number): string {
  if (joined === 0) return dayAfter('2014-01-01', seededBelow(4_300, seed, 30, place))
  return `${periodOf(joined)}-01`
}

function monthNumber(period: string): number {
  const parts = /^([0-9]{4})-(0[1-9]|1[0-2])$/.exec(period)
  return parts === null ? -1 : (Number(parts[1]) - FIRST_YEAR) * 12 + Number(parts[2]) - 1
}

function periodOf(month: number): string {
  const year = FIRST_YEAR + Math.floor(month / 12)
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}`
}

const FIRST_YEAR = 2026
const MOST_ROWS = 100_000

function checkOptions({ people, period }: PayrollOptions, month: number): void {
  if (!Number.isInteger(people) || people < 1 || people > MOST_ROWS)
    throw new RangeError(`people must be 1 to ${MOST_ROWS}`)
  if (month < 0 || people + joinersUntil(people, month) > MOST_PEOPLE)
    throw new RangeError(`period must be YYYY-MM from ${FIRST_YEAR}-01 on: ${period}`)
}

/** So many basis points of an amount in fen, rounded down: half a fen more might pass a cap. */
export function share(fen: bigint, basisPoints: number): bigint {
  return (fen * BigInt(basisPoints)) / 10_000n
}

/** Fen as yuan with two places. */
export function yuan(fen: bigint): string {
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function column(name: string, zh: string, en: string, type: ColumnSpec['type']): ColumnSpec {
  return { name, title: { zh, en }, type, required: true }
}
