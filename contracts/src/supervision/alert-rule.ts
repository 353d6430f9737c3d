import type { Compiled } from '@renshe/rules'
import type { CompiledPackage } from '../catalogue/compiled-package.ts'
import type { DurationTerm } from '../vocabulary/duration.ts'
import { isCode } from '../vocabulary/spelling.ts'
import type { Severity } from './records.ts'

/** When an alert rule looks: at an event, or when a time after it has passed. */
export interface Trigger {
  readonly event: string
  /** Null: at once. */
  readonly after: DurationTerm | null
  /** Event that must have happened by then; null: only the end of the case is good enough. */
  readonly unless: string | null
}

/** A published alert rule, ready to be asked. */
export interface AlertRule {
  readonly package: string
  readonly name: string
  readonly code: string
  readonly severity: Severity
  readonly to: readonly string[]
  readonly trigger: Trigger
  readonly when: Compiled
}

const UNITS: readonly string[] = ['hours', 'days', 'working-days', 'months', 'years']
const MOST_DIGITS = 4

/**
 * Reads what an alert rule is `on`: `StepLapsed`, or `StepOpened after 2 working-days unless StepDone`
 * for what did not happen. `unless` may be left out.
 *
 * @returns undefined for another form: such a rule never looks
 */
export function findTrigger(on: string): Trigger | undefined {
  const [event = '', after, amount = '', unit = '', unless, until = '', ...rest] = on.split(' ')
  if (!isEventName(event) || rest.length > 0) return undefined
  if (after === undefined) return { event, after: null, unless: null }
  const count = countOf(amount)
  if (after !== 'after' || count === undefined || !UNITS.includes(unit)) return undefined
  const term = { amount: count, unit: unit as DurationTerm['unit'] }
  if (unless === undefined) return { event, after: term, unless: null }
  if (unless !== 'unless' || !isEventName(until)) return undefined
  return { event, after: term, unless: until }
}

/** `CaseOpened`, `StepDone` …: letters only, the first one a capital. */
function isEventName(text: string): boolean {
  if (text.length < 2 || text.length > 64) return false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const isCapital = code >= 65 && code <= 90
    const isSmall = code >= 97 && code <= 122
    if (!isCapital && !(isSmall && at > 0)) return false
  }
  return true
}

function countOf(text: string): number | undefined {
  if (text.length < 1 || text.length > MOST_DIGITS) return undefined
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return undefined
    count = count * 10 + digit
  }
  return count > 0 ? count : undefined
}

/** The code of an alert: the rule's name in the spelling of codes, `bill-late` → `BILL_LATE`. */
export function alertCode(name: string): string {
  if (isCode(name)) return name
  let code = ''
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at)
    if (unit >= 97 && unit <= 122) code += String.fromCharCode(unit - 32)
    else if (unit === 45) code += '_'
    else code += name.charAt(at)
  }
  return code
}

/** A pure cache: what a package says depends on its bytes alone. */
const cache = new WeakMap<CompiledPackage, readonly AlertRule[]>()

/** Whether a rule of the package looks some time after an event: only then are cases watched by rules. */
export function hasLaterRule(code: CompiledPackage): boolean {
  return alertRulesOf(code).some(({ trigger }) => trigger.after !== null)
}

/** Alert rules of a package and of those it uses; a rule hides later ones of the same name. */
export function alertRulesOf(code: CompiledPackage): readonly AlertRule[] {
  const known = cache.get(code)
  if (known !== undefined) return known
  const rules = new Map<string, AlertRule>()
  for (const source of [code, ...code.uses.values()]) {
    for (const [name, definition] of Object.entries(source.document.alerts)) {
      const trigger = findTrigger(definition.on)
      if (trigger === undefined || rules.has(name)) continue
      rules.set(name, {
        package: source.hash,
        name,
        code: alertCode(name),
        severity: definition.severity,
        to: definition.to,
        trigger,
        when: source.expression(definition.when),
      })
    }
  }
  const listed = [...rules.values()]
  cache.set(code, listed)
  return listed
}
