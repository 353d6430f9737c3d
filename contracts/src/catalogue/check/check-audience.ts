import type { PackageNames } from './package-names.ts'
import { type Problems, pointer } from './problem.ts'

/** Whom an alert or notice tells: parties, or roles of members. */
export function checkAudience(
  names: PackageNames,
  to: readonly string[],
  path: string,
  problems: Problems,
): void {
  to.forEach((name, index) => {
    if (names.hasParty(name) || names.isKnownRole(name)) return
    problems.error(pointer(path, index), 'AUDIENCE_UNKNOWN', 'a party or a member role', name)
  })
}
