/* 数据目录: what an entry of the data catalogue says, and what became of it. */
import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  BilingualText,
  CivilDate,
  ClauseId,
  ContractId,
  Count,
  Digest,
  HolderName,
  Instant,
  KebabName,
  MemberId,
  MemberRole,
  Nullable,
  SealLevel,
  SectionName,
} from '../vocabulary/schemas.ts'

const oneOf = <const Codes extends readonly string[]>(codes: Codes) =>
  Type.Unsafe<Codes[number]>(Type.Union(codes.map((code) => Type.Literal(code))))

const Sentence = Type.String({ minLength: 1, maxLength: 1_000 })

/** 不予共享 needs one of these (art. 15); an ordinary rule of a department is too low. */
export const NotSharedBasis = Type.Object({
  reason: Sentence,
  clause: ClauseId,
  rank: oneOf(['LAW', 'ADMINISTRATIVE_REGULATION', 'STATE_COUNCIL_DECISION']),
})

/** The three stages of the duty matrix: 产生, 共享使用, 流转储存. */
export const DUTY_STAGES = ['PRODUCTION', 'SHARED_USE', 'TRANSFER_STORAGE'] as const

/** Who must do what at one stage, and by which clause. */
export const DataSetDuty = Type.Object({
  stage: oneOf(DUTY_STAGES),
  /** Role of the body responsible for this duty. */
  role: MemberRole,
  duty: Sentence,
  clause: ClauseId,
})

/** A section that packages may use, and the weakest level at which they may seal it. */
export const ListedSection = Type.Object({
  package: KebabName,
  section: SectionName,
  level: SealLevel,
})
export type ListedSection = Static<typeof ListedSection>

/** What an entry says: the nine fields of art. 13, and what the consortium adds to them. */
export const DataSetContent = Type.Object({
  /** Names the entry through all its versions. */
  id: KebabName,
  /** From 1, without gaps. */
  version: Type.Integer({ minimum: 1, maximum: 100_000 }),
  /** 1 数据目录名称 */
  name: BilingualText,
  /** 2 数据项, each once. */
  items: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, maxItems: 256 }),
  /** 3 提供单位 */
  provider: MemberId,
  /** 4 数据格式 */
  format: oneOf(['STRUCTURED', 'TABLE', 'DOCUMENT', 'IMAGE']),
  /** 5 数据更新频率 */
  updateFrequency: oneOf([
    'REAL_TIME',
    'DAILY',
    'WEEKLY',
    'MONTHLY',
    'QUARTERLY',
    'YEARLY',
    'ON_CHANGE',
  ]),
  /** 6 共享属性 */
  sharing: oneOf(['UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED']),
  /** 7 共享方式; empty where nothing is shared. */
  shareMethods: Type.Array(oneOf(['API', 'BATCH', 'FILE']), { maxItems: 3 }),
  /** 8 使用条件: scope and purpose, of 有条件共享 only. */
  conditions: Nullable(Type.Object({ scope: Sentence, purpose: Sentence })),
  notShared: Nullable(NotSharedBasis),
  /** 9 数据分类分级: G1 open … G4 sensitive. */
  grade: Type.Integer({ minimum: 1, maximum: 4, description: 'a grade 1 … 4' }),
  /** Whether it tells of people: then an impact assessment comes before approval. */
  personal: Type.Boolean(),
  /** Role of the body responsible, whose vote a publication needs. */
  responsible: MemberRole,
  /** The duty matrix: every stage at least once. */
  duties: Type.Array(DataSetDuty, { minItems: 3, maxItems: 32 }),
  /** When it may change, and by which vote: as any publication, or as a loosening every time. */
  change: Type.Object({ conditions: Sentence, vote: oneOf(['PUBLISH', 'LOOSEN']) }),
  sections: Type.Array(ListedSection, { maxItems: 64 }),
})
export type DataSetContent = Static<typeof DataSetContent>

/** What a head of the provider approved, and what was assessed before (art. 12). */
export const DataSetApproval = Type.Object({
  by: HolderName,
  at: Instant,
  /** Hash of the assessment of secrecy risks. */
  secrecyRisk: Digest,
  /** Hash of the impact assessment; `null` where no people are concerned. */
  impactAssessment: Nullable(Digest),
})

/** One version of an entry. */
export const DataSet = Type.Object({
  v: Type.Literal(1),
  hash: Digest,
  content: DataSetContent,
  status: oneOf(['DRAFT', 'APPROVED', 'PROPOSED', 'PUBLISHED', 'SUPERSEDED']),
  draftedBy: HolderName,
  draftedAt: Instant,
  /** Day on which law or duties changed, where that is why there is a new version. */
  changedOn: Nullable(CivilDate),
  /** Last instants of the law for the change: the provider's, the same with consent, the authority's. */
  clocks: Type.Object({
    updateBy: Nullable(Instant),
    updateWithExtension: Nullable(Instant),
    publishBy: Nullable(Instant),
  }),
  /** What was said after its instant; nothing that is late is refused for it. */
  late: Type.Array(oneOf(['UPDATE', 'PUBLICATION']), { maxItems: 2 }),
  approval: Nullable(DataSetApproval),
  proposal: Nullable(ContractId),
  proposedAt: Nullable(Instant),
  publishedAt: Nullable(Instant),
  publishedHeight: Nullable(Count),
})
export type DataSet = Static<typeof DataSet>

/** Key: hash of the content. */
export const dataSets = collection('catalogue/data-set', {
  key: Digest,
  value: DataSet,
  indexes: {
    byId: ({ content, hash }) => [content.id, content.version, hash],
    /** Published ones, newest version only. */
    published: ({ status, content, hash }) =>
      status === 'PUBLISHED' ? [content.id, hash] : undefined,
    /** What published ones say about a section, by package. */
    bySection: ({ status, content, hash }) => ({
      many:
        status === 'PUBLISHED'
          ? content.sections.map((listed) => [listed.package, listed.section, hash])
          : [],
    }),
  },
})
