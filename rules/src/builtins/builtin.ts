import { FeelNumber, toWhole, wholeNumber } from '../number/decimal.ts'
import { truncateToWhole } from '../number/whole.ts'
import type { Run } from '../runtime/run.ts'
import { FeelDate } from '../time/civil-date.ts'
import { FeelDateTime, FeelTime, midnightOf } from '../time/clock-time.ts'
import { DaysTimeDuration, YearsMonthsDuration } from '../time/durations.ts'
import { UTC } from '../time/zones.ts'
import { compareValues } from '../value/comparison.ts'
import {
  FeelContext,
  FeelFunction,
  FeelRange,
  type FeelType,
  isList,
  simpleType,
  type Value,
} from '../value/values.ts'

/** What a parameter of a built-in function takes. */
export type ParameterKind =
  | 'any'
  | 'number'
  | 'int'
  | 'string'
  | 'boolean'
  | 'date'
  | 'time'
  | 'datetime'
  | 'duration'
  | 'months'
  | 'list'
  | 'context'
  | 'range'
  | 'function'
  | 'point'

/** One parameter: its name for named calls, its kind, and whether null may stand for it. */
export interface BuiltinParameter {
  readonly name: string
  readonly kind: ParameterKind
  readonly isOptional: boolean
  readonly isNullable: boolean
  readonly isVariadic: boolean
}

/**
 * One way to call a function. `run` gets an argument for every parameter, null for those left out.
 */
export interface Signature {
  readonly parameters: readonly BuiltinParameter[]
  readonly run: Implementation
}

/** Arguments are already of their kinds: implementations cast instead of checking again. */
export type Implementation = (args: readonly Value[], run: Run) => Value

/** A built-in function with all ways to call it. */
export interface Builtin {
  readonly name: string
  readonly signatures: readonly Signature[]
}

/** Built-in functions by name. */
export type BuiltinTable = ReadonlyMap<string, Builtin>

/**
 * Describes a signature: `'string: string, start position: int, length?: int'`. A name with `?` may
 * be left out, a kind
 * with `?` may be null, a name with `...` takes all further arguments as one list.
 */
export function signature(parameters: string, run: Implementation): Signature {
  if (parameters === '') return { parameters: [], run }
  return { parameters: parameters.split(', ').map(readParameter), run }
}

function readParameter(text: string): BuiltinParameter {
  const [spelled = '', kind = ''] = text.split(': ')
  const isVariadic = spelled.startsWith('...')
  const isOptional = spelled.endsWith('?')
  const name = isVariadic ? spelled.slice(3) : isOptional ? spelled.slice(0, -1) : spelled
  const isNullable = kind.endsWith('?')
  return {
    name,
    kind: (isNullable ? kind.slice(0, -1) : kind) as ParameterKind,
    isOptional,
    isNullable,
    isVariadic,
  }
}

/** A built-in function from its signatures, tried in order. */
export function builtin(name: string, ...signatures: readonly Signature[]): Builtin {
  return { name, signatures }
}

/** Whether a value is of the kind as it is. */
function isOfKind(value: Value, kind: ParameterKind): boolean {
  switch (kind) {
    case 'any':
      return true
    case 'number':
      return value instanceof FeelNumber
    case 'int':
      return value instanceof FeelNumber && toWhole(value) !== undefined
    case 'string':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    case 'date':
      return value instanceof FeelDate
    case 'time':
      return value instanceof FeelTime
    case 'datetime':
      return value instanceof FeelDateTime
    case 'duration':
      return value instanceof DaysTimeDuration
    case 'months':
      return value instanceof YearsMonthsDuration
    case 'list':
      return isList(value)
    case 'context':
      return value instanceof FeelContext
    case 'range':
      return value instanceof FeelRange
    case 'function':
      return value instanceof FeelFunction
    case 'point':
      return compareValues(value, value) !== undefined
  }
}

/** The argument as its kind after FEEL's implicit conversions; undefined when it does not fit. */
export function convertArgument(value: Value, parameter: BuiltinParameter): Value | undefined {
  const { kind } = parameter
  if (value === null) return parameter.isNullable || kind === 'any' ? null : undefined
  if (isOfKind(value, kind)) return value
  if (kind === 'int' && value instanceof FeelNumber) return truncated(value)
  if (isList(value)) {
    const item = value.length === 1 ? (value[0] as Value) : null
    return item !== null && isOfKind(item, kind) ? item : undefined
  }
  if (kind === 'list') return [value]
  if (kind === 'datetime' && value instanceof FeelDate) return midnightOf(value, UTC)
  return undefined
}

/** Positions, lengths and scales lose their fraction. */
function truncated(value: FeelNumber): Value | undefined {
  const whole = truncateToWhole(value)
  if (whole === undefined || whole > 2n ** 53n - 1n || whole < 1n - 2n ** 53n) return undefined
  return wholeNumber(Number(whole))
}

/** The FEEL type of a parameter, for built-in functions that are passed as values. */
export function typeOfKind(kind: ParameterKind): FeelType {
  switch (kind) {
    case 'int':
      return simpleType('number')
    case 'number':
    case 'string':
    case 'boolean':
    case 'date':
    case 'time':
      return simpleType(kind)
    case 'datetime':
      return simpleType('date and time')
    case 'duration':
      return simpleType('days and time duration')
    case 'months':
      return simpleType('years and months duration')
    case 'list':
    case 'range':
      return { kind, item: simpleType('Any') }
    default:
      return simpleType('Any')
  }
}
