import {
  type AccountBalance,
  type AccountEntry,
  compareParts,
  type PartBalance,
} from './subledger.ts'

/** What is wrong with a statement: the first thing found. */
export type StatementFault =
  /** A balance or entry of another account. */
  | { readonly code: 'OTHER_ACCOUNT'; readonly at: string }
  /** An entry is missing, doubled or out of order: versions rise by one. */
  | { readonly code: 'VERSION_GAP'; readonly expected: number; readonly version: number }
  /** The closing balance does not name the newest entry. */
  | { readonly code: 'LAST_ENTRY'; readonly expected: string | null; readonly named: string | null }
  | {
      readonly code: 'BALANCE_DIFFERS'
      readonly part: string
      readonly chart: string
      readonly measure: 'cost' | 'taxedCost' | 'units'
      readonly expected: bigint
      readonly balance: bigint
    }

/**
 * Checks a person's statement t0 → t1: versions without gap, and balance(t0) + Σ lines = balance(t1)
 * per part in fen and in units. A journal that someone left out breaks the versions.
 *
 * @param before   balance at t0; null if the account began later (its first entry has version 1)
 * @param entries  every entry after t0, oldest first
 * @param after    balance at t1
 * @returns the first fault, or null
 * @source ledger-bytes.md section 13
 */
export function findStatementFault(
  before: AccountBalance | null,
  entries: readonly AccountEntry[],
  after: AccountBalance,
): StatementFault | null {
  if (before !== null && before.account !== after.account) {
    return { code: 'OTHER_ACCOUNT', at: 'before' }
  }
  let version = before?.version ?? 0
  let last = before?.lastEntry ?? null
  for (const [index, entry] of entries.entries()) {
    if (entry.account !== after.account) return { code: 'OTHER_ACCOUNT', at: `entries/${index}` }
    version += 1
    if (entry.version !== version) {
      return { code: 'VERSION_GAP', expected: version, version: entry.version }
    }
    last = entry.journal
  }
  if (after.version !== version) {
    return { code: 'VERSION_GAP', expected: version, version: after.version }
  }
  if (after.lastEntry !== last) {
    return { code: 'LAST_ENTRY', expected: last, named: after.lastEntry }
  }
  return findDifference(before?.parts ?? [], entries, after.parts)
}

function keyOf({ part, chart }: PartBalance): string {
  return `${part}\u0000${chart}`
}

function findDifference(
  before: readonly PartBalance[],
  entries: readonly AccountEntry[],
  after: readonly PartBalance[],
): StatementFault | null {
  const expected = new Map<string, PartBalance>()
  for (const movement of [...before, ...entries.flatMap(({ lines }) => lines)]) {
    const sum = expected.get(keyOf(movement)) ?? zero(movement)
    expected.set(keyOf(movement), plusPart(sum, movement))
  }
  const said = new Map(after.map((part) => [keyOf(part), part]))
  const all = [...expected.values(), ...after].sort(compareParts)
  for (const { part, chart } of all) {
    const key = keyOf({ part, chart } as PartBalance)
    const fault = differenceOf(
      expected.get(key) ?? zero({ part, chart }),
      said.get(key) ?? zero({ part, chart }),
    )
    if (fault !== null) return fault
  }
  return null
}

function zero({ part, chart }: Pick<PartBalance, 'part' | 'chart'>): PartBalance {
  return { part, chart, costFen: 0n, taxedCostFen: 0n, units: 0n }
}

function plusPart(sum: PartBalance, line: PartBalance): PartBalance {
  return {
    part: sum.part,
    chart: sum.chart,
    costFen: sum.costFen + line.costFen,
    taxedCostFen: sum.taxedCostFen + line.taxedCostFen,
    units: sum.units + line.units,
  }
}

function differenceOf(expected: PartBalance, said: PartBalance): StatementFault | null {
  const measures = [
    ['cost', expected.costFen, said.costFen],
    ['taxedCost', expected.taxedCostFen, said.taxedCostFen],
    ['units', expected.units, said.units],
  ] as const
  for (const [measure, wanted, balance] of measures) {
    if (wanted === balance) continue
    const { part, chart } = expected
    return { code: 'BALANCE_DIFFERS', part, chart, measure, expected: wanted, balance }
  }
  return null
}
