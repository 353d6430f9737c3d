import { type TSchema, Type } from 'typebox'
import { CivilDate, ClauseId, DottedName, Nullable } from '../../vocabulary/schemas.ts'
import { isCamelName } from '../../vocabulary/spelling.ts'
import { Bilingual, Feel, textThat } from './shapes.ts'

const CamelName = textThat('a name in camelCase', isCamelName)
const Anything = Type.Unsafe<unknown>({ description: 'a JSON value' })

const FieldTypes = Type.Union(
  [
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
  ].map((type) => Type.Literal(type)),
)

/** How deep lists and objects of facts may nest. */
const DEEPEST_FACT = 5

function fieldMembers(depth: number): Record<string, TSchema> {
  const inner = depth === 0 ? {} : innerMembers(depth - 1)
  return {
    type: FieldTypes,
    codes: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 512 })),
    minimum: Type.Optional(Type.String({ maxLength: 40 })),
    maximum: Type.Optional(Type.String({ maxLength: 40 })),
    aboveMinimum: Type.Optional(Type.Boolean()),
    uniqueBy: Type.Optional(Type.String({ maxLength: 64 })),
    ...inner,
  }
}

function innerMembers(depth: number): Record<string, TSchema> {
  return {
    items: Type.Optional(Type.Object(fieldMembers(depth))),
    fields: Type.Optional(Type.Array(factSchema(depth), { maxItems: 128 })),
  }
}

function factSchema(depth: number) {
  return Type.Object({
    name: CamelName,
    ...fieldMembers(depth),
    optional: Type.Optional(Type.Boolean()),
    default: Type.Optional(Anything),
    parameter: Type.Optional(Type.String({ maxLength: 96 })),
    parameterOn: Type.Optional(Feel),
  })
}

const Rounding = Type.Object({
  mode: Type.String({ maxLength: 32 }),
  places: Type.Union([Type.Integer({ minimum: 0, maximum: 18 }), Feel]),
  clause: Type.String({ minLength: 1, maxLength: 128 }),
})

const Table = Type.Unsafe<object>({ type: 'object', additionalProperties: {} })
const stepMembers = {
  name: CamelName,
  clause: Type.Optional(ClauseId),
  rounding: Type.Optional(Rounding),
}
const Step = Type.Union([
  Type.Object({ expression: Feel, ...stepMembers }),
  Type.Object({ table: Table, ...stepMembers }),
])

const Groups = Type.Array(Type.Array(Type.String({ maxLength: 64 })), { maxItems: 64 })

/** A published rule: shape only, the rules room checks its sense. */
export const Rule = Type.Object({
  id: DottedName,
  title: Bilingual,
  clause: Type.Array(ClauseId, { maxItems: 32 }),
  effectiveFrom: Nullable(CivilDate),
  effectiveTo: Type.Optional(CivilDate),
  needsRegion: Type.Optional(Type.Boolean()),
  facts: Type.Array(factSchema(DEEPEST_FACT), { maxItems: 128 }),
  exactlyOneOf: Type.Optional(Type.Array(Groups, { maxItems: 64 })),
  atLeastOneOf: Type.Optional(Groups),
  checks: Type.Optional(
    Type.Array(
      Type.Object({
        condition: Feel,
        code: Type.Union(
          ['FACT_MISSING', 'FACT_RANGE', 'FACT_CONFLICT'].map((code) => Type.Literal(code)),
        ),
        field: Type.String({ maxLength: 96 }),
        message: Type.String({ maxLength: 500 }),
      }),
      { maxItems: 64 },
    ),
  ),
  outputs: Type.Array(
    Type.Object({
      name: CamelName,
      ...fieldMembers(DEEPEST_FACT),
      nullable: Type.Optional(Type.Boolean()),
    }),
    { minItems: 1, maxItems: 128 },
  ),
  steps: Type.Array(Step, { minItems: 1, maxItems: 256 }),
  parameters: Type.Array(Type.String({ maxLength: 96 }), { maxItems: 128 }),
})
