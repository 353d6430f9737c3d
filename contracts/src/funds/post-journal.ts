import type { Context } from '@renshe/kernel'
import { residueAccount, standsFor } from './chart.ts'
import { type ControlMovements, findPostingFault } from './check-posting.ts'
import { digitsOf, residuePlaces, textOf, YUAN_PLACES } from './exact.ts'
import { movements, placesOf, type ReadLine, readLines, storedLine } from './journal-lines.ts'
import { postingLabel } from './open-book.ts'
import {
  type Book,
  balances,
  books,
  type Chart,
  charts,
  journals,
  type SubledgerPosting,
} from './records.ts'
import { type JournalRefusal, refuse } from './refusals.ts'
import type { JournalTerms } from './terms.ts'

/** What a journal changes, computed before anything is written. */
interface Prepared {
  readonly balances: ReadonlyMap<string, bigint>
  readonly carried: string
}

/**
 * Posts one journal: balanced in fen and in units, true to the chart, and with the sub-ledger where it
 * touches control accounts. Also corrections: units that move between persons or parts, lines
 * computed again at a restated net value (units without cost), taxed parts amended (no lines at all).
 *
 * @returns id of the journal; for a sub-ledger posting the id that the book had announced as next
 */
export function postJournal(ctx: Context, terms: JournalTerms): string {
  const book = ctx.state(books).find(terms.book)
  if (book === undefined) refuse(ctx, { code: 'BOOK_NOT_FOUND', book: terms.book })
  const chart = ctx.state(charts).get([book.chart.package, book.chart.name])
  const read = readLines(book, chart, terms)
  if (!read.ok) refuse(ctx, read.reason)
  const lines = [...read.fen, ...read.units]
  const moved = movements(lines)
  const posting = terms.subledger ?? null
  const fault =
    posting === null
      ? findMissingPosting(book, chart, lines)
      : findPosting(book, chart, posting, moved)
  if (fault !== undefined) refuse(ctx, fault)
  const prepared = prepare(ctx, book, chart, moved, posting)
  if ('code' in prepared) refuse(ctx, prepared)

  const seq = book.journals + 1
  const id = posting === null ? ctx.newId(`journal/${book.book}/${seq}`) : announcedId(book)
  for (const [account, digits] of prepared.balances) {
    const amount = textOf(digits, placesOf(book, measureOf(lines, account)))
    ctx.state(balances).put([book.book, account], { v: 1, amount })
  }
  ctx.state(journals).put(id, {
    v: 1,
    id,
    book: book.book,
    seq,
    kind: terms.kind,
    case: terms.caseId,
    step: terms.step,
    at: ctx.time,
    fen: read.fen.map((line) => storedLine(book, line)),
    units: read.units.map((line) => storedLine(book, line)),
    subledger: posting,
  })
  ctx.state(books).put(book.book, {
    ...book,
    journals: seq,
    carried: prepared.carried,
    subledger: posting === null ? book.subledger : headAfter(ctx, book, id, posting),
  })
  ctx.emit('JournalPosted', {
    journal: id,
    book: book.book,
    seq,
    kind: terms.kind,
    case: terms.caseId,
  })
  return id
}

function announcedId(book: Book): string {
  if (book.subledger === null) throw new Error('a book without sub-ledger takes no posting')
  return book.subledger.next
}

function measureOf(lines: readonly ReadLine[], account: string): 'fen' | 'units' {
  const line = lines.find((candidate) => candidate.account === account)
  if (line === undefined) throw new Error(`no line moves ${account}`)
  return line.chartAccount.measure
}

function findMissingPosting(
  { book }: Book,
  { subledger }: Chart,
  lines: readonly ReadLine[],
): JournalRefusal | undefined {
  if (subledger === null) return undefined
  const control = [...subledger.cost, subledger.units]
  const accounts = control.filter((no) => lines.some(({ account }) => account === no))
  return accounts.length === 0 ? undefined : { code: 'SUBLEDGER_MISSING', book, accounts }
}

function findPosting(
  book: Book,
  chart: Chart,
  posting: SubledgerPosting,
  moved: ReadonlyMap<string, bigint>,
): JournalRefusal | undefined {
  if (book.subledger === null || chart.subledger === null) {
    return { code: 'SUBLEDGER_NOT_KEPT', book: book.book }
  }
  const control: ControlMovements = {
    costFen: (account) => moved.get(account) ?? 0n,
    units: moved.get(chart.subledger.units) ?? 0n,
  }
  return findPostingFault(book, chart, book.subledger, posting, control)
}

