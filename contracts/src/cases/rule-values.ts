import type { Json, JsonObject } from '@renshe/crypto'
import {
  FeelContext,
  FeelDate,
  FeelDateTime,
  FeelNumber,
  formatDate,
  formatNumber,
  formatPlaces,
  type RuleDocument,
  toLiteral,
  type Value,
} from '@renshe/rules'
import { dateToFeel, numberOf, wholeNumber } from './field-values.ts'

type FieldSchema = RuleDocument['outputs'][number] | RuleDocument['facts'][number] | Inner
/** A schema without a name: what the items of a list are. */
type Inner = NonNullable<RuleDocument['outputs'][number]['items']>

/**
 * A FEEL value as a fact of a rule; what does not fit goes through as it is, so that the rule itself
 * says what it expected.
 */
export function factToJson(schema: Inner | undefined, value: Value): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (value instanceof FeelNumber) return numberToJson(schema, value)
  if (value instanceof FeelDate) {
    return schema?.type === 'month' ? formatDate(value).slice(0, 7) : formatDate(value)
  }
  if (Array.isArray(value)) {
    return (value as readonly Value[]).map((item) => factToJson(schema?.items, item))
  }
  if (value instanceof FeelContext) {
    const json: JsonObject = {}
    for (const [name, inner] of value.entries) {
      const field = schema?.fields?.find((candidate) => candidate.name === name)
      json[name] = factToJson(field, inner)
    }
    return json
  }
  return value instanceof FeelDateTime ? momentText(value) : null
}

function numberToJson(schema: Inner | undefined, value: FeelNumber): Json {
  if (schema?.type !== 'int' && schema?.type !== 'year') return formatNumber(value)
  const whole = Number(formatPlaces(value, 0) ?? Number.NaN)
  return Number.isSafeInteger(whole) ? whole : formatNumber(value)
}

/** `@"2027-03-08T09:30:00+08:00"` without its marks. */
function momentText(value: FeelDateTime): string {
  const literal = toLiteral(value)
  return literal.slice(literal.indexOf('"') + 1, literal.lastIndexOf('"'))
}

/** Outputs of a rule, as recorded, in the form that FEEL reads: a context. */
export function ruleOutputsToFeel(rule: RuleDocument, outputs: JsonObject): FeelContext {
  const entries = new Map<string, Value>()
  for (const schema of rule.outputs) {
    entries.set(schema.name, outputToFeel(schema, outputs[schema.name] ?? null))
  }
  return new FeelContext(entries)
}

/** Outputs of a rule that came from outside; undefined unless they are exactly its outputs. */
export function outputOfRule(
  rule: RuleDocument | undefined,
  json: Json | undefined,
): Value | undefined {
  if (rule === undefined || typeof json !== 'object' || json === null || Array.isArray(json)) {
    return undefined
  }
  const names = rule.outputs.map(({ name }) => name)
  const isExact =
    Object.keys(json).length === names.length && names.every((name) => Object.hasOwn(json, name))
  return isExact ? ruleOutputsToFeel(rule, json) : undefined
}

function outputToFeel(schema: FieldSchema | undefined, json: Json): Value {
  if (json === null || typeof json === 'boolean') return json
  if (typeof json === 'number') return wholeNumber(json)
  if (typeof json === 'string') return textToFeel(schema, json)
  if (Array.isArray(json)) return json.map((item) => outputToFeel(schema?.items, item))
  const entries = new Map<string, Value>()
  for (const [name, inner] of Object.entries(json)) {
    entries.set(
      name,
      outputToFeel(
        schema?.fields?.find((field) => field.name === name),
        inner,
      ),
    )
  }
  return new FeelContext(entries)
}

/** A month stays text: in cases a month is `YYYY-MM`, as in keys. */
function textToFeel(schema: FieldSchema | undefined, text: string): Value {
  switch (schema?.type) {
    case 'money':
    case 'decimal':
      return numberOf(text)
    case 'date':
      return dateToFeel(text)
    default:
      return text
  }
}
