import {
  type Compiled,
  type CompiledTests,
  type CompileOptions,
  compile,
  compileUnaryTests,
} from '../compile/compile.ts'
import { wholeNumber } from '../number/decimal.ts'
import { addValues } from '../runtime/arithmetic.ts'
import type { Run, Site } from '../runtime/run.ts'
import { compareValues, equalValues } from '../value/comparison.ts'
import { sortStable } from '../value/sort-stable.ts'
import { FeelContext, type Value } from '../value/values.ts'

/**
 * Which of the matching rows counts: Unique, Any, Priority, First, Collect (with +, <, > or #), Rule order, Output order.
 *
 * @source DMN 1.5 §8.2.10
 */
export type HitPolicy = 'U' | 'A' | 'P' | 'F' | 'C' | 'C+' | 'C<' | 'C>' | 'C#' | 'R' | 'O'

/** A decision table as data; every text is FEEL. */
export interface DecisionTable {
  readonly hitPolicy: HitPolicy
  readonly inputs: readonly TableInput[]
  readonly outputs: readonly TableOutput[]
  readonly rows: readonly TableRow[]
}

/** A column that is tested. */
export interface TableInput {
  readonly expression: string
  /** Unary tests that every value must pass. */
  readonly values?: string
}

/** A column that is given. */
export interface TableOutput {
  /** May be left out when there is one output. */
  readonly name?: string
  /** Expressions of the allowed values, the most important first (Priority, Output order). */
  readonly values?: readonly string[]
  /** Given when no row matches. */
  readonly default?: string
}

/** One rule: a test for every input, an expression for every output. */
export interface TableRow {
  readonly when: readonly string[]
  readonly give: readonly string[]
  readonly clause?: string
}

/** What a table gives: the value and the numbers (from 1) of the rows that counted. */
export interface TableResult {
  readonly value: Value
  readonly rows: readonly number[]
}

/** A table ready to be evaluated. */
export interface CompiledTable {
  /** Names of the outside that the table reads. */
  readonly names: readonly string[]
  run(run: Run): TableResult
}

/** Where in a table a text stands, for messages: `rows[2].when[0]`. */
export type Locate = <T>(path: string, make: () => T) => T

interface Column {
  readonly expression: Compiled
  readonly values: CompiledTests | undefined
}

interface Parts {
  readonly table: DecisionTable
  readonly inputs: readonly Column[]
  readonly rows: readonly { when: readonly CompiledTests[]; give: readonly Compiled[] }[]
  readonly defaults: readonly (Compiled | undefined)[]
  readonly priorities: readonly (readonly Compiled[] | undefined)[]
  readonly site: Site
}

/**
 * Makes a decision table ready.
 *
 * @param locate  told the path of every text before it is compiled, so that errors can be placed
 * @throws FeelSyntaxError, LimitExceeded for a text that is not FEEL; RangeError for a row of the wrong width
 */
export function compileTable(
  table: DecisionTable,
  options: CompileOptions,
  locate: Locate = (_path, make) => make(),
): CompiledTable {
  const inputs = table.inputs.map((input, at) => ({
    expression: locate(`inputs[${at}].expression`, () => compile(input.expression, options)),
    values:
      input.values === undefined
        ? undefined
        : locate(`inputs[${at}].values`, () => compileUnaryTests(input.values as string, options)),
  }))
  const rows = table.rows.map((row, at) => compileRow(table, row, at, options, locate))
  const defaults = table.outputs.map((output, at) =>
    output.default === undefined
      ? undefined
      : locate(`outputs[${at}].default`, () => compile(output.default as string, options)),
  )
  const priorities = table.outputs.map((output, at) =>
    output.values?.map((value, index) =>
      locate(`outputs[${at}].values[${index}]`, () => compile(value, options)),
    ),
  )
  const parts: Parts = { table, inputs, rows, defaults, priorities, site: { text: '', at: 0 } }
  return { names: namesOf(parts), run: (run) => runTable(run, parts) }
}

function compileRow(
  table: DecisionTable,
  row: TableRow,
  at: number,
  options: CompileOptions,
  locate: Locate,
): Parts['rows'][number] {
  locate(`rows[${at}]`, () => {
    if (row.when.length !== table.inputs.length || row.give.length !== table.outputs.length) {
      throw new RangeError(
        `row ${at + 1} needs ${table.inputs.length} tests and ${table.outputs.length} results`,
      )
    }
  })
  return {
    when: row.when.map((text, column) =>
      locate(`rows[${at}].when[${column}]`, () => compileUnaryTests(text, options)),
    ),
    give: row.give.map((text, column) =>
      locate(`rows[${at}].give[${column}]`, () => compile(text, options)),
    ),
  }
}

function namesOf(parts: Parts): string[] {
  const all: Compiled[] = [
    ...parts.inputs.flatMap(({ expression, values }) =>
      values === undefined ? [expression] : [expression, values],
    ),
    ...parts.rows.flatMap(({ when, give }) => [...when, ...give]),
    ...parts.defaults.filter((value) => value !== undefined),
  ]
  return [...new Set(all.flatMap((compiled) => compiled.names))]
}

interface Hit {
  /** From 0. */
  readonly row: number
  readonly values: readonly Value[]
}

