import {
  type Builtin,
  type BuiltinParameter,
  type Signature,
  typeOfKind,
} from '../builtins/builtin.ts'
import { ANY, type FeelType, type SimpleType, simpleType } from '../value/values.ts'
import { type Inferred, kindName } from './inferred.ts'

/** An argument: its name in a call with named parameters, its type as far as it is known. */
export interface KnownArgument {
  readonly name: string | undefined
  readonly type: Inferred
}

/** Why no signature of a function takes these arguments; undefined when one may. */
export function checkBuiltinCall(
  builtin: Builtin,
  args: readonly KnownArgument[],
): string | undefined {
  const fitting = builtin.signatures.filter((signature) => takes(signature, args))
  if (fitting.length === 0) {
    const given = args.map((arg) => arg.name ?? kindName(arg.type) ?? 'any').join(', ')
    return `no "${builtin.name}" takes (${given})`
  }
  if (fitting.some((signature) => accepts(signature, args))) return undefined
  const kinds = args.map((arg) => kindName(arg.type) ?? 'any').join(', ')
  return `"${builtin.name}" does not take (${kinds})`
}

function takes(signature: Signature, args: readonly KnownArgument[]): boolean {
  const { parameters } = signature
  if (args[0]?.name !== undefined) {
    return (
      args.every(({ name }) => parameters.some((parameter) => parameter.name === name)) &&
      parameters.every(
        ({ name, isOptional }) => isOptional || args.some((arg) => arg.name === name),
      )
    )
  }
  if (parameters.at(-1)?.isVariadic === true) return args.length >= parameters.length
  return (
    args.length <= parameters.length &&
    parameters.every((parameter, at) => at < args.length || parameter.isOptional)
  )
}

function accepts(signature: Signature, args: readonly KnownArgument[]): boolean {
  return args.every((arg, at) => {
    const { parameters } = signature
    const parameter =
      arg.name === undefined
        ? (parameters[at] ?? parameters.at(-1))
        : parameters.find(({ name }) => name === arg.name)
    return parameter === undefined || mayBe(arg.type, parameter)
  })
}

/** Whether a value of a type can become what a parameter takes. */
function mayBe(type: Inferred, parameter: BuiltinParameter): boolean {
  const kind = kindName(type)
  if (kind === undefined || parameter.kind === 'any' || parameter.kind === 'list') return true
  if (kind === 'Null') return parameter.isNullable
  if (type?.kind === 'list') return mayBe(type.item, parameter)
  if (parameter.kind === 'point')
    return !['boolean', 'context', 'function', 'range', 'list'].includes(kind)
  if (parameter.kind === 'datetime') return kind === 'date and time' || kind === 'date'
  const wanted = kindName(typeOfKind(parameter.kind))
  return (wanted ?? parameter.kind) === kind
}

const RESULTS: ReadonlyMap<string, SimpleType> = new Map<string, SimpleType>([
  ...(
    'number decimal floor ceiling abs modulo sqrt log exp count mean median stddev product ' +
    'string_length round_up round_down round_half_up round_half_down day_of_year week_of_year ' +
    'last_day_of_month working_days_between'
  )
    .split(' ')
    .map((name): [string, SimpleType] => [name.replaceAll('_', ' '), 'number']),
  ...(
    'not contains starts_with ends_with matches list_contains all any odd even is before after meets met_by ' +
    'overlaps overlaps_before overlaps_after finishes finished_by includes during starts started_by coincides ' +
    'is_working_day'
  )
    .split(' ')
    .map((name): [string, SimpleType] => [name.replaceAll('_', ' '), 'boolean']),
  ...(
    'string substring upper_case lower_case substring_before substring_after replace string_join ' +
    'day_of_week month_of_year'
  )
    .split(' ')
    .map((name): [string, SimpleType] => [name.replaceAll('_', ' '), 'string']),
  ['date', 'date'],
  ['today', 'date'],
  ['add working days', 'date'],
  ['add period', 'date'],
  ['next working day', 'date'],
  ['time', 'time'],
  ['date and time', 'date and time'],
  ['now', 'date and time'],
  ['years and months duration', 'years and months duration'],
])

const LISTS = new Set(
  (
    'sublist append concatenate insert_before remove list_replace reverse index_of union distinct_values ' +
    'flatten sort mode split get_entries'
  )
    .split(' ')
    .map((name) => name.replaceAll('_', ' ')),
)

/** Functions that give an item of their list. */
const ITEMS = new Set(['min', 'max', 'sum'])

/** The type a built-in function gives, as far as it is known. */
export function resultOf(name: string, args: readonly Inferred[]): Inferred {
  const simple = RESULTS.get(name)
  // Absolute values of durations are durations.
  if (name === 'abs') return args[0]
  if (simple !== undefined) return simpleType(simple)
  const [first] = args
  if (LISTS.has(name)) return { kind: 'list', item: listItem(name, first) }
  if (ITEMS.has(name)) return first?.kind === 'list' ? known(first.item) : first
  return undefined
}

function listItem(name: string, first: Inferred): FeelType {
  if (name === 'split') return simpleType('string')
  if (name === 'index of') return simpleType('number')
  const keeps = ['sublist', 'remove', 'reverse', 'distinct values', 'sort', 'mode'].includes(name)
  return keeps && first?.kind === 'list' ? first.item : ANY
}

function known(type: FeelType): Inferred {
  return kindName(type) === undefined ? undefined : type
}
