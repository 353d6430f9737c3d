import { type Action, action, type Context } from '@renshe/kernel'
import { numberSetting } from '../governance/settings.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import { UNSPENT } from './grant-state.ts'
import { getBasis, getEntries, refuseUnlessNotice, refuseUnlistedPurpose } from './issue-entry.ts'
import { IssueGrant, type IssueInput } from './issue-input.ts'
import { holderOf, refuseUnlessGiver, refuseUnlessHolder } from './issue-signer.ts'
import { getCondition, getPeriod, getQuestions, getQuota } from './issue-terms.ts'
import { emergencyCounts } from './objection-records.ts'
import { type AccessPorts, SUPERVISOR_ROLES } from './ports.ts'
import { type Grant, grants, type IssuedTerms } from './records.ts'
import { accessRefusal } from './refusals.ts'

/**
 * Issues a grant 合约证书 by an act: of the person, of the owner, or of the holder in an emergency.
 *
 * @source security/sealed-data.md section 8, Grant 2 and 3
 */
export function issueGrant(ports: AccessPorts): Action<IssueInput> {
  return action({
    name: 'access.issueGrant',
    summary: 'Issues a grant: a consent, a grant over data of your member, or an emergency.',
    input: IssueGrant,
    run(ctx: Context, input) {
      const ward = refuseUnlessGiver(ctx, input)
      refuseUnlessHolder(ctx, input)
      refuseUnlessScope(ctx, input, ports)
      const entries = getEntries(ctx, input)
      refuseUnlistedPurpose(ctx, input, entries)
      const basis = getBasis(ctx, input)
      const period = getPeriod(ctx, input)
      const quota = getQuota(ctx, input)
      refuseUnlessNotice(ctx, input, entries)
      if (input.use === 'STORE' && input.retention === undefined) {
        ctx.refuse(accessRefusal({ code: 'RETENTION_REQUIRED' }))
      }
      const fields = input.fields ?? entries.flatMap(({ items }) => items)
      const questions = getQuestions(ctx, input.use, input.questions, fields)
      const condition = getCondition(ctx, input.condition)
      refuseOverEmergency(ctx, input, period.notAfter)

      const id = ctx.newId('grant')
      const level = Math.max(...entries.map((entry) => entry.level))
      const issued = issuedTerms(ctx, input, { ward, questions, entries })
      const { code, serviceItem } = input.purpose
      const purpose = { code, service: serviceItem ?? entries[0]?.packageName ?? '' }
      const terms = { id, level, purpose, basis, quota, condition, issued, ...period }
      const grant = grantOf(ctx, input, terms)
      ctx.state(grants).put(id, grant)
      if (input.kind === 'EMERGENCY') countEmergency(ctx, grant, ports)
      tell(ctx, grant)
      return { grant: id, inForceFrom: issued.agreement === null ? period.notBefore : null }
    },
  })
}

/** What the scope needs is there, and nothing that it has no use for. */
function refuseUnlessScope(ctx: Context, input: IssueInput, { findCase }: AccessPorts): void {
  const { kind, scope, subject, case: caseId, range, batches = [], find } = input
  const isPersonal = kind === 'CONSENT' || scope === 'SUBJECT'
  const fits =
    (scope === 'CLASS' ? kind === 'STATUTE' : true) &&
    (scope === 'CASE') === (caseId !== undefined) &&
    (caseId === undefined || findCase(ctx, caseId) !== undefined) &&
    isPersonal === (subject !== undefined) &&
    (range === undefined || batches.length === 1) &&
    // Who looks for a person does not know it yet: no consent of that person can be the reason.
    (find !== true || kind !== 'CONSENT')
  if (!fits) ctx.refuse(accessRefusal({ code: 'SCOPE_NOT_FITTING', scope }))
}

