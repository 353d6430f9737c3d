/* Period, quota, questions and condition of a grant: what issued and delegated ones share. */
import type { Context } from '@renshe/kernel'
import { numberSetting } from '../governance/settings.ts'
import { CONDITION_NAMES } from './condition.ts'
import { findTextFault } from './feel-text.ts'
import type { IssueInput } from './issue-input.ts'
import { findQuestionFault } from './questions.ts'
import type { Grant, GrantQuestion } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** From when to when; refuses a period that is over, too long, or shorter than the guardian's wait. */
export function getPeriod(
  ctx: Context,
  { kind, assertedBy, notBefore, notAfter }: IssueInput,
): Pick<Grant, 'notBefore'> & { readonly notAfter: number } {
  const wait = assertedBy === 'GUARDIAN' ? numberSetting(ctx, 'access.guardianWaitMs') : 0
  const earliest = ctx.time + wait
  const begins = notBefore ?? earliest
  const longest = kind === 'EMERGENCY' ? 'access.emergencyLastsMs' : 'access.grantLastsMs'
  const latest = Math.max(begins, earliest) + numberSetting(ctx, longest)
  if (begins < earliest || notAfter <= begins || notAfter > latest) {
    ctx.refuse(accessRefusal({ code: 'GRANT_PERIOD', earliest, latest }))
  }
  return { notBefore: begins, notAfter }
}

/** The quota; a consent and an emergency are counted, always. */
export function getQuota(ctx: Context, { kind, quota }: IssueInput): Grant['quota'] {
  if (quota === undefined) {
    if (kind === 'CONSENT' || kind === 'EMERGENCY') {
      ctx.refuse(accessRefusal({ code: 'QUOTA_REQUIRED', kind }))
    }
    return null
  }
  return { reads: quota.reads, per: quota.per ?? null }
}

/** The questions of a grant for answers; refuses one that names what the grant does not cover. */
export function getQuestions(
  ctx: Context,
  use: Grant['use'],
  questions: IssueInput['questions'],
  fields: readonly string[],
): GrantQuestion[] {
  const asked = questions ?? []
  if ((use === 'ANSWER') !== asked.length > 0) {
    ctx.refuse(accessRefusal({ code: 'QUESTION_REQUIRED' }))
  }
  const names = new Set<string>()
  return asked.map(({ name, is, bands }) => {
    const fault = names.has(name) ? 'NAME_TWICE' : findQuestionFault({ is }, fields)
    if (fault !== undefined) {
      ctx.refuse(accessRefusal({ code: 'QUESTION_INVALID', question: name, fault }))
    }
    names.add(name)
    return { name, is, bands: bands === undefined ? null : [...bands] }
  })
}

/** The condition; refuses what is not FEEL over the facts of a read. */
export function getCondition(ctx: Context, condition: string | undefined): string | null {
  if (condition === undefined) return null
  const fault = findTextFault(condition, CONDITION_NAMES)
  if (fault !== undefined) ctx.refuse(accessRefusal({ code: 'CONDITION_INVALID', ...fault }))
  return condition
}
