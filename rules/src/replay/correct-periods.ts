import {
  addNumbers,
  compareNumbers,
  type FeelNumber,
  formatNumber,
  formatPlaces,
  parseNumber,
  subtractNumbers,
  ZERO,
} from '../number/decimal.ts'
import type { History } from './history.ts'
import {
  type ReplayedDetermination,
  type ReplayPlace,
  replayDetermination,
} from './replay-determination.ts'

/** One period that was determined, and is determined again. */
export interface CorrectedPeriod {
  /** What the period is called, for example `2026-08`. */
  readonly period: string
  readonly lawDate: string
  readonly factDate: string
}

/** What is asked of a correction. */
export interface CorrectionRequest extends ReplayPlace {
  readonly periods: readonly CorrectedPeriod[]
  /** The output that is paid, a number. */
  readonly output: string
  /** Day of knowledge of what was paid, and of what should have been. */
  readonly knownBefore: string
  readonly knownNow: string
  /** Who pays the output, and to whom; for example an agency and a pensioner. */
  readonly payer: string
  readonly payee: string
}

/** One period of a correction; amounts as decimal strings. */
export interface PeriodCorrection {
  readonly period: string
  /** Null where nothing could be determined with what was known: nothing was paid. */
  readonly before: string | null
  readonly after: string
  /** `after` − `before`. */
  readonly difference: string
}

/** A correction of several periods, or the first period that cannot be determined now. */
export type Correction =
  | {
      readonly ok: true
      readonly periods: readonly PeriodCorrection[]
      /** Sum of the differences, never negative: `owedBy` says whose debt it is. */
      readonly arrears: string
      /** Null where nothing is owed. */
      readonly owedBy: string | null
      readonly owedTo: string | null
    }
  | {
      readonly ok: false
      readonly error: {
        readonly code: string
        readonly field: string
        readonly message: string
        readonly period: string
      }
    }

/**
 * What late facts, late parameters or a late version of a rule change in periods that were already
 * determined: each is replayed with the knowledge of then and of now.
 */
export function correctPeriods(history: History, request: CorrectionRequest): Correction {
  const { periods, output, knownBefore, knownNow, payer, payee, ...place } = request
  const corrected: PeriodCorrection[] = []
  const written = writerOf(history, output)
  let sum: FeelNumber = ZERO
  for (const { period, lawDate, factDate } of periods) {
    const replay = (knowledgeDate: string) =>
      replayDetermination(history, { lawDate, factDate, knowledgeDate }, place)
    const now = replay(knownNow)
    if (!now.ok) return { ok: false, error: { ...now.error, period } }
    const after = amountOf(now, output)
    if (after === undefined) return { ok: false, error: { ...noAmount(output), period } }
    const before = amountOf(replay(knownBefore), output)
    const difference = exact(subtractNumbers(after, before ?? ZERO))
    sum = exact(addNumbers(sum, difference))
    corrected.push({
      period,
      before: before === undefined ? null : written(before),
      after: written(after),
      difference: written(difference),
    })
  }
  return { ok: true, periods: corrected, ...debtOf(sum, payer, payee, written) }
}

/** The amount of an answer; undefined for a refusal, null or anything that is no number. */
function amountOf(answer: ReplayedDetermination, output: string): FeelNumber | undefined {
  if (!answer.ok || !Object.hasOwn(answer.outputs, output)) return undefined
  const json = answer.outputs[output]
  const isNumber = typeof json === 'string' || typeof json === 'number'
  return (isNumber ? parseNumber(String(json)) : undefined) ?? undefined
}

function noAmount(output: string): { code: string; field: string; message: string } {
  const message = `${output} must be an output of the rule that is a number`
  return { code: 'RULE_FAILED', field: output, message }
}

/** Sums of money are far from the ends of 34 digits: an overflow is a caller's mistake. */
function exact(value: FeelNumber | null): FeelNumber {
  if (value === null) throw new RangeError('the amounts of a correction are too large')
  return value
}

type WriteAmount = (amount: FeelNumber) => string

/** Money has two places, every other number as many as it needs. */
function writerOf({ rules }: History, output: string): WriteAmount {
  const schemas = rules.flatMap(({ rule }) => rule.document.outputs)
  const isMoney = schemas.some(({ name, type }) => name === output && type === 'money')
  return (amount) => (isMoney ? formatPlaces(amount, 2) : undefined) ?? formatNumber(amount)
}

function debtOf(sum: FeelNumber, payer: string, payee: string, written: WriteAmount) {
  const order = compareNumbers(sum, ZERO)
  const arrears = written(order < 0 ? exact(subtractNumbers(ZERO, sum)) : sum)
  if (order === 0) return { arrears, owedBy: null, owedTo: null }
  return order > 0
    ? { arrears, owedBy: payer, owedTo: payee }
    : { arrears, owedBy: payee, owedTo: payer }
}
