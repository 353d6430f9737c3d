import type { Field } from '@renshe/contracts'
import type { Json } from '@renshe/crypto'
import type { FieldSchema } from '@renshe/rules'
import type { Located } from './located-yaml.ts'

/** JSON of a fact or output of a rule: the schema says which texts are numbers, booleans, lists. */
export function typedValue(value: Located, schema: FieldSchema): Json {
  if (isNull(value)) return null
  if (schema.type === 'list')
    return value.list().map((item) => typedValue(item, schema.items ?? { type: 'text' }))
  if (schema.type === 'object') {
    return Object.fromEntries(
      value.members().map(([name, one]) => {
        const field = (schema.fields ?? []).find((known) => known.name === name)
        return [name, field === undefined ? looseValue(one) : typedValue(one, field)]
      }),
    )
  }
  if (schema.type === 'calendar') return looseValue(value)
  if (value.kind !== 'text') return looseValue(value)
  if (schema.type === 'int' || schema.type === 'year') return wholeNumber(value)
  return schema.type === 'bool' ? truth(value) : value.text()
}

/** JSON of a field of a form, a register or a row. */
export function fieldValue(value: Located, field: Field | undefined): Json {
  if (isNull(value)) return null
  if (field === undefined) return looseValue(value)
  if (field.many === true) return value.list().map((item) => singleValue(item, field))
  return singleValue(value, field)
}

function singleValue(value: Located, field: Field): Json {
  if (field.fields !== undefined) {
    return Object.fromEntries(
      value.members().map(([name, one]) => [name, fieldValue(one, field.fields?.[name])]),
    )
  }
  if (value.kind !== 'text') return looseValue(value)
  if (field.type === 'integer' || field.type === 'instant') return wholeNumber(value)
  return field.type === 'boolean' ? truth(value) : value.text()
}

/**
 * JSON of a value whose type nobody declares: `true`, `false`, `null` and whole numbers are what they look
 * like, everything else is text. Text in quotes cannot be told apart, so declared types are better.
 */
export function looseValue(value: Located): Json {
  if (value.kind === 'list') return value.list().map(looseValue)
  if (value.kind === 'map')
    return Object.fromEntries(value.members().map(([name, one]) => [name, looseValue(one)]))
  const text = value.text()
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  return /^(0|-?[1-9][0-9]{0,14})$/.test(text) ? Number(text) : text
}

/** The same for facts of refusals, in which numbers are texts. */
export function looseFact(value: Located): Json {
  if (value.kind === 'list') return value.list().map(looseFact)
  if (value.kind === 'map') {
    return Object.fromEntries(value.members().map(([name, one]) => [name, looseFact(one)]))
  }
  const loose = looseValue(value)
  return typeof loose === 'number' ? value.text() : loose
}

function isNull(value: Located): boolean {
  return value.kind === 'text' && value.text() === 'null'
}

function wholeNumber(value: Located): Json {
  const text = value.text()
  // What is not a whole number stays text: an example may show how the rule refuses it.
  return /^-?(0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : text
}

function truth(value: Located): Json {
  const text = value.text()
  return text === 'true' || text === 'false' ? text === 'true' : text
}
