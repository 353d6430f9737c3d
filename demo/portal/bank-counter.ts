/* The bank of the demonstration as seen from its counter: which orders lie there, and booking them. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { legalDay } from '@renshe/contracts'
import { PARTS } from '../annuity/consortium.ts'
import { yuan } from '../payroll.ts'
import { SHORT_FEN } from './months.ts'
import type { World } from './world.ts'

/** An order that lies at the bank and was not booked. */
export interface WaitingOrder {
  readonly id: string
  /** Reference under which the bank knows it. */
  readonly reference: string
  /** Yuan with two places. */
  readonly amount: string
  /** Register keys of both accounts. */
  readonly from: string
  readonly to: string
  /** Whether its file lies at the bank. */
  readonly isSent: boolean
}

/** Members whose payments go through the bank of the demonstration. */
const PAYERS = [PARTS.bank, PARTS.custodian]

/** Orders that wait for the bank; those that are on their way to it count. */
export function waitingOrders({ cast }: Pick<World, 'cast'>): WaitingOrder[] {
  return PAYERS.flatMap((member) =>
    (['ordered', 'sent'] as const).flatMap((state) => {
      const input = { member, state, limit: 100 }
      const { items } = cast.bank.ask('funds.listPayments', input) as unknown as {
        readonly items: readonly ListedPayment[]
      }
      return items.filter(({ by }) => by === member).map((item) => orderOf(item, state === 'sent'))
    }),
  )
}

interface ListedPayment {
  readonly id: string
  readonly by: string
  readonly attempt: number
  readonly amount: string
  readonly from: string
  readonly to: string
}

function orderOf({ id, attempt, amount, from, to }: ListedPayment, isSent: boolean): WaitingOrder {
  const reference = attempt === 1 ? id : `${id}-${attempt}`
  return { id, reference, amount, from, to, isSent }
}

const ROUNDS = 400
const ROUND_MS = 20
const ROUND_CLOCK_MS = 500

/**
 * Has the bank book what waits, on the day that the chain's clock shows, and waits until both members
 * have heard of it.
 *
 * @param short  less of the first order reaches the payee: the bank keeps charges
 * @returns how many orders were booked
 */
export async function bookOrders(world: World, short: boolean): Promise<number> {
  const { host, bank } = world
  await host.quiet()
  const orders = waitingOrders(world)
  const [first] = orders
  if (first === undefined) return 0
  await untilTaken(world, () => waitingOrders(world).every(({ isSent }) => isSent))
  await openDay(world)
  const amount = yuan(fenOf(first.amount) - SHORT_FEN)
  const less = short ? { endToEndId: first.reference, amount } : {}
  const answer = await bank.command({ id: `poll-${randomUUID()}`, do: 'poll', ...less })
  if (answer.ok !== true) throw new Error(`the bank did not book: ${String(answer.error)}`)
  await untilTaken(world, () => waitingOrders(world).length === 0)
  return orders.length
}

/** The bank, or a member that hears of it, did not answer in time; what was ordered stays ordered. */
export class BankSilent extends Error {
  constructor() {
    super('the bank does not answer')
    this.name = 'BankSilent'
  }
}

/** Lets the relays exchange files with the bank until something is so. */
export async function untilTaken({ host }: World, isSo: () => boolean): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    if (isSo()) return
    await host.advanceTo(host.clock.now() + ROUND_CLOCK_MS)
    if (isSo()) return
    await sleep(ROUND_MS)
  }
  throw new BankSilent()
}

/** The bank's own date follows the chain's: an order of today is not booked yesterday. */
async function openDay({ host, bank }: World): Promise<void> {
  const today = legalDay(host.clock.now())
  const status = await bank.command({ id: `status-${randomUUID()}`, do: 'status' })
  const { date } = status.result as { readonly date: string }
  if (date < today) await bank.command({ id: `day-${today}`, do: 'endOfDay', to: today })
}

function fenOf(amount: string): bigint {
  return BigInt(amount.replace('.', ''))
}
