import { fromJson, type JsonObject } from '../value/json.ts'
import type { Value } from '../value/values.ts'
import type { ParameterValue } from './parameters.ts'
import { type FactProblem, readField } from './read-facts.ts'
import type { RuleDocument } from './rule-document.ts'

/** Problems of facts that belong together: exactly one of, at least one of. */
export function factProblems(document: RuleDocument, facts: JsonObject): FactProblem[] {
  const { exactlyOneOf, atLeastOneOf } = document
  const problems: FactProblem[] = []
  if (exactlyOneOf === undefined && atLeastOneOf === undefined) return problems
  const isGiven = (name: string): boolean =>
    Object.hasOwn(facts, name) && facts[name] !== null && facts[name] !== undefined
  for (const alternatives of exactlyOneOf ?? []) {
    problems.push(...exactlyOne(alternatives, isGiven))
  }
  for (const group of atLeastOneOf ?? []) {
    if (group.some(isGiven)) continue
    const message = `at least one of ${group.join(', ')} is required`
    problems.push({ code: 'FACT_MISSING', field: group[0] ?? '', message })
  }
  return problems
}

function exactlyOne(
  alternatives: readonly (readonly string[])[],
  isGiven: (name: string) => boolean,
): FactProblem[] {
  const named = () => alternatives.map((facts) => facts.join(' + ')).join(', ')
  const given = alternatives.filter((facts) => facts.some(isGiven))
  const [only, second] = given
  if (only === undefined) {
    const field = alternatives[0]?.[0] ?? ''
    return [{ code: 'FACT_MISSING', field, message: `exactly one of ${named()} is required` }]
  }
  if (second !== undefined) {
    const field = second.find(isGiven) ?? ''
    return [{ code: 'FACT_CONFLICT', field, message: `only one of ${named()} may be given` }]
  }
  return only
    .filter((name) => !isGiven(name))
    .map((field) => ({
      code: 'FACT_MISSING',
      field,
      message: `${field} is required with ${named()}`,
    }))
}

/**
 * A published value as FEEL value.
 *
 * @throws RangeError when the published value is not of its own type: a defect of the publication
 */
export function readParameterValue(row: ParameterValue): Value {
  // Rows are published once and read often; values never change.
  const known = valuesOfRows.get(row)
  if (known !== undefined) return known
  const value = readRow(row)
  valuesOfRows.set(row, value)
  return value
}

const valuesOfRows = new WeakMap<ParameterValue, Value>()

function readRow(row: ParameterValue): Value {
  if (row.type === undefined) return fromJson(row.value)
  const problems: FactProblem[] = []
  const value = readField(row.value, { type: row.type, minimum: '-1e30' }, row.parameter, problems)
  const [problem] = problems
  if (problem !== undefined) throw new RangeError(`published ${row.parameter}: ${problem.message}`)
  return value
}
