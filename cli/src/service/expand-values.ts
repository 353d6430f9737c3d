import type { Check, Compute, Duration, Field } from '@renshe/contracts'
import type { Located } from './located-yaml.ts'
import type { SourceMap } from './source-map.ts'

const publicTypes = [
  'money',
  'decimal',
  'integer',
  'boolean',
  'date',
  'month',
  'instant',
  'code',
  'reference',
  'member',
  'digest',
]
const sealedTypes = ['text', 'resident-id', 'file', 'photo']
const fieldTypes = [...publicTypes, ...sealedTypes]
const fieldMembers = [
  'type',
  'optional',
  'codes',
  'places',
  'minimum',
  'maximum',
  'maxLength',
  'register',
  'suggest',
  'many',
  'fields',
  'clause',
]

/** Reads scalars that may also be written as a list of one. */
export function oneOrMany(value: Located | undefined): Located[] {
  if (value === undefined) return []
  return value.kind === 'list' ? value.list() : [value]
}

/** Texts of a list (or of a single text). */
export function texts(value: Located | undefined): string[] {
  return oneOrMany(value).map((one) => one.text())
}

/** `true` or `false`; absent is `undefined`. */
export function flag(value: Located | undefined): boolean | undefined {
  if (value === undefined) return undefined
  const text = value.text('true or false')
  return text === 'true' || text === 'false'
    ? text === 'true'
    : value.fail('NOT_A_FLAG', 'true or false')
}

/** A count; absent is `undefined`. */
export function count(value: Located | undefined): number | undefined {
  if (value === undefined) return undefined
  const text = value.text('a count')
  return /^(0|[1-9][0-9]{0,5})$/.test(text)
    ? Number(text)
    : value.fail('NOT_A_COUNT', 'a whole number')
}

/** `{zh, en}`, both needed. */
export function bilingual(value: Located | undefined, owner: Located): { zh: string; en: string } {
  if (value === undefined) return owner.fail('TITLE_MISSING', 'title: {zh: …, en: …}', 'nothing')
  const members = value.fields(['zh', 'en'])
  const read = (name: string) =>
    members.get(name)?.text() || value.fail('TEXT_MISSING', `a text in ${name}`, 'nothing')
  return { zh: read('zh'), en: read('en') }
}

/** `15 days`, `2 working days`, `1 month`, `24 hours`. */
export function duration(value: Located): Duration {
  const match = /^([1-9][0-9]{0,3}) (hour|day|working day|month|year)s?$/.exec(
    value.text('a period'),
  )
  if (match === null)
    return value.fail('NOT_A_PERIOD', 'a period such as `2 working days`, `15 days`, `1 month`')
  const unit = match[2] === 'working day' ? 'working-days' : `${match[2]}s`
  return { amount: Number(match[1]), unit: unit as Duration['unit'] }
}

/**
 * Fields by name. Short forms: `money` · `money?` (may be left out) · `{code: [A, B]}` · `{reference: register}` ·
 * `{list: {…fields}}` (many small records) · `{money: …}` is not one of them: a field has no expression.
 */
export function fields(value: Located | undefined, map: SourceMap): Record<string, Field> {
  if (value === undefined) return {}
  return map.note(
    Object.fromEntries(value.members().map(([name, one]) => [name, field(one, map)])),
    value,
  )
}

function field(value: Located, map: SourceMap): Field {
  if (value.kind === 'text') return map.note(shortField(value), value)
  const short = value.members()[0]
  if (short !== undefined && ['code', 'reference', 'list'].includes(short[0]))
    return map.note(namedField(value, map), value)
  const members = value.fields(fieldMembers)
  const type = members.get('type') ?? value.fail('TYPE_MISSING', 'type: …', 'no type')
  return map.note(
    compact({
      ...shortField(type),
      optional: flag(members.get('optional')) ?? shortField(type).optional,
      codes: members.has('codes') ? texts(members.get('codes')) : undefined,
      places: count(members.get('places')),
      minimum: members.get('minimum')?.text(),
      maximum: members.get('maximum')?.text(),
      maxLength: count(members.get('maxLength')),
      register: members.get('register')?.text(),
      suggest: members.get('suggest')?.text(),
      many: flag(members.get('many')),
      fields: members.has('fields') ? fields(members.get('fields'), map) : undefined,
      clause: members.get('clause')?.text(),
    }),
    value,
  ) as Field
}

