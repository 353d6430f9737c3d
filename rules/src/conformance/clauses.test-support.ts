/* Every table of the conformance tests; the page of conformance counts the same ones. */
import { BOX_CLAUSES } from './boxes.test-support.ts'
import type { ClauseTable, ConformanceCase } from './clause-table.test-support.ts'
import { EXPRESSION_CLAUSES } from './expressions.test-support.ts'
import { FUNCTION_CLAUSES } from './functions.test-support.ts'
import { RANGE_CLAUSES } from './range-functions.test-support.ts'
import { TABLE_CLAUSES } from './tables.test-support.ts'
import { UNARY_CLAUSES } from './unary-tests.test-support.ts'

/** All clauses, in the order of the specification's chapters. */
export const CLAUSES: readonly ClauseTable[] = [
  ...TABLE_CLAUSES,
  ...BOX_CLAUSES,
  ...EXPRESSION_CLAUSES,
  ...UNARY_CLAUSES,
  ...FUNCTION_CLAUSES,
  ...RANGE_CLAUSES,
]

/** Whether the answer is what the specification says, with its reason where one is named. */
export function isMet({ expected, reason, ask }: ConformanceCase): boolean {
  const { answer, reasons } = ask()
  return answer === expected && (reason === undefined || reasons.includes(reason))
}
