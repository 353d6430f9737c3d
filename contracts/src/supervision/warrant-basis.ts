/* Which clause a warrant rests on, and whose it is. */
import type { Context } from '@renshe/kernel'
import { clausesInForce } from '../catalogue/clauses-in-force.ts'
import { type ClauseRecord, packages } from '../catalogue/records.ts'
import { hasRole } from '../membership/members.ts'
import { refuse } from './refusals.ts'

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
