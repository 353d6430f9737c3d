import {
  addNumbers,
  compareNumbers,
  FeelNumber,
  formatNumber,
  formatPlaces,
  parseNumber,
  subtractNumbers,
} from '../number/decimal.ts'
import { isPlainDecimal, type Json, type JsonObject } from '../value/json.ts'

/** What a version answers: outputs, or the code of its refusal. */
export type ComparedAnswer =
  | { readonly ok: true; readonly outputs: JsonObject }
  | { readonly ok: false; readonly error: { readonly code: string } }

/** One person's case, answered by two versions. */
export interface AnsweredCase {
  readonly person: string
  readonly rule: string
  readonly on: string
  readonly before: ComparedAnswer
  readonly after: ComparedAnswer
}

/** An output, or the whole answer (`output` null), that is another one now. */
export interface ChangedOutput {
  readonly person: string
  readonly rule: string
  readonly on: string
  readonly output: string | null
  /** The value; for a refused answer its code. */
  readonly before: Json
  readonly after: Json
  /** Exact, where both are numbers. */
  readonly difference: string | null
}

/** One bar: how many cases changed by more than `above` and at most `upTo` (null: no end). */
export interface Bar {
  readonly above: string | null
  readonly upTo: string | null
  readonly count: number
}

/** What a number that rules give did over all cases. */
export interface AmountSummary {
  readonly rule: string
  readonly output: string
  /** Another amount of the same rule that it goes into; null for a result. */
  readonly into: string | null
  readonly compared: number
  readonly changed: number
  readonly sum: string
  readonly least: string
  readonly greatest: string
  readonly losers: number
  readonly winners: number
  readonly histogram: readonly Bar[]
}

/** A person who has less than before, by a result: a smaller part may still give a greater total. */
export interface Loser {
  readonly person: string
  readonly rule: string
  readonly output: string
  readonly difference: string
}

/** Changes of people, collected case by case: memory grows with what changed, not with what was read. */
export class PeopleDifference {
  readonly changed: ChangedOutput[] = []
  readonly #isHigherWorse: boolean
  readonly #goesInto: (rule: string, output: string) => string | null
  readonly #amounts = new Map<string, Amounts>()
  readonly #people = new Set<string>()
  #cases = 0

  /**
   * @param isHigherWorse  for what people pay, not get: who pays more loses
   * @param goesInto       the amount that an output is a part of, or null
   */
  constructor(
    isHigherWorse: boolean,
    goesInto: (rule: string, output: string) => string | null = () => null,
  ) {
    this.#isHigherWorse = isHigherWorse
    this.#goesInto = goesInto
  }

  get cases(): number {
    return this.#cases
  }

  /** People with at least one changed output. */
  get people(): number {
    return this.#people.size
  }

  add(answered: AnsweredCase): void {
    this.#cases += 1
    const { before, after } = answered
    if (before.ok && after.ok) {
      const names = new Set([...Object.keys(before.outputs), ...Object.keys(after.outputs)])
      for (const name of names) this.#output(answered, name, before.outputs, after.outputs)
    } else {
      const [old, now] = [before, after].map((one) => (one.ok ? 'ANSWERED' : one.error.code))
      if (old !== now) this.#change(answered, null, old ?? null, now ?? null, null)
    }
  }

