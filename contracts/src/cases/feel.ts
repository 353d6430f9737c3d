import {
  type Compiled,
  type Environment,
  FeelDate,
  formatDate,
  LimitExceeded,
  type Scope,
  type Value,
} from '@renshe/rules'
import { compileText } from '../catalogue/compiled-text.ts'
import { CASE_LIMITS } from './limits.ts'
import { type Refusing, refuse } from './refusals.ts'

/**
 * A FEEL text ready to be evaluated.
 *
 * @throws FeelSyntaxError if it is not FEEL: publication has refused such a package
 */
export function feel(text: string): Compiled {
  return compileText(text)
}

/** What evaluates the texts of one transaction or query, and how much of it may still be used. */
export interface Evaluator extends Refusing {
  readonly environment: Environment
  /** Evaluations so far. */
  evaluations: number
}

/** The environment of cases: limits below those of the language, because every member pays them. */
export function caseEnvironment(environment: Environment): Environment {
  return { ...environment, limits: { steps: CASE_LIMITS.feelSteps } }
}

/** Evaluates one text; more work than a package may ask for is refused. */
export function evaluateText(evaluator: Evaluator, text: string, scope: Scope): Value {
  evaluator.evaluations += 1
  if (evaluator.evaluations > CASE_LIMITS.evaluations) refuseLimit(evaluator, 'evaluations')
  return evaluateWithin(evaluator, () => feel(text).evaluate(scope, evaluator.environment)).value
}

/** Runs an evaluation of the rules room and turns its limits into a refusal. */
export function evaluateWithin<T>(evaluator: Refusing, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof LimitExceeded) refuseLimit(evaluator, 'feelSteps')
    throw error
  }
}

function refuseLimit(evaluator: Refusing, limit: 'evaluations' | 'feelSteps'): never {
  return refuse(evaluator, { code: 'CASE_LIMIT', limit, most: CASE_LIMITS[limit] })
}

/** Whether a condition holds: only `true` is true; null, its reasons aside, is not. */
export function isTrue(evaluator: Evaluator, text: string, scope: Scope): boolean {
  return evaluateText(evaluator, text, scope) === true
}

/** A text value, undefined for any other kind and for the empty text. */
export function textOf(value: Value): string | undefined {
  return typeof value === 'string' && value.length > 0 ? value : undefined
}

/** A date as `YYYY-MM-DD`, also from its text; undefined for any other kind. */
export function dateTextOf(value: Value): string | undefined {
  if (value instanceof FeelDate) return formatDate(value)
  return undefined
}

/** A scope of named values over another scope. */
export function scopeOver(values: ReadonlyMap<string, Value>, outer: Scope): Scope {
  return {
    get(name) {
      const value = values.get(name)
      return value === undefined ? outer.get(name) : value
    },
  }
}

export type { Compiled, Scope, Value }
