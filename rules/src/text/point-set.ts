import { isNamePart, isNameStart } from '../syntax/characters.ts'
import { CATEGORY_NAMES, CATEGORY_RUNS } from './categories.gen.ts'

/** A test of code points. */
export type PointSet = (point: number) => boolean

let starts: number[] | undefined
let kinds: number[] | undefined

function readCategories(): void {
  starts = []
  kinds = []
  let start = 0
  for (const run of CATEGORY_RUNS.split(',')) {
    starts.push(start)
    kinds.push(Number.parseInt(run.slice(0, 1), 36))
    start += Number.parseInt(run.slice(1), 36)
  }
}

/** The general category of a code point, such as `Lu`. */
export function categoryOf(point: number): string {
  if (starts === undefined) readCategories()
  const begins = starts as number[]
  let low = 0
  let high = begins.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((begins[middle] as number) <= point) low = middle
    else high = middle - 1
  }
  return CATEGORY_NAMES[(kinds as number[])[low] as number] as string
}

/** Points of a category or of a group of categories (`L`); undefined when there is none of that name. */
export function categorySet(name: string): PointSet | undefined {
  if (
    !CATEGORY_NAMES.some(
      (category) => category === name || (name.length === 1 && category.startsWith(name)),
    )
  ) {
    return undefined
  }
  return (point) => categoryOf(point).startsWith(name)
}

/** All points that are not in a set. */
export function complement(set: PointSet): PointSet {
  return (point) => !set(point)
}

/**
 * The set of a class escape: `\d`, `\w`, `\s`, `\i`, `\c` and their capitals; undefined for another letter.
 *
 * @source XML Schema part 2 appendix G: `\w` is everything but punctuation, separators and others
 */
export function escapeSet(letter: string): PointSet | undefined {
  switch (letter) {
    case 'd':
      return (point) => (point < 128 ? point >= 48 && point <= 57 : categoryOf(point) === 'Nd')
    case 'w':
      return (point) => !'PZC'.includes(categoryOf(point).slice(0, 1))
    case 's':
      return (point) => point === 32 || point === 9 || point === 10 || point === 13
    case 'i':
      return (point) => point === 58 || isNameStart(point)
    case 'c':
      return (point) => point === 58 || point === 45 || point === 46 || isNamePart(point)
    case 'D':
    case 'W':
    case 'S':
    case 'I':
    case 'C':
      return complement(escapeSet(lowerLetter(letter)) as PointSet)
    default:
      return undefined
  }
}

function lowerLetter(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 32)
}
