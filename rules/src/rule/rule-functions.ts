import { type Builtin, type BuiltinTable, builtin, signature } from '../builtins/builtin.ts'
import { BUILTINS, makeTable } from '../builtins/builtin-table.ts'
import { type FeelDate, formatDate } from '../time/civil-date.ts'
import type { Value } from '../value/values.ts'

/** Thrown when a published value is missing: the rule cannot be answered. */
export class ParameterMissing extends Error {
  override readonly name = 'ParameterMissing'
  readonly parameter: string
  /** Day and region that the expression named; undefined where those of the request apply. */
  readonly on: string | undefined
  readonly region: string | undefined

  /** What was looked for. */
  constructor(parameter: string, on: string | undefined, region: string | undefined) {
    super(`no published ${parameter}`)
    this.parameter = parameter
    this.on = on
    this.region = region
  }
}

/** Day and region that a call names; undefined where it names none. */
function placeOf(on: Value | undefined, region: Value | undefined) {
  return {
    on: on === null || on === undefined ? undefined : formatDate(on as FeelDate),
    region: region === null || region === undefined ? undefined : (region as string),
  }
}

const PARAMETERS = 'name: string, on?: date, region?: string'

const PARAMETER_FUNCTIONS: readonly Builtin[] = [
  builtin(
    'parameter',
    signature(PARAMETERS, ([name, on, region], run) => {
      const place = placeOf(on, region)
      const value = run.environment.parameters?.(name as string, place.on, place.region)
      if (value === undefined) throw new ParameterMissing(name as string, place.on, place.region)
      return value
    }),
  ),
  builtin(
    'parameter or null',
    signature(PARAMETERS, ([name, on, region], run) => {
      const place = placeOf(on, region)
      return run.environment.parameters?.(name as string, place.on, place.region) ?? null
    }),
  ),
]

/** Functions that read published values, by name. */
export const PARAMETER_READERS: readonly string[] = PARAMETER_FUNCTIONS.map(({ name }) => name)

/** The functions of a rule: those of FEEL, and the two that read published values. */
export const RULE_FUNCTIONS: BuiltinTable = makeTable([
  ...BUILTINS.values(),
  ...PARAMETER_FUNCTIONS,
])
