import type { CompiledStep } from '../rule/compile-rule.ts'
import { isDateForm } from '../rule/read-facts.ts'
import type { RuleDocument } from '../rule/rule-document.ts'
import {
  type FieldType,
  isJsonObject,
  isPlainDecimal,
  type Json,
  type JsonObject,
} from '../value/json.ts'
import { placesOfNames } from './places-of-names.ts'

/** What the names of a rule are: JSON alone does not tell a decimal from a text. */
export class FieldTypes {
  private readonly facts: ReadonlyMap<string, FieldType>
  private readonly steps: readonly { readonly name: string; readonly type: FieldType | undefined }[]

  constructor({ facts, outputs, steps }: RuleDocument) {
    this.facts = new Map(facts.map(({ name, type }) => [name, type]))
    const types = new Map(outputs.map(({ name, type }) => [name, type]))
    this.steps = steps.map(({ name }) => ({ name, type: types.get(name) }))
  }

  /** The type of a name as a step sees it; undefined where only the value tells. */
  of(name: string, before: number): FieldType | undefined {
    if (name === 'on') return 'date'
    if (name === 'region') return 'region'
    const step = this.steps.find((one, at) => at < before && one.name === name)
    return step === undefined ? this.facts.get(name) : step.type
  }
}

/**
 * The expression of a step with values in the place of names: `base * 0.08` becomes
 * `3120.50 * 0.08`. Lists and objects keep their names: they stand beside it. For a table the values
 * of the names that it reads.
 */
export function putNumbersIn(
  { text, tree, names }: CompiledStep,
  inputs: JsonObject,
  typeOf: (name: string) => FieldType | undefined,
): string {
  if (text === undefined || tree === undefined) {
    return names
      .flatMap((name) => {
        const value = writeValue(inputs[name], typeOf(name))
        return value === undefined ? [] : [`${name} = ${value}`]
      })
      .join(', ')
  }
  let written = ''
  let from = 0
  for (const { start, end, name, isParameter } of placesOfNames(text, tree)) {
    const isAmbiguous = isParameter && Object.keys(inputs).some((one) => one.startsWith(`${name} `))
    const given = Object.hasOwn(inputs, name) && !isAmbiguous ? inputs[name] : undefined
    const value = writeValue(given, isParameter ? undefined : typeOf(name))
    if (value === undefined || start < from) continue
    written += text.slice(from, start) + value
    from = end
  }
  return written + text.slice(from)
}

/** A value as FEEL; undefined for what is no single value. */
function writeValue(input: Json | undefined, type: FieldType | undefined): string | undefined {
  if (isJsonObject(input) && Object.hasOwn(input, 'parameter')) {
    return writeValue(input.value, type)
  }
  if (input === undefined || (typeof input === 'object' && input !== null)) return undefined
  if (typeof input !== 'string') return String(input)
  switch (type) {
    case 'money':
    case 'decimal':
      return input
    case 'date':
      return `date("${input}")`
    case 'month':
      return `date("${input}-01")`
    case undefined:
      if (isPlainDecimal(input)) return input
      return isDateForm(input) ? `date("${input}")` : JSON.stringify(input)
    default:
      return JSON.stringify(input)
  }
}
