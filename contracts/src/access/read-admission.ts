/* What every read has in common: who may ask under a grant, what it costs, and its record. */
import type { Context } from '@renshe/kernel'
import { numberSetting } from '../governance/settings.ts'
import { findEncryptionKey } from '../membership/members.ts'
import { conditionHolds } from './condition.ts'
import { findGrantChain, findGrantFault, readsLeft, withUse } from './grant-state.ts'
import { findGrant } from './grants.ts'
import type { AccessPorts } from './ports.ts'
import { openBudget, spendBudget } from './read-budget.ts'
import { type Grant, grants, type Read, reads } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** A grant that the signer may use now. */
export interface Admission {
  readonly grant: Grant
  /** The grant and all above it. */
  readonly chain: readonly Grant[]
  readonly ports: AccessPorts
}

/** What a read asks for, once it is covered. */
export interface CoveredRead
  extends Pick<Read, 'items' | 'rows' | 'fields' | 'question' | 'find' | 'holderKey'> {
  readonly case?: string | undefined
}

/** The first refusals of every read, `GRANT_NOT_FOUND` to `CASE_REQUIRED`. */
export function admitRead(
  ctx: Context,
  { grant: id, case: caseId }: { readonly grant: string; readonly case?: string | undefined },
  ports: AccessPorts,
): Admission {
  const grant =
    findGrant(ctx, id) ?? ctx.refuse(accessRefusal({ code: 'GRANT_NOT_FOUND', grant: id }))
  const chain = findGrantChain(ctx, grant)
  const use = { signer: ctx.signer, time: ctx.time, caseId }
  const fault = findGrantFault(ctx, chain, use, ports.findCase)
  if (fault !== undefined) ctx.refuse(accessRefusal(fault))
  return { grant, chain, ports }
}

/**
 * The last refusals of every read, `CONDITION_NOT_MET` to `HOLDER_KEY_UNKNOWN`; then one use is spent, of
 * every grant above too that counts its uses, and the read stands.
 */
export function commitRead(ctx: Context, admission: Admission, asked: CoveredRead) {
  const { grant, chain, ports } = admission
  const rowCount = asked.rows?.count ?? Math.max(1, asked.items.length)
  refuseUnlessMet(ctx, admission, asked, rowCount)
  const isSecondNeeded = chain.some(({ secondOfficer }) => secondOfficer)
  // A system has no colleague: what two officers must see begins with one.
  if (isSecondNeeded && ctx.signer.kind !== 'officer') {
    ctx.refuse(accessRefusal({ code: 'SECOND_OFFICER_REQUIRED', grant: grant.id }))
  }
  for (const one of chain) {
    const left = readsLeft(one, ctx.time)
    if (left === undefined || left > 0) continue
    const { id, quota } = one
    ctx.refuse(accessRefusal({ code: 'QUOTA_SPENT', grant: id, reads: quota?.reads ?? 0 }))
  }
  const budget = openBudget(ctx, rowCount)
  if (findEncryptionKey(ctx, asked.holderKey, ctx.time)?.member !== ctx.signer.member) {
    ctx.refuse(accessRefusal({ code: 'HOLDER_KEY_UNKNOWN', holderKey: asked.holderKey }))
  }

  for (const one of chain) {
    if (one === grant || one.quota !== null) ctx.state(grants).put(one.id, withUse(one, ctx.time))
  }
  const read = readOf(ctx, grant, asked, isSecondNeeded)
  spendBudget(ctx, budget, grant, read, ports.raiseAlert)
  ctx.state(reads).put(ctx.txId, read)
  ctx.emit('SectionsRead', {
    read: ctx.txId,
    grant: grant.id,
    owner: grant.owner,
    member: read.member,
    officer: read.officer,
    case: read.case,
    rows: rowCount,
  })
  return { read: ctx.txId, owner: grant.owner, ...(isSecondNeeded ? { waits: true } : {}) }
}

function refuseUnlessMet(
  ctx: Context,
  { chain }: Admission,
  { items, rows, fields, case: caseId }: CoveredRead,
  rowCount: number,
): void {
  const conditional = chain.filter(({ condition }) => condition !== null)
  if (conditional.length === 0) return
  const sections = rows === null ? items.map(({ section }) => section) : [rows.section]
  const facts = {
    signer: ctx.signer,
    time: ctx.time,
    caseId,
    sections: [...new Set(sections)].sort(),
    fields: fields ?? undefined,
    records: items.length,
    rows: rowCount,
  }
  for (const grant of conditional) {
    if (conditionHolds(ctx, grant, facts)) continue
    ctx.refuse(accessRefusal({ code: 'CONDITION_NOT_MET', grant: grant.id }))
  }
}

function readOf(ctx: Context, grant: Grant, asked: CoveredRead, isSecondNeeded: boolean): Read {
  const { member, name, unit } = ctx.signer
  const { items, rows, fields, question, find, holderKey } = asked
  const until = isSecondNeeded
    ? ctx.time + numberSetting(ctx, 'access.secondOfficerWithinMs')
    : undefined
  return {
    v: 1,
    read: ctx.txId,
    grant: grant.id,
    owner: grant.owner,
    member,
    officer: name,
    unit,
    case: asked.case ?? grant.case,
    at: ctx.time,
    height: ctx.height,
    items,
    rows,
    fields,
    question,
    find,
    second: until === undefined ? null : { until, officer: null, at: null },
    holderKey,
    confirmation: null,
  }
}
