import {
  addNumbers,
  compareNumbers,
  divideNumbers,
  FeelNumber,
  multiplyNumbers,
  ONE,
  subtractNumbers,
  wholeNumber,
  ZERO,
} from '../number/decimal.ts'
import { squareRoot } from '../number/powers.ts'
import { addValues } from '../runtime/arithmetic.ts'
import type { Run } from '../runtime/run.ts'
import { compareValues } from '../value/comparison.ts'
import { isList, type Value } from '../value/values.ts'
import { type Builtin, builtin, type Implementation, signature } from './builtin.ts'

const OUT_OF_RANGE = 'the result is outside the range of numbers'

/** A function over a list, or over its arguments as if they were one. */
export function overList(name: string, run: (items: readonly Value[], run: Run) => Value): Builtin {
  const counted: Implementation = ([list], context) => {
    const items = list as readonly Value[]
    context.step(items.length)
    return run(items, context)
  }
  // One argument that is a list is the list; anything else is an item.
  const variadic: Implementation = ([list], context) => {
    const items = list as readonly Value[]
    const [only] = items
    return counted(
      [items.length === 1 && only !== undefined && isList(only) ? only : items],
      context,
    )
  }
  return builtin(name, signature('list: list', counted), signature('...list: any', variadic))
}

/** All items as numbers; undefined when one is none. */
function numbersOf(items: readonly Value[], run: Run): readonly FeelNumber[] | undefined {
  for (const item of items) {
    if (!(item instanceof FeelNumber)) {
      run.fail('ARGUMENT_TYPE', 'every item must be a number')
      return undefined
    }
  }
  return items as readonly FeelNumber[]
}

/** Sum of numbers; null on overflow. */
export function sumNumbers(numbers: readonly FeelNumber[]): FeelNumber | null {
  let sum: FeelNumber | null = ZERO
  for (const item of numbers) {
    if (sum === null) return null
    sum = addNumbers(sum, item)
  }
  return sum
}

function meanOf(numbers: readonly FeelNumber[]): FeelNumber | null {
  const sum = sumNumbers(numbers)
  return sum === null ? null : divideNumbers(sum, wholeNumber(numbers.length))
}

function extreme(wanted: number): (items: readonly Value[], run: Run) => Value {
  return (items, run) => {
    let best = items[0] ?? null
    if (best === null) return null
    for (const item of items) {
      const order = compareValues(item, best, run)
      if (order === undefined) return run.fail('NOT_COMPARABLE', 'the items cannot be compared')
      if (order === wanted) best = item
    }
    return best
  }
}

function sum(items: readonly Value[], run: Run): Value {
  const [first] = items
  if (first === undefined) return null
  if (first instanceof FeelNumber) {
    const numbers = numbersOf(items, run)
    if (numbers === undefined) return null
    return sumNumbers(numbers) ?? run.fail('ARITHMETIC', OUT_OF_RANGE)
  }
  if (typeof first === 'string' || first === null) {
    return run.fail('ARGUMENT_TYPE', 'only numbers and durations have a sum')
  }
  return items.slice(1).reduce((total, item) => addValues(run, run.site, total, item), first)
}

function product(items: readonly Value[], run: Run): Value {
  const numbers = numbersOf(items, run)
  if (numbers === undefined || numbers.length === 0) return null
  let result: FeelNumber | null = ONE
  for (const item of numbers) result = result === null ? null : multiplyNumbers(result, item)
  return result ?? run.fail('ARITHMETIC', OUT_OF_RANGE)
}

function mean(items: readonly Value[], run: Run): Value {
  const numbers = numbersOf(items, run)
  if (numbers === undefined || numbers.length === 0) return null
  return meanOf(numbers) ?? run.fail('ARITHMETIC', OUT_OF_RANGE)
}

function median(items: readonly Value[], run: Run): Value {
  const numbers = numbersOf(items, run)
  if (numbers === undefined || numbers.length === 0) return null
  const sorted = [...numbers].sort(compareNumbers)
  const middle = sorted.length >> 1
  const upper = sorted[middle] as FeelNumber
  if (sorted.length % 2 === 1) return upper
  return meanOf([sorted[middle - 1] as FeelNumber, upper]) ?? run.fail('ARITHMETIC', OUT_OF_RANGE)
}

/** Standard deviation of a sample: divided by one less than the count. */
function deviation(items: readonly Value[], run: Run): Value {
  run.step(10)
  const numbers = numbersOf(items, run)
  if (numbers === undefined) return null
  if (numbers.length < 2) return run.fail('ARGUMENT_VALUE', 'a deviation needs two numbers')
  const centre = meanOf(numbers)
  if (centre === null) return run.fail('ARITHMETIC', OUT_OF_RANGE)
  const squares: FeelNumber[] = []
  for (const item of numbers) {
    const distance = subtractNumbers(item, centre)
    const square = distance === null ? null : multiplyNumbers(distance, distance)
    if (square === null) return run.fail('ARITHMETIC', OUT_OF_RANGE)
    squares.push(square)
  }
  const total = sumNumbers(squares)
  const variance = total === null ? null : divideNumbers(total, wholeNumber(numbers.length - 1))
  if (variance === null) return run.fail('ARITHMETIC', OUT_OF_RANGE)
  return squareRoot(variance)
}

/** The most frequent numbers, ascending. */
function mode(items: readonly Value[], run: Run): Value {
  const numbers = numbersOf(items, run)
  if (numbers === undefined) return null
  const sorted = [...numbers].sort(compareNumbers)
  let best: FeelNumber[] = []
  let bestCount = 0
  let count = 0
  for (let at = 0; at < sorted.length; at += 1) {
    const item = sorted[at] as FeelNumber
    const before = sorted[at - 1]
    count = before !== undefined && compareNumbers(before, item) === 0 ? count + 1 : 1
    if (count > bestCount) {
      best = [item]
      bestCount = count
    } else if (count === bestCount) best.push(item)
  }
  return best
}

/** `all`: false when one item is false, true when all are, else null. `any` the other way round. */
function quantified(deciding: boolean): (items: readonly Value[], run: Run) => Value {
  return (items) => {
    if (items.includes(deciding)) return deciding
    return items.every((item) => item === !deciding) ? !deciding : null
  }
}

/** List functions that boil a list down to one value (DMN 1.5 §10.3.4.4). */
export const STATISTICS: readonly Builtin[] = [
  overList('min', extreme(-1)),
  overList('max', extreme(1)),
  overList('sum', sum),
  overList('mean', mean),
  overList('product', product),
  overList('median', median),
  overList('stddev', deviation),
  overList('mode', mode),
  overList('all', quantified(false)),
  overList('any', quantified(true)),
  builtin(
    'count',
    signature('list: list', ([list]) => wholeNumber((list as readonly Value[]).length)),
  ),
]
