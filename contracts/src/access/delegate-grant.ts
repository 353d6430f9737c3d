import { type Action, action, type Context, type StateView } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { findSectionEntry } from '../catalogue/packages.ts'
import { requireRole } from '../membership/roles.ts'
import { GrantId, Instant, SealLevel, SectionName } from '../vocabulary/schemas.ts'
import { findGrantChain, findStandingFault, UNSPENT } from './grant-state.ts'
import { SHARED_TERMS, UseOfData } from './issue-input.ts'
import { holderOf, refuseUnlessHolder } from './issue-signer.ts'
import { getCondition, getQuestions } from './issue-terms.ts'
import { findWidening, mayDelegate, type NarrowedTerms } from './narrowing.ts'
import { DATA_STEWARD, getGrant, grantsBelow } from './owner-grants.ts'
import {
  DEEPEST_DELEGATION,
  type Grant,
  grants,
  type IssuedTerms,
  MOST_DELEGATIONS,
} from './records.ts'
import { accessRefusal } from './refusals.ts'

const DelegateGrant = Type.Object({
  parent: GrantId,
  ...SHARED_TERMS,
  /** What is left out stays as it is above. */
  sections: Type.Optional(
    Type.Array(SectionName, { minItems: 1, maxItems: 32, uniqueItems: true }),
  ),
  use: Type.Optional(UseOfData),
  level: Type.Optional(SealLevel),
  notAfter: Instant,
})
type DelegateInput = Static<typeof DelegateGrant>

/**
 * Passes a part of a grant on. It only narrows, in every dimension; and each read under it is asked of
 * every grant above it too.
 *
 * @source security/sealed-data.md section 8, Grant 5
 */
export const delegateGrant: Action<DelegateInput> = action({
  name: 'access.delegateGrant',
  summary: 'Passes a part of a grant that your member holds on to a unit, role or member.',
  input: DelegateGrant,
  run(ctx: Context, input) {
    requireRole(ctx, DATA_STEWARD)
    const parent = getGrant(ctx, input.parent)
    if (parent.holder.member !== ctx.signer.member || ctx.signer.kind === 'subject') {
      ctx.refuse(accessRefusal({ code: 'GRANT_NOT_YOURS', grant: parent.id }))
    }
    const chain = findGrantChain(ctx, parent)
    const fault = findStandingFault(chain, ctx.time)
    if (fault !== undefined) ctx.refuse(accessRefusal(fault))
    const { member } = input.holder
    if (!mayDelegate(parent, member) || input.holder.subject !== undefined) {
      const forbidden = { kind: parent.kind, member }
      ctx.refuse(accessRefusal({ code: 'DELEGATION_FORBIDDEN', ...forbidden }))
    }
    refuseUnlessHolder(ctx, { kind: 'CONTRACT', owner: parent.owner, holder: input.holder })
    const root = refuseTooMany(ctx, chain)
    const terms = narrowed(ctx, parent, input)
    const dimension = findWidening(parent, terms)
    if (dimension !== undefined) {
      ctx.refuse(accessRefusal({ code: 'DELEGATION_WIDENS', dimension }))
    }
    const fields = terms.fields ?? fieldsOf(ctx, parent, terms.sections)
    const questions = getQuestions(ctx, terms.use, terms.questions, fields)
    const condition = getCondition(ctx, input.condition)

    const id = ctx.newId('grant')
    const issued = issuedBelow(ctx, parent, { root: root.id, questions, range: terms.range })
    const entries = terms.sections.map((section) => entryOf(parent, section))
    const { range: _range, questions: _questions, ...own } = terms
    const given = { ...own, condition, entries, issued }
    ctx.state(grants).put(id, below(ctx, parent, input, { id, ...given }))
    const { owner, kind } = parent
    ctx.emit('GrantDelegated', { grant: id, parent: parent.id, owner, member, kind })
    return { grant: id }
  },
})

