/* Two versions of a rule asked about the same people, in this browser. */
import {
  type AmountSummary,
  compileRule,
  type ExampleFacts,
  evaluateRule,
  type JsonObject,
  type MadePerson,
  makePeople,
  PeopleDifference,
  type PublishedSeries,
  partsOfResults,
  publishedLookup,
  type RuleDocument,
} from '@renshe/rules'

/** How many people both versions are asked about. */
export const PEOPLE = 500

/** Somebody whose result moved most in one direction. */
export interface Moved {
  readonly difference: string
  readonly on: string
  readonly region: string
  readonly facts: JsonObject
}

/** What became of one number that the rule gives; parts of a total are not told apart. */
export interface AmountMoved extends AmountSummary {
  readonly mostDown: Moved | null
  readonly mostUp: Moved | null
}

/** What became of everybody. */
export interface PeopleMoved {
  readonly asked: number
  readonly examples: number
  /** People with at least one other output. */
  readonly changed: number
  /** People whom one version answers and the other refuses, or refuses for another reason. */
  readonly otherRefusal: number
  readonly amounts: readonly AmountMoved[]
}

/**
 * Asks both versions about the published examples, and about people like them with other numbers.
 *
 * @param examples    of the rule in both packages; a name that both have counts once
 * @param parameters  as published: each person's own day decides which values hold
 * @throws RuleRefused for a document that no catalogue would have published
 */
export function comparePeople(
  [before, after]: readonly [RuleDocument, RuleDocument],
  examples: readonly ExampleFacts[],
  parameters: readonly PublishedSeries[],
): PeopleMoved {
  const [older, newer] = [compileRule(before), compileRule(after)]
  const lookup = publishedLookup(parameters)
  const parts = partsOfResults(newer)
  const people = makePeople(after.facts, once(examples), PEOPLE)
  const intoOf = (_: string, output: string): string | null => parts.get(output) ?? null
  const [down, up] = [new PeopleDifference(false, intoOf), new PeopleDifference(true, intoOf)]
  for (const { name: person, on, region, facts } of people) {
    const request = {
      on,
      region,
      facts,
      parameters: lookup,
      now: Date.parse(`${on}T00:00:00+08:00`),
    }
    const answered = {
      person,
      rule: after.id,
      on,
      before: evaluateRule(older, request),
      after: evaluateRule(newer, request),
    }
    down.add(answered)
    up.add(answered)
  }
  const byName = new Map(people.map((person) => [person.name, person]))
  const first = (difference: PeopleDifference, output: string): Moved | null => {
    const found = difference.losers().find((one) => one.output === output)
    const person = byName.get(found?.person ?? '')
    return found === undefined || person === undefined ? null : moved(person, found.difference)
  }
  return {
    asked: people.length,
    examples: people.filter(({ isExample }) => isExample).length,
    changed: down.people,
    otherRefusal: down.changed.filter(({ output }) => output === null).length,
    amounts: down
      .summaries()
      .filter(({ into }) => into === null)
      .map((amount) => ({
        ...amount,
        mostDown: first(down, amount.output),
        mostUp: first(up, amount.output),
      })),
  }
}

function moved({ on, region, facts }: MadePerson, difference: string): Moved {
  return { difference, on, region, facts }
}

function once(examples: readonly ExampleFacts[]): ExampleFacts[] {
  return [...new Map(examples.map((example) => [example.name, example])).values()]
}
