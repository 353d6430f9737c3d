/* Two versions of a package side by side: what changes, and for which part of the service. */
import { canonicalText, type Json, type JsonLike } from '@renshe/crypto'
import { pointer } from './check/problem.ts'
import type { PackageDocument } from './package-document.ts'

/** One difference; `before` and `after` are null where there is nothing. */
export interface PackageChange {
  /** JSON pointer; elements of lists with an id are named by it: `/rules/annuity.vesting`. */
  readonly path: string
  readonly change: 'ADDED' | 'REMOVED' | 'CHANGED'
  readonly before: Json
  readonly after: Json
}

const MOST_CHANGES = 500
const LONGEST_VALUE = 400

/** Every difference between two documents, ascending by path, at most 500. */
export function comparePackages(before: PackageDocument, after: PackageDocument): PackageChange[] {
  const changes: PackageChange[] = []
  compare(keyed(before), keyed(after), '', changes)
  return changes.slice(0, MOST_CHANGES)
}

/** Lists whose elements have a name become maps, so that an insertion is one change, not many. */
function keyed(document: PackageDocument): Json {
  const { law, parameters, rules, examples, ...rest } = document as unknown as Record<
    string,
    unknown
  > &
    PackageDocument
  const lists = {
    law: byName(law, ({ id, effectiveFrom }) => `${id} ${effectiveFrom}`),
    parameters: byName(
      parameters,
      ({ parameter, region, effectiveFrom }) => `${parameter} ${region} ${effectiveFrom}`,
    ),
    rules: Object.fromEntries(rules.map((rule) => [rule.id, keyedRule(rule)])),
    examples: {
      rules: byName(examples.rules, ({ rule, name }) => `${rule} ${name}`),
      cases: byName(examples.cases, ({ name }) => name),
    },
  }
  return { ...rest, ...lists } as unknown as Json
}

/** So that one changed step is one change and not the whole list. */
function keyedRule(rule: PackageDocument['rules'][number]) {
  const { facts, outputs, steps, ...rest } = rule
  const nameOf = ({ name }: { readonly name: string }): string => name
  return {
    ...rest,
    facts: byName(facts, nameOf),
    outputs: byName(outputs, nameOf),
    steps: byName(steps, nameOf),
  }
}

function byName<Item>(items: readonly Item[], nameOf: (item: Item) => string) {
  return Object.fromEntries(items.map((item) => [nameOf(item), item]))
}

function compare(before: Json, after: Json, path: string, changes: PackageChange[]): void {
  if (changes.length >= MOST_CHANGES) return
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    for (const name of names) {
      const at = pointer(path, name)
      const old = Object.hasOwn(before, name) ? (before[name] as Json) : undefined
      const now = Object.hasOwn(after, name) ? (after[name] as Json) : undefined
      if (old === undefined) changes.push(changeOf(at, 'ADDED', null, now ?? null))
      else if (now === undefined) changes.push(changeOf(at, 'REMOVED', old, null))
      else compare(old, now, at, changes)
    }
  } else if (canonicalText(before as JsonLike) !== canonicalText(after as JsonLike)) {
    changes.push(changeOf(path, 'CHANGED', before, after))
  }
}

function isObject(value: Json): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function changeOf(
  path: string,
  change: PackageChange['change'],
  before: Json,
  after: Json,
): PackageChange {
  return { path, change, before: shortened(before), after: shortened(after) }
}

/** A large value as the beginning of its text: the whole lies in the package. */
function shortened(value: Json): Json {
  const text = canonicalText(value as JsonLike)
  const points = [...text]
  return points.length <= LONGEST_VALUE ? value : `${points.slice(0, LONGEST_VALUE).join('')}…`
}
