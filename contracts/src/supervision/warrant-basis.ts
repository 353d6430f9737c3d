/* Which clause a warrant rests on, and whose it is. */
import type { Context, StateView } from '@renshe/kernel'
import { type ClauseRecord, clauses, packages } from '../catalogue/records.ts'
import { hasRole } from '../membership/members.ts'
import { refuse } from './refusals.ts'

/** The clause as cited, newest first, where it is in force on a day. */
export function clausesInForce(view: StateView, id: string, day: string): ClauseRecord[] {
  const cited = [...view.state(clauses).index('byId', { prefix: [id] })].map(([, one]) => one)
  const valid = cited.filter(
    ({ effectiveFrom, effectiveTo }) =>
      effectiveFrom <= day && (effectiveTo === null || day <= effectiveTo),
  )
  const newest = valid.at(-1)?.effectiveFrom
  // The newest wording counts; a clause that ends this one leaves none.
  const standing = valid.filter(({ effectiveFrom }) => effectiveFrom === newest)
  return newest !== undefined && isRepealed(view, id, newest, day) ? [] : standing.reverse()
}

function isRepealed(view: StateView, id: string, since: string, day: string): boolean {
  for (const [, { repeals, effectiveFrom }] of view.state(clauses).range()) {
    if (effectiveFrom < since || effectiveFrom > day) continue
    if (repeals?.includes(id) === true) return true
  }
  return false
}

/**
 * The clause in force that the signer's member is responsible for: the package that cites it names the
 * responsible role. So nobody looks into another's vault on a law that is not its own to enforce.
 */
export function getOwnClause(ctx: Context, id: string, day: string): ClauseRecord {
  const standing = clausesInForce(ctx, id, day)
  if (standing.length === 0) refuse(ctx, { code: 'CLAUSE_NOT_IN_FORCE', clause: id, day })
  const roleOf = ({ package: hash }: ClauseRecord) =>
    ctx.state(packages).find(hash)?.responsible ?? ''
  const own = standing.find((clause) => hasRole(ctx, ctx.signer.member, roleOf(clause)))
  const roles = [...new Set(standing.map(roleOf))].sort()
  return own ?? refuse(ctx, { code: 'CLAUSE_NOT_YOURS', clause: id, roles })
}
