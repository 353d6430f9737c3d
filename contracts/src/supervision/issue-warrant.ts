import { action, type Context } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { findBatch, findSection } from '../access/sections.ts'
import { numberSetting } from '../governance/settings.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import {
  CaseId,
  ClauseId,
  Code,
  EntryKey,
  Instant,
  isAscending,
  MemberId,
  SectionName,
} from '../vocabulary/schemas.ts'
import { MOST_USES, type Warrant, WarrantScope, warrants } from './records.ts'
import { refuse } from './refusals.ts'
import { getOwnClause } from './warrant-basis.ts'
import { arePlaces, requireSupervisor, turnOf } from './warrant-state.ts'

const IssueWarrant = Type.Object({
  /** The case that is looked into. */
  case: CaseId,
  owner: MemberId,
  section: SectionName,
  scope: WarrantScope,
  purpose: Code,
  /** Clause in force that your member is responsible for. */
  basis: ClauseId,
  /** Number of your own file; the reason itself stays there. */
  reference: EntryKey,
  /** Uses in all. */
  reads: Type.Integer({ minimum: 1, maximum: MOST_USES }),
  notAfter: Instant,
  hiddenUntil: Type.Optional(Instant),
})
type WarrantInput = Static<typeof IssueWarrant>

/** Issues a warrant 调阅令. It opens nothing until another officer of the member confirms it. */
export const issueWarrant = action({
  name: 'supervision.issueWarrant',
  summary: 'Issues a warrant to look into sealed rows of a case; a second officer confirms it.',
  input: IssueWarrant,
  run(ctx: Context, input) {
    const { owner, section, notAfter } = input
    requireSupervisor(ctx)
    if (owner === ctx.signer.member) refuse(ctx, { code: 'WARRANT_OWN_DATA', owner })
    refuseUnknownScope(ctx, input)
    const { id: clause, hash: version } = getOwnClause(ctx, input.basis, legalDay(ctx.time))
    const latest = ctx.time + numberSetting(ctx, 'supervision.warrantLastsMs')
    if (notAfter <= ctx.time || notAfter > latest) {
      refuse(ctx, { code: 'WARRANT_PERIOD', earliest: ctx.time + 1, latest })
    }
    const hiddenUntil = hiddenUntilOf(ctx, input)

    const id = ctx.newId('warrant')
    const warrant: Warrant = {
      v: 1,
      id,
      case: input.case,
      owner,
      section,
      scope: input.scope,
      purpose: input.purpose,
      basis: { clause, version },
      reference: input.reference,
      reads: input.reads,
      notAfter,
      hiddenUntil,
      state: 'issued',
      issued: turnOf(ctx),
      confirmed: null,
      grant: null,
      named: null,
      revoked: null,
    }
    ctx.state(warrants).put(id, warrant)
    ctx.emit('WarrantIssued', {
      warrant: id,
      member: ctx.signer.member,
      owner,
      section,
      case: input.case,
    })
    return { warrant: id, state: warrant.state }
  },
})

/** Everything that the scope names must be sealed at this owner, under this section, in this case. */
function refuseUnknownScope(ctx: Context, { case: caseId, owner, section, scope }: WarrantInput) {
  if (scope.kind === 'RECORDS') {
    const { records } = scope
    if (!isAscending(records)) refuse(ctx, { code: 'WARRANT_PLACES', count: records.length })
    for (const record of records) {
      const sealed = findSection(ctx, record, section)
      if (sealed?.owner !== owner || sealed.case !== caseId) {
        refuse(ctx, { code: 'WARRANT_SCOPE_UNKNOWN', section, sought: record })
      }
    }
    return
  }
  const batch = findBatch(ctx, scope.batch)
  const isThere = batch?.owner === owner && batch.section === section && batch.case === caseId
  if (!isThere) refuse(ctx, { code: 'WARRANT_SCOPE_UNKNOWN', section, sought: scope.batch })
  const { count } = batch
  if (scope.kind === 'ROWS' && !arePlaces(scope.places, batch)) {
    refuse(ctx, { code: 'WARRANT_PLACES', count })
  }
  if (scope.kind === 'PERSONS' && scope.persons > count) {
    refuse(ctx, { code: 'WARRANT_PLACES', count })
  }
}

/** Disclosure is delayed at most as long as is published, and not beyond what it is for. */
function hiddenUntilOf(ctx: Context, { hiddenUntil, notAfter }: WarrantInput): number | null {
  if (hiddenUntil === undefined) return null
  const latest = ctx.time + numberSetting(ctx, 'supervision.warrantHiddenMs')
  if (hiddenUntil < notAfter || hiddenUntil > latest) {
    refuse(ctx, { code: 'WARRANT_HIDDEN_PERIOD', earliest: notAfter, latest })
  }
  return hiddenUntil
}
