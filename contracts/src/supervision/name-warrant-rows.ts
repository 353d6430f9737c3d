import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { DATA_STEWARD } from '../access/owner-grants.ts'
import { findBatch } from '../access/sections.ts'
import { nameGrantPlaces } from '../access/warrant-grants.ts'
import { requireRole } from '../membership/roles.ts'
import { ContractId, Count } from '../vocabulary/schemas.ts'
import { MOST_SOUGHT, warrants } from './records.ts'
import { refuse } from './refusals.ts'
import { arePlaces, getWarrantOf, turnOf } from './warrant-state.ts'

/**
 * The owner says where the persons that a warrant seeks lie in its batch: only it can find them, and
 * its signature is the receipt of the finding. No place: they are not in the batch. Said once.
 */
export const nameWarrantRows = action({
  name: 'supervision.nameWarrantRows',
  summary: 'Names, as the owner, the rows of the persons that a warrant seeks; none: not there.',
  input: Type.Object({
    warrant: ContractId,
    /** From 0 in the order of the batch, ascending. */
    places: Type.Array(Count, { maxItems: MOST_SOUGHT }),
  }),
  run(ctx: Context, { warrant: id, places }) {
    requireRole(ctx, DATA_STEWARD)
    const found = getWarrantOf(ctx, id, 'owner')
    const { scope, state, grant, notAfter } = found
    if (state !== 'confirmed' || grant === null) {
      return refuse(ctx, { code: 'WARRANT_STATE', warrant: id, state })
    }
    if (ctx.time >= notAfter) refuse(ctx, { code: 'WARRANT_OVER', warrant: id, notAfter })
    if (scope.kind !== 'PERSONS') {
      return refuse(ctx, { code: 'WARRANT_SEEKS_NOBODY', warrant: id })
    }
    if (found.named !== null) refuse(ctx, { code: 'WARRANT_ROWS_NAMED', warrant: id })
    const batch = findBatch(ctx, scope.batch)
    if (batch === undefined || places.length > scope.persons || !arePlaces(places, batch)) {
      refuse(ctx, { code: 'WARRANT_PLACES', count: batch?.count ?? 0 })
    }

    nameGrantPlaces(ctx, grant, places)
    ctx.state(warrants).put(id, { ...found, named: { ...turnOf(ctx), places } })
    ctx.emit('WarrantRowsNamed', {
      warrant: id,
      grant,
      member: found.issued.member,
      owner: found.owner,
      rows: places.length,
      case: found.case,
    })
    return { warrant: id, rows: places.length }
  },
})