  /** Every number, by rule and output; results before their parts. */
  summaries(): AmountSummary[] {
    const order = ({ rule, output, into }: AmountSummary): string =>
      `${rule} ${into === null ? 0 : 1} ${output}`
    return [...this.#amounts.values()]
      .map((amounts) => amounts.summary(this.#isHigherWorse))
      .sort((a, b) => (order(a) < order(b) ? -1 : 1))
  }

  /** Who loses, most first. */
  losers(): Loser[] {
    return [...this.#amounts.values()]
      .filter(({ into }) => into === null)
      .flatMap((amounts) => amounts.losers(this.#isHigherWorse))
      .sort((a, b) => compareNumbers(sizeOf(b), sizeOf(a)) || (a.person < b.person ? -1 : 1))
  }

  #output(answered: AnsweredCase, name: string, before: JsonObject, after: JsonObject): void {
    const [old, now] = [before, after].map((all) => (Object.hasOwn(all, name) ? all[name] : null))
    const [was, is] = [numberOf(old), numberOf(now)]
    const difference = was === undefined || is === undefined ? null : subtractNumbers(is, was)
    const places = Math.max(placesOf(old), placesOf(now))
    if (difference !== null) {
      this.#amountsOf(answered.rule, name).add(answered.person, difference, places)
    }
    if (JSON.stringify(old) === JSON.stringify(now)) return
    const written = difference === null ? null : spell(difference, places)
    this.#change(answered, name, old ?? null, now ?? null, written)
  }

  #change(
    { person, rule, on }: AnsweredCase,
    output: string | null,
    before: Json,
    after: Json,
    difference: string | null,
  ): void {
    this.#people.add(person)
    this.changed.push({ person, rule, on, output, before, after, difference })
  }

  #amountsOf(rule: string, output: string): Amounts {
    const key = `${rule} ${output}`
    const known = this.#amounts.get(key) ?? new Amounts(rule, output, this.#goesInto(rule, output))
    this.#amounts.set(key, known)
    return known
  }
}

/** Bounds of the bars; the bar of zero stands between the negative and the positive ones. */
const BOUNDS = ['1', '10', '100', '1000']

/** One output of one rule over all cases. */
class Amounts {
  readonly rule: string
  readonly output: string
  readonly into: string | null
  readonly #byPerson = new Map<string, FeelNumber>()
  readonly #bars = new Array<number>(2 * BOUNDS.length + 3).fill(0)
  #compared = 0
  #changed = 0
  #sum = ZERO
  #least: FeelNumber | undefined
  #greatest: FeelNumber | undefined
  /** Digits after the point: money keeps its two. */
  #places = 0

  constructor(rule: string, output: string, into: string | null) {
    this.rule = rule
    this.output = output
    this.into = into
  }

  add(person: string, difference: FeelNumber, places: number): void {
    this.#compared += 1
    this.#places = Math.max(this.#places, places)
    this.#bars[barOf(difference)] = (this.#bars[barOf(difference)] ?? 0) + 1
    if (this.#least === undefined || compareNumbers(difference, this.#least) < 0)
      this.#least = difference
    if (this.#greatest === undefined || compareNumbers(difference, this.#greatest) > 0)
      this.#greatest = difference
    if (compareNumbers(difference, ZERO) === 0) return
    this.#changed += 1
    this.#sum = addNumbers(this.#sum, difference) ?? this.#sum
    const known = this.#byPerson.get(person) ?? ZERO
    this.#byPerson.set(person, addNumbers(known, difference) ?? known)
  }

  summary(isHigherWorse: boolean): AmountSummary {
    const orders = [...this.#byPerson.values()].map((one) => compareNumbers(one, ZERO))
    const [lower, higher] = [-1, 1].map((sign) => orders.filter((order) => order === sign).length)
    return {
      rule: this.rule,
      output: this.output,
      into: this.into,
      compared: this.#compared,
      changed: this.#changed,
      sum: spell(this.#sum, this.#places),
      least: spell(this.#least ?? ZERO, this.#places),
      greatest: spell(this.#greatest ?? ZERO, this.#places),
      losers: (isHigherWorse ? higher : lower) ?? 0,
      winners: (isHigherWorse ? lower : higher) ?? 0,
      histogram: barsOf(this.#bars),
    }
  }

  losers(isHigherWorse: boolean): Loser[] {
    const { rule, output } = this
    return [...this.#byPerson].flatMap(([person, difference]) => {
      const order = compareNumbers(difference, ZERO)
      const isLoss = isHigherWorse ? order > 0 : order < 0
      return isLoss ? [{ person, rule, output, difference: spell(difference, this.#places) }] : []
    })
  }
}

function number(text: string): FeelNumber {
  const value = parseNumber(text)
  if (value instanceof FeelNumber) return value
  throw new RangeError(`${text} is no number`)
}

const ZERO = number('0')
const LIMITS = BOUNDS.map(number)

function numberOf(json: Json | undefined): FeelNumber | undefined {
  if (typeof json !== 'string' && typeof json !== 'number') return undefined
  // A date or a code is no amount; decimals of answers have no other spelling.
  const isPlain = isPlainDecimal(String(json))
  return isPlain ? number(String(json)) : undefined
}

/** Digits after the point in an answer. */
function placesOf(json: Json | undefined): number {
  const point = typeof json === 'string' ? json.indexOf('.') : -1
  return point < 0 ? 0 : String(json).length - point - 1
}

function spell(difference: FeelNumber, places: number): string {
  return formatPlaces(difference, places) ?? formatNumber(difference)
}

function sizeOf({ difference }: Loser): FeelNumber {
  return number(difference.startsWith('-') ? difference.slice(1) : difference)
}

function barOf(difference: FeelNumber): number {
  const middle = LIMITS.length + 1
  const order = compareNumbers(difference, ZERO)
  if (order === 0) return middle
  const size = order < 0 ? (subtractNumbers(ZERO, difference) ?? difference) : difference
  const steps = LIMITS.filter((limit) => compareNumbers(size, limit) > 0).length + 1
  return order < 0 ? middle - steps : middle + steps
}

function barsOf(counts: readonly number[]): Bar[] {
  const edges = [
    null,
    ...[...BOUNDS].reverse().map((bound) => `-${bound}`),
    '0',
    '0',
    ...BOUNDS,
    null,
  ]
  return counts.map((count, at) => ({
    above: edges[at] ?? null,
    upTo: edges[at + 1] ?? null,
    count,
  }))
}
