import { isMoney } from '../vocabulary/money.ts'
import { isDecimal } from '../vocabulary/scaled.ts'
import { digitsOf, residuePlaces, textOf, YUAN_PLACES } from './exact.ts'
import type { Book, Chart, ControlTotals, SubledgerHead, SubledgerPosting } from './records.ts'
import type { JournalRefusal } from './refusals.ts'

/** What the journal's own lines do to the sub-ledger's control accounts, each on its side. */
export interface ControlMovements {
  readonly costFen: (account: string) => bigint
  readonly units: bigint
}

/**
 * Why a sub-ledger posting does not follow from the newest one and from the journal's control lines;
 * undefined if it does.
 *
 * @source ledger-bytes.md section 13: sum = previous sum + delta, delta = control lines, the named
 *         previous journal is the newest one, U2 = Σ units
 */
export function findPostingFault(
  book: Book,
  chart: Chart,
  head: SubledgerHead,
  posting: SubledgerPosting,
  moved: ControlMovements,
): JournalRefusal | undefined {
  const control = chart.subledger
  if (control === null) return { code: 'SUBLEDGER_NOT_KEPT', book: book.book }
  if (posting.previous !== head.previous) {
    return {
      code: 'SUBLEDGER_STALE',
      book: book.book,
      named: posting.previous,
      newest: head.previous,
    }
  }
  return (
    findCountFault(book, head, posting) ??
    findSpellingFault(book, control.cost, posting) ??
    findDeltaFault(book, control, posting, moved) ??
    findSumFault(book, control.cost, head, posting)
  )
}

/** Accounts never vanish, and without entries only the first posting, which opens, moves anything. */
function findCountFault(
  { book }: Book,
  head: SubledgerHead,
  posting: SubledgerPosting,
): JournalRefusal | undefined {
  const before = head.balances.count
  const after = posting.balances.count
  const entries = posting.entries.count
  const movesWithoutEntries =
    entries === 0 && head.previous !== null && Object.keys(posting.delta).length > 0
  if (after >= before && entries <= after && !movesWithoutEntries) return undefined
  return { code: 'SUBLEDGER_COUNT', book, before, after, entries }
}

function findSpellingFault(
  { book, unitPlaces, navPlaces }: Book,
  cost: readonly string[],
  posting: SubledgerPosting,
): JournalRefusal | undefined {
  for (const totals of [posting.delta, posting.sum]) {
    for (const account of Object.keys(totals).sort()) {
      if (!cost.includes(account)) return { code: 'SUBLEDGER_ACCOUNT', book, account }
      const total = totals[account] as ControlTotals[string]
      if (!isMoney(total.cost) || !isDecimal(total.units, unitPlaces)) {
        return { code: 'SUBLEDGER_SPELLING', book, account }
      }
    }
  }
  if (!isDecimal(posting.residue, residuePlaces(unitPlaces, navPlaces))) {
    return { code: 'SUBLEDGER_SPELLING', book, account: 'residue' }
  }
  return undefined
}

function costOf(totals: ControlTotals, account: string): bigint {
  const total = totals[account]
  return total === undefined ? 0n : digitsOf(total.cost, YUAN_PLACES)
}

function unitsOf(totals: ControlTotals, account: string, places: number): bigint {
  const total = totals[account]
  return total === undefined ? 0n : digitsOf(total.units, places)
}

function findDeltaFault(
  { book, unitPlaces }: Book,
  control: { readonly cost: readonly string[]; readonly units: string },
  { delta }: SubledgerPosting,
  moved: ControlMovements,
): JournalRefusal | undefined {
  let units = 0n
  for (const account of control.cost) {
    const lines = moved.costFen(account)
    const cost = costOf(delta, account)
    if (lines !== cost) {
      return {
        code: 'SUBLEDGER_DELTA_COST',
        book,
        account,
        lines: textOf(lines, YUAN_PLACES),
        delta: textOf(cost, YUAN_PLACES),
      }
    }
    units += unitsOf(delta, account, unitPlaces)
  }
  if (units === moved.units) return undefined
  return {
    code: 'SUBLEDGER_DELTA_UNITS',
    book,
    account: control.units,
    lines: textOf(moved.units, unitPlaces),
    delta: textOf(units, unitPlaces),
  }
}

function findSumFault(
  { book, unitPlaces }: Book,
  accounts: readonly string[],
  head: SubledgerHead,
  { delta, sum }: SubledgerPosting,
): JournalRefusal | undefined {
  for (const account of accounts) {
    const cost = costOf(head.sum, account) + costOf(delta, account)
    const units = unitsOf(head.sum, account, unitPlaces) + unitsOf(delta, account, unitPlaces)
    if (costOf(sum, account) !== cost) {
      return sumFault(book, account, 'cost', cost, costOf(sum, account), YUAN_PLACES)
    }
    if (unitsOf(sum, account, unitPlaces) !== units) {
      const said = unitsOf(sum, account, unitPlaces)
      return sumFault(book, account, 'units', units, said, unitPlaces)
    }
  }
  return undefined
}

function sumFault(
  book: string,
  account: string,
  measure: 'cost' | 'units',
  expected: bigint,
  sum: bigint,
  places: number,
): JournalRefusal {
  return {
    code: 'SUBLEDGER_SUM',
    book,
    account,
    measure,
    expected: textOf(expected, places),
    sum: textOf(sum, places),
  }
}
