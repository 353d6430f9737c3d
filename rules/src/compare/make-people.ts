import {
  compareNumbers,
  divideNumbers,
  type FeelNumber,
  formatPlaces,
  multiplyNumbers,
  parseNumber,
  wholeNumber,
} from '../number/decimal.ts'
import { roundNumber } from '../number/rounding.ts'
import type { FactSchema } from '../rule/rule-document.ts'
import { isPlainDecimal, type Json, type JsonObject } from '../value/json.ts'

/** Facts of a published example. */
export interface ExampleFacts {
  readonly name: string
  readonly on: string
  readonly region: string
  readonly facts: JsonObject
}

/** A person to ask two versions about: an example itself, or one like it with other numbers. */
export interface MadePerson extends ExampleFacts {
  /** Whether the numbers are those of the example. */
  readonly isExample: boolean
}

/**
 * People of a rule, the same ones each time: its examples first, then the examples in turn with every number
 * between a fifth and twice what it was, within its bounds. Facts that contradict each other are left to the rule.
 *
 * @param schemas  the rule's facts; of those it does not name nothing is varied
 * @param count    how many in all, if there is an example
 */
export function makePeople(
  schemas: readonly FactSchema[],
  examples: readonly ExampleFacts[],
  count: number,
): MadePerson[] {
  const people: MadePerson[] = examples
    .slice(0, count)
    .map((example) => ({ ...example, isExample: true }))
  const draw = draws()
  for (let at = people.length; at < count && examples.length > 0; at += 1) {
    const example = examples[at % examples.length] as ExampleFacts
    people.push({
      ...example,
      name: `${example.name} #${at + 1}`,
      facts: varied(example.facts, schemas, draw),
      isExample: false,
    })
  }
  return people
}

function varied(facts: JsonObject, schemas: readonly FactSchema[], draw: () => number): JsonObject {
  const changed: { [name: string]: Json } = { ...facts }
  for (const schema of schemas) {
    const given = changed[schema.name]
    const text = String(given)
    if (!NUMBERS.includes(schema.type) || !isPlainDecimal(text)) continue
    const made = spread(text, draw())
    if (made !== undefined && isWithin(made, schema)) {
      changed[schema.name] = typeof given === 'number' ? Number(made) : made
    }
  }
  return changed
}

/** A number times so many percent, with as many digits after the point. */
function spread(text: string, percent: number): string | undefined {
  const point = text.indexOf('.')
  const [value, share] = [text, `${percent}`].map(read)
  const product = value && share && multiplyNumbers(value, share)
  const part = product && divideNumbers(product, HUNDRED)
  const places = point < 0 ? 0 : text.length - point - 1
  const rounded = part && roundNumber(part, places, 'HALF_EVEN')
  return rounded ? formatPlaces(rounded, places) : undefined
}

function read(text: string): FeelNumber | undefined {
  return parseNumber(text) ?? undefined
}

const HUNDRED = wholeNumber(100)

/** Types whose values are numbers. */
const NUMBERS: readonly string[] = ['money', 'decimal', 'int']

/** Outside its bounds a number stays what the example says. */
function isWithin(text: string, { minimum, maximum, aboveMinimum }: FactSchema): boolean {
  const value = read(text)
  const [least, most] = [minimum, maximum].map((one) => (one === undefined ? undefined : read(one)))
  if (value === undefined) return false
  const above = least === undefined ? 1 : compareNumbers(value, least)
  const isHigh = aboveMinimum === true ? above > 0 : above >= 0
  return isHigh && (most === undefined || compareNumbers(value, most) <= 0)
}

/** Whole percentages of 20 to 200 that look drawn by lot and are the same each time (Numerical Recipes' generator). */
function draws(): () => number {
  let state = 20_260_101
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return 20 + ((state >>> 8) % 181)
  }
}