function runTable(run: Run, parts: Parts): TableResult {
  const tested: Value[] = []
  for (const { expression, values } of parts.inputs) {
    const value = expression.run(run)
    if (values !== undefined && values.test(run, value) !== true) {
      run.warn(parts.site, 'ARGUMENT_VALUE', `${expression.text} is not one of the allowed values`)
      return { value: null, rows: [] }
    }
    tested.push(value)
  }
  const hits: Hit[] = []
  const isFirstEnough = parts.table.hitPolicy === 'F'
  for (let at = 0; at < parts.rows.length; at += 1) {
    const row = parts.rows[at] as Parts['rows'][number]
    run.step(1)
    if (!row.when.every((test, column) => test.test(run, tested[column] as Value) === true))
      continue
    hits.push({ row: at, values: row.give.map((output) => output.run(run)) })
    if (isFirstEnough) break
  }
  return hits.length === 0 ? noHit(run, parts) : combine(run, parts, hits)
}

function noHit(run: Run, parts: Parts): TableResult {
  const { hitPolicy } = parts.table
  if (parts.defaults.some((value) => value !== undefined)) {
    const values = parts.defaults.map((value) => value?.run(run) ?? null)
    return { value: outputOf(parts, values), rows: [] }
  }
  if (hitPolicy === 'C#') return { value: wholeNumber(0), rows: [] }
  return { value: run.warn(parts.site, 'NO_ROW', 'no row of the table matches'), rows: [] }
}

/** One output is the value itself, several are a context by their names. */
function outputOf(parts: Parts, values: readonly Value[]): Value {
  const { outputs } = parts.table
  if (outputs.length === 1) return values[0] ?? null
  return new FeelContext(
    new Map(
      outputs.map((output, at): [string, Value] => [
        output.name ?? `${at + 1}`,
        values[at] ?? null,
      ]),
    ),
  )
}

function combine(run: Run, parts: Parts, hits: readonly Hit[]): TableResult {
  const rows = hits.map((hit) => hit.row + 1)
  const first = hits[0] as Hit
  switch (parts.table.hitPolicy) {
    case 'U':
      if (hits.length > 1) {
        return {
          value: run.warn(parts.site, 'SEVERAL_ROWS', `rows ${rows.join(', ')} match`),
          rows,
        }
      }
      return { value: outputOf(parts, first.values), rows }
    case 'A':
      if (hits.some((hit) => equalValues([...hit.values], [...first.values]) !== true)) {
        return {
          value: run.warn(parts.site, 'SEVERAL_ROWS', `rows ${rows.join(', ')} differ`),
          rows,
        }
      }
      return { value: outputOf(parts, first.values), rows }
    case 'F':
      return { value: outputOf(parts, first.values), rows }
    case 'P': {
      const best = inOutputOrder(run, parts, hits)[0] as Hit
      return { value: outputOf(parts, best.values), rows: [best.row + 1] }
    }
    case 'O': {
      const sorted = inOutputOrder(run, parts, hits)
      return listOf(parts, sorted)
    }
    case 'C':
    case 'R':
      return listOf(parts, hits)
    default:
      return { value: aggregate(run, parts, hits), rows }
  }
}

function listOf(parts: Parts, hits: readonly Hit[]): TableResult {
  return {
    value: hits.map((hit) => outputOf(parts, hit.values)),
    rows: hits.map((hit) => hit.row + 1),
  }
}

/** Hits by the priority of their outputs, the first column first; values not listed come last. */
function inOutputOrder(run: Run, parts: Parts, hits: readonly Hit[]): Hit[] {
  const priorities = parts.priorities.map((values) => values?.map((value) => value.run(run)) ?? [])
  const ranks = hits.map((hit) =>
    hit.values.map((value, column) => {
      const rank = (priorities[column] ?? []).findIndex(
        (other) => equalValues(value, other) === true,
      )
      return rank < 0 ? Number.MAX_SAFE_INTEGER : rank
    }),
  )
  const ranked = hits.map((hit, at) => ({ hit, ranks: ranks[at] as number[] }))
  return sortStable(ranked, (left, right) => {
    const column = left.ranks.findIndex((rank, at) => rank !== right.ranks[at])
    return column >= 0 && (left.ranks[column] as number) < (right.ranks[column] as number)
  }).map(({ hit }) => hit)
}

function aggregate(run: Run, parts: Parts, hits: readonly Hit[]): Value {
  if (parts.table.outputs.length !== 1) {
    return run.warn(parts.site, 'OUTPUT_VALUE', 'only one output can be aggregated')
  }
  const values = hits.map((hit) => hit.values[0] as Value)
  const [first, ...rest] = values
  switch (parts.table.hitPolicy) {
    case 'C#':
      return wholeNumber(values.length)
    case 'C+':
      return rest.reduce(
        (sum: Value, value) => addValues(run, parts.site, sum, value),
        first as Value,
      )
    default:
      return extreme(run, parts, values)
  }
}

function extreme(run: Run, parts: Parts, values: readonly Value[]): Value {
  const wanted = parts.table.hitPolicy === 'C<' ? -1 : 1
  let best = values[0] as Value
  for (const value of values) {
    const order = compareValues(value, best)
    if (order === undefined)
      return run.warn(parts.site, 'NOT_COMPARABLE', 'outputs cannot be compared')
    if (order === wanted) best = value
  }
  return best
}
