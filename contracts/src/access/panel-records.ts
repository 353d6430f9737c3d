import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  Count,
  Digest,
  HolderName,
  Instant,
  isAscending,
  MemberId,
  Nullable,
  RecordId,
  SectionName,
} from '../vocabulary/schemas.ts'

/** Most releasers of one panel. */
export const MOST_RELEASERS = 20

/** One share of half B, as committed when the section was sealed. */
export const PanelShare = Type.Object({
  member: MemberId,
  /** One officer or system of the member; `null`: any of its officers. */
  name: Nullable(HolderName),
  /** Encryption key of the releaser that the share was sealed to. */
  holderKey: Digest,
  /** `H(T("share") ‖ commitment ‖ share)`. */
  commitment: Digest,
})

/**
 * Who must agree before a section of level 4 opens: `need` of these, in the order of their x = 1 … n.
 *
 * @source security/sealed-data.md section 8, L4
 */
export const PanelTerms = Type.Object({
  need: Type.Integer({ minimum: 2, maximum: MOST_RELEASERS }),
  shares: Type.Array(PanelShare, { minItems: 2, maxItems: MOST_RELEASERS }),
})
export type PanelTerms = Static<typeof PanelTerms>

/** Panels of the sections of an act, ascending by section, each once. */
export const NamedPanels = Type.Refine(
  Type.Array(Type.Object({ section: SectionName, ...PanelTerms.properties }), {
    maxItems: 32,
    description: 'panels {section, need, shares}, ascending by section, each once',
  }),
  (panels) => isAscending((panels as { section: string }[]).map(({ section }) => section)),
)

/** Panel of one version of a section. */
export const Panel = Type.Object({
  v: Type.Literal(1),
  record: RecordId,
  section: SectionName,
  version: Type.Integer({ minimum: 1 }),
  ...PanelTerms.properties,
})
export type Panel = Static<typeof Panel>

/** A releaser's word that it sealed its share to the holder of a read. */
export const ShareRelease = Type.Object({
  v: Type.Literal(1),
  read: Digest,
  record: RecordId,
  section: SectionName,
  version: Type.Integer({ minimum: 1 }),
  /** x of the share, from 1. */
  index: Type.Integer({ minimum: 1, maximum: MOST_RELEASERS }),
  member: MemberId,
  name: HolderName,
  /** SHA-256 of the sealed share, which goes to the holder and never on chain. */
  digest: Digest,
  at: Instant,
  by: Digest,
})
export type ShareRelease = Static<typeof ShareRelease>

/** Key: record, section and version. */
export const panels = collection('access/panel', {
  key: Type.Tuple([RecordId, SectionName, Count]),
  value: Panel,
})

/** Key: the read, record, section, version, x of the share. */
export const shareReleases = collection('access/share-release', {
  key: Type.Tuple([Digest, RecordId, SectionName, Count, Count]),
  value: ShareRelease,
})
