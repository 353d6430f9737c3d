import {
  canonicalNumber,
  FeelNumber,
  formatNumber,
  toWhole,
  wholeNumber,
} from '../number/decimal.ts'
import type { Run } from '../runtime/run.ts'
import { compareValues, equalValues } from '../value/comparison.ts'
import { sortStable } from '../value/sort-stable.ts'
import { type FeelFunction, isList, type Value } from '../value/values.ts'
import { type Builtin, builtin, signature } from './builtin.ts'

type List = readonly Value[]

/** Equality for searching: two values that cannot be compared are simply not equal. */
function isEqual(run: Run, left: Value, right: Value): boolean {
  return equalValues(left, right, run) === true
}

function concatenate(lists: List, run: Run): Value {
  const parts = lists.map((list) => (isList(list) ? list : [list]))
  run.list(parts.reduce((length, part) => length + part.length, 0))
  return parts.flat(1)
}

/**
 * Keeps the first of equal values. Numbers and strings are looked up, others compared one by one.
 */
function distinct(items: List, run: Run): Value[] {
  run.list(items.length)
  const keys = new Set<string>()
  const others: Value[] = []
  return items.filter((item) => {
    const key = keyOf(item)
    if (key !== undefined) {
      const isNew = !keys.has(key)
      keys.add(key)
      return isNew
    }
    run.step(others.length)
    if (others.some((other) => isEqual(run, other, item))) return false
    others.push(item)
    return true
  })
}

function keyOf(value: Value): string | undefined {
  if (value === null) return '0'
  if (typeof value === 'string') return `s${value}`
  if (typeof value === 'boolean') return `b${value}`
  return value instanceof FeelNumber ? `n${formatNumber(canonicalNumber(value))}` : undefined
}

/** An index of FEEL, from 1 or from the end, as an index from 0; undefined outside of the list. */
function indexAt(position: Value, length: number): number | undefined {
  const whole = toWhole(position as FeelNumber) as number
  const at = whole > 0 ? whole - 1 : length + whole
  return whole === 0 || at < 0 || at >= length ? undefined : at
}

const OUTSIDE = 'the position is outside of the list'

function sublist(run: Run, list: List, position: Value, count: Value): Value {
  const start = indexAt(position, list.length)
  if (start === undefined) return run.fail('INDEX', OUTSIDE)
  if (count === null) return list.slice(start)
  const length = toWhole(count as FeelNumber) as number
  if (length < 0 || start + length > list.length) return run.fail('INDEX', OUTSIDE)
  return list.slice(start, start + length)
}

function insertBefore(run: Run, list: List, position: Value, item: Value): Value {
  const at = indexAt(position, list.length)
  if (at === undefined) return run.fail('INDEX', OUTSIDE)
  run.list(list.length + 1)
  return list.toSpliced(at, 0, item)
}

function remove(run: Run, list: List, position: Value): Value {
  const at = indexAt(position, list.length)
  return at === undefined ? run.fail('INDEX', OUTSIDE) : list.toSpliced(at, 1)
}

function replaceAt(run: Run, list: List, position: Value, item: Value): Value {
  const at = indexAt(position, list.length)
  return at === undefined ? run.fail('INDEX', OUTSIDE) : list.with(at, item)
}

function replaceMatching(run: Run, list: List, match: FeelFunction, item: Value): Value {
  if (match.parameters.length !== 2)
    return run.fail('ARGUMENT_COUNT', '"match" must take two arguments')
  run.list(list.length)
  const results = list.map((old) => match.call([old, item]))
  if (results.some((result) => typeof result !== 'boolean')) {
    return run.fail('ARGUMENT_VALUE', '"match" must give true or false')
  }
  return list.map((old, at) => (results[at] === true ? item : old))
}

function flatten(list: List, run: Run): Value[] {
  const flat: Value[] = []
  const visit = (items: List, depth: number): void => {
    run.enter(1)
    for (const item of items) {
      if (isList(item)) visit(item, depth + 1)
      else {
        if (flat.length >= run.limits.listLength) run.list(flat.length + 1)
        flat.push(item)
      }
    }
    run.step(items.length + 1)
    run.leave(1)
  }
  visit(list, 0)
  return flat
}

function sort(run: Run, list: List, precedes: FeelFunction): Value {
  if (precedes.parameters.length !== 2) {
    return run.fail('ARGUMENT_COUNT', '"precedes" must take two arguments')
  }
  run.list(list.length)
  return sortStable(list, (left, right) => {
    run.step(1)
    return precedes.call([left, right]) === true
  })
}

function sortNatural(run: Run, list: List): Value {
  run.list(list.length)
  const [first] = list
  if (first === undefined) return []
  if (list.some((item) => compareValues(first, item) === undefined)) {
    return run.fail('NOT_COMPARABLE', 'the items cannot be compared')
  }
  return sortStable(list, (left, right) => (compareValues(left, right, run) as number) < 0)
}

/** List functions that give lists, and searching (DMN 1.5 §10.3.4.4 table 79, §10.3.4.9 `sort`). */
export const LIST_FUNCTIONS: readonly Builtin[] = [
  builtin(
    'list contains',
    signature('list: list, element: any', ([list, element], run) => {
      run.step((list as List).length)
      return (list as List).some((item) => isEqual(run, item, element ?? null))
    }),
  ),
  builtin(
    'sublist',
    signature('list: list, start position: int, length?: int', ([list, start, length], run) =>
      sublist(run, list as List, start ?? null, length ?? null),
    ),
  ),
  builtin(
    'append',
    signature('list: list, ...item: any', ([list, items], run) => {
      run.list((list as List).length + (items as List).length)
      return [...(list as List), ...(items as List)]
    }),
  ),
  builtin(
    'concatenate',
    signature('...list: list', ([lists], run) => concatenate(lists as List, run)),
  ),
  builtin(
    'insert before',
    signature('list: list, position: int, newItem: any', ([list, position, item], run) =>
      insertBefore(run, list as List, position ?? null, item ?? null),
    ),
  ),
  builtin(
    'remove',
    signature('list: list, position: int', ([list, position], run) =>
      remove(run, list as List, position ?? null),
    ),
  ),
  builtin(
    'list replace',
    signature('list: list, position: int, newItem: any', ([list, position, item], run) =>
      replaceAt(run, list as List, position ?? null, item ?? null),
    ),
    signature('list: list, match: function, newItem: any', ([list, match, item], run) =>
      replaceMatching(run, list as List, match as FeelFunction, item ?? null),
    ),
  ),
  builtin(
    'reverse',
    signature('list: list', ([list]) => (list as List).toReversed()),
  ),
  builtin(
    'index of',
    signature('list: list, match: any', ([list, match], run) => {
      run.list((list as List).length)
      return (list as List).flatMap((item, at) =>
        isEqual(run, item, match ?? null) ? [wholeNumber(at + 1)] : [],
      )
    }),
  ),
  builtin(
    'union',
    signature('...list: list', ([lists], run) =>
      distinct(concatenate(lists as List, run) as List, run),
    ),
  ),
  builtin(
    'distinct values',
    signature('list: list', ([list], run) => distinct(list as List, run)),
  ),
  builtin(
    'flatten',
    signature('list: list', ([list], run) => flatten(list as List, run)),
  ),
  builtin(
    'sort',
    signature('list: list, precedes: function', ([list, precedes], run) =>
      sort(run, list as List, precedes as FeelFunction),
    ),
    signature('list: list', ([list], run) => sortNatural(run, list as List)),
  ),
]
