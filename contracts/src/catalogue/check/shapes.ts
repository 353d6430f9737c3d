/* Schema parts that the schemas of packages share. */
import { type Static, type TSchema, Type } from 'typebox'
import { isCivilDate } from '../../vocabulary/civil-date.ts'
import { isMoney } from '../../vocabulary/money.ts'
import { isDecimal } from '../../vocabulary/scaled.ts'
import { CivilDate, ClauseId, Code, DottedName, Nullable } from '../../vocabulary/schemas.ts'
import { isCamelName, isKebabName, isSectionName } from '../../vocabulary/spelling.ts'

/** A text with a rule of its own; `description` is what a problem tells as expected. */
export function textThat(description: string, check: (text: string) => boolean) {
  return Type.Refine(Type.String({ description }), (text) => check(text as string))
}

/** FEEL, compiled by a later check. */
export const Feel = Type.String({
  minLength: 1,
  maxLength: 8_192,
  description: 'a FEEL expression',
})
/**
 * Names that every JavaScript object answers to. None is a name in a package: looked up in a map of
 * the document it would find what nobody wrote, and no check after this one need think of that.
 */
const RESERVED_NAMES: readonly string[] = Object.getOwnPropertyNames(Object.prototype)

function isFree(name: string): boolean {
  return !RESERVED_NAMES.includes(name)
}

/** A name that some other check resolves. */
export const Name = textThat(
  'a name',
  (text) => text.length >= 1 && text.length <= 96 && isFree(text),
)
/** A list of names. */
export const Names = Type.Array(Name, { maxItems: 64 })
/** Chinese and English. */
export const Bilingual = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 500 }),
  en: Type.String({ minLength: 1, maxLength: 500 }),
})
/** Bound of a field in the spelling of its type. */
const Bound = textThat(
  'a number, an amount or a date',
  (text) => isDecimal(text) || isMoney(text) || isCivilDate(text),
)

/** Spellings of the names of a map. */
export const NAME_SPELLINGS = {
  kebab: {
    expected: 'a name in kebab-case',
    check: (text: string) => isKebabName(text) && isFree(text),
  },
  camel: {
    expected: 'a name in camelCase',
    check: (text: string) => isCamelName(text) && isFree(text),
  },
  section: {
    expected: 'a name in kebab-case or camelCase',
    check: (text: string) => isSectionName(text) && isFree(text),
  },
} as const
/** Name of a spelling. */
export type NameSpelling = keyof typeof NAME_SPELLINGS

/** A map whose names have one spelling, told by the member `names` of its schema. */
export function NamedMap<Schema extends TSchema>(schema: Schema, names: NameSpelling, most = 256) {
  return Type.Unsafe<{ [name: string]: Static<Schema> }>({
    type: 'object',
    additionalProperties: schema,
    maxProperties: most,
    names,
  })
}

/** A period as law states it. */
export const Duration = Type.Object({
  amount: Type.Integer({ minimum: 1, maximum: 10_000 }),
  unit: Type.Union([
    Type.Literal('hours'),
    Type.Literal('days'),
    Type.Literal('working-days'),
    Type.Literal('months'),
    Type.Literal('years'),
  ]),
})

/** Types of public fields. */
export const PUBLIC_TYPES = [
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
] as const
/** Types that exist only in sealed sections and rows. */
export const SEALED_TYPES = ['text', 'resident-id', 'file', 'photo'] as const

const PublicType = Type.Union(PUBLIC_TYPES.map((type) => Type.Literal(type)))
const AnyType = Type.Union([...PUBLIC_TYPES, ...SEALED_TYPES].map((type) => Type.Literal(type)))

const fieldMembers = {
  type: AnyType,
  optional: Type.Optional(Type.Boolean()),
  codes: Type.Optional(Type.Array(Code, { minItems: 1, maxItems: 256 })),
  places: Type.Optional(Type.Integer({ minimum: 0, maximum: 18 })),
  minimum: Type.Optional(Bound),
  maximum: Type.Optional(Bound),
  maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  register: Type.Optional(Name),
  suggest: Type.Optional(Feel),
  many: Type.Optional(Type.Boolean()),
  clause: Type.Optional(ClauseId),
}
const InnerFields = NamedMap(Type.Object(fieldMembers), 'camel', 32)
/** One field of a form, row, register or section. */
export const Field = Type.Object({ ...fieldMembers, fields: Type.Optional(InnerFields) })
/** Fields by name. */
export const Fields = NamedMap(Field, 'camel')

const Expression = Type.Object({
  is: Feel,
  name: textThat('a name in camelCase', isCamelName),
  type: PublicType,
  places: Type.Optional(Type.Integer({ minimum: 0, maximum: 18 })),
  many: Type.Optional(Type.Boolean()),
  optional: Type.Optional(Type.Boolean()),
})
const RuleCall = Type.Object({
  rule: DottedName,
  name: textThat('a name in camelCase', isCamelName),
  facts: NamedMap(Feel, 'camel', 64),
})
/** Computed values, in order. */
export const Computes = Type.Array(Type.Union([Expression, RuleCall]), { maxItems: 128 })

const checkMembers = {
  unless: Feel,
  refuse: Code,
  facts: Type.Optional(NamedMap(Feel, 'camel', 16)),
  clause: Type.Optional(ClauseId),
}
/** Conditions, in order. */
export const Checks = Type.Array(Type.Object(checkMembers), { maxItems: 64 })
/** Conditions over one row. */
export const RowChecks = Type.Array(Type.Object({ ...checkMembers, column: Name }), {
  maxItems: 64,
})

const Certainty = Type.Union(['S', 'K-H', 'K-M', 'K-L', 'P'].map((mark) => Type.Literal(mark)))

/** A clause as cited. */
export const Clause = Type.Object({
  id: ClauseId,
  instrument: Type.String({ minLength: 1, maxLength: 128 }),
  article: Type.String({ minLength: 1, maxLength: 64 }),
  effectiveFrom: CivilDate,
  effectiveTo: Nullable(CivilDate),
  certainty: Certainty,
  quotation: Type.String({ maxLength: 2_000 }),
  amends: Type.Optional(Type.Array(ClauseId, { minItems: 1, maxItems: 64 })),
  repeals: Type.Optional(Type.Array(ClauseId, { minItems: 1, maxItems: 64 })),
})

/** A dated number of the law. */
export const Parameter = Type.Object({
  parameter: DottedName,
  value: Type.String({ minLength: 1, maxLength: 256 }),
  region: textThat('a region of 6 digits', isRegion),
  effectiveFrom: CivilDate,
  effectiveTo: Nullable(CivilDate),
  basis: ClauseId,
  certainty: Type.Optional(Certainty),
  source: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
})

function isRegion(text: string): boolean {
  return text.length === 6 && isDecimal(`1${text}`, 0)
}
