/*
 * A situation as the end of an address, after `#`: browsers keep it, share it and print it, and send it to nobody.
 */
import type { Answers, Calculator } from './calculator.ts'

/** What an address says: answers, the day of the law, versions of rules. */
export interface Situation {
  readonly answers: Answers
  /** Day whose law applies; null: today. */
  readonly on: string | null
  /** Content hashes of rules that must answer; without one the version in force on the day does. */
  readonly pins: readonly string[]
}

/** Longest answer that is kept: addresses are typed and cut by people and programs. */
const MOST_CHARACTERS = 120
/** Names that no question may have. */
const [ON, RULES] = ['on', 'rules']

/** Reads the part of an address after `#`; what it cannot be is left out. */
export function readSituation(hash: string, calculator: Calculator): Situation {
  const asked = new URLSearchParams(hash.replace(/^#/, ''))
  const answers: Record<string, string> = {}
  for (const { name } of calculator.questions) {
    const value = asked.get(name)
    if (value !== null && value !== '') answers[name] = value.slice(0, MOST_CHARACTERS)
  }
  const on = asked.get(ON)
  const pins = (asked.get(RULES) ?? '').split('.').filter((pin) => /^[0-9a-f]{64}$/.test(pin))
  return { answers, on: on !== null && /^\d{4}-\d\d-\d\d$/.test(on) ? on : null, pins }
}

/** Writes a situation; the empty text for one that says nothing. */
export function writeSituation({ answers, on, pins }: Situation, calculator: Calculator): string {
  const written = new URLSearchParams()
  for (const { name } of calculator.questions) {
    const value = answers[name]
    if (value !== undefined && value !== '') written.set(name, value)
  }
  if (on !== null) written.set(ON, on)
  if (pins.length > 0) written.set(RULES, pins.join('.'))
  const text = written.toString()
  return text === '' ? '' : `#${text}`
}
