import type { Position } from '../syntax/syntax-error.ts'

/** What is wrong with a rule document. */
export type ProblemCode =
  | 'SYNTAX'
  | 'LIMIT'
  | 'UNKNOWN_NAME'
  | 'DUPLICATE_NAME'
  | 'RESERVED_NAME'
  | 'TYPE'
  | 'UNIT'
  | 'UNKNOWN_PARAMETER'
  | 'UNUSED_PARAMETER'
  | 'OUTPUT_WITHOUT_STEP'
  | 'TABLE_SHAPE'
  | 'TABLE_OVERLAP'
  | 'TABLE_GAP'
  | 'SCHEMA'

/**
 * One problem and its place: a path into the document, and a position when it lies within a FEEL
 * text.
 */
export interface RuleProblem {
  readonly code: ProblemCode
  /** `steps[2].table.rows[0].when[1]` */
  readonly path: string
  readonly message: string
  readonly position?: Position
  /** A warning does not stop the document from being used. */
  readonly severity: 'error' | 'warning'
}

/** Thrown by `compileRule` with every error of the document. */
export class RuleRefused extends Error {
  override readonly name = 'RuleRefused'
  readonly problems: readonly RuleProblem[]

  /** At least one problem is an error. */
  constructor(id: string, problems: readonly RuleProblem[]) {
    const [first] = problems
    super(`rule ${id}: ${first?.path ?? ''}: ${first?.message ?? ''}`)
    this.problems = problems
  }
}