function shortField(value: Located): Field {
  const text = value.text('a type')
  const isOptional = text.endsWith('?')
  const type = isOptional ? text.slice(0, -1) : text
  if (!fieldTypes.includes(type)) value.fail('TYPE_UNKNOWN', `a type: ${fieldTypes.join(', ')}`)
  return { type: type as Field['type'], ...(isOptional ? { optional: true } : {}) }
}

function namedField(value: Located, map: SourceMap): Field {
  const members = value.fields(['code', 'reference', 'list', ...fieldMembers])
  const rest = {
    optional: flag(members.get('optional')),
    suggest: members.get('suggest')?.text(),
    clause: members.get('clause')?.text(),
    many: flag(members.get('many')),
  }
  const codes = members.get('code')
  if (codes !== undefined) return compact({ type: 'code', codes: texts(codes), ...rest }) as Field
  const register = members.get('reference')
  if (register !== undefined)
    return compact({ type: 'reference', register: register.text(), ...rest }) as Field
  const inner = members.get('list') as Located
  return compact({ type: 'digest', ...rest, many: true, fields: fields(inner, map) }) as Field
}

/** Values in order. `name: {money: FEEL}` · `name: {decimal: FEEL, places: 4}` · `name: {rule: id, facts: {…}}`. */
export function computes(value: Located | undefined, map: SourceMap): Compute[] {
  if (value === undefined) return []
  return map.note(
    value.members().map(([name, one]) => map.note(compute(name, one), one)),
    value,
  )
}

function compute(name: string, value: Located): Compute {
  const members = value.fields(
    [...publicTypes, 'places', 'many', 'optional', 'rule', 'facts'],
    '{type: FEEL} or {rule: id, facts: …}',
  )
  const rule = members.get('rule')
  if (rule !== undefined) return { name, rule: rule.text(), facts: feelTexts(members.get('facts')) }
  const type =
    publicTypes.find((one) => members.has(one)) ??
    value.fail('TYPE_MISSING', `one of ${publicTypes.join(', ')}: FEEL`)
  return compact({
    name,
    type,
    places: count(members.get('places')),
    many: flag(members.get('many')),
    optional: flag(members.get('optional')),
    is: (members.get(type) as Located).text('FEEL'),
  }) as Compute
}

/** FEEL texts by name. */
export function feelTexts(value: Located | undefined): Record<string, string> {
  return Object.fromEntries((value?.members() ?? []).map(([name, one]) => [name, one.text('FEEL')]))
}

/** `- {unless: FEEL, refuse: CODE, facts: {…}, clause: …}`; row checks also name their `column`. */
export function checks<Extra extends 'column' | never = never>(
  value: Located | undefined,
  map: SourceMap,
): (Check & Record<Extra, string>)[] {
  return oneOrMany(value).map((one) => {
    const members = one.fields(['unless', 'refuse', 'facts', 'clause', 'column'])
    const unless =
      members.get('unless')?.text('FEEL') ??
      one.fail('CONDITION_MISSING', 'unless: FEEL', 'nothing')
    const refuse =
      members.get('refuse')?.text('a code') ?? one.fail('CODE_MISSING', 'refuse: CODE', 'nothing')
    return map.note(
      compact({
        unless,
        refuse,
        facts: members.has('facts') ? feelTexts(members.get('facts')) : undefined,
        clause: members.get('clause')?.text(),
        column: members.get('column')?.text(),
      }),
      one,
    ) as Check & Record<Extra, string>
  })
}

/** `Shape` with its possibly undefined members made optional. */
export type Compact<Shape> = {
  [Name in keyof Shape as undefined extends Shape[Name] ? never : Name]: Shape[Name]
} & {
  [Name in keyof Shape as undefined extends Shape[Name] ? Name : never]?: Exclude<
    Shape[Name],
    undefined
  >
}

/** The same object without members that are `undefined`: absent and undefined differ in canonical JSON. */
export function compact<Shape extends object>(shape: Shape): Compact<Shape> {
  return Object.fromEntries(
    Object.entries(shape).filter(([, value]) => value !== undefined),
  ) as Compact<Shape>
}
