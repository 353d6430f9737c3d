import type { WorkingCalendar } from '../calendar/working-calendar.ts'
import { locate, type Position } from '../syntax/syntax-error.ts'
import { DEFAULT_LIMITS, LimitExceeded, type Limits } from '../value/limits.ts'
import type { Value } from '../value/values.ts'

/** Why a result is null although the expression is FEEL. */
export type WarningCode =
  | 'UNKNOWN_NAME'
  | 'NOT_A_FUNCTION'
  | 'ARGUMENT_COUNT'
  | 'ARGUMENT_TYPE'
  | 'ARGUMENT_VALUE'
  | 'OPERAND_TYPE'
  | 'NOT_COMPARABLE'
  | 'ARITHMETIC'
  | 'NO_SUCH_ENTRY'
  | 'INDEX'
  | 'DUPLICATE_NAME'
  | 'EXTERNAL_FUNCTION'
  | 'NO_ROW'
  | 'SEVERAL_ROWS'
  | 'OUTPUT_VALUE'

/** A null with its reason. Messages name kinds, never values: values may be personal. */
export interface Warning {
  readonly code: WarningCode
  readonly message: string
  readonly position: Position
}

/** Answers `parameter("name")`: a published, dated value; undefined when there is none. */
export type ParameterSource = (name: string, on?: string, region?: string) => Value | undefined

/** What an evaluation knows of the world; nothing else reaches it. */
export interface Environment {
  /** The evaluation instant, UTC milliseconds. */
  readonly now: number
  readonly limits?: Partial<Limits>
  readonly calendar?: WorkingCalendar
  readonly parameters?: ParameterSource
  /** Asks for the trace of names and values used. */
  readonly trace?: boolean
}

/** A place in an expression's text. */
export interface Site {
  readonly text: string
  readonly at: number
}

/** Values of variables by name: a `FeelContext`, a `Map`. */
export interface Scope {
  get(name: string): Value | undefined
}

/** More warnings than this say nothing new. */
const GREATEST_WARNINGS = 100

const NOWHERE: Site = { text: '', at: 0 }

/** What is left of an evaluation's limits. */
interface Budget {
  steps: number
  depth: number
}

/** One evaluation under way: its budget, its warnings, its world. */
export class Run {
  readonly scope: Scope
  readonly environment: Environment
  readonly limits: Limits
  readonly warnings: Warning[]
  /** The call under way, for reasons given by built-in functions. */
  site: Site = NOWHERE
  /** Set when working days were counted in a year without a published calendar. */
  isCalendarAssumed = false
  private readonly budget: Budget

  /** Begins with the whole budget, or goes on with that of another run. */
  constructor(scope: Scope, environment: Environment, outer?: Run) {
    this.scope = scope
    this.environment = environment
    this.limits =
      environment.limits === undefined
        ? DEFAULT_LIMITS
        : { ...DEFAULT_LIMITS, ...environment.limits }
    this.warnings = outer?.warnings ?? []
    this.budget = outer?.budget ?? { steps: this.limits.steps, depth: this.limits.depth }
  }

  /**
   * The same evaluation with other variables: another decision of a model, the body of a business
   * knowledge model.
   */
  within(scope: Scope): Run {
    return new Run(scope, this.environment, this)
  }

  /** Gives null and says why. */
  warn(site: Site, code: WarningCode, message: string): null {
    if (this.warnings.length < GREATEST_WARNINGS) {
      this.warnings.push({ code, message, position: locate(site.text, site.at) })
    }
    return null
  }

  /** Gives null for the built-in function under way and says why. */
  fail(code: WarningCode, message: string): null {
    return this.warn(this.site, code, message)
  }

  /** Uses up steps of the budget. */
  step(count: number): void {
    this.budget.steps -= count
    if (this.budget.steps < 0) throw new LimitExceeded('steps', this.limits.steps)
  }

  /** Goes into a function body of that height. */
  enter(height: number): void {
    this.budget.depth -= height
    if (this.budget.depth < 0) throw new LimitExceeded('depth', this.limits.depth)
  }

  /** Comes back out of it. */
  leave(height: number): void {
    this.budget.depth += height
  }

  /** Checks the length of a list that is to be made; its items count as steps. */
  list(length: number): void {
    if (length > this.limits.listLength) {
      throw new LimitExceeded('listLength', this.limits.listLength)
    }
    this.step(length)
  }

  /** Checks the length of a string that is to be made. */
  text(length: number): void {
    if (length > this.limits.stringLength) {
      throw new LimitExceeded('stringLength', this.limits.stringLength)
    }
    this.step(length >> 6)
  }
}

/** A variable with its value, before the variables around it. */
export class Frame {
  readonly run: Run
  readonly value: Value
  readonly parent: Frame | undefined

  /** The outermost frame has no parent and no variable. */
  constructor(run: Run, value: Value, parent: Frame | undefined) {
    this.run = run
    this.value = value
    this.parent = parent
  }
}

/** A compiled expression. */
export type Code = (frame: Frame) => Value
