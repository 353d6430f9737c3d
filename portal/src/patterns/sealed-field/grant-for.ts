/* The grant that opens a sealed place for a member, and what it has left. */
import type { Queries } from '@renshe/client'

/** A grant 合约证书 as the chain keeps it. */
export type GrantShown = Queries['access.listGrants']['output']['items'][number]

/** Whether a grant may be used at a moment. */
export function isInForce(grant: GrantShown, now: number): boolean {
  const { suspendedAt, revokedAt, notBefore, notAfter } = grant
  return (
    suspendedAt === null &&
    revokedAt === null &&
    notBefore <= now &&
    (notAfter === null || now <= notAfter)
  )
}

/** Uses that are left; null: no limit. `day` is the legal day of now. */
export function usesLeft({ quota, used, usedDay, usedThatDay }: GrantShown, day: string) {
  if (quota === null) return null
  const spent = quota.per === 'DAY' ? (usedDay === day ? usedThatDay : 0) : used
  return Math.max(0, quota.reads - spent)
}

/**
 * The grant to read a section with.
 *
 * @returns own: one of the member in force; other: one that somebody else holds; null where there is none
 */
export function grantFor(
  grants: readonly GrantShown[],
  section: string,
  member: string,
  now: number,
): { readonly own: GrantShown | null; readonly other: GrantShown | null } {
  const covering = grants.filter((grant) => grant.sections.includes(section))
  const mine = covering.filter(({ holder }) => holder.member === member)
  const own = mine.find((grant) => isInForce(grant, now)) ?? null
  const other = mine[0] ?? covering.find(({ holder }) => holder.member !== member) ?? null
  return { own, other }
}
