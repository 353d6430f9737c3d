/* Grants in force, gathered: one line for each section of each keeper, however many cases it is granted in. */
import type { Queries } from '@renshe/client'

/** A grant. */
export type GrantShown = Queries['access.listGrants']['output']['items'][number]

/** What is granted alike in several cases. */
export interface GrantLine {
  readonly key: string
  readonly service: string
  readonly section: string
  readonly owner: string
  readonly use: GrantShown['use']
  readonly clauses: readonly string[]
  readonly cases: number
  readonly used: number
  /** The last moment of the longest of them, UTC ms; null while a case is open. */
  readonly notAfter: number | null
  readonly retention: GrantShown['retention']
  readonly isSuspended: boolean
}

/** Gathers grants that are in force now. */
export function grantLines(grants: readonly GrantShown[], now: number): readonly GrantLine[] {
  const lines = new Map<string, GrantLine>()
  const inForce = grants.filter(
    ({ revokedAt, notAfter }) => revokedAt === null && (notAfter === null || notAfter > now),
  )
  for (const grant of inForce) {
    for (const section of grant.sections) {
      const key = `${grant.purpose.service}/${section}/${grant.owner}`
      lines.set(key, joined(lines.get(key), grant, section, key))
    }
  }
  return [...lines.values()].sort((one, other) => (one.key < other.key ? -1 : 1))
}

function joined(
  before: GrantLine | undefined,
  grant: GrantShown,
  section: string,
  key: string,
): GrantLine {
  const { purpose, owner, use, basis, used, notAfter, retention, suspendedAt } = grant
  const clauses = [...(before?.clauses ?? []), ...basis.map(({ clause }) => clause)]
  const isOpen = notAfter === null || (before !== undefined && before.notAfter === null)
  return {
    key,
    service: purpose.service,
    section,
    owner,
    use: before?.use === 'STORE' ? 'STORE' : use,
    clauses: [...new Set(clauses)],
    cases: (before?.cases ?? 0) + 1,
    used: (before?.used ?? 0) + used,
    notAfter: isOpen ? null : Math.max(before?.notAfter ?? 0, notAfter ?? 0),
    retention,
    isSuspended: suspendedAt !== null && before?.isSuspended !== false,
  }
}
