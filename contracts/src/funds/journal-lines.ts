import { isMoney, yuanFromFen } from '../vocabulary/money.ts'
import { isDecimal } from '../vocabulary/scaled.ts'
import { type ChartAccount, debitSign, findAccount } from './chart.ts'
import { digitsOf, textOf, YUAN_PLACES } from './exact.ts'
import type { Book, Chart, Line } from './records.ts'
import type { JournalRefusal } from './refusals.ts'
import type { JournalTerms, PostingLine } from './terms.ts'

/** Lines of one journal, both measures together: enough for hundreds of portfolios. */
export const MOST_LINES = 400

/** A line that is understood: `digits` are fen, or units at the book's places; above 0. */
export interface ReadLine {
  readonly side: 'debit' | 'credit'
  readonly account: string
  readonly chartAccount: ChartAccount
  readonly digits: bigint
}

/** Lines by measure, or why they cannot be a journal. */
export type LinesRead =
  | { readonly ok: true; readonly fen: readonly ReadLine[]; readonly units: readonly ReadLine[] }
  | { readonly ok: false; readonly reason: JournalRefusal }

/** Places of an account's amounts. */
export function placesOf(book: Book, measure: 'fen' | 'units'): number {
  return measure === 'fen' ? YUAN_PLACES : book.unitPlaces
}

/** Reads and balances the lines of a journal; lines of zero are left out. */
export function readLines(book: Book, chart: Chart, terms: JournalTerms): LinesRead {
  const count = terms.debit.length + terms.credit.length
  if (count > MOST_LINES) {
    return refused({ code: 'JOURNAL_TOO_LONG', book: book.book, lines: count, most: MOST_LINES })
  }
  const lines: ReadLine[] = []
  for (const side of ['debit', 'credit'] as const) {
    for (const line of terms[side]) {
      const read = readLine(book, chart, side, line)
      if ('code' in read) return refused(read)
      if (read.digits !== 0n) lines.push(read)
    }
  }
  if (lines.length === 0 && (terms.subledger ?? null) === null) {
    return refused({ code: 'JOURNAL_EMPTY', book: book.book })
  }
  const fen = lines.filter((line) => line.chartAccount.measure === 'fen')
  const units = lines.filter((line) => line.chartAccount.measure === 'units')
  const unbalanced =
    unbalancedBy(book, fen, 'UNBALANCED_FEN') ?? unbalancedBy(book, units, 'UNBALANCED_UNITS')
  return unbalanced === undefined ? { ok: true, fen, units } : refused(unbalanced)
}

function refused(reason: JournalRefusal): LinesRead {
  return { ok: false, reason }
}

function readLine(
  { book, unitPlaces }: Book,
  chart: Chart,
  side: 'debit' | 'credit',
  { account, amount }: PostingLine,
): ReadLine | JournalRefusal {
  const chartAccount = findAccount(chart, account)
  if (chartAccount === undefined) return { code: 'ACCOUNT_NOT_IN_CHART', book, account }
  const isFen = chartAccount.measure === 'fen'
  const places = isFen ? YUAN_PLACES : unitPlaces
  if (!(isFen ? isMoney(amount) : isDecimal(amount, places))) {
    return { code: 'AMOUNT_SPELLING', book, account, places }
  }
  const digits = digitsOf(amount, places)
  if (digits < 0n) return { code: 'AMOUNT_NOT_POSITIVE', book, account, amount }
  return { side, account, chartAccount, digits }
}

function sumOf(lines: readonly ReadLine[], side: 'debit' | 'credit'): bigint {
  return lines.reduce((sum, line) => (line.side === side ? sum + line.digits : sum), 0n)
}

function unbalancedBy(
  book: Book,
  lines: readonly ReadLine[],
  code: 'UNBALANCED_FEN' | 'UNBALANCED_UNITS',
): JournalRefusal | undefined {
  const debit = sumOf(lines, 'debit')
  const credit = sumOf(lines, 'credit')
  if (debit === credit) return undefined
  const places = placesOf(book, code === 'UNBALANCED_FEN' ? 'fen' : 'units')
  return { code, book: book.book, debit: textOf(debit, places), credit: textOf(credit, places) }
}

/** What the lines do to each account, on the account's own side. */
export function movements(lines: readonly ReadLine[]): Map<string, bigint> {
  const moved = new Map<string, bigint>()
  for (const { side, account, chartAccount, digits } of lines) {
    const sign = side === 'debit' ? debitSign(chartAccount) : -debitSign(chartAccount)
    moved.set(account, (moved.get(account) ?? 0n) + sign * digits)
  }
  return moved
}

/** A line as state keeps it. */
export function storedLine(book: Book, { side, account, chartAccount, digits }: ReadLine): Line {
  const amount =
    chartAccount.measure === 'fen' ? yuanFromFen(digits) : textOf(digits, book.unitPlaces)
  return { side, account, amount }
}
