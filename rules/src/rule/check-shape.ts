import { ROUNDING_MODES } from '../number/rounding.ts'
import type { RuleProblem } from './rule-problems.ts'

/** Tells what is wrong with a value at a path. */
type Check = (value: unknown, path: string, problems: RuleProblem[]) => void

function wrong(problems: RuleProblem[], path: string, expected: string): void {
  problems.push({ code: 'SCHEMA', path, message: `${expected} is expected`, severity: 'error' })
}

const text: Check = (value, path, problems) => {
  if (typeof value !== 'string') wrong(problems, path, 'a text')
}

const flag: Check = (value, path, problems) => {
  if (typeof value !== 'boolean') wrong(problems, path, 'true or false')
}

const anything: Check = () => {}

function oneOf(...allowed: readonly string[]): Check {
  return (value, path, problems) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      wrong(problems, path, `one of ${allowed.join(', ')}`)
    }
  }
}

function listOf(item: Check): Check {
  return (value, path, problems) => {
    if (!Array.isArray(value)) wrong(problems, path, 'a list')
    else for (const [at, inner] of value.entries()) item(inner, `${path}[${at}]`, problems)
  }
}

/** An object with required fields, and fields marked `?` that may be missing. */
function object(fields: Readonly<Record<string, Check>>): Check {
  return (value, path, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      wrong(problems, path, 'an object')
      return
    }
    const given = value as Readonly<Record<string, unknown>>
    const known = new Map(
      Object.entries(fields).map(([name, check]) => [name.replace('?', ''), check]),
    )
    for (const name of Object.keys(given)) {
      if (!known.has(name)) wrong(problems, join(path, name), 'no such field')
    }
    for (const [spelled, check] of Object.entries(fields)) {
      const name = spelled.replace('?', '')
      const isMissing = !Object.hasOwn(given, name) || given[name] === undefined
      if (!isMissing) check(given[name], join(path, name), problems)
      else if (!spelled.endsWith('?')) wrong(problems, join(path, name), 'a value')
    }
  }
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

const TYPES = oneOf(
  ...'money decimal int year bool date month instant text code region calendar list object'.split(
    ' ',
  ),
)

const decimal: Check = (value, path, problems) => {
  if (typeof value !== 'string' || !isDecimal(value)) wrong(problems, path, 'a decimal string')
}

function isDecimal(value: string): boolean {
  let points = 0
  for (let at = value[0] === '-' ? 1 : 0; at < value.length; at += 1) {
    const unit = value.charCodeAt(at)
    if (unit === 46) points += 1
    else if (unit < 48 || unit > 57) return false
  }
  return (
    points <= 1 &&
    value.length > 0 &&
    value.length <= 40 &&
    value.charCodeAt(value.length - 1) >= 48
  )
}

/** Schemas within schemas. */
const GREATEST_DEPTH = 10

function fieldSchema(extra: Readonly<Record<string, Check>>, depth: number): Check {
  const inner: Check = (value, path, problems) => {
    if (depth >= GREATEST_DEPTH) wrong(problems, path, 'less nesting')
    else fieldSchema({}, depth + 1)(value, path, problems)
  }
  const fields: Check = (value, path, problems) => {
    if (depth >= GREATEST_DEPTH) wrong(problems, path, 'less nesting')
    else listOf(fieldSchema(FACT_EXTRA, depth + 1))(value, path, problems)
  }
  return object({
    type: TYPES,
    'unit?': text,
    'codes?': listOf(text),
    'minimum?': decimal,
    'maximum?': decimal,
    'aboveMinimum?': flag,
    'items?': inner,
    'fields?': fields,
    'uniqueBy?': text,
    ...extra,
  })
}

const FACT_EXTRA: Readonly<Record<string, Check>> = {
  name: text,
  'optional?': flag,
  'default?': anything,
  'parameter?': text,
  'parameterOn?': text,
}

const places: Check = (value, path, problems) => {
  const isWhole = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 100
  if (!isWhole && typeof value !== 'string') wrong(problems, path, 'a whole number or FEEL')
}

const TABLE = object({
  hitPolicy: oneOf('U', 'A', 'P', 'F', 'C', 'C+', 'C<', 'C>', 'C#', 'R', 'O'),
  inputs: listOf(object({ expression: text, 'values?': text })),
  outputs: listOf(object({ 'name?': text, 'values?': listOf(text), 'default?': text })),
  rows: listOf(object({ when: listOf(text), give: listOf(text), 'clause?': text })),
})

const step: Check = (value, path, problems) => {
  const isTable = typeof value === 'object' && value !== null && 'table' in value
  object({
    name: text,
    ...(isTable ? { table: TABLE } : { expression: text }),
    'clause?': text,
    'rounding?': object({ mode: oneOf(...ROUNDING_MODES), places, clause: text }),
  })(value, path, problems)
}

const day: Check = (value, path, problems) => {
  if (value !== null && typeof value !== 'string') wrong(problems, path, 'a date or null')
}

const DOCUMENT = object({
  id: text,
  title: object({ zh: text, en: text }),
  clause: listOf(text),
  effectiveFrom: day,
  'effectiveTo?': text,
  'needsRegion?': flag,
  facts: listOf(fieldSchema(FACT_EXTRA, 0)),
  'exactlyOneOf?': listOf(listOf(listOf(text))),
  'atLeastOneOf?': listOf(listOf(text)),
  'checks?': listOf(
    object({
      condition: text,
      code: oneOf('FACT_MISSING', 'FACT_RANGE', 'FACT_CONFLICT'),
      field: text,
      message: text,
    }),
  ),
  outputs: listOf(fieldSchema({ name: text, 'nullable?': flag }, 0)),
  steps: listOf(step),
  parameters: listOf(text),
})

/** Whether something has the shape of a rule document; every field that has not, with its path. */
export function checkShape(document: unknown): RuleProblem[] {
  const problems: RuleProblem[] = []
  DOCUMENT(document, '', problems)
  return problems
}
