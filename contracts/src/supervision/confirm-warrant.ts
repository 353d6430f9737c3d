import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import type { SealedBatch, SealedSection } from '../access/records.ts'
import { findBatch, findSection } from '../access/sections.ts'
import { makeWarrantGrant } from '../access/warrant-grants.ts'
import { clausesInForce } from '../catalogue/clauses-in-force.ts'
import { findSectionEntry } from '../catalogue/packages.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import { ContractId } from '../vocabulary/schemas.ts'
import { type Warrant, warrants } from './records.ts'
import { refuse } from './refusals.ts'
import {
  batchOfScope,
  getWarrantOf,
  requireSupervisor,
  SUPERVISION,
  turnOf,
} from './warrant-state.ts'

/** The second officer: from here on the warrant is a grant of the kind `WARRANT`. */
export const confirmWarrant = action({
  name: 'supervision.confirmWarrant',
  summary: 'Confirms, as another officer of the same member, a warrant; it becomes a grant.',
  input: Type.Object({ warrant: ContractId }),
  run(ctx: Context, { warrant: id }) {
    requireSupervisor(ctx)
    const found = getWarrantOf(ctx, id, 'member')
    const { state, issued, notAfter, basis, owner, section } = found
    if (state !== 'issued') refuse(ctx, { code: 'WARRANT_STATE', warrant: id, state })
    if (ctx.time >= notAfter) refuse(ctx, { code: 'WARRANT_OVER', warrant: id, notAfter })
    if (issued.name === ctx.signer.name) {
      refuse(ctx, { code: 'WARRANT_SAME_OFFICER', warrant: id, officer: issued.name })
    }
    const { clause } = basis
    const day = legalDay(ctx.time)
    if (!clausesInForce(ctx, clause, day).some(({ hash }) => hash === basis.version)) {
      refuse(ctx, { code: 'CLAUSE_NOT_IN_FORCE', clause, day })
    }

    const grant = grantTo(ctx, found)
    const confirmed = turnOf(ctx)
    ctx.state(warrants).put(id, { ...found, state: 'confirmed', confirmed, grant })
    ctx.emit('WarrantConfirmed', {
      warrant: id,
      grant,
      member: issued.member,
      owner,
      section,
      case: found.case,
    })
    return { warrant: id, state: 'confirmed', grant }
  },
})

function grantTo(ctx: Context, warrant: Warrant): string {
  const { scope, basis, section, hiddenUntil } = warrant
  const { entry, level } = sealedIn(ctx, warrant)
  const batch = batchOfScope(scope)
  const service = findSectionEntry(ctx, entry)?.packageName
  if (service === undefined) throw new Error(`no published section ${entry}`)
  return makeWarrantGrant(ctx, {
    owner: warrant.owner,
    entry,
    level,
    case: warrant.case,
    holder: { member: warrant.issued.member, unit: null, role: SUPERVISION },
    section,
    records: scope.kind === 'RECORDS' ? scope.records : [],
    batches: batch === null ? [] : [batch],
    purpose: { code: warrant.purpose, service },
    basis: [basis],
    reads: warrant.reads,
    notAfter: warrant.notAfter,
    warrant: { id: warrant.id, places: placesOf(warrant), hiddenUntil },
  })
}

/** Persons are not found yet: until the owner names their rows, nothing opens. */
function placesOf({ scope }: Warrant): number[] | null {
  if (scope.kind === 'ROWS') return scope.places
  return scope.kind === 'PERSONS' ? [] : null
}

function sealedIn(ctx: Context, { scope, section }: Warrant): SealedBatch | SealedSection {
  const batch = batchOfScope(scope)
  if (batch !== null) return findBatch(ctx, batch) ?? gone(batch)
  const [record = ''] = scope.kind === 'RECORDS' ? scope.records : []
  return findSection(ctx, record, section) ?? gone(record)
}

function gone(sealed: string): never {
  throw new Error(`${sealed} was sealed when the warrant was issued`)
}
