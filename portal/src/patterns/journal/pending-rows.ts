/* What an open step will post once it is signed, as far as its package says so in plain names. */
import type { Effect, ServiceDefinition } from '../../package/package-document.ts'
import { messageNumber } from '../money-flow/flow-messages.ts'
import type { CaseWithSteps, StepShown } from '../step-clock/case-shown.ts'
import { valuesOf } from '../step-clock/case-shown.ts'
import type { JournalRow, JournalSide } from './journal-rows.ts'

interface PostLine {
  readonly account: string
  readonly amount: string
  readonly each?: string
  readonly if?: string
}

interface Post {
  readonly post: string
  readonly debit: readonly PostLine[]
  readonly credit: readonly PostLine[]
  readonly if?: string
  readonly subledger?: string
}

type Values = Readonly<Record<string, unknown>>

/**
 * Rows of postings to come: of open steps that a member acts on, that can end in one way only, and whose amounts
 * are known already. What cannot be read without computing is left out rather than guessed.
 */
export function pendingRows(
  found: CaseWithSteps,
  service: ServiceDefinition,
): readonly JournalRow[] {
  const values = valuesOf(found)
  return found.steps
    .filter(({ status, wait }) => status === 'open' && wait === null)
    .flatMap((step) =>
      postsOf(service, step).flatMap((post, index) => rowsOf(found, step, post, values, index)),
    )
}

function postsOf(service: ServiceDefinition, { step }: StepShown): readonly Post[] {
  const outcomes = Object.values(service.steps[step]?.outcomes ?? {})
  if (outcomes.length !== 1) return []
  const effects: readonly Effect[] = outcomes[0]?.effects ?? []
  return effects
    .filter((effect) => typeof effect.post === 'string')
    .map((effect) => effect as unknown as Post)
    .filter((post) => post.if === undefined && post.subledger === undefined)
}

interface Line {
  readonly account: string
  readonly amount: string
}

function rowsOf(
  { case: shown }: CaseWithSteps,
  step: StepShown,
  post: Post,
  values: Values,
  place: number,
): readonly JournalRow[] {
  const debits = post.debit.map((line) => resolved(line, values))
  const credits = post.credit.map((line) => resolved(line, values))
  if (debits.includes(null) || credits.includes(null)) return []
  const [left, right] = [debits.flatMap((one) => one ?? []), credits.flatMap((one) => one ?? [])]
  const many = left.length >= right.length ? left : right
  const [debit, credit] = [left[0], right[0]]
  if (debit === undefined || credit === undefined || Math.min(left.length, right.length) > 1) {
    return []
  }
  const side = ({ account }: Line): JournalSide => ({ kind: 'account', account })
  return many.map((line, index) => ({
    key: `pending/${step.n}/${place}/${index}`,
    at: null,
    no: messageNumber(shown.service, step.step),
    journal: post.post,
    debit: side(many === left ? line : debit),
    credit: side(many === right ? line : credit),
    amount: line.amount,
    units: null,
    signers: [],
    awaits: step.awaits,
    txId: null,
  }))
}

/** Account and amounts of a line; null where they would have to be computed. */
function resolved(
  { account, amount, each, if: condition }: PostLine,
  values: Values,
): readonly Line[] | null {
  if (condition !== undefined) return null
  if (each === undefined) {
    const [no, found] = [accountOf(account, null), values[amount]]
    return no === null || typeof found !== 'string' ? null : [{ account: no, amount: found }]
  }
  const items = values[each]
  if (!Array.isArray(items) || amount !== 'item') return null
  const lines = items.map((item, index) => ({ account: accountOf(account, index + 1), item }))
  if (lines.some((line) => line.account === null || typeof line.item !== 'string')) return null
  return lines.map((line) => ({ account: String(line.account), amount: String(line.item) }))
}

/** `"1001"`, `1001`, or `"1101." + string(index)`. */
function accountOf(text: string, index: number | null): string | null {
  const literal = /^"?([0-9A-Z.]+)"?$/.exec(text)?.[1]
  if (literal !== undefined) return literal
  const prefix = /^"([0-9A-Z.]+)" \+ string\(index\)$/.exec(text)?.[1]
  return prefix === undefined || index === null ? null : `${prefix}${index}`
}
