import type {
  DecisionTable,
  FactSchema,
  FieldSchema,
  OutputSchema,
  RoundingSchema,
  RuleDocument,
  RuleStep,
} from '@renshe/rules'
import { bilingual, compact, flag, oneOrMany, texts } from './expand-values.ts'
import type { Located } from './located-yaml.ts'
import type { SourceMap } from './source-map.ts'
import { typedValue } from './typed-values.ts'

const fieldTypes = [
  'money',
  'decimal',
  'int',
  'year',
  'bool',
  'date',
  'month',
  'instant',
  'text',
  'code',
  'region',
  'calendar',
  'list',
  'object',
]
const bounds = ['codes', 'minimum', 'maximum', 'aboveMinimum', 'uniqueBy']
const factMembers = [
  'type',
  'optional',
  'default',
  'parameter',
  'parameterOn',
  'nullable',
  'items',
  'fields',
  ...bounds,
]

/** Rules of one file: id → rule. */
export function expandRules(file: Located, map: SourceMap): RuleDocument[] {
  return file.members('rules by id').map(([id, value]) => map.note(rule(id, value, map), value))
}

function rule(id: string, value: Located, map: SourceMap): RuleDocument {
  const members = value.fields([
    'title',
    'clause',
    'effectiveFrom',
    'effectiveTo',
    'needsRegion',
    'facts',
    'exactlyOneOf',
    'atLeastOneOf',
    'checks',
    'outputs',
    'steps',
    'parameters',
  ])
  const from = members.get('effectiveFrom')?.text('a date')
  return compact({
    id,
    title: bilingual(members.get('title'), value),
    clause: texts(members.get('clause')),
    effectiveFrom: from === undefined || from === 'any' ? null : from,
    effectiveTo: members.get('effectiveTo')?.text(),
    needsRegion: flag(members.get('needsRegion')),
    facts: namedFields(members.get('facts'), map) as FactSchema[],
    exactlyOneOf: groups(members.get('exactlyOneOf')),
    atLeastOneOf: members.has('atLeastOneOf')
      ? oneOrMany(members.get('atLeastOneOf')).map((group) => texts(group))
      : undefined,
    checks: members.has('checks')
      ? oneOrMany(members.get('checks')).map((one) => map.note(condition(one), one))
      : undefined,
    outputs: namedFields(members.get('outputs'), map) as OutputSchema[],
    steps: (members.get('steps')?.members() ?? []).map(([name, one]) =>
      map.note(step(name, one), one),
    ),
    parameters: texts(members.get('parameters')),
  }) as unknown as RuleDocument
}

function groups(value: Located | undefined) {
  return value === undefined
    ? undefined
    : value.list().map((group) => group.list().map((alternative) => texts(alternative)))
}

function condition(value: Located) {
  const members = value.fields(['condition', 'code', 'field', 'message'])
  return Object.fromEntries([...members].map(([name, one]) => [name, one.text()]))
}

function namedFields(value: Located | undefined, map: SourceMap): { name: string }[] {
  return (value?.members() ?? []).map(([name, one]) =>
    map.note({ name, ...fieldSchema(one, map) }, one),
  )
}

/**
 * `money` · `money?` · `{codes: [A, B]}` · `{list: {field: type …}}` (list of small records) ·
 * `{list: type}` · or the members in full.
 */
function fieldSchema(value: Located, map: SourceMap): FieldSchema & Partial<FactSchema> {
  if (value.kind === 'text') return shortSchema(value)
  const members = value.fields([...factMembers, 'list'])
  const list = members.get('list')
  const rest = compact({
    optional: flag(members.get('optional')),
    nullable: flag(members.get('nullable')),
    parameter: members.get('parameter')?.text(),
    parameterOn: members.get('parameterOn')?.text(),
    codes: members.has('codes') ? texts(members.get('codes')) : undefined,
    minimum: members.get('minimum')?.text(),
    maximum: members.get('maximum')?.text(),
    aboveMinimum: flag(members.get('aboveMinimum')),
    uniqueBy: members.get('uniqueBy')?.text(),
  })
  if (list !== undefined)
    return { ...rest, type: 'list', items: listItems(list, map) } as FieldSchema
  const base = members.has('type')
    ? shortSchema(members.get('type') as Located)
    : ({
        type: members.has('codes') ? 'code' : value.fail('TYPE_MISSING', 'type: …', 'none'),
      } as FieldSchema)
  const schema = {
    ...base,
    ...rest,
    ...(members.has('items') ? { items: fieldSchema(members.get('items') as Located, map) } : {}),
    ...(members.has('fields')
      ? { fields: namedFields(members.get('fields'), map) as FactSchema[] }
      : {}),
  }
  const given = members.get('default')
  return given === undefined ? schema : { ...schema, default: typedValue(given, schema) }
}

