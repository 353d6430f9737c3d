/* What a bank says becomes acts on chain, each once: the chain refuses the second telling. */
import { cases, getPackage, serviceOf, steps, yuanFromFen } from '@renshe/contracts'
import {
  type Bytes,
  canonicalJson,
  concatBytes,
  hmacSha256,
  type JsonObject,
  toHex,
  utf8,
} from '@renshe/crypto'
import { isCode } from '@renshe/kernel'
import type { BankCredit, BankPaymentStatus } from '../connectors/bank/bank-connector.ts'
import type { BankPlace, NoticeSource } from '../found/node-file.ts'
import { ActRefused, type Member, type SealedContent } from '../member.ts'
import { findExpectation, readPaymentKey } from './bank-matching.ts'

/** Refusals that say: this was told before, or speaks of an attempt that is over. */
const TOLD_BEFORE: ReadonlySet<string> = new Set([
  'CREDIT_ALREADY_RECORDED',
  'PAYMENT_STATE',
  'PAYMENT_ATTEMPT',
])
/** Refusals after which a credit is money of unknown purpose. */
const NOT_EXPECTED: ReadonlySet<string> = new Set([
  'EXPECTATION_NOT_FOUND',
  'EXPECTATION_NOT_YOURS',
  'EXPECTATION_ENDED',
  'CREDIT_OTHER_ACCOUNT',
  'CREDITS_TOO_MANY',
])

/** What the teller works with. */
export interface BankTeller {
  readonly member: Member
  readonly place: BankPlace
  /** K: nobody who knows a bank's reference finds it on chain. */
  readonly indexKey: Bytes
  readonly onNotice: (notice: string) => void
}

/**
 * Key of one entry of a bank's statement: a keyed digest of the bank's reference.
 *
 * @param of  account, or payment, within which the reference is unique
 */
export function entryKeyOf({ indexKey }: BankTeller, of: string, reference: string): string {
  const told = canonicalJson({ of, reference })
  return toHex(hmacSha256(indexKey, concatBytes(utf8('renshe/bank-entry/1\0'), told)))
}

/** Tells what became of a payment. */
export async function tellPayment(teller: BankTeller, status: BankPaymentStatus): Promise<void> {
  const payment = readPaymentKey(status.paymentKey)
  if (payment === undefined) return
  const { bankReference, reasonCode, bookingDate } = status
  await tell(teller, 'cases.recordSettlement', {
    payment: payment.id,
    attempt: payment.attempt,
    state: status.status,
    ...(bankReference === '' ? {} : { entry: entryKeyOf(teller, payment.id, bankReference) }),
    ...(isCode(reasonCode) ? { reason: reasonCode } : {}),
    ...(bookingDate === '' ? {} : { on: bookingDate }),
  })
}

/** Tells that an order reached the bank. */
export async function tellSent(
  teller: BankTeller,
  { id, attempt }: { readonly id: string; readonly attempt: number },
): Promise<void> {
  await tell(teller, 'cases.recordSettlement', { payment: id, attempt, state: 'sent' })
}

/**
 * Tells that money came on an account of this member. What nobody expected goes to suspense of the books
 * that the account belongs to; where there are none, a person must look.
 */
export async function tellCredit(
  teller: BankTeller,
  credit: BankCredit,
  account: string,
): Promise<void> {
  const { member } = teller
  const entry = entryKeyOf(teller, credit.account, credit.bankReference)
  const amount = yuanFromFen(credit.amountFen)
  const { valueDate } = credit
  const expectation = findExpectation(member, account, credit)
  if (expectation !== undefined) {
    const input = { expectation: expectation.id, entry, amount, valueDate }
    const sealed = noticeOf(teller, expectation.id, credit)
    const refused = await tell(teller, 'cases.recordArrival', input, sealed, NOT_EXPECTED)
    if (refused === undefined) return
  }
  const book = bookOf(member, account)
  if (book === undefined) {
    keepForPerson(teller, entry, credit)
    return
  }
  const unknown = { expectation: null, account, book, entry, amount, valueDate }
  await tell(teller, 'cases.recordArrival', unknown)
}

/** Acts; a refusal that means "told before" is none, another one of `expected` is given back. */
async function tell(
  { member }: BankTeller,
  action: string,
  input: JsonObject,
  sealed: SealedContent | null = null,
  expected: ReadonlySet<string> = new Set(),
): Promise<string | undefined> {
  try {
    await member.act(action, input, 'system', sealed)
    return undefined
  } catch (error) {
    if (!(error instanceof ActRefused)) throw error
    if (TOLD_BEFORE.has(error.code)) return undefined
    if (expected.has(error.code)) return error.code
    throw error
  }
}

/** The notice that is sealed with an arrival, if the waiting step has a form for it. */
function noticeOf(
  { member, place }: BankTeller,
  expectation: string,
  credit: BankCredit,
): SealedContent | null {
  const { notice } = place
  if (notice === null) return null
  const view = member.ledger.view()
  for (const [, step] of view.state(steps).index('byWait', { prefix: ['payment', expectation] })) {
    const serviceCase = view.state(cases).find(step.case)
    if (serviceCase === undefined) continue
    const { steps: defined } = serviceOf(getPackage(view, serviceCase.package))
    if (!(defined[step.step]?.form?.sections ?? []).includes(notice.section)) continue
    const fields: [string, string][] = Object.entries(notice.fields).map(([name, source]) => [
      name,
      toldOf(credit, source),
    ])
    const told = Object.fromEntries(fields.filter(([, value]) => value !== ''))
    return { case: step.case, step: step.step, sections: { [notice.section]: told } }
  }
  return null
}

function toldOf(credit: BankCredit, source: NoticeSource): string {
  return credit[source]
}

/** Books that a bank account belongs to: the longest beginning of its key that names one. */
function bookOf(member: Member, account: string): string | undefined {
  const parts = account.split('/')
  for (let length = parts.length; length > 0; length--) {
    const book = parts.slice(0, length).join('/')
    const answer = member.query('funds.getBook', { book })
    if (answer.ok && answer.data !== null) return book
  }
  return undefined
}

/** Kept locked under V; an account's number or a name is for people, not for a log. */
function keepForPerson({ member, onNotice }: BankTeller, entry: string, credit: BankCredit): void {
  const { amountFen, ...rest } = credit
  const told = canonicalJson({ ...rest, amount: yuanFromFen(amountFen) })
  member.vault.store.lock('note', [[`bank-credit ${entry}`, told]])
  onNotice(`a credit belongs to no books: entry ${entry}`)
}
