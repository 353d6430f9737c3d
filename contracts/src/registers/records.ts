import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  CaseId,
  Count,
  Digest,
  EntryKey,
  Instant,
  KebabName,
  MemberId,
  PublicFields,
  RecordId,
  SealLevel,
  SectionName,
} from '../vocabulary/schemas.ts'

/** One sealed part of an entry, as committed. */
export const EntrySection = Type.Object({
  name: SectionName,
  level: SealLevel,
  commitment: Digest,
  record: RecordId,
  /** Version of that section of that record, from 1. */
  version: Type.Integer({ minimum: 1 }),
})
export type EntrySection = Static<typeof EntrySection>

/** What an entry is at one version. */
const content = {
  v: Type.Literal(1),
  register: KebabName,
  key: EntryKey,
  /** The member whose record this is: its vault keeps the sealed parts. */
  owner: MemberId,
  version: Type.Integer({ minimum: 1 }),
  status: Type.Union([Type.Literal('OPEN'), Type.Literal('CLOSED')]),
  fields: PublicFields,
  /** Ascending by name. */
  sections: Type.Array(EntrySection, { maxItems: 32 }),
  /** The case that made this version. */
  case: CaseId,
  /** Block time at which this version began. */
  since: Instant,
}

/** 数据账本: the newest version of an entry. */
export const Entry = Type.Object(content)
export type Entry = Static<typeof Entry>

/** A version as it was written; never changed afterwards. */
export const EntryVersion = Type.Object({
  ...content,
  /** What made it. */
  kind: Type.Union([
    Type.Literal('RECORDED'),
    Type.Literal('AMENDED'),
    Type.Literal('CLOSED'),
    Type.Literal('MOVED'),
  ]),
  /** The transaction that made it. */
  by: Digest,
})
export type EntryVersion = Static<typeof EntryVersion>

/** Key: register and key text. */
export const entries = collection('registers/entry', {
  key: Type.Tuple([KebabName, EntryKey]),
  value: Entry,
  indexes: {
    byOwner: ({ owner, register, key }) => [owner, register, key],
    byCase: (entry) => [entry.case],
  },
})

/** Key: register, key text and version. */
export const entryVersions = collection('registers/version', {
  key: Type.Tuple([KebabName, EntryKey, Count]),
  value: EntryVersion,
})