function listItems(list: Located, map: SourceMap): FieldSchema {
  const members = list.kind === 'map' ? list.members() : []
  if (list.kind === 'text' || members.some(([name]) => name === 'codes' || name === 'type'))
    return fieldSchema(list, map)
  return { type: 'object', fields: namedFields(list, map) as FactSchema[] } as FieldSchema
}

function shortSchema(value: Located): FieldSchema & Partial<FactSchema> {
  const text = value.text('a type')
  const type = text.endsWith('?') ? text.slice(0, -1) : text
  if (!fieldTypes.includes(type)) value.fail('TYPE_UNKNOWN', `a type: ${fieldTypes.join(', ')}`)
  return { type: type as FieldSchema['type'], ...(text.endsWith('?') ? { optional: true } : {}) }
}

/** `name: FEEL` or `name: {is: FEEL, clause, rounding}` or `name: {table: …}`. */
function step(name: string, value: Located): RuleStep {
  if (value.kind === 'text') return { name, expression: value.text('FEEL') }
  const members = value.fields(['is', 'table', 'clause', 'rounding'])
  const table = members.get('table')
  const rest = compact({
    clause: members.get('clause')?.text(),
    rounding: rounding(members.get('rounding')),
  })
  if (table !== undefined) return { name, table: decisionTable(table), ...rest } as RuleStep
  return {
    name,
    expression:
      members.get('is')?.text('FEEL') ?? value.fail('EXPRESSION_MISSING', 'is: FEEL', 'nothing'),
    ...rest,
  } as RuleStep
}

function rounding(value: Located | undefined): RoundingSchema | undefined {
  if (value === undefined) return undefined
  const members = value.fields(['mode', 'places', 'clause'])
  const places = members.get('places')?.text() ?? '2'
  return {
    mode: (members.get('mode')?.text() ??
      value.fail('MODE_MISSING', 'mode: HALF_UP, DOWN, UP …', 'nothing')) as RoundingSchema['mode'],
    places: /^[0-9]+$/.test(places) ? Number(places) : places,
    clause:
      members.get('clause')?.text() ??
      value.fail('CLAUSE_MISSING', 'clause: which law or practice rounds so', 'nothing'),
  }
}

/** Hit policy, columns, rows: `- [test, test, → output]` as `{when: […], give: […]}`. */
function decisionTable(value: Located): DecisionTable {
  const members = value.fields(['hitPolicy', 'inputs', 'outputs', 'rows'])
  return {
    hitPolicy: (members.get('hitPolicy')?.text() ?? 'U') as DecisionTable['hitPolicy'],
    inputs: oneOrMany(members.get('inputs')).map((one) => {
      if (one.kind === 'text') return { expression: one.text('FEEL') }
      const of = one.fields(['expression', 'values'])
      return compact({
        expression: of.get('expression')?.text() ?? '',
        values: of.get('values')?.text(),
      })
    }) as DecisionTable['inputs'],
    outputs: oneOrMany(members.get('outputs')).map((one) => {
      if (one.kind === 'text') return { name: one.text() }
      const of = one.fields(['name', 'values', 'default'])
      return compact({
        name: of.get('name')?.text(),
        values: of.has('values') ? texts(of.get('values')) : undefined,
        default: of.get('default')?.text(),
      })
    }) as DecisionTable['outputs'],
    rows: (members.get('rows')?.list() ?? []).map((row) => {
      const of = row.fields(['when', 'give', 'clause'])
      return compact({
        when: texts(of.get('when')),
        give: texts(of.get('give')),
        clause: of.get('clause')?.text(),
      })
    }) as DecisionTable['rows'],
  }
}
