import { wholeNumber } from '../number/decimal.ts'
import { addValues } from '../runtime/arithmetic.ts'
import { type Code, Frame, type Run, type Site } from '../runtime/run.ts'
import type { TableTree } from '../syntax/tree.ts'
import { compareValues, equalValues } from '../value/comparison.ts'
import { sortStable } from '../value/sort-stable.ts'
import { FeelContext, type Value } from '../value/values.ts'
import type { Compiler } from './compiler.ts'
import type { StaticScope } from './static-scope.ts'

/** What a table gives: the value and the numbers (from 1) of the rows that counted. */
export interface TableResult {
  readonly value: Value
  readonly rows: readonly number[]
}

interface Parts {
  readonly table: TableTree
  readonly inputs: readonly { expression: Code; values: Code | undefined }[]
  readonly rows: readonly { when: readonly Code[]; give: readonly Code[] }[]
  readonly defaults: readonly (Code | undefined)[]
  readonly priorities: readonly (readonly Code[])[]
  readonly site: Site
}

/** A parsed decision table as code that also tells its rows. */
export function compileTableTree(
  compiler: Compiler,
  table: TableTree,
  scope: StaticScope,
  site: Site,
): (frame: Frame) => TableResult {
  const tested = scope.with('?')
  const parts: Parts = {
    table,
    inputs: table.inputs.map(({ expression, values }) => ({
      expression: compiler.compile(expression, scope),
      values: values === undefined ? undefined : compiler.compile(values, tested),
    })),
    rows: table.rows.map(({ when, give }) => ({
      when: when.map((test) => compiler.compile(test, tested)),
      give: give.map((output) => compiler.compile(output, scope)),
    })),
    defaults: table.outputs.map((output) =>
      output.default === undefined ? undefined : compiler.compile(output.default, scope),
    ),
    priorities: table.outputs.map((output) =>
      (output.values ?? []).map((value) => compiler.compile(value, scope)),
    ),
    site,
  }
  return (frame) => runTable(frame, parts)
}

interface Hit {
  /** From 0. */
  readonly row: number
  readonly values: readonly Value[]
}

function runTable(frame: Frame, parts: Parts): TableResult {
  const { run } = frame
  const tested: Frame[] = []
  for (const { expression, values } of parts.inputs) {
    const inside = new Frame(run, expression(frame), frame)
    if (values !== undefined && inside.value !== null && values(inside) !== true) {
      const value = run.warn(
        parts.site,
        'ARGUMENT_VALUE',
        'an input is not one of the allowed values',
      )
      return { value, rows: [] }
    }
    tested.push(inside)
  }
  const hits: Hit[] = []
  const isFirstEnough = parts.table.hitPolicy === 'F'
  for (let at = 0; at < parts.rows.length; at += 1) {
    const row = parts.rows[at] as Parts['rows'][number]
    run.step(1)
    if (!row.when.every((test, column) => test(tested[column] as Frame) === true)) continue
    hits.push({ row: at, values: row.give.map((output) => output(frame)) })
    if (isFirstEnough) break
  }
  return hits.length === 0 ? noHit(frame, parts) : combine(frame, parts, hits)
}

function noHit(frame: Frame, parts: Parts): TableResult {
  if (parts.defaults.some((value) => value !== undefined)) {
    const values = parts.defaults.map((value) => value?.(frame) ?? null)
    return { value: outputOf(parts, values), rows: [] }
  }
  if (parts.table.hitPolicy === 'C#') return { value: wholeNumber(0), rows: [] }
  const value = frame.run.warn(parts.site, 'NO_ROW', 'no row of the table matches')
  return { value, rows: [] }
}

/** One output is the value itself, several are a context by their names. */
function outputOf(parts: Parts, values: readonly Value[]): Value {
  const { outputs } = parts.table
  if (outputs.length === 1) return values[0] ?? null
  const entries = outputs.map((output, at): [string, Value] => [
    output.name ?? `${at + 1}`,
    values[at] ?? null,
  ])
  return new FeelContext(new Map(entries))
}

function combine(frame: Frame, parts: Parts, hits: readonly Hit[]): TableResult {
  const { run } = frame
  const rows = hits.map((hit) => hit.row + 1)
  const first = hits[0] as Hit
  switch (parts.table.hitPolicy) {
    case 'U':
      if (hits.length === 1) return { value: outputOf(parts, first.values), rows }
      return { value: run.warn(parts.site, 'SEVERAL_ROWS', `rows ${rows.join(', ')} match`), rows }
    case 'A':
      if (hits.every((hit) => equalValues(hit.values, first.values, run) === true)) {
        return { value: outputOf(parts, first.values), rows }
      }
      return { value: run.warn(parts.site, 'SEVERAL_ROWS', `rows ${rows.join(', ')} differ`), rows }
    case 'F':
      return { value: outputOf(parts, first.values), rows }
    case 'P': {
      const best = inOutputOrder(frame, parts, hits)[0] as Hit
      return { value: outputOf(parts, best.values), rows: [best.row + 1] }
    }
    case 'O':
      return listOf(parts, inOutputOrder(frame, parts, hits))
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
function inOutputOrder(frame: Frame, parts: Parts, hits: readonly Hit[]): Hit[] {
  const priorities = parts.priorities.map((values) => values.map((value) => value(frame)))
  const ranked = hits.map((hit) => ({
    hit,
    ranks: hit.values.map((value, column) => {
      const rank = (priorities[column] ?? []).findIndex(
        (other) => equalValues(value, other, frame.run) === true,
      )
      return rank < 0 ? Number.MAX_SAFE_INTEGER : rank
    }),
  }))
  return sortStable(ranked, (left, right) => {
    const column = left.ranks.findIndex((rank, at) => rank !== right.ranks[at])
    return column >= 0 && (left.ranks[column] as number) < (right.ranks[column] as number)
  }).map(({ hit }) => hit)
}

function aggregate(run: Run, parts: Parts, hits: readonly Hit[]): Value {
  if (parts.table.hitPolicy === 'C#') return wholeNumber(hits.length)
  if (parts.table.outputs.length !== 1) {
    return run.warn(parts.site, 'OUTPUT_VALUE', 'only one output can be aggregated')
  }
  const values = hits.map((hit) => hit.values[0] as Value)
  if (parts.table.hitPolicy === 'C+') {
    return values.reduce((sum, value) => addValues(run, parts.site, sum, value))
  }
  const wanted = parts.table.hitPolicy === 'C<' ? -1 : 1
  let best = values[0] as Value
  for (const value of values) {
    const order = compareValues(value, best, run)
    if (order === undefined) {
      return run.warn(parts.site, 'NOT_COMPARABLE', 'outputs cannot be compared')
    }
    if (order === wanted) best = value
  }
  return best
}
