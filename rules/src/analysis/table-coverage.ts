import { BUILTINS } from '../builtins/builtin-table.ts'
import { makeCompiler } from '../compile/compile-node.ts'
import { StaticScope } from '../compile/static-scope.ts'
import { type Code, Frame, Run } from '../runtime/run.ts'
import type { Node, TableTree } from '../syntax/tree.ts'
import { toLiteral } from '../value/format-value.ts'
import type { Value } from '../value/values.ts'
import { type ColumnDomain, literalsOf, representativesOf } from './representatives.ts'

/** What is wrong with the rows of a table. */
export interface CoverageProblem {
  readonly code: 'TABLE_GAP' | 'TABLE_OVERLAP'
  /** Rows concerned, from 1. */
  readonly rows: readonly number[]
  /** A value of every column that shows it, as FEEL; `-` for a column that does not matter. */
  readonly example: readonly string[]
}

/** Larger searches are given up: then nothing is reported. */
const GREATEST_SEARCH = 200_000

/**
 * Looks for inputs that no row matches, and for two rows that match together where only one may.
 *
 * @returns undefined when a test depends on other names than its column: then nothing can be said
 */
export function checkCoverage(
  table: TableTree,
  domains: readonly ColumnDomain[],
): CoverageProblem[] | undefined {
  const columns = table.inputs.map((_input, column) =>
    makeColumn(
      table.rows.map((row) => row.when[column] as Node),
      domains[column] ?? {},
    ),
  )
  if (columns.includes(undefined)) return undefined
  const known = columns as Column[]
  const problems: CoverageProblem[] = []
  if (table.hitPolicy === 'U') problems.push(...findOverlaps(known, table.rows.length))
  const hasDefault = table.outputs.some((output) => output.default !== undefined)
  if (!hasDefault && 'UAPF'.includes(table.hitPolicy))
    problems.push(...findGap(known, table.rows.length))
  return problems
}

/** One column: its representative values, and for each the rows that pass, as bits. */
interface Column {
  readonly values: readonly Value[]
  readonly passing: readonly bigint[]
}

function makeColumn(tests: readonly Node[], domain: ColumnDomain): Column | undefined {
  const literals = literalsOf(tests)
  const values = literals === undefined ? undefined : representativesOf(literals, domain)
  if (values === undefined) return undefined
  const compiler = makeCompiler('', BUILTINS, new Set())
  const codes = tests.map((test) => compiler.compile(test, StaticScope.EMPTY.with('?')))
  return { values, passing: values.map((value) => rowsPassing(codes, value)) }
}

function rowsPassing(codes: readonly Code[], value: Value): bigint {
  const run = new Run({ get: () => undefined }, { now: 0 })
  const frame = new Frame(run, value, undefined)
  return codes.reduce(
    (bits, code, row) => (code(frame) === true ? bits | (1n << BigInt(row)) : bits),
    0n,
  )
}

function findOverlaps(columns: readonly Column[], rows: number): CoverageProblem[] {
  const problems: CoverageProblem[] = []
  for (let first = 0; first < rows; first += 1) {
    for (let second = first + 1; second < rows; second += 1) {
      const both = (1n << BigInt(first)) | (1n << BigInt(second))
      const shared = columns.map(({ passing }) =>
        passing.findIndex((bits) => (bits & both) === both),
      )
      if (shared.includes(-1)) continue
      const example = shared.map((at, column) => literalOf(columns[column]?.values[at]))
      problems.push({ code: 'TABLE_OVERLAP', rows: [first + 1, second + 1], example })
    }
  }
  return problems
}

function findGap(columns: readonly Column[], rows: number): CoverageProblem[] {
  const seen = new Set<string>()
  let searched = 0
  const search = (column: number, left: bigint): string[] | undefined => {
    if (left === 0n) return []
    if (column === columns.length) return undefined
    const key = `${column} ${left}`
    if (seen.has(key)) return undefined
    seen.add(key)
    const { values, passing } = columns[column] as Column
    for (let at = 0; at < values.length; at += 1) {
      searched += 1
      if (searched > GREATEST_SEARCH) return undefined
      const rest = search(column + 1, left & (passing[at] as bigint))
      if (rest !== undefined) return [literalOf(values[at]), ...rest]
    }
    return undefined
  }
  const found = search(0, (1n << BigInt(rows)) - 1n)
  if (found === undefined) return []
  const example = columns.map((_column, at) => found[at] ?? '-')
  return [{ code: 'TABLE_GAP', rows: [], example }]
}

function literalOf(value: Value | undefined): string {
  return value === undefined ? '-' : toLiteral(value)
}
