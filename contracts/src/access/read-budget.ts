/* What one officer may look up in a day, whatever grants the member holds; and when it is told. */
import type { Context } from '@renshe/kernel'
import { numberSetting } from '../governance/settings.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import { type Budget, budgets } from './budget-records.ts'
import { type AccessPorts, SUPERVISOR_ROLES } from './ports.ts'
import type { Grant, Read } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** A longer run of rows is bulk work of a system, not somebody looking people up. */
const LOOK_UP_ROWS = 100
const NOTHING: Budget = { v: 1, reads: 0, rows: 0, seen: [], alerts: 0 }

/** A budget before it is spent; systems have none. */
export interface OpenBudget {
  readonly key: [string, string, string]
  readonly spent: Budget
}

/** The signer's budget of the day; refuses `OFFICER_BUDGET_SPENT`. */
export function openBudget(ctx: Context, rows: number): OpenBudget | undefined {
  const { signer } = ctx
  if (signer.kind !== 'officer') return undefined
  const key: OpenBudget['key'] = [signer.member, signer.name, legalDay(ctx.time)]
  const spent = ctx.state(budgets).find(key) ?? NOTHING
  const mostReads = numberSetting(ctx, 'access.officerReadsPerDay')
  const mostRows = numberSetting(ctx, 'access.officerRowsPerDay')
  if (spent.reads + 1 > mostReads || spent.rows + rows > mostRows) {
    ctx.refuse(accessRefusal({ code: 'OFFICER_BUDGET_SPENT', reads: mostReads, rows: mostRows }))
  }
  return { key, spent }
}

/**
 * Spends a budget. An officer that looks at many different people in a day is told to its supervisors, to
 * the owner and to its own member, and again after as many more.
 */
export function spendBudget(
  ctx: Context,
  budget: OpenBudget | undefined,
  grant: Grant,
  read: Pick<Read, 'items' | 'rows' | 'case'>,
  raiseAlert: AccessPorts['raiseAlert'],
): void {
  if (budget === undefined) return
  const { key, spent } = budget
  const fresh = marksOf(read).filter((mark) => !spent.seen.includes(mark))
  const seen = fresh.length === 0 ? spent.seen : [...spent.seen, ...new Set(fresh)]
  const most = numberSetting(ctx, 'access.subjectsPerDay')
  const isMany = seen.length > most
  ctx.state(budgets).put(key, {
    v: 1,
    reads: spent.reads + 1,
    rows: spent.rows + (read.rows?.count ?? Math.max(1, read.items.length)),
    seen: isMany ? [] : seen,
    alerts: spent.alerts + (isMany ? 1 : 0),
  })
  if (!isMany) return
  const [member, officer] = key
  raiseAlert(ctx, {
    code: 'MANY_PEOPLE_LOOKED_AT',
    severity: 'warning',
    to: [grant.owner, member, ...SUPERVISOR_ROLES],
    caseId: read.case,
    facts: { member, officer, owner: grant.owner, people: most, alerts: spent.alerts + 1 },
  })
}

/** Different people of a read, as far as the chain can tell them apart. */
function marksOf({ items, rows }: Pick<Read, 'items' | 'rows'>): string[] {
  // Half of a random id keeps people apart and the record of a day small.
  const marks = items.map(({ record }) => record.slice(16))
  if (rows === null || rows.count > LOOK_UP_ROWS) return marks
  const { batch, from, count } = rows
  return Array.from({ length: count }, (_, at) => `${batch.slice(0, 12)} ${from + at}`)
}
