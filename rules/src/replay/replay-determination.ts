import type { WorkingCalendar } from '../calendar/working-calendar.ts'
import { evaluateRule, type RuleAnswer } from '../rule/evaluate-rule.ts'
import { isDateForm } from '../rule/read-facts.ts'
import { parseDate, toEpochDay } from '../time/civil-date.ts'
import type { JsonObject } from '../value/json.ts'
import type { Limits } from '../value/limits.ts'
import { type Clocks, factsAt, type History, parametersKnownOn, ruleAt } from './history.ts'

/** Where a determination is replayed. */
export interface ReplayPlace {
  /** 6 digits; `000000` when left out. */
  readonly region?: string
  readonly calendar?: WorkingCalendar
  readonly limits?: Partial<Limits>
}

/** A determination as it is on three clocks. */
export type ReplayedDetermination = RuleAnswer & {
  readonly clocks: Clocks
  /** Facts that were used, as they were known. */
  readonly facts: JsonObject
}

const DAY_MS = 86_400_000
const LEGAL_OFFSET_MS = 28_800_000

/**
 * Evaluates a rule on any combination of the three clocks: with the law of one day, the facts of
 * another, both as known on a third.
 *
 * `now()` is the beginning of the knowledge date in UTC+08:00: a replay never asks a clock.
 *
 * @returns the answer with its trace, or a refusal: `REQUEST_MALFORMED` for a clock that is no date,
 * `RULE_NOT_IN_FORCE` where no version was known and in force
 */
export function replayDetermination(
  history: History,
  clocks: Clocks,
  place: ReplayPlace = {},
): ReplayedDetermination {
  for (const name of ['lawDate', 'factDate', 'knowledgeDate'] as const) {
    if (isDateForm(clocks[name]) && parseDate(clocks[name]) !== undefined) continue
    const message = `${name} must be a date such as "2027-03-08"`
    return refused(clocks, {}, { code: 'REQUEST_MALFORMED', field: name, message })
  }
  const facts = factsAt(history.facts, clocks)
  const rule = ruleAt(history.rules, clocks)
  if (rule === undefined) {
    const message = `no version published by ${clocks.knowledgeDate} is in force on ${clocks.lawDate}`
    return refused(clocks, facts, { code: 'RULE_NOT_IN_FORCE', field: 'lawDate', message })
  }
  const answer = evaluateRule(rule, {
    ...place,
    on: clocks.lawDate,
    facts,
    parameters: parametersKnownOn(history.parameters, clocks.knowledgeDate),
    now: startOfLegalDay(clocks.knowledgeDate),
    trace: true,
  })
  return { ...answer, clocks, facts }
}

function refused(
  clocks: Clocks,
  facts: JsonObject,
  error: (RuleAnswer & { ok: false })['error'],
): ReplayedDetermination {
  return { ok: false, error, clocks, facts }
}

/** First instant (UTC ms) of a legal day, UTC+08:00; 0 for a text that is no date. */
export function startOfLegalDay(date: string): number {
  const day = parseDate(date)
  return day === undefined ? 0 : toEpochDay(day) * DAY_MS - LEGAL_OFFSET_MS
}