function prepare(
  ctx: Context,
  book: Book,
  chart: Chart,
  moved: ReadonlyMap<string, bigint>,
  posting: SubledgerPosting | null,
): Prepared | JournalRefusal {
  const before = new Map<string, string>()
  for (const [[, account], { amount }] of ctx.state(balances).range({ prefix: [book.book] })) {
    before.set(account, amount)
  }
  const places = (account: string) => placesOf(book, accountMeasure(chart, account))
  const after = new Map<string, bigint>()
  for (const [account, amount] of before) after.set(account, digitsOf(amount, places(account)))
  for (const [account, digits] of moved) after.set(account, (after.get(account) ?? 0n) + digits)
  const fault =
    findNegative(book, chart, after, moved) ?? findInequality(book, chart, after, places)
  if (fault !== undefined) return fault
  const touched = new Map([...moved.keys()].map((account) => [account, after.get(account) ?? 0n]))
  return withResidue(book, chart, touched, moved, posting)
}

function accountMeasure(chart: Chart, account: string): 'fen' | 'units' {
  const found = chart.accounts.find(({ no }) => standsFor(no, account))
  if (found === undefined) throw new Error(`a balance stands on ${account}, which the chart lacks`)
  return found.measure
}

function findNegative(
  book: Book,
  chart: Chart,
  after: ReadonlyMap<string, bigint>,
  moved: ReadonlyMap<string, bigint>,
): JournalRefusal | undefined {
  for (const account of moved.keys()) {
    const { neverNegative, measure } = chart.accounts.find(({ no }) => standsFor(no, account)) ?? {
      neverNegative: false,
      measure: 'fen' as const,
    }
    const digits = after.get(account) ?? 0n
    if (neverNegative && digits < 0n) {
      const balance = textOf(digits, placesOf(book, measure))
      return { code: 'BALANCE_NEGATIVE', book: book.book, account, balance }
    }
  }
  return undefined
}

function findInequality(
  book: Book,
  chart: Chart,
  after: ReadonlyMap<string, bigint>,
  places: (account: string) => number,
): JournalRefusal | undefined {
  const total = (numbers: readonly string[]) => {
    let sum = 0n
    for (const [account, digits] of after) {
      if (numbers.some((no) => standsFor(no, account))) sum += digits
    }
    return sum
  }
  for (const { left, right } of chart.equalities) {
    const leftSum = total(left)
    const rightSum = total(right)
    if (leftSum !== rightSum) {
      const at = places(left[0] ?? right[0] ?? '')
      return {
        code: 'EQUALITY_BROKEN',
        book: book.book,
        left: `${left.join(' + ')} = ${textOf(leftSum, at)}`,
        right: `${right.join(' + ')} = ${textOf(rightSum, at)}`,
      }
    }
  }
  return undefined
}

/** Whole fen leave the register only where it holds them; a negative register may only be carried. */
function withResidue(
  book: Book,
  chart: Chart,
  touched: ReadonlyMap<string, bigint>,
  moved: ReadonlyMap<string, bigint>,
  posting: SubledgerPosting | null,
): Prepared | JournalRefusal {
  const places = residuePlaces(book.unitPlaces, book.navPlaces)
  const account = residueAccount(chart)
  const paidFen = account === undefined ? 0n : (moved.get(account.no) ?? 0n)
  const added = posting === null ? 0n : digitsOf(posting.residue, places)
  const held = digitsOf(book.carried, places) + added
  const carried = held - paidFen * 10n ** BigInt(places - YUAN_PLACES)
  if (paidFen > 0n && carried < 0n) {
    return {
      code: 'RESIDUE_OVERDRAWN',
      book: book.book,
      carried: textOf(held, places),
      paid: textOf(paidFen, YUAN_PLACES),
    }
  }
  return { balances: touched, carried: textOf(carried, places) }
}

function headAfter(ctx: Context, book: Book, id: string, posting: SubledgerPosting) {
  const head = book.subledger
  if (head === null) throw new Error('a book without sub-ledger takes no posting')
  const postings = head.postings + 1
  return {
    owner: head.owner,
    next: ctx.newId(postingLabel(book.book, postings + 1)),
    previous: id,
    balances: posting.balances,
    sum: posting.sum,
    postings,
  }
}
