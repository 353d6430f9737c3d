/*
 * Schemas of the values that have one spelling. Each check is a function, not a pattern: consensus
 * code runs no regular expressions; the description is what a refusal tells as `expected`.
 */
import { isId } from '@renshe/crypto'
import { type Static, type TSchema, type TString, type TUnsafe, Type } from 'typebox'
import { isCivilDate } from './civil-date.ts'
import { isMoney } from './money.ts'
import { isDecimal } from './scaled.ts'
import {
  isClauseId,
  isCode,
  isDigest,
  isDottedName,
  isKebabName,
  isMemberId,
  isOfficerRole,
  isPlainLabel,
  isRecordId,
  isSectionName,
} from './spelling.ts'

function spelled(description: string, check: (text: string) => boolean): TString {
  return Type.Refine(Type.String({ description }), (text) => check(text as string))
}

/** A member of the consortium. */
export const MemberId = spelled('a member id: a–z, 0–9, hyphen, 3–32 characters', isMemberId)
/** 32 bytes in hex: hash, fingerprint, transaction id, commitment. */
export const Digest = spelled('64 lower-case hex digits', isDigest)
/** 16 random bytes in hex: a record of sealed sections. */
export const RecordId = spelled('32 lower-case hex digits', isRecordId)
/** An id made by a contract. */
export const ContractId = spelled('an id of 26 characters', isId)
/** A service case. */
export const CaseId = spelled('a case: 26 characters', isId)
/** A grant 合约证书. */
export const GrantId = spelled('a grant: 26 characters', isId)
/** An existing day. */
export const CivilDate = spelled('a date YYYY-MM-DD', isCivilDate)
/** An instant, UTC ms. */
export const Instant = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'an instant in UTC ms',
})
/** Yuan with exactly two places. */
export const Money = spelled('yuan with exactly two places', isMoney)
/** An exact decimal of any scale; a field says how many places. */
export const Decimal = spelled('an exact decimal', (text) => isDecimal(text))
/** An upper-case code. */
export const Code = spelled('a code: A–Z, 0–9, _, 2–64 characters', isCode)
/** Role of a member in the consortium, for example `TRU`. */
export const MemberRole = spelled('a member role such as TRU', isCode)
/** A kebab-case name of a package, register, step … */
export const KebabName = spelled('a name in kebab-case', isKebabName)
/** A section of sealed data. */
export const SectionName = spelled('a section name in kebab-case or camelCase', isSectionName)
/** `library.rule-name`, `library.parameter-name`. */
export const DottedName = spelled('a dotted name such as library.rule-name', isDottedName)
/** Role of an officer. */
export const OfficerRole = spelled(
  'an officer role in kebab-case, parts joined by dots',
  isOfficerRole,
)
/** Officer number or service name, as in the certificate's common name. */
export const HolderName = spelled('an officer number or service name, 1–64 characters', (text) =>
  isPlainLabel(text, 64),
)
/** A department of a member. */
export const UnitName = spelled('a unit, 1–64 characters', (text) => isPlainLabel(text, 64))
/** Key of a register entry: its parts joined by `/`. */
export const EntryKey = spelled('a register key, 1–160 characters', (text) =>
  isPlainLabel(text, 160),
)
/** `<instrument>/<article>`. */
export const ClauseId = spelled('a clause <instrument>/<article>', isClauseId)
/** A count. */
export const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** A height of the ledger. */
export const Height = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** Two spellings of one name, Chinese first. */
export const BilingualText = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 200 }),
  en: Type.String({ minLength: 1, maxLength: 200 }),
})
/** A public value as bodies and state hold it. */
export type PublicJson =
  | null
  | boolean
  | number
  | string
  | PublicJson[]
  | { [name: string]: PublicJson }

/** Public fields by name. */
export const PublicFields = Type.Unsafe<{ [name: string]: PublicJson }>({
  type: 'object',
  additionalProperties: {},
  maxProperties: 256,
})

/** `null` or the value. */
export function Nullable<Schema extends TSchema>(schema: Schema): TUnsafe<Static<Schema> | null> {
  return Type.Unsafe<Static<Schema> | null>(Type.Union([schema, Type.Null()]))
}

/** A JSON object from free names to values of one schema, at most `most` members. */
export function MapOf<Schema extends TSchema>(
  schema: Schema,
  most = 1024,
): TUnsafe<{ [name: string]: Static<Schema> }> {
  return Type.Unsafe<{ [name: string]: Static<Schema> }>({
    type: 'object',
    additionalProperties: schema,
    maxProperties: most,
  })
}

/** Confidentiality of a sealed section: 2 granted, 3 released by the subject, 4 m of n. */
export const SealLevel = Type.Integer({ minimum: 2, maximum: 4, description: 'a level 2, 3 or 4' })

/** Commitment of one sealed section in a body or record. */
export const SectionCommitment = Type.Object({
  name: SectionName,
  level: SealLevel,
  commitment: Digest,
})

/** Sections ascending by name, each name once. */
export const SectionCommitments = Type.Refine(
  Type.Array(SectionCommitment, {
    maxItems: 32,
    description: 'sections {name, level, commitment}, ascending by name, each once',
  }),
  (sections) => isAscending((sections as { name: string }[]).map(({ name }) => name)),
)

/** Whether every text is above the one before, by UTF-16 code units. */
export function isAscending(texts: readonly string[]): boolean {
  for (let at = 1; at < texts.length; at++) {
    if (!((texts[at - 1] as string) < (texts[at] as string))) return false
  }
  return true
}
