import type { FactSchema } from '../rule/rule-document.ts'
import type { Json, JsonObject } from '../value/json.ts'

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
    const isNumber = typeof given === 'number' || /^-?[0-9]+(\.[0-9]+)?$/.test(String(given))
    if (!NUMBERS.includes(schema.type) || given === null || !isNumber) continue
    const point = String(given).indexOf('.')
    const places = point < 0 ? 0 : String(given).length - point - 1
    const made = (Number(given) * (0.2 + 1.8 * draw())).toFixed(places)
    if (isWithin(Number(made), schema)) {
      changed[schema.name] = typeof given === 'number' ? Number(made) : made
    }
  }
  return changed
}

/** Types whose values are numbers. */
const NUMBERS: readonly string[] = ['money', 'decimal', 'int']

/** Outside its bounds a number stays what the example says. */
function isWithin(value: number, { minimum, maximum, aboveMinimum }: FactSchema): boolean {
  const isAbove = minimum === undefined || value > Number(minimum)
  const isLeast = aboveMinimum !== true && value === Number(minimum)
  return (isAbove || isLeast) && (maximum === undefined || value <= Number(maximum))
}

/** Numbers of 0 to 1 that look drawn by lot and are the same each time (Numerical Recipes' generator). */
function draws(): () => number {
  let state = 20_260_101
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}
