/* Which expectation a credit answers: by the reference that the payer's bank passed on. */
import type { JsonObject } from '@renshe/crypto'
import type { Member } from '../member.ts'

/** An expected credit, as `funds.listExpectations` tells it. */
export interface ExpectedCredit {
  readonly id: string
  readonly case: string
  readonly account: string
  readonly state: 'expected' | 'arrived' | 'short' | 'over' | 'cancelled'
  readonly at: number
}

/** A payment order, as `funds.listPayments` tells it. */
export interface OrderedPayment {
  readonly id: string
  readonly case: string
  readonly name: string
  readonly by: string
  readonly from: string
  readonly to: string
  readonly amount: string
  readonly state: string
  readonly attempt: number
  readonly history: readonly {
    readonly attempt: number
    readonly state: string
    readonly at: number
  }[]
}

/** Reference under which a payment reaches the bank: the same for the same attempt, for ever. */
export function referenceOf({ id, attempt }: Pick<OrderedPayment, 'id' | 'attempt'>): string {
  return attempt === 1 ? id : `${id}-${attempt}`
}

/** The connector's key of a payment and attempt, and back. */
export function paymentKey({ id, attempt }: Pick<OrderedPayment, 'id' | 'attempt'>): string {
  return `${id}/${attempt}`
}

/** Reads {@link paymentKey}; undefined for a key of something else. */
export function readPaymentKey(key: string): { id: string; attempt: number } | undefined {
  const [id, attempt, ...more] = key.split('/')
  const number = Number(attempt)
  if (id === undefined || more.length > 0 || !Number.isSafeInteger(number)) return undefined
  return number < 1 ? undefined : { id, attempt: number }
}

/** All items of a query that gives pages. */
export function allPages<Item>(member: Member, query: string, input: JsonObject): Item[] {
  const items: Item[] = []
  for (let cursor: string | null = null; ; ) {
    const asked: JsonObject = { ...input, limit: 100, ...(cursor === null ? {} : { cursor }) }
    const page = member.ask(query, asked) as unknown as { items: Item[]; next: string | null }
    items.push(...page.items)
    if (page.next === null) return items
    cursor = page.next
  }
}

/** What a bank said about the purpose of a credit. */
export interface CreditReferences {
  readonly endToEndId: string
  readonly remittance: string
}

/**
 * The expectation of an account that a credit answers: the one whose own id, or the id of a payment of its
 * case to that account, is the end-to-end reference or stands in the remittance text. One that nothing
 * came for is taken before one that came short, that before one that has its money already; a cancelled
 * one never.
 */
export function findExpectation(
  member: Member,
  account: string,
  references: CreditReferences,
): ExpectedCredit | undefined {
  const all = allPages<ExpectedCredit>(member, 'funds.listExpectations', { by: member.id })
  const candidates = all.filter((one) => one.account === account && one.state !== 'cancelled')
  // One that came short may have been followed by another for what is missing: that one is meant.
  const rank = ({ state }: ExpectedCredit): number =>
    state === 'expected' ? 0 : state === 'short' ? 1 : 2
  const ordered = candidates.toSorted((one, other) => rank(one) - rank(other))
  return ordered.find((expectation) => isNamed(member, expectation, references))
}

function isNamed(
  member: Member,
  { id, case: caseId, account }: ExpectedCredit,
  { endToEndId, remittance }: CreditReferences,
): boolean {
  if (endToEndId === id || remittance.includes(id)) return true
  const payments = allPages<OrderedPayment>(member, 'funds.listPayments', { case: caseId })
  return payments.some((payment) => {
    if (payment.to !== account) return false
    const isReference = endToEndId === payment.id || endToEndId.startsWith(`${payment.id}-`)
    return isReference || remittance.includes(payment.id)
  })
}
