/* Grants 合约证书 of the kind `WARRANT`. These functions trust their caller: supervision. */
import { amendments, type Context, type Reader, type StateView } from '@renshe/kernel'
import { UNSPENT } from './grant-state.ts'
import { findGrant } from './grants.ts'
import { type Grant, grants, type WarrantTerms } from './records.ts'

/** Terms of a warrant that become a grant's. */
export type WarrantGrantTerms = Pick<
  Grant,
  'owner' | 'entry' | 'level' | 'holder' | 'records' | 'batches' | 'purpose' | 'basis'
> & {
  readonly case: string
  readonly warrant: WarrantTerms
  readonly section: string
  readonly reads: number
  readonly notAfter: number
}

/**
 * Makes the grant of a warrant: to look, not to keep; in all `reads` uses; each read names the case.
 *
 * @returns the grant's id
 */
export function makeWarrantGrant(ctx: Context, terms: WarrantGrantTerms): string {
  const { section, reads, ...own } = terms
  const id = ctx.newId(`grant of ${terms.warrant.id}`)
  ctx.state(grants).put(id, {
    ...own,
    v: 2,
    id,
    kind: 'WARRANT',
    assertedBy: 'MEMBER',
    sections: [section],
    fields: null,
    use: 'VIEW',
    quota: { reads, per: null },
    retention: null,
    notBefore: ctx.time,
    condition: null,
    secondOfficer: false,
    caseRequired: true,
    parent: null,
    ...UNSPENT,
    by: ctx.txId,
  })
  ctx.emit('GrantMade', {
    grant: id,
    owner: terms.owner,
    member: terms.holder.member,
    sections: [section],
    case: terms.case,
  })
  return id
}

/** Names the rows that the grant of a warrant opens: from now on these and no others. */
export function nameGrantPlaces(ctx: Context, id: string, places: readonly number[]): void {
  const grant = getWarrantGrant(ctx, id)
  const warrant = { ...grant.warrant, places: [...places] }
  ctx.state(grants).put(id, { ...grant, warrant })
}

/** Ends the grant of a warrant for good, with the reads that wait for their answer. */
export function revokeWarrantGrant(ctx: Context, id: string): void {
  const grant = getWarrantGrant(ctx, id)
  ctx.state(grants).put(id, { ...grant, revokedAt: ctx.time })
  ctx.state(amendments).put(id, { v: 1, at: ctx.time, by: ctx.txId, kind: 'revoked' })
  ctx.emit('GrantRevoked', { grant: id, owner: grant.owner, member: grant.holder.member })
}

function getWarrantGrant(ctx: Context, id: string): Grant & { readonly warrant: WarrantTerms } {
  const grant = findGrant(ctx, id)
  if (grant?.warrant === undefined) throw new Error(`${id} is no grant of a warrant`)
  return { ...grant, warrant: grant.warrant }
}

/**
 * Whether a list may show a grant, or what was read under it: a warrant that is not yet disclosed
 * shows only at its holder.
 *
 * @param time  block time of the state, UTC ms
 */
export function mayShowGrant(grant: Grant | undefined, reader: Reader, time: number): boolean {
  const hiddenUntil = grant?.warrant?.hiddenUntil ?? null
  return hiddenUntil === null || time >= hiddenUntil || reader.member === grant?.holder.member
}

/** {@link mayShowGrant} for a read that names its grant. */
export function mayShowReadOf(
  view: StateView & { readonly time: number },
  grant: string,
  reader: Reader,
): boolean {
  return mayShowGrant(findGrant(view, grant), reader, view.time)
}
