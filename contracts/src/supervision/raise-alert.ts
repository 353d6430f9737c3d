import { canonicalText } from '@renshe/crypto'
import type { Context } from '@renshe/kernel'
import type { PublicJson } from '../vocabulary/schemas.ts'
import { alertCode } from './alert-rule.ts'
import { type Alert, alerts, MOST_TOLD, type Severity } from './records.ts'

/** What `raiseAlert` needs. */
export interface AlertTerms {
  /** In the spelling of codes, or a name of a package: `bill-late` is raised as `BILL_LATE`. */
  readonly code: string
  readonly severity: Severity
  /** Member ids, and roles of members in upper case. */
  readonly to: readonly string[]
  readonly caseId: string | null
  /** Public values only: codes, dates, numbers, money, references. */
  readonly facts: Readonly<Record<string, PublicJson>>
  /** The package rule that raised it. */
  readonly rule?: { readonly package: string; readonly name: string } | null
}

/**
 * Raises an alert. The same code with the same facts again in the same block is the same alert.
 *
 * @returns id of the alert
 */
export function raiseAlert(ctx: Context, terms: AlertTerms): string {
  const { caseId } = terms
  const code = alertCode(terms.code)
  const label = `alert/${canonicalText([code, caseId, terms.facts])}`
  const earlier = findRaisedNow(ctx, label)
  if (earlier !== undefined) return earlier.id

  const id = ctx.newId(label)
  const alert: Alert = {
    v: 1,
    id,
    code,
    severity: terms.severity,
    to: [...new Set(terms.to)].sort().slice(0, MOST_TOLD),
    case: caseId,
    rule: terms.rule ?? null,
    facts: { ...terms.facts },
    at: ctx.time,
    state: 'open',
    acknowledged: [],
    closed: null,
  }
  ctx.state(alerts).put(id, alert)
  ctx.emit('AlertRaised', { alert: id, code, severity: terms.severity, case: caseId })
  return id
}

function findRaisedNow(ctx: Context, label: string): Alert | undefined {
  for (const [, alert] of ctx.state(alerts).index('byState', { prefix: ['open', ctx.time] })) {
    if (`alert/${canonicalText([alert.code, alert.case, alert.facts])}` === label) return alert
  }
  return undefined
}
