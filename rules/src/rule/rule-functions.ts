import { type Builtin, type BuiltinTable, builtin, signature } from '../builtins/builtin.ts'
import { BUILTINS, makeTable } from '../builtins/builtin-table.ts'
import type { Run } from '../runtime/run.ts'
import { type FeelDate, formatDate } from '../time/civil-date.ts'
import type { Value } from '../value/values.ts'

/** Thrown when a published value is missing: the rule cannot be answered. */
export class ParameterMissing extends Error {
  override readonly name = 'ParameterMissing'
  readonly parameter: string

  /** The name that was looked for. */
  constructor(parameter: string) {
    super(`no published ${parameter}`)
    this.parameter = parameter
  }
}

function read(run: Run, name: Value, on: Value, region: Value): Value | undefined {
  return run.environment.parameters?.(
    name as string,
    on === null ? undefined : formatDate(on as FeelDate),
    region === null ? undefined : (region as string),
  )
}

const PARAMETERS = 'name: string, on?: date, region?: string'

const PARAMETER_FUNCTIONS: readonly Builtin[] = [
  builtin(
    'parameter',
    signature(PARAMETERS, ([name, on, region], run) => {
      const value = read(run, name ?? null, on ?? null, region ?? null)
      if (value === undefined) throw new ParameterMissing(name as string)
      return value
    }),
  ),
  builtin(
    'parameter or null',
    signature(PARAMETERS, ([name, on, region], run) => {
      return read(run, name ?? null, on ?? null, region ?? null) ?? null
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
