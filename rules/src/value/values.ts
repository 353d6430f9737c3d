import { FeelNumber } from '../number/decimal.ts'
import { FeelDate } from '../time/civil-date.ts'
import { FeelDateTime, FeelTime } from '../time/clock-time.ts'
import { DaysTimeDuration, YearsMonthsDuration } from '../time/durations.ts'

/** Any FEEL value. A list is an array that nobody changes after it was made. */
export type Value =
  | null
  | boolean
  | string
  | FeelNumber
  | FeelDate
  | FeelTime
  | FeelDateTime
  | DaysTimeDuration
  | YearsMonthsDuration
  | FeelContext
  | FeelRange
  | FeelFunction
  | readonly Value[]

/** Names with values, in the order they were written. Any name is just a name, also `__proto__`. */
export class FeelContext {
  readonly entries: ReadonlyMap<string, Value>

  /** Takes over the map: do not change it afterwards. */
  constructor(entries: ReadonlyMap<string, Value>) {
    this.entries = entries
  }

  /** The value of a name, undefined when there is no such entry. */
  get(name: string): Value | undefined {
    return this.entries.get(name)
  }
}

/**
 * A range between two end points; null as an end is "no bound" (`< 5`). `= 5` is the range from 5
 * to 5.
 */
export class FeelRange {
  readonly start: Value
  readonly end: Value
  readonly startIncluded: boolean
  readonly endIncluded: boolean

  /** End points must be of one comparable kind. */
  constructor(startIncluded: boolean, start: Value, end: Value, endIncluded: boolean) {
    this.start = start
    this.end = end
    this.startIncluded = startIncluded
    this.endIncluded = endIncluded
  }
}

/** What a function value needs from the evaluation that calls it. */
export type Call = (args: readonly Value[]) => Value

/**
 * A function as a value: user-defined, a business knowledge model, or a built-in passed by name.
 */
export class FeelFunction {
  readonly name: string
  readonly parameters: readonly string[]
  /** Type names of parameters and result, for `instance of`. */
  readonly parameterTypes: readonly FeelType[]
  readonly resultType: FeelType
  /**
   * Takes other numbers of arguments too and judges them itself: a built-in function as a value.
   */
  readonly isFlexible: boolean
  readonly call: Call

  /** `call` receives exactly as many arguments as there are parameters. */
  constructor(definition: {
    name: string
    parameters: readonly string[]
    parameterTypes: readonly FeelType[]
    resultType: FeelType
    isFlexible?: boolean
    call: Call
  }) {
    this.name = definition.name
    this.parameters = definition.parameters
    this.parameterTypes = definition.parameterTypes
    this.resultType = definition.resultType
    this.isFlexible = definition.isFlexible ?? false
    this.call = definition.call
  }
}

/** The name of a simple FEEL type. */
export type SimpleType =
  | 'Any'
  | 'Null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'

/** A FEEL type (DMN 1.5 §10.3.1.2 rule 52 and table 45). */
export type FeelType =
  | { kind: 'simple'; name: SimpleType }
  | { kind: 'list'; item: FeelType }
  | { kind: 'range'; item: FeelType }
  | { kind: 'context'; entries: readonly { name: string; type: FeelType }[] }
  | { kind: 'function'; parameters: readonly FeelType[]; result: FeelType }
  /** A type of a model with its allowed values. */
  | { kind: 'allowed'; base: FeelType; allows: (value: Value) => boolean }

/** The result type of functions that do not say theirs: it conforms to every type. */
export const UNKNOWN_RESULT: FeelType = { kind: 'simple', name: 'Null' }

/** The type every value conforms to. */
export const ANY: FeelType = { kind: 'simple', name: 'Any' }

/** A simple type by its name. */
export function simpleType(name: SimpleType): FeelType {
  return { kind: 'simple', name }
}

/** The name of a value's kind, for reasons and `instance of`. */
export type Kind = Exclude<SimpleType, 'Any'> | 'list' | 'context' | 'range' | 'function'

/** What kind of value this is. */
export function kindOf(value: Value): Kind {
  if (value === null) return 'Null'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'boolean'
  if (value instanceof FeelNumber) return 'number'
  if (Array.isArray(value)) return 'list'
  if (value instanceof FeelContext) return 'context'
  if (value instanceof FeelDate) return 'date'
  if (value instanceof FeelDateTime) return 'date and time'
  if (value instanceof FeelTime) return 'time'
  if (value instanceof DaysTimeDuration) return 'days and time duration'
  if (value instanceof YearsMonthsDuration) return 'years and months duration'
  if (value instanceof FeelRange) return 'range'
  return 'function'
}

/** Whether a value is a list. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}
