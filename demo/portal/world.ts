/* What a scene of the demonstration finds on chain: the case of the month, its steps, its books. */
import type { Case, Step } from '@renshe/contracts'
import type { Host, Member } from '@renshe/node'
import type { BankProcess } from '../annuity/bank-process.ts'
import { PARTS, type Part } from '../annuity/consortium.ts'
import { PLAN } from '../annuity/set-up-plan.ts'
import type { Cast } from '../annuity/story.ts'
import type { PayrollRow } from '../payroll.ts'
import type { MonthTerms } from './months.ts'

/** A month of the demonstration at work. */
export interface World {
  readonly host: Host
  readonly cast: Cast
  readonly bank: BankProcess
  readonly month: MonthTerms
  /** Rows that the employer's officer sends. */
  readonly rows: () => readonly PayrollRow[]
}

/** The members of the demonstration by their part. */
export function castOf(host: Host): Cast {
  const members = Object.entries(PARTS).map(([part, id]) => [part, host.member(id)])
  return Object.fromEntries(members) as Record<Part, Member>
}

/** The newest case of the month's contribution; undefined before it is opened. */
export function findContribution({ cast, month }: World): Case | undefined {
  return casesOf(cast, 'annuity-contribution').findLast(
    ({ values, status }) => values.period === month.period && status !== 'WITHDRAWN',
  )
}

/** The case that values the plan on the dealing day of the month. */
export function findValuation(world: World): Case | undefined {
  const day = dealingDayOf(world)
  if (day === null) return undefined
  return casesOf(world.cast, 'annuity-valuation').findLast(
    ({ values }) => values.valuationDay === day,
  )
}

/** Portfolio of the scenes' orders: the second, which holds equities. Visitors may order for the other. */
export const ORDER_PORTFOLIO = 2

/** The investment order of that number, counted on the dealing day of the month. */
export function findOrder(world: World, orderNo: number): Case | undefined {
  const day = dealingDayOf(world)
  if (day === null) return undefined
  return casesOf(world.cast, 'annuity-investment').findLast(
    ({ values }) =>
      values.valuationDay === day &&
      Number(values.orderNo) === orderNo &&
      Number(values.portfolio) === ORDER_PORTFOLIO,
  )
}

/** Day whose unit value the month's money buys at; null before it has arrived. */
export function dealingDayOf(world: World): string | null {
  const contribution = findContribution(world)
  if (contribution === undefined) return null
  const arrivals = stepsOf(world.cast, contribution.id).filter(({ status }) => status === 'done')
  const day = arrivals.findLast(({ values }) => values.dealingDay !== undefined)?.values.dealingDay
  return typeof day === 'string' ? day : null
}

/** Cases of a service, the oldest first. */
export function casesOf(cast: Cast, service: string): Case[] {
  const { items } = cast.trustee.ask('cases.listCases', { service, limit: 100 }) as unknown as {
    items: Case[]
  }
  return items.toSorted((one, other) => one.openedAt - other.openedAt)
}

/** Steps of a case in the order in which they were opened. */
export function stepsOf(cast: Cast, id: string): Step[] {
  return (cast.trustee.ask('cases.getCase', { case: id }) as unknown as { steps: Step[] }).steps
}

/** Units in issue, times 10⁴. */
export function unitsInIssueE4({ cast }: Pick<World, 'cast'>): bigint {
  const book = cast.trustee.ask('funds.getBook', { book: PLAN }) as unknown as {
    readonly accounts: readonly { readonly account: string; readonly amount: string }[]
  }
  const units = book.accounts.find(({ account }) => account === 'U1')?.amount ?? '0'
  const [whole = '0', part = ''] = units.split('.')
  return BigInt(whole + part.padEnd(4, '0'))
}

/**
 * Net values of both portfolios at which the plan's unit is worth what the month says: money of earlier
 * months, valued up. Rounded half up to the fen, 60 % of it in the first portfolio.
 *
 * @returns yuan with two places
 */
export function portfolioValues(world: World): [string, string] {
  const planE8 = unitsInIssueE4(world) * world.month.unitValueE4
  const planFen = (planE8 + 500_000n) / 1_000_000n
  const first = (planFen * 60n) / 100n
  return [yuanOf(first), yuanOf(planFen - first)]
}

function yuanOf(fen: bigint): string {
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
