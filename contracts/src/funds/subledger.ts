/*
 * The per-person accounts under a book's control accounts, as the members that may see the rows
 * compute them: pure, the same in a member's node and in a browser.
 *
 * @source ledger-bytes.md section 13; domain/annuity.md sections 9 to 11
 */
import { textOf, YUAN_PLACES } from './exact.ts'
import type { ControlTotals } from './records.ts'

/** Places of a book's units and of its residues. */
export interface Scale {
  readonly unitPlaces: number
  readonly residuePlaces: number
}

/** One part (for example `employer`) of one account under one control account of the chart. */
export interface PartBalance {
  readonly part: string
  readonly chart: string
  readonly costFen: bigint
  readonly taxedCostFen: bigint
  /** Digits at the book's unit places. */
  readonly units: bigint
}

/** One person's account in one plan; `account` is an opaque record id of 32 hex digits. */
export interface AccountBalance {
  readonly account: string
  /** Rises by one with every journal that touches the account; the first entry makes it 1. */
  readonly version: number
  /** Ascending by part, then chart; a part that came to zero stays. */
  readonly parts: readonly PartBalance[]
  readonly lastEntry: string | null
}

/** One movement of one part; all amounts may be negative (redemption, correction, restatement). */
export interface EntryLine extends PartBalance {
  /** Digits at the book's residue places. */
  readonly residue: bigint
}

/** A line before it is grouped by account. */
export interface AccountLine extends EntryLine {
  readonly account: string
}

/** What one journal does to one account. */
export interface AccountEntry {
  readonly account: string
  /** The account's version after the journal. */
  readonly version: number
  readonly journal: string
  /** Ascending by part, chart, then amounts. */
  readonly lines: readonly EntryLine[]
}

/** A part that a journal would take below zero: there are no negative accounts. */
export interface NegativePart {
  readonly account: string
  readonly part: string
  readonly chart: string
}

/** A journal's work on the sub-ledger. */
export interface AppliedLines {
  /** Every account after the journal; untouched ones are the same objects as before. */
  readonly balances: ReadonlyMap<string, AccountBalance>
  /** Ascending by account. */
  readonly entries: readonly AccountEntry[]
  readonly delta: ControlTotals
  readonly sum: ControlTotals
  readonly residue: string
  /** Ascending by account; if there is one, nothing of this may be posted. */
  readonly negative: readonly NegativePart[]
}

/**
 * Applies one journal's lines to the accounts. The order of lines and of the map does not matter.
 *
 * @param previous  every account of the sub-ledger, by id
 * @param journal   id that the book announced for its next posting
 */
export function applyLines(
  previous: ReadonlyMap<string, AccountBalance>,
  lines: Iterable<AccountLine>,
  { journal, scale }: { readonly journal: string; readonly scale: Scale },
): AppliedLines {
  const balances = new Map(previous)
  const entries: AccountEntry[] = []
  const negative: NegativePart[] = []
  const delta = new Totals()
  let residue = 0n
  for (const [account, own] of grouped(lines)) {
    const before = previous.get(account)
    const version = (before?.version ?? 0) + 1
    entries.push({ account, version, journal, lines: own.toSorted(compareLines) })
    const parts = movedParts(before?.parts ?? [], own)
    balances.set(account, { account, version, parts, lastEntry: journal })
    for (const line of own) {
      delta.add(line)
      residue += line.residue
    }
    for (const { part, chart, costFen, taxedCostFen, units } of parts) {
      if (costFen < 0n || taxedCostFen < 0n || units < 0n) negative.push({ account, part, chart })
    }
  }
  return {
    balances,
    entries,
    delta: delta.toJson(scale),
    sum: totalsOf(balances.values(), scale),
    residue: textOf(residue, scale.residuePlaces),
    negative,
  }
}

/** Σ of all accounts by control account. */
export function totalsOf(accounts: Iterable<AccountBalance>, scale: Scale): ControlTotals {
  const totals = new Totals()
  for (const { parts } of accounts) for (const part of parts) totals.add(part)
  return totals.toJson(scale)
}

/** An account that exists before its first entry, for example because enrolment opened it. */
export function emptyAccount(account: string): AccountBalance {
  return { account, version: 1, parts: [], lastEntry: null }
}

class Totals {
  readonly #byChart = new Map<string, { costFen: bigint; units: bigint }>()

  add({ chart, costFen, units }: PartBalance): void {
    const total = this.#byChart.get(chart)
    if (total === undefined) this.#byChart.set(chart, { costFen, units })
    else {
      total.costFen += costFen
      total.units += units
    }
  }

  toJson({ unitPlaces }: Scale): ControlTotals {
    const totals: ControlTotals = {}
    for (const chart of [...this.#byChart.keys()].sort()) {
      const { costFen, units } = this.#byChart.get(chart) ?? { costFen: 0n, units: 0n }
      totals[chart] = { cost: textOf(costFen, YUAN_PLACES), units: textOf(units, unitPlaces) }
    }
    return totals
  }
}

function grouped(lines: Iterable<AccountLine>): [string, EntryLine[]][] {
  const byAccount = new Map<string, EntryLine[]>()
  for (const { account, part, chart, costFen, taxedCostFen, units, residue } of lines) {
    const line = { part, chart, costFen, taxedCostFen, units, residue }
    const own = byAccount.get(account)
    if (own === undefined) byAccount.set(account, [line])
    else own.push(line)
  }
  return [...byAccount].sort(([a], [b]) => compareTexts(a, b))
}

function movedParts(
  before: readonly PartBalance[],
  lines: readonly EntryLine[],
): readonly PartBalance[] {
  const parts = before.map((part) => ({ ...part }))
  for (const line of lines) {
    const part = parts.find(({ part, chart }) => part === line.part && chart === line.chart)
    if (part === undefined) {
      const { part: name, chart, costFen, taxedCostFen, units } = line
      parts.push({ part: name, chart, costFen, taxedCostFen, units })
    } else {
      part.costFen += line.costFen
      part.taxedCostFen += line.taxedCostFen
      part.units += line.units
    }
  }
  return parts.sort(compareParts)
}

/** By UTF-16 code units; account ids, parts and chart numbers are ASCII. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Ascending by part, then chart. */
export function compareParts(a: PartBalance, b: PartBalance): number {
  return compareTexts(a.part, b.part) || compareTexts(a.chart, b.chart)
}

function compareDigits(a: bigint, b: bigint): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** As {@link compareParts}, then by amounts: so that one set of lines has one spelling. */
export function compareLines(a: EntryLine, b: EntryLine): number {
  return (
    compareParts(a, b) ||
    compareDigits(a.costFen, b.costFen) ||
    compareDigits(a.taxedCostFen, b.taxedCostFen) ||
    compareDigits(a.units, b.units) ||
    compareDigits(a.residue, b.residue)
  )
}
