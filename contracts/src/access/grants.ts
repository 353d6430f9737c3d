/* Grants 合约证书 made for the readers that a package names. These functions trust their caller. */
import { canonicalText, type JsonLike } from '@renshe/crypto'
import { amendments, type Context, type StateView } from '@renshe/kernel'
import { findSectionEntry } from '../catalogue/packages.ts'
import type { DurationTerm } from '../vocabulary/duration.ts'
import { UNSPENT } from './grant-state.ts'
import { type Grant, grants } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** Terms of a grant; what is left out is the widest that the package's own terms allow. */
export interface GrantTerms {
  readonly owner: string
  /** Hash of the catalogue entry of the section. */
  readonly entry: string
  readonly level: number
  readonly caseId: string
  readonly holder: {
    readonly member: string
    readonly unit?: string | null
    readonly role?: string | null
    readonly subject?: string
  }
  readonly sections: readonly string[]
  /** Records and batches of other cases, named one by one. */
  readonly records?: readonly string[]
  readonly batches?: readonly string[]
  readonly purpose: { readonly code: string; readonly service: string }
  readonly basis: readonly {
    readonly clause: string
    readonly version?: string | null
    readonly rule?: string
  }[]
  readonly use: 'VIEW' | 'STORE'
  readonly quota?: { readonly reads: number; readonly per?: 'DAY' | 'MONTH' | null } | null
  readonly retention?: DurationTerm | null
  readonly notBefore?: number
  readonly notAfter?: number | null
  readonly condition?: string | null
  readonly secondOfficer?: boolean
  readonly caseRequired?: boolean
}

/** The grant, or undefined. */
export function findGrant(view: StateView, id: string): Grant | undefined {
  return view.state(grants).find(id)
}

/**
 * Makes one grant `CONTRACT`. Equal terms in one transaction give one grant: where two parties are
 * the same member, it holds one right, not two. Refuses `SHARING_FORBIDDEN` where the catalogue
 * says 不予共享, and `LEVEL_FORBIDDEN` for level 3, which only its subject releases.
 *
 * @returns the grant's id
 */
export function makeGrant(ctx: Context, terms: GrantTerms): string {
  const { entry, holder } = terms
  const isForbidden = findSectionEntry(ctx, entry)?.sharing === 'NOT_SHARED'
  if (isForbidden && holder.member !== terms.owner) {
    ctx.refuse(accessRefusal({ code: 'SHARING_FORBIDDEN', entry, member: holder.member }))
  }
  if (terms.level === 3) {
    ctx.refuse(accessRefusal({ code: 'LEVEL_FORBIDDEN', kind: 'CONTRACT', level: terms.level }))
  }
  const grant = grantOf(ctx, terms)
  const made = madeHere(ctx, terms.caseId)
  const equal = made.find((other) => isEqual(other, grant))
  if (equal !== undefined) return equal.id
  const id = ctx.newId(`grant ${terms.caseId} ${made.length}`)
  ctx.state(grants).put(id, { ...grant, id })
  ctx.emit('GrantMade', {
    grant: id,
    owner: grant.owner,
    member: grant.holder.member,
    sections: grant.sections,
    case: grant.case,
  })
  return id
}

/** Grants of the case that this transaction made. */
function madeHere(ctx: Context, caseId: string): Grant[] {
  const made: Grant[] = []
  for (const [, grant] of ctx.state(grants).index('byCase', { prefix: [caseId] })) {
    if (grant.by === ctx.txId && grant.issued === undefined) made.push(grant)
  }
  return made
}

function isEqual(made: Grant, wanted: Grant): boolean {
  const spelled = (grant: Grant) => canonicalText({ ...grant, id: '' } as unknown as JsonLike)
  return spelled(made) === spelled(wanted)
}

function grantOf(ctx: Context, terms: GrantTerms): Grant {
  const { holder, quota } = terms
  return {
    v: 1,
    id: '',
    kind: 'CONTRACT',
    level: terms.level,
    owner: terms.owner,
    entry: terms.entry,
    case: terms.caseId,
    holder: { member: holder.member, unit: holder.unit ?? null, role: holder.role ?? null },
    assertedBy: 'PACKAGE',
    sections: [...terms.sections].sort(),
    fields: null,
    records: [...(terms.records ?? [])].sort(),
    batches: [...(terms.batches ?? [])].sort(),
    purpose: { ...terms.purpose },
    basis: terms.basis.map(({ clause, version, rule }) => ({
      clause,
      version: version ?? null,
      ...(rule === undefined ? {} : { rule }),
    })),
    use: terms.use,
    quota: quota ? { reads: quota.reads, per: quota.per ?? null } : null,
    retention: terms.retention ? { ...terms.retention } : null,
    notBefore: terms.notBefore ?? ctx.time,
    notAfter: terms.notAfter ?? null,
    condition: terms.condition ?? null,
    // What a panel releases, no officer asks for alone.
    secondOfficer: terms.secondOfficer ?? terms.level === 4,
    caseRequired: terms.caseRequired ?? false,
    parent: null,
    ...UNSPENT,
    by: ctx.txId,
  }
}

/** Which grants end: those that fit every named member. */
export interface GrantSelection {
  readonly caseId?: string
  readonly holder?: string
  readonly section?: string
  readonly record?: string
  readonly batch?: string
  /** First instant without the grants, UTC ms; default: they end now. */
  readonly notAfter?: number
}

/**
 * Ends grants, at once or at an instant (a finished case: after its retention). A grant never
 * becomes longer by it. Names a case or a holder, else nothing ends. Warrants end by their own terms:
 * the supervised must not end a supervisor's look by ending the case. So do grants that rest on no case;
 * what was delegated falls with what it was delegated from.
 *
 * @returns ids of the grants that changed
 */
export function endGrants(ctx: Context, selection: GrantSelection): string[] {
  const { caseId, holder } = selection
  const state = ctx.state(grants)
  const candidates =
    caseId !== undefined
      ? [...state.index('byCase', { prefix: [caseId] })]
      : holder !== undefined
        ? [...state.index('byHolder', { prefix: [holder] })]
        : []
  const ended: string[] = []
  const end = selection.notAfter ?? ctx.time
  for (const [id, grant] of candidates) {
    if (!endsWithCase(grant) || grant.revokedAt !== null) continue
    if (!fits(grant, selection)) continue
    if (grant.notAfter !== null && grant.notAfter <= end) continue
    state.put(id, { ...grant, notAfter: end })
    if (end <= ctx.time) {
      ctx.state(amendments).put(id, { v: 1, at: ctx.time, by: ctx.txId, kind: 'ended' })
      ctx.emit('GrantEnded', { grant: id, owner: grant.owner, member: grant.holder.member })
    }
    ended.push(id)
  }
  return ended
}

function endsWithCase({ v, kind, issued }: Grant): boolean {
  return v === 1 || (v === 3 && kind === 'CONTRACT' && issued?.scope === 'CASE')
}

function fits(grant: Grant, { caseId, holder, section, record, batch }: GrantSelection): boolean {
  if (caseId !== undefined && grant.case !== caseId) return false
  if (holder !== undefined && grant.holder.member !== holder) return false
  if (section !== undefined && !grant.sections.includes(section)) return false
  if (record !== undefined && !grant.records.includes(record)) return false
  return batch === undefined || grant.batches.includes(batch)
}
