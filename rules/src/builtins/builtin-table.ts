import { BOOLEAN_FUNCTIONS } from './boolean-functions.ts'
import type { Builtin, BuiltinTable } from './builtin.ts'
import { CALENDAR_FUNCTIONS } from './calendar-functions.ts'
import { CONTEXT_FUNCTIONS } from './context-functions.ts'
import { CONVERSION_FUNCTIONS } from './conversion-functions.ts'
import { DATE_FUNCTIONS } from './date-functions.ts'
import { IDENTIFIER_FUNCTIONS } from './identifier-functions.ts'
import { LIST_FUNCTIONS } from './list-functions.ts'
import { NUMBER_FUNCTIONS } from './number-functions.ts'
import { PATTERN_FUNCTIONS } from './pattern-functions.ts'
import { RANGE_FUNCTIONS } from './range-functions.ts'
import { STATISTICS } from './statistics.ts'
import { STRING_FUNCTIONS } from './string-functions.ts'

/** A table of functions by name; later ones replace earlier ones. */
export function makeTable(functions: Iterable<Builtin>): BuiltinTable {
  return new Map([...functions].map((builtin) => [builtin.name, builtin]))
}

/**
 * The built-in functions of DMN 1.5 chapter 10.3.4, and those of this project for calendars and
 * identifiers.
 */
export const BUILTINS: BuiltinTable = makeTable([
  ...CONVERSION_FUNCTIONS,
  ...BOOLEAN_FUNCTIONS,
  ...STRING_FUNCTIONS,
  ...PATTERN_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ...STATISTICS,
  ...NUMBER_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...RANGE_FUNCTIONS,
  ...CONTEXT_FUNCTIONS,
  ...CALENDAR_FUNCTIONS,
  ...IDENTIFIER_FUNCTIONS,
])