/** The grant at the top; refuses another step down, or another grant below it, too many. */
function refuseTooMany(ctx: Context, chain: readonly Grant[]): Grant {
  const root = chain.at(-1) as Grant
  if (chain.length > DEEPEST_DELEGATION) {
    ctx.refuse(accessRefusal({ code: 'DELEGATION_TOO_DEEP', most: DEEPEST_DELEGATION }))
  }
  // All of them must fall in one transaction when the first one is revoked.
  if (grantsBelow(ctx, root.id).length >= MOST_DELEGATIONS) {
    ctx.refuse(accessRefusal({ code: 'DELEGATIONS_MANY', most: MOST_DELEGATIONS }))
  }
  return root
}

function narrowed(ctx: Context, parent: Grant, input: DelegateInput): NarrowedTerms {
  const { issued } = parent
  const isPackage = issued === undefined
  const { quota } = input
  const use = input.use ?? parent.use
  const asAbove = use === 'ANSWER' && parent.use === 'ANSWER' ? issued?.questions : undefined
  return {
    level: input.level ?? parent.level,
    sections: [...(input.sections ?? parent.sections)].sort(),
    fields: input.fields === undefined ? parent.fields : [...input.fields].sort(),
    records: [...(input.records ?? (isPackage ? [] : parent.records))].sort(),
    batches: [...(input.batches ?? (isPackage ? [] : parent.batches))].sort(),
    range: input.range ?? issued?.range ?? null,
    use,
    questions:
      input.questions ??
      asAbove?.map(({ name, is, bands }) => ({ name, is, ...(bands === null ? {} : { bands }) })),
    quota: quota === undefined ? parent.quota : { reads: quota.reads, per: quota.per ?? null },
    notBefore: input.notBefore ?? Math.max(ctx.time, parent.notBefore),
    notAfter: input.notAfter,
  }
}

function entryOf({ issued, sections, entry }: Grant, section: string): string {
  return issued?.entries[sections.indexOf(section)] ?? entry
}

function fieldsOf(view: StateView, parent: Grant, sections: readonly string[]): string[] {
  return sections.flatMap(
    (section) => findSectionEntry(view, entryOf(parent, section))?.items ?? [],
  )
}

function issuedBelow(
  ctx: Context,
  { issued }: Grant,
  own: Pick<IssuedTerms, 'questions' | 'range'> & { readonly root: string },
): Omit<IssuedTerms, 'entries'> {
  const { signer, time } = ctx
  return {
    scope: issued?.scope ?? 'CASE',
    subject: issued?.subject ?? null,
    ...own,
    find: issued?.find ?? false,
    serviceItem: issued?.serviceItem ?? null,
    notice: issued?.notice ?? null,
    givenBy: { kind: signer.kind, member: signer.member, name: signer.name, at: time },
    agreement: null,
    paper: null,
    mandate: null,
    ward: null,
    review: null,
    depth: (issued?.depth ?? 0) + 1,
  }
}

type Below = Omit<NarrowedTerms, 'range' | 'questions'> &
  Pick<Grant, 'id' | 'condition'> & {
    readonly entries: string[]
    readonly issued: Omit<IssuedTerms, 'entries'>
  }

function below(
  ctx: Context,
  parent: Grant,
  { holder, secondOfficer, caseRequired }: DelegateInput,
  { entries, issued, ...terms }: Below,
): Grant {
  const { kind, owner, purpose, basis, retention } = parent
  return {
    v: 3,
    ...terms,
    kind,
    owner,
    entry: entries[0] ?? parent.entry,
    case: parent.case,
    holder: holderOf(holder),
    assertedBy: 'MEMBER',
    purpose,
    basis,
    retention,
    secondOfficer: parent.secondOfficer || secondOfficer === true,
    caseRequired: parent.caseRequired || caseRequired === true,
    parent: parent.id,
    ...UNSPENT,
    by: ctx.txId,
    issued: { ...issued, entries },
  }
}