function refuseOverEmergency(ctx: Context, { kind, quota }: IssueInput, notAfter: number): void {
  if (kind !== 'EMERGENCY') return
  const reads = numberSetting(ctx, 'access.emergencyReads')
  if ((quota?.reads ?? 0) <= reads && quota?.per === undefined) return
  ctx.refuse(accessRefusal({ code: 'EMERGENCY_LIMIT', reads, latest: notAfter }))
}

function issuedTerms(
  ctx: Context,
  input: IssueInput,
  given: {
    readonly ward: string | null
    readonly questions: IssuedTerms['questions']
    readonly entries: readonly { readonly hash: string }[]
  },
): IssuedTerms {
  const { signer, time } = ctx
  const isEmergency = input.kind === 'EMERGENCY'
  const until = isEmergency ? time + numberSetting(ctx, 'access.emergencyReviewMs') : 0
  return {
    scope: input.scope,
    subject: input.subject ?? null,
    entries: given.entries.map(({ hash }) => hash),
    range: input.range ?? null,
    questions: given.questions,
    find: input.find ?? false,
    serviceItem: input.purpose.serviceItem ?? null,
    notice: input.notice ?? null,
    givenBy: { kind: signer.kind, member: signer.member, name: signer.name, at: time },
    agreement: input.assertedBy === 'WINDOW' ? { officer: null, at: null } : null,
    paper: input.paper ?? null,
    mandate: input.mandate ?? null,
    ward: given.ward,
    review: isEmergency
      ? { state: 'WAITING', until, officer: null, at: null, raisedAt: null }
      : null,
    root: null,
    depth: 0,
  }
}

type Checked = Pick<
  Grant,
  'id' | 'level' | 'purpose' | 'basis' | 'quota' | 'condition' | 'notBefore' | 'notAfter'
> & { readonly issued: IssuedTerms }

function grantOf(ctx: Context, input: IssueInput, checked: Checked): Grant {
  const { kind, owner, entry, assertedBy, use, fields } = input
  return {
    v: 3,
    ...checked,
    kind,
    owner,
    entry,
    case: input.case ?? null,
    holder: holderOf(input.holder),
    assertedBy,
    sections: [...input.sections].sort(),
    fields: fields === undefined ? null : [...fields].sort(),
    records: [...(input.records ?? [])].sort(),
    batches: [...(input.batches ?? [])].sort(),
    use,
    retention: input.retention ?? null,
    // What a panel releases, no officer asks for alone.
    secondOfficer: input.secondOfficer === true || checked.level === 4,
    caseRequired: input.caseRequired ?? false,
    parent: null,
    ...UNSPENT,
    by: ctx.txId,
  }
}

/** Counts emergencies of an officer in a month: they are never refused, but too many are told. */
function countEmergency(ctx: Context, grant: Grant, { raiseAlert }: AccessPorts): void {
  const { member, name } = ctx.signer
  const key: [string, string, string] = [member, name, legalDay(ctx.time).slice(0, 7)]
  const count = (ctx.state(emergencyCounts).find(key)?.count ?? 0) + 1
  ctx.state(emergencyCounts).put(key, { v: 1, count })
  if (count <= numberSetting(ctx, 'access.emergenciesPerMonth')) return
  raiseAlert(ctx, {
    code: 'EMERGENCIES_MANY',
    severity: 'warning',
    to: [grant.owner, member, ...SUPERVISOR_ROLES],
    caseId: grant.case,
    facts: { member, officer: name, grant: grant.id, count },
  })
}

function tell(ctx: Context, grant: Grant): void {
  const { id, owner, holder, sections, kind, issued } = grant
  ctx.emit('GrantMade', {
    grant: id,
    owner,
    member: holder.member,
    sections,
    case: grant.case,
    kind,
    scope: issued?.scope ?? null,
  })
  if (grant.assertedBy !== 'GUARDIAN') return
  // The owner's node gives notice to the ward, who may withdraw before anything opens.
  ctx.emit('GuardianGrantWaits', { grant: id, owner, mandate: issued?.mandate ?? null })
}
