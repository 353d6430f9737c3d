import {
  addNumbers,
  compareNumbers,
  divideNumbers,
  FeelNumber,
  isWhole,
  ONE,
  subtractNumbers,
  wholeNumber,
} from '../number/decimal.ts'
import type { Node } from '../syntax/tree.ts'
import { addDays, FeelDate, parseDate, toEpochDay } from '../time/civil-date.ts'
import { compareValues, equalValues } from '../value/comparison.ts'
import type { Value } from '../value/values.ts'

/** What is known of a column's values. */
export interface ColumnDomain {
  /** All values it can have. */
  readonly codes?: readonly string[]
  /** Numbers have no fraction. */
  readonly isWhole?: boolean
  readonly minimum?: FeelNumber
  readonly maximum?: FeelNumber
}

/** Literals of a column's tests; undefined when a test depends on more than the tested value. */
export function literalsOf(tests: readonly Node[]): Value[] | undefined {
  const found: Value[] = []
  return tests.every((test) => collect(test, found)) ? found : undefined
}

function collect(node: Node, found: Value[]): boolean {
  switch (node.kind) {
    case 'text':
      return collect(node.body, found)
    case 'unary tests':
      return node.tests.every((test) => collect(test, found))
    case 'literal':
      if (node.value !== null) found.push(node.value)
      return true
    case 'list':
      return node.items.every((item) => collect(item, found))
    case 'range':
      return collect(node.start, found) && collect(node.end, found)
    case 'comparison range':
      return collect(node.bound, found)
    case 'call':
      return collectDate(node, found)
    default:
      return false
  }
}

/** `date("2027-01-01")` is a literal too, and the only call that is. */
function collectDate(node: Node & { kind: 'call' }, found: Value[]): boolean {
  const [arg] = node.args
  const isDate =
    node.callee.kind === 'name' && node.callee.name === 'date' && node.args.length === 1
  if (!isDate || arg?.kind !== 'literal' || typeof arg.value !== 'string') return false
  const value = parseDate(arg.value)
  if (value === undefined) return false
  found.push(value)
  return true
}

/**
 * Values that stand for all values of a column: every literal, something between each two
 * neighbours, something beyond
 * both ends, and for texts one that no test names. Every test gives the same answer all over what a
 * value stands for.
 */
export function representativesOf(
  literals: readonly Value[],
  domain: ColumnDomain,
): Value[] | undefined {
  if (domain.codes !== undefined) return [...domain.codes]
  const [first] = literals
  if (first === undefined) return [null]
  if (typeof first === 'boolean') return [true, false]
  if (typeof first === 'string') {
    return literals.every((value) => typeof value === 'string')
      ? [...distinct(literals), OTHER_TEXT]
      : undefined
  }
  if (literals.every((value) => value instanceof FeelNumber)) return numbers(literals, domain)
  if (literals.every((value) => value instanceof FeelDate)) return days(literals)
  return undefined
}

/** A text nobody tests for. */
const OTHER_TEXT = '(any other text)'

function distinct<T extends Value>(values: readonly T[]): T[] {
  const sorted = [...values].sort((left, right) => compareValues(left, right) ?? 0)
  return sorted.filter((value, at) => at === 0 || equalValues(value, sorted[at - 1] as T) !== true)
}

const TWO = wholeNumber(2)

function numbers(literals: readonly FeelNumber[], domain: ColumnDomain): Value[] {
  const sorted = distinct(literals)
  const found: FeelNumber[] = []
  const add = (value: FeelNumber | null): void => {
    if (value !== null && (domain.isWhole !== true || isWhole(value))) found.push(value)
  }
  sorted.forEach((value, at) => {
    if (at === 0) add(subtractNumbers(value, ONE))
    else add(between(sorted[at - 1] as FeelNumber, value, domain.isWhole === true))
    add(value)
  })
  add(addNumbers(sorted.at(-1) as FeelNumber, ONE))
  return found.filter((value) => {
    const { minimum, maximum } = domain
    if (minimum !== undefined && compareNumbers(value, minimum) < 0) return false
    return maximum === undefined || compareNumbers(value, maximum) <= 0
  })
}

function between(low: FeelNumber, high: FeelNumber, isWholeOnly: boolean): FeelNumber | null {
  if (!isWholeOnly) {
    const sum = addNumbers(low, high)
    return sum === null ? null : divideNumbers(sum, TWO)
  }
  const next = addNumbers(low, ONE)
  return next !== null && compareNumbers(next, high) < 0 ? next : null
}

function days(literals: readonly FeelDate[]): Value[] {
  const sorted = distinct(literals)
  const found: (FeelDate | undefined)[] = []
  sorted.forEach((date, at) => {
    const before = sorted[at - 1]
    if (before === undefined || toEpochDay(date) - toEpochDay(before) > 1)
      found.push(addDays(date, -1))
    found.push(date)
  })
  found.push(addDays(sorted.at(-1) as FeelDate, 1))
  return found.filter((date) => date !== undefined)
}
