import { compile, compileUnaryTests } from '../compile/compile.ts'
import { evaluate, NOW, type Row } from '../compile/feel.test-support.ts'
import type { WarningCode } from '../runtime/run.ts'
import { parseLiteral } from '../syntax/parse-value.ts'
import { FeelSyntaxError } from '../syntax/syntax-error.ts'
import { toLiteral } from '../value/format-value.ts'
import type { Value } from '../value/values.ts'

/** One sentence of the specification as a question with its answer. */
export interface ConformanceCase {
  readonly text: string
  /** What DMN 1.5 says: a literal, or a code of refusal. */
  readonly expected: string
  /** Code that must be among the reasons of a null. */
  readonly reason?: WarningCode
  /** What we answer instead, and why: the case counts as lost. */
  readonly lost?: { readonly answer: string; readonly why: string }
  readonly ask: () => { readonly answer: string; readonly reasons: readonly string[] }
}

/** The cases of one clause. */
export interface ClauseTable {
  readonly clause: string
  readonly title: string
  readonly cases: readonly ConformanceCase[]
}

/** Rows of one clause whose questions are expressions. */
export interface ExpressionRows {
  /** Expression, value, context. */
  readonly gives?: readonly Row[]
  /** Expressions that are null, with the code of the reason. */
  readonly isNull?: readonly (readonly [string, WarningCode])[]
  /** Expression, what the specification says, what we say, why. */
  readonly lost?: readonly (readonly [string, string, string, string])[]
  /** Texts that are not FEEL, with the code of the refusal. */
  readonly refused?: readonly (readonly [string, string])[]
  /** Unary tests, tested value, answer. */
  readonly tests?: readonly (readonly [string, string, string])[]
}

/** A clause whose questions are expressions or unary tests. */
export function clause(number: string, title: string, rows: ExpressionRows): ClauseTable {
  const cases: ConformanceCase[] = [
    ...(rows.gives ?? []).map(([text, expected, context]) => ({
      text: context === undefined ? text : `${text}  with  ${context}`,
      expected,
      ask: () => askExpression(text, context),
    })),
    ...(rows.isNull ?? []).map(([text, reason]) => ({
      text,
      expected: 'null',
      reason,
      ask: () => askExpression(text),
    })),
    ...(rows.lost ?? []).map(([text, expected, answer, why]) => ({
      text,
      expected,
      lost: { answer, why },
      ask: () => askExpression(text),
    })),
    ...(rows.refused ?? []).map(([text, expected]) => ({
      text,
      expected,
      ask: () => askExpression(text),
    })),
    ...(rows.tests ?? []).map(([text, tested, expected]) => ({
      text: `${text}  over  ${tested}`,
      expected,
      ask: () => askTests(text, tested),
    })),
  ]
  return { clause: number, title, cases }
}

/** The value as a literal; for what is not FEEL the code of the refusal. */
function askExpression(text: string, context?: string): ReturnType<ConformanceCase['ask']> {
  try {
    const { value, warnings } = evaluate(text, context)
    return { answer: toLiteral(value), reasons: warnings.map(({ code }) => code) }
  } catch (error) {
    if (error instanceof FeelSyntaxError) return { answer: error.code, reasons: [] }
    throw error
  }
}

/** Names that the cells of unary tests may use. */
const CELL_SCOPE: readonly (readonly [string, Value])[] = [
  ['limit', compile('10').evaluate(new Map(), { now: NOW }).value],
  ['is open', true],
]

function askTests(text: string, tested: string): ReturnType<ConformanceCase['ask']> {
  const scope = new Map<string, Value>([...CELL_SCOPE, ['?', parseLiteral(tested) as Value]])
  const compiled = compileUnaryTests(text, { names: CELL_SCOPE.map(([name]) => name) })
  const { value, warnings } = compiled.evaluate(scope, { now: NOW })
  return { answer: toLiteral(value), reasons: warnings.map(({ code }) => code) }
}
