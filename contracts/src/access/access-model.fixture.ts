/*
 * A second, small account of who may open what: sets of cells, no code shared with the contracts. Random
 * traces are played against both; wherever they disagree one of them is wrong.
 */

/** Sections of the model; the names are those of the catalogue of `issuing-world.fixture.ts`. */
export const MODEL_SECTIONS = ['reason', 'closed', 'released'] as const
/** Members of each section. */
export const MODEL_FIELDS = ['base', 'months', 'words'] as const
/** Kinds that a trace gives; `PACKAGE` is what a case makes. */
export const MODEL_KINDS = ['OWN', 'CONSENT', 'STATUTE', 'PACKAGE'] as const
export type ModelKind = (typeof MODEL_KINDS)[number]

const RELEASE_MS = 600_000
const SECOND_MS = 1_800_000
const DEEPEST = 4
const WIDTH = { ANSWER: 0, VIEW: 1, STORE: 2 }

/** A record as the model knows it. */
export interface ModelRecord {
  readonly id: string
  readonly owner: string
  /** Whether it lies in the case that ended long ago, else in one that runs. */
  readonly isOld: boolean
  /** Newest version of each section that it has. */
  readonly versions: Map<string, number>
  state: 'LIVE' | 'RESTRICTED' | 'ERASED'
}

/** Terms that a trace asks for; `null` is everything. */
export interface ModelTerms {
  readonly sections: readonly string[]
  readonly fields: readonly string[] | null
  readonly records: readonly string[] | null
  readonly quota: number | null
  readonly until: number | null
  readonly use: 'VIEW' | 'STORE'
}

/** A grant as the model knows it. */
export interface ModelGrant extends ModelTerms {
  readonly id: string
  readonly kind: ModelKind
  readonly owner: string
  readonly holder: string
  readonly parent: ModelGrant | null
  readonly second: boolean
  readonly depth: number
  endedAt: number | null
  used: number
  isSuspended: boolean
  isRevoked: boolean
}

/** A read that stands. */
export interface ModelRead {
  readonly id: string
  readonly grant: ModelGrant
  readonly record: ModelRecord
  readonly section: string
  readonly version: number
  readonly at: number
  agreedAt: number | null
}

/** The model: what it holds, and what it says will happen. */
export class AccessModel {
  readonly records: ModelRecord[] = []
  readonly grants: ModelGrant[] = []
  readonly reads: ModelRead[] = []

  /** Whether a grant of the kind over these terms may be given at all. */
  mayIssue(kind: ModelKind, terms: ModelTerms, now: number): boolean {
    const opens = (section: string) =>
      kind === 'OWN' || section === 'reason' || (section === 'released' && kind === 'CONSENT')
    return (
      terms.sections.every(opens) &&
      (terms.fields === null || terms.sections.length === 1) &&
      (kind !== 'CONSENT' || terms.quota !== null) &&
      terms.until !== null &&
      terms.until > now
    )
  }

  /** Whether a grant may be passed on with these terms, which say everything. */
  mayDelegate(parent: ModelGrant, terms: ModelTerms, holder: string, now: number): boolean {
    const isOther = holder !== parent.holder
    return (
      this.stands(parent, now) &&
      !(isOther && (parent.kind === 'CONSENT' || parent.kind === 'OWN')) &&
      parent.depth < DEEPEST &&
      isSubset(terms.sections, parent.sections) &&
      (terms.fields === null || terms.sections.length === 1) &&
      isNarrower(terms.fields, parent.fields) &&
      isNarrower(terms.records, parent.records) &&
      WIDTH[terms.use] <= WIDTH[parent.use] &&
      (parent.quota === null || (terms.quota !== null && terms.quota <= parent.quota)) &&
      terms.until !== null &&
      terms.until > now &&
      (parent.until === null || terms.until <= parent.until)
    )
  }

  /** Whether a grant and everything above it stands at a time. */
  stands(grant: ModelGrant, now: number): boolean {
    return lineOf(grant).every(
      ({ until, endedAt, isSuspended, isRevoked }) =>
        (until === null || now < until) &&
        (endedAt === null || now < endedAt) &&
        !isSuspended &&
        !isRevoked,
    )
  }

  /** Whether a member reads one section of a record under a grant. */
  mayRead(asked: {
    readonly grant: ModelGrant
    readonly member: string
    readonly record: ModelRecord
    readonly section: string
    readonly version: number
    readonly fields: readonly string[] | null
    readonly now: number
  }): boolean {
    const { grant, member, record, section, version, fields, now } = asked
    return (
      member === grant.holder &&
      this.stands(grant, now) &&
      record.state === 'LIVE' &&
      record.versions.get(section) === version &&
      lineOf(grant).every((one) => opensCell(one, record, section, fields)) &&
      lineOf(grant).every(({ quota, used }) => quota === null || used < quota)
    )
  }

  /** Whether the owner answers a read that stands. */
  mayRelease({ grant, record, section, version, at, agreedAt }: ModelRead, now: number): boolean {
    const isSecondDue = lineOf(grant).some(({ second }) => second)
    const since = isSecondDue ? agreedAt : at
    return (
      since !== null &&
      now - since <= RELEASE_MS &&
      this.stands(grant, now) &&
      record.state === 'LIVE' &&
      record.versions.get(section) === version
    )
  }

  /** Whether a second officer may still agree to a read. */
  mayAgree({ grant, at, agreedAt }: ModelRead, now: number): boolean {
    const isSecondDue = lineOf(grant).some(({ second }) => second)
    return isSecondDue && agreedAt === null && now - at <= SECOND_MS && this.stands(grant, now)
  }

  /** One use of a grant, and of every grant above it that counts its uses. */
  spend(grant: ModelGrant): void {
    for (const one of lineOf(grant)) if (one === grant || one.quota !== null) one.used += 1
  }

  /** A grant ends for good, with all below it. */
  revoke(grant: ModelGrant): void {
    for (const one of this.grants) if (lineOf(one).includes(grant)) one.isRevoked = true
  }
}

/** A grant and all above it. */
export function lineOf(grant: ModelGrant): ModelGrant[] {
  return grant.parent === null ? [grant] : [grant, ...lineOf(grant.parent)]
}

function opensCell(
  { owner, sections, fields: own, records, kind }: ModelGrant,
  record: ModelRecord,
  section: string,
  fields: readonly string[] | null,
): boolean {
  const isOfCase = kind === 'OWN' || kind === 'PACKAGE'
  return (
    owner === record.owner &&
    sections.includes(section) &&
    (records === null || records.includes(record.id)) &&
    (!isOfCase || record.isOld) &&
    isNarrower(fields, own)
  )
}

function isNarrower(inner: readonly string[] | null, outer: readonly string[] | null): boolean {
  return outer === null || (inner !== null && isSubset(inner, outer))
}

function isSubset(inner: readonly string[], outer: readonly string[]): boolean {
  return inner.every((one) => outer.includes(one))
}
