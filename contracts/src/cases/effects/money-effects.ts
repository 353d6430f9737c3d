import { FeelNumber, formatPlaces, type Scope } from '@renshe/rules'
import { registerBatch } from '../../access/sections.ts'
import type { Effect, PostLine } from '../../catalogue/package-document.ts'
import { findAccount } from '../../funds/chart.ts'
import { cancelExpectation, expectCredit } from '../../funds/expect-credit.ts'
import { orderPayment } from '../../funds/order-payment.ts'
import { postJournal } from '../../funds/post-journal.ts'
import {
  books,
  charts,
  expectations,
  payments,
  type SubledgerPosting,
} from '../../funds/records.ts'
import type { PostingLine } from '../../funds/terms.ts'
import { type CaseWork, patchCase, refuseAbove } from '../case-work.ts'
import { evaluateText, isTrue } from '../feel.ts'
import { ownMember } from '../own-member.ts'
import { refuse } from '../refusals.ts'
import { ownerOf } from '../sealed-input.ts'
import {
  type EffectOrigin,
  fenOf,
  keyOf,
  memberOfParty,
  refuseEffect,
  scopesOfEach,
} from './effect-values.ts'

type PostEffect = Extract<Effect, { post: string }>
type PayEffect = Extract<Effect, { pay: string }>
type ExpectEffect = Extract<Effect, { expect: string }>

const YUAN_PLACES = 2

/** Posts a journal; with a sub-ledger, the posting that two members determined alike. */
export function performPost(
  work: CaseWork,
  effect: PostEffect,
  origin: EffectOrigin,
  scope: Scope,
): void {
  const { ctx, serviceCase } = work
  const book = keyOf(work, 'post', 'book', effect.book, scope)
  const placesOf = placesInBook(work, book)
  const debit = linesOf(work, effect.debit, placesOf, scope)
  const credit = linesOf(work, effect.credit, placesOf, scope)
  refuseAbove(ctx, 'lines', debit.length + credit.length)
  const subledger = effect.subledger === undefined ? null : subledgerOf(work, effect.subledger)
  if (subledger !== null) registerTrees(work, subledger)
  postJournal(ctx, {
    book,
    kind: effect.post,
    caseId: serviceCase.id,
    step: origin.step?.step ?? null,
    debit,
    credit,
    subledger,
  })
}

/** How many places amounts of an account have: 2, or the book's for units. */
function placesInBook({ ctx }: CaseWork, id: string): (account: string) => number {
  const book = ctx.state(books).find(id)
  const chart =
    book === undefined ? undefined : ctx.state(charts).find([book.chart.package, book.chart.name])
  return (account) => {
    const found = chart === undefined ? undefined : findAccount(chart, account)
    return found?.measure === 'units' ? (book?.unitPlaces ?? 0) : YUAN_PLACES
  }
}

function linesOf(
  work: CaseWork,
  lines: readonly PostLine[],
  placesOf: (account: string) => number,
  scope: Scope,
): PostingLine[] {
  const made: PostingLine[] = []
  for (const line of lines) {
    for (const inner of scopesOfEach(work, 'post', line.each, scope)) {
      if (line.if !== undefined && !isTrue(work.evaluator, line.if, inner)) continue
      const account = keyOf(work, 'post', 'account', line.account, inner)
      const value = evaluateText(work.evaluator, line.amount, inner)
      const places = placesOf(account)
      const amount = value instanceof FeelNumber ? formatPlaces(value, places) : undefined
      if (amount === undefined) {
        refuseEffect(work, 'post', `amount of ${account}`, `a number of ${places} places`)
      } else made.push({ account, amount })
    }
  }
  return made
}

/** The sub-ledger of the newest done step that determined it: both members submitted the same. */
function subledgerOf(work: CaseWork, name: string): SubledgerPosting {
  const { ctx, service, steps } = work
  let newest: SubledgerPosting | null = null
  let order = -1
  for (const step of steps) {
    if (service.steps[step.step]?.determine !== name || step.order === null) continue
    const subledger = step.submissions[0]?.subledger ?? null
    if (subledger !== null && step.order > order) {
      newest = subledger as unknown as SubledgerPosting
      order = step.order
    }
  }
  return newest ?? refuse(ctx, { code: 'DETERMINATION_UNKNOWN', name })
}

/** Registers the sealed entries and balances, so that grants on `entry` and `balance` open them. */
function registerTrees(work: CaseWork, subledger: SubledgerPosting): void {
  for (const tree of ['entry', 'balance'] as const) {
    const section = work.code.findSection(tree)
    const head = tree === 'entry' ? subledger.entries : subledger.balances
    if (section === undefined || head.count === 0) continue
    registerBatch(work.ctx, {
      root: head.root,
      count: head.count,
      owner: ownerOf(work, tree),
      entry: section.entry,
      section: tree,
      level: section.definition.level,
      caseId: work.serviceCase.id,
      tree,
    })
  }
}

/** Orders a payment. After a rejection or return the same order is the same payment again. */
export function performPay(work: CaseWork, effect: PayEffect, scope: Scope): void {
  const { ctx, serviceCase } = work
  const name = effect.pay
  const earlier = ownMember(serviceCase.payments, name)
  const before = earlier === undefined ? undefined : ctx.state(payments).find(earlier)
  const occasion = before === undefined ? 1 : before.occasion + (before.state === 'settled' ? 1 : 0)
  const id = orderPayment(ctx, {
    caseId: serviceCase.id,
    name,
    occasion,
    book: null,
    by: memberOfParty(work, 'pay', effect.by),
    tellers: (effect.tellers ?? []).map((party) => memberOfParty(work, 'pay', party)),
    from: keyOf(work, 'pay', 'from', effect.from, scope),
    to: keyOf(work, 'pay', 'to', effect.to, scope),
    amountFen: fenOf(work, 'pay', 'amount', effect.amount, scope),
  })
  patchCase(work, { payments: { ...serviceCase.payments, [name]: id } })
}

/** Tells a custodian or bank to wait for money. */
export function performExpect(work: CaseWork, effect: ExpectEffect, scope: Scope): void {
  const { ctx, serviceCase } = work
  const name = effect.expect
  const earlier = ownMember(serviceCase.expectations, name)
  const before = earlier === undefined ? undefined : ctx.state(expectations).find(earlier)
  const occasion =
    before === undefined ? 1 : before.occasion + (before.state === 'expected' ? 0 : 1)
  const id = expectCredit(ctx, {
    caseId: serviceCase.id,
    name,
    occasion,
    book: null,
    by: memberOfParty(work, 'expect', effect.by),
    account: keyOf(work, 'expect', 'account', effect.account, scope),
    amountFen: fenOf(work, 'expect', 'amount', effect.amount, scope),
  })
  patchCase(work, { expectations: { ...serviceCase.expectations, [name]: id } })
}

/** Ends an expectation that no longer holds. */
export function performRelease(work: CaseWork, name: string): void {
  const id = ownMember(work.serviceCase.expectations, name)
  if (id === undefined) refuse(work.ctx, { code: 'EXPECTATION_UNKNOWN', name })
  cancelExpectation(work.ctx, id)
}
