import type { JsonObject } from '@renshe/crypto'
import type { OptionSpec } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'

/** The parts of a JSON Schema that decide how a value is typed on a command line. */
interface Schema {
  readonly type?: string
  readonly description?: string
  readonly anyOf?: readonly Schema[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
}

/** How an option's text becomes a value. */
type Reading = 'text' | 'integer' | 'boolean' | 'json'

/** One member of an input as an option. */
export interface InputOption {
  readonly member: string
  readonly reading: Reading
  /** `null` may be typed. */
  readonly isNullable: boolean
  readonly spec: OptionSpec
}

/**
 * The options that the input of an action or query is typed with: one for each of its members.
 *
 * @param input  TypeBox schema of an object
 */
export function inputOptions(input: object): InputOption[] {
  const { properties = {}, required = [] } = input as Schema
  return Object.entries(properties).map(([member, schema]) =>
    optionOf(member, schema, required.includes(member)),
  )
}

function optionOf(member: string, schema: Schema, isRequired: boolean): InputOption {
  const { anyOf = [] } = schema
  const isNullable = anyOf.some(({ type }) => type === 'null')
  const choices = anyOf.map((one) => one.const).filter((one) => typeof one === 'string')
  const plain = anyOf.find(({ type }) => type !== 'null') ?? schema
  const reading = readingOf(choices.length > 0 ? { type: 'string' } : plain)
  const value = { text: 'value', integer: 'number', boolean: 'true|false', json: 'json|@file' }
  return {
    member,
    reading,
    isNullable,
    spec: {
      flags: `--${kebab(member)} <${value[reading]}>`,
      about: aboutOf(plain, choices, isRequired, isNullable),
    },
  }
}

function readingOf({ type }: Schema): Reading {
  if (type === 'string') return 'text'
  if (type === 'integer') return 'integer'
  return type === 'boolean' ? 'boolean' : 'json'
}

function aboutOf(
  schema: Schema,
  choices: readonly string[],
  isRequired: boolean,
  isNullable: boolean,
): OptionSpec['about'] {
  const what = choices.length > 0 ? choices.join(' / ') : (schema.description ?? wordOf(schema))
  const orNull = isNullable ? ' / null' : ''
  return isRequired
    ? { zh: `${what}${orNull}（必填）`, en: `${what}${orNull} (required)` }
    : { zh: `${what}${orNull}`, en: `${what}${orNull}` }
}

function wordOf({ type, properties, minimum, maximum }: Schema): string {
  if (type === 'integer') {
    const isBounded = minimum !== undefined && maximum !== undefined && maximum < 1e6
    return isBounded ? `${minimum}–${maximum}` : 'a whole number'
  }
  if (properties !== undefined) return `{${Object.keys(properties).join(', ')}}`
  const words: Readonly<Record<string, string>> = {
    object: 'a JSON object',
    array: 'a JSON list',
    boolean: 'true or false',
    string: 'a text',
  }
  return words[type ?? ''] ?? 'a JSON value'
}

/** `openCase` → `open-case`. */
export function kebab(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** A member's value from what was typed. `readJson` reads JSON or the file that `@` names. */
export async function optionValue(
  { reading, isNullable, spec }: InputOption,
  text: string,
  readJson: (text: string) => Promise<JsonObject[string]>,
): Promise<JsonObject[string]> {
  const flag = spec.flags.split(' ')[0] ?? ''
  if (isNullable && text === 'null') return null
  switch (reading) {
    case 'text':
      return text
    case 'integer':
      if (/^-?(0|[1-9][0-9]{0,14})$/.test(text)) return Number(text)
      throw usage(
        `${flag} 应为整数；实为 ${text}。`,
        `${flag} must be a whole number; came ${text}.`,
      )
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true'
      throw usage(
        `${flag} 应为 true 或 false；实为 ${text}。`,
        `${flag} must be true or false; came ${text}.`,
      )
    case 'json':
      return readJson(text)
  }
}
