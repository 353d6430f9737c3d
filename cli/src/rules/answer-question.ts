import { startOfDay } from '@renshe/contracts'
import {
  evaluateRule,
  type JsonObject,
  parseDate,
  type RuleRefusalCode,
  type RuleTraceStep,
} from '@renshe/rules'
import { readJsonText } from './json-text.ts'
import type { RuleSource } from './rule-shelf.ts'

/** One question: a rule, a day, a place, facts. */
export interface RuleQuestion {
  readonly id: string
  readonly on: string
  readonly region: string
  readonly facts: JsonObject
}

/** Why there is no answer. */
export interface RuleRefusal {
  readonly code: RuleRefusalCode | 'RULE_UNKNOWN'
  readonly field: string
  readonly message: string
}

/** The answer in the shape that command line and HTTP share (determinations section 3). */
export type RuleReply =
  | {
      readonly ok: true
      readonly outputs: JsonObject
      readonly rule: { readonly id: string; readonly version: string; readonly hash: string }
      readonly trace?: readonly RuleTraceStep[]
    }
  | { readonly ok: false; readonly error: RuleRefusal }

/** What reading gave: the thing itself, or why not. */
export type Reading<Thing> =
  | { readonly ok: true; readonly value: Thing }
  | { readonly ok: false; readonly error: RuleRefusal }

/** Reads a question from one line: one JSON object with `id`, `on`, `facts` and perhaps `region`. */
export function readQuestion(text: string): Reading<RuleQuestion> {
  const { fault, value } = readJsonText(text)
  if (fault !== null) return malformed('', JSON_FAULTS[fault])
  if (!isObject(value)) return malformed('', 'expected one JSON object, got another JSON value')
  for (const name of Object.keys(value)) {
    if (MEMBERS.includes(name)) continue
    const shown = name.length <= 40 ? name : `${name.slice(0, 40)}…`
    return malformed(shown, 'expected only id, on, region and facts')
  }
  const { id, on, region, facts } = value
  if (typeof id !== 'string') return malformed('id', 'id must be the id of a rule, a text')
  if (typeof on !== 'string') return malformed('on', BAD_DAY)
  if (!isObject(facts)) return malformed('facts', 'facts must be a JSON object')
  // Anything but a text is no region: the rule's own check says so, after those that come before it.
  const place = region === undefined || region === null ? '000000' : region
  const asked = { id, on, region: typeof place === 'string' ? place : '' }
  return { ok: true, value: { ...asked, facts: facts as JsonObject } }
}

const MEMBERS = ['id', 'on', 'region', 'facts']

const JSON_FAULTS = {
  SYNTAX: 'expected one JSON object, got a text that is not JSON',
  DUPLICATE: 'expected each name once, got an object that names a member twice',
  DEPTH: 'expected at most 32 levels of nesting, got more',
} as const

const BAD_DAY = 'on must be a date such as "2027-03-08", of the years 1900 to 2200'

/** Facts alone, from a file of their own. */
export function readFacts(text: string): Reading<JsonObject> {
  const { fault, value } = readJsonText(text)
  if (fault !== null) return malformed('facts', JSON_FAULTS[fault])
  if (!isObject(value)) return malformed('facts', 'facts must be a JSON object')
  return { ok: true, value: value as JsonObject }
}

/** A refusal of the question itself; `field` names the member. */
export function malformed(field: string, message: string): { ok: false; error: RuleRefusal } {
  return { ok: false, error: { code: 'REQUEST_MALFORMED', field, message } }
}

/** Answers a question from published rules. */
export function answerQuestion(
  rules: RuleSource,
  { id, on, region, facts }: RuleQuestion,
  withTrace: boolean,
): RuleReply {
  if (!isLawDay(on)) return malformed('on', BAD_DAY)
  const rule = rules.findRule(id)
  if (rule === undefined) {
    const message = 'no published rule has this id'
    return { ok: false, error: { code: 'RULE_UNKNOWN', field: 'id', message } }
  }
  const { parameters, calendar } = rules
  const request = { on, region, facts, parameters, calendar, now: startOfDay(on), trace: withTrace }
  const answer = evaluateRule(rule.rule, request)
  if (!answer.ok) return answer
  return {
    ok: true,
    outputs: answer.outputs,
    rule: { id, version: rule.package.document.version, hash: rule.hash },
    ...(withTrace ? { trace: answer.trace } : {}),
  }
}

/** A day that exists, of the years for which law is asked. */
function isLawDay(on: string): boolean {
  const date = on.length === 10 ? parseDate(on) : undefined
  return date !== undefined && date.year >= 1900 && date.year <= 2200
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
