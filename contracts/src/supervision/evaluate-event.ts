import type { JsonObject } from '@renshe/crypto'
import type { Context } from '@renshe/kernel'
import { LimitExceeded } from '@renshe/rules'
import { calendarOf } from '../catalogue/calendar.ts'
import type { CompiledPackage } from '../catalogue/compiled-package.ts'
import { deadlineAfter } from '../vocabulary/duration.ts'
import { isCode } from '../vocabulary/spelling.ts'
import { type AlertRule, alertRulesOf } from './alert-rule.ts'
import { eventFacts, eventScope } from './event-scope.ts'
import { raiseAlert } from './raise-alert.ts'
import { MOST_TOLD } from './records.ts'
import { endRuleWatches, putWatch } from './watch-step.ts'

/** Work that one alert rule may cause: every act of every member pays it. */
const MOST_STEPS = 5_000

/** An event of a case, as alert rules see it. */
export interface CaseEvent {
  readonly name: string
  /** Public values; FEEL reads them by name. */
  readonly data: JsonObject
  readonly caseId: string
  /** The package that the case is locked to. */
  readonly code: CompiledPackage
  /** Members by party name: what an alert rule's `to` names. */
  readonly parties: Readonly<Record<string, readonly string[]>>
}

/**
 * Runs the alert rules of the case's package, and of the libraries it uses, over one of its events;
 * `cases` calls it for each event that it emits. Also ends the watches that this event fulfils.
 */
export function evaluateEvent(ctx: Context, event: CaseEvent): void {
  const number = numberOf(event)
  const rules = alertRulesOf(event.code)
  // Only its own package, which never changes, has put watches on a case.
  if (rules.some(({ trigger }) => trigger.unless === event.name)) {
    endRuleWatches(
      ctx,
      event.caseId,
      (watch) =>
        watch.alert?.unless === event.name &&
        (number === 0 || watch.number === number || watch.number === 0),
    )
  }
  for (const rule of rules) {
    if (rule.trigger.event === event.name && holds(ctx, rule, event)) tell(ctx, rule, event)
  }
}

/** Number of the step that an event speaks of; 0 if it speaks of the case. */
function numberOf({ data }: CaseEvent): number {
  const { n } = data
  return typeof n === 'number' && n > 0 ? n : 0
}

/** A rule that needs more work than allowed alerts: a look too many is better than one too few. */
function holds(ctx: Context, rule: AlertRule, { data }: CaseEvent): boolean {
  const environment = {
    now: ctx.time,
    calendar: calendarOf(ctx),
    limits: { steps: MOST_STEPS },
  }
  try {
    return rule.when.evaluate(eventScope(data), environment).value === true
  } catch (error) {
    if (error instanceof LimitExceeded) return true
    throw error
  }
}

function tell(ctx: Context, rule: AlertRule, event: CaseEvent): void {
  const { code, severity, name, trigger } = rule
  const facts = eventFacts(event.data)
  const to = audienceOf(rule, event)
  const reference = { package: rule.package, name }
  if (trigger.after === null) {
    raiseAlert(ctx, { code, severity, to, caseId: event.caseId, facts, rule: reference })
    return
  }
  putWatch(ctx, {
    v: 1,
    case: event.caseId,
    kind: 'rule',
    name,
    number: numberOf(event),
    holder: null,
    due: deadlineAfter(ctx.time, trigger.after, calendarOf(ctx)),
    awaits: null,
    alert: { code, severity, to, rule: reference, unless: trigger.unless, facts },
    raised: null,
    at: ctx.time,
  })
}

/** Parties by their members; what is spelled as a role stays one; an unbound party is nobody. */
function audienceOf({ to }: AlertRule, { parties }: CaseEvent): string[] {
  const told = to.flatMap((name) => parties[name] ?? (isCode(name) ? [name] : []))
  return [...new Set(told)].sort().slice(0, MOST_TOLD)
}
