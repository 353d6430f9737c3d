/* The condition of a grant: FEEL over the facts of one read. */
import type { Signer, StateView } from '@renshe/kernel'
import { LimitExceeded } from '@renshe/rules'
import { calendarOf } from '../catalogue/calendar.ts'
import { compileText } from '../catalogue/compiled-text.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import { feelScope, GRANT_TEXT_STEPS } from './feel-text.ts'
import type { Grant } from './records.ts'

/** Facts of a read that conditions may name. */
export const CONDITION_NAMES: readonly string[] = [
  'member',
  'unit',
  'officer',
  'roles',
  'case',
  'today',
  'now',
  'use',
  'purpose',
  'sections',
  'fields',
  'records',
  'rows',
]

/** One read, before it is spent. */
export interface ReadFacts {
  readonly signer: Pick<Signer, 'member' | 'unit' | 'roles' | 'name'>
  /** Block time, UTC ms. */
  readonly time: number
  readonly caseId: string | undefined
  readonly sections: readonly string[]
  readonly fields: readonly string[] | undefined
  readonly records: number
  readonly rows: number
}

/**
 * Whether the condition of the grant, if any, holds. One that needs too many steps does not: in doubt
 * nothing opens.
 */
export function conditionHolds(view: StateView, grant: Grant, read: ReadFacts): boolean {
  if (grant.condition === null) return true
  const { signer, time, caseId, sections, fields, records, rows } = read
  const scope = feelScope({
    member: signer.member,
    unit: signer.unit,
    officer: signer.name,
    roles: [...signer.roles],
    case: caseId ?? null,
    today: legalDay(time),
    now: time,
    use: grant.use,
    purpose: grant.purpose.code,
    sections: [...sections],
    fields: fields === undefined ? null : [...fields],
    records,
    rows,
  })
  const limits = { steps: GRANT_TEXT_STEPS }
  try {
    const environment = { now: time, calendar: calendarOf(view), limits }
    return compileText(grant.condition).evaluate(scope, environment).value === true
  } catch (error) {
    if (error instanceof LimitExceeded) return false
    throw error
  }
}
