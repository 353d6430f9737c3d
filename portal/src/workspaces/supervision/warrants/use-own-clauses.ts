/* Clauses in force today that this session's member enforces: the only ones that it may look on the strength of. */
import { isoDay } from '../../../format/moments.ts'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { useAsk, useAskAll } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { useLoadedOfCase } from '../alerts/use-alert-name.ts'

/** One clause as cited. */
export interface OwnClause {
  readonly id: string
  readonly quotation: string
}

const INSPECTING = /监督检查/

/** Clauses that may be the basis: those on inspecting first, then those that the case's own package rests on. */
export function useOwnClauses(caseId: string): readonly OwnClause[] | null {
  const { session } = useSession()
  const today = isoDay(useChainTime())
  const members = useAsk('membership.listMembers', {})
  const packages = useAskAll('catalogue.listPackages', { status: 'PUBLISHED' })
  const clauses = useAskAll('catalogue.listClauses', {})
  const loaded = useLoadedOfCase(caseId)
  if (members.data === undefined || packages.data === undefined || clauses.data === undefined) {
    return null
  }
  const roles = members.data.data.items.find(({ id }) => id === session?.member)?.roles ?? []
  const own = new Set(
    packages.data.filter(({ responsible }) => roles.includes(responsible)).map(({ hash }) => hash),
  )
  const cited = new Set(sectionClauses(loaded))
  const found = new Map<string, OwnClause>()
  for (const clause of clauses.data) {
    const { id, quotation, effectiveFrom, effectiveTo } = clause
    const isInForce = effectiveFrom <= today && (effectiveTo === null || today <= effectiveTo)
    if (isInForce && own.has(clause.package)) found.set(id, { id, quotation })
  }
  // A clause that speaks of inspecting is what a warrant usually rests on.
  const rank = ({ id, quotation }: OwnClause): number =>
    INSPECTING.test(quotation) ? 0 : cited.has(id) ? 1 : 2
  return [...found.values()].sort(
    (one, other) => rank(one) - rank(other) || one.id.localeCompare(other.id, 'zh'),
  )
}

function sectionClauses(loaded: ReturnType<typeof useLoadedOfCase>): readonly string[] {
  const sections = Object.values(loaded?.document.service?.sections ?? {})
  return sections.flatMap(({ clause }) => (clause === undefined ? [] : [clause]))
}
