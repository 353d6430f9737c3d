/* What DMN 1.5 §8.2.10 says of hit policies, and §10.2.2 of boxed expressions. */
import { Run } from '../runtime/run.ts'
import { parseLiteral } from '../syntax/parse-value.ts'
import type { HitPolicy } from '../syntax/tree.ts'
import { compileTable, type DecisionTable } from '../table/decision-table.ts'
import { toLiteral } from '../value/format-value.ts'
import type { FeelContext } from '../value/values.ts'
import type { ClauseTable, ConformanceCase } from './clause-table.test-support.ts'

/** A small table with overlapping rows, a gap and an order of its outputs, under any policy. */
export function sampleTable(
  hitPolicy: HitPolicy,
  more: Partial<DecisionTable> = {},
): DecisionTable {
  return {
    hitPolicy,
    inputs: [{ expression: 'age' }, { expression: 'grade' }],
    outputs: [{ values: ['30', '20', '10'] }],
    rows: [
      { when: ['>= 18', '-'], give: ['10'] },
      { when: ['>= 60', '"A"'], give: ['30'] },
      { when: ['>= 60', '"A", "B"'], give: ['20'] },
      { when: ['< 10', '-'], give: ['10'] },
    ],
    ...more,
  }
}

/** What a table gives over a context, from which rows, and why it is null. */
export function askTable(
  decision: DecisionTable,
  context: string,
): { value: string; rows: readonly number[]; reasons: string[] } {
  const scope = parseLiteral(context) as FeelContext
  const run = new Run(scope, { now: 0 })
  const { value, rows } = compileTable(decision, { names: ['age', 'grade'] }).run(run)
  return { value: toLiteral(value), rows, reasons: run.warnings.map((warning) => warning.code) }
}

/** Contexts that match several rows, one row, none. */
export const OLD = '{age: 70, grade: "A"}'
/** Matches one row. */
export const YOUNG = '{age: 20, grade: "A"}'
/** Matches no row. */
export const NONE = '{age: 15, grade: "A"}'

/** Policy, context, value, rows that matched. */
export const HIT_POLICIES: readonly (readonly [HitPolicy, string, string, readonly number[]])[] = [
  ['U', YOUNG, '10', [1]],
  ['U', OLD, 'null', [1, 2, 3]],
  ['A', YOUNG, '10', [1]],
  ['A', OLD, 'null', [1, 2, 3]],
  ['P', OLD, '30', [2]],
  ['F', OLD, '10', [1]],
  ['C', OLD, '[10, 30, 20]', [1, 2, 3]],
  ['R', OLD, '[10, 30, 20]', [1, 2, 3]],
  ['O', OLD, '[30, 20, 10]', [2, 3, 1]],
  ['C+', OLD, '60', [1, 2, 3]],
  ['C<', OLD, '10', [1, 2, 3]],
  ['C>', OLD, '30', [1, 2, 3]],
  ['C#', OLD, '3', [1, 2, 3]],
  ['C#', NONE, '0', []],
  ['F', NONE, 'null', []],
]

const hitPolicyCases: ConformanceCase[] = HIT_POLICIES.map(([policy, context, expected]) => ({
  text: `hit policy ${policy}  over  ${context}`,
  expected,
  ask: () => {
    const { value, reasons } = askTable(sampleTable(policy), context)
    return { answer: value, reasons }
  },
}))

/** Decision tables. */
export const TABLE_CLAUSES: readonly ClauseTable[] = [
  { clause: '8.2.10', title: 'hit policies and aggregations', cases: hitPolicyCases },
]
