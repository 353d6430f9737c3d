/* Which services a member may open: the party of the package that opens it, matched with roles. */
import type { PackageDocument } from '../../../package/package-document.ts'

/** `accountManager` → `ACCOUNT_MANAGER`: parties of a package are named after the roles of members. */
export function roleOfParty(party: string): string {
  return party.replace(/([A-Z])/g, '_$1').toUpperCase()
}

/**
 * Whether an officer may open a service.
 *
 * @param officer  roles of the officer
 * @param member   roles of its member
 * @param known    roles that any member of the chain has: a party that is named after none of them is open to all
 */
export function mayOpen(
  { service }: PackageDocument,
  officer: readonly string[],
  member: readonly string[],
  known: readonly string[],
): boolean {
  if (service === null) return false
  const { by, role } = service.opens
  const needed = roleOfParty(by)
  const isParty = !known.includes(needed) || member.includes(needed)
  return isParty && (role === undefined || officer.includes(role))
}
