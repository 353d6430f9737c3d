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

/**
 * Points of a category or of a group of categories (`L`); undefined when there is none of that
 * name.
 */
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

/**
 * The blocks that forms and names of this country and its neighbours use; block escapes are rare.
 */
const BLOCKS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['BasicLatin', [0x0, 0x7f]],
  ['Latin-1Supplement', [0x80, 0xff]],
  ['LatinExtended-A', [0x100, 0x17f]],
  ['LatinExtended-B', [0x180, 0x24f]],
  ['IPAExtensions', [0x250, 0x2af]],
  ['GreekandCoptic', [0x370, 0x3ff]],
  ['Greek', [0x370, 0x3ff]],
  ['Cyrillic', [0x400, 0x4ff]],
  ['Armenian', [0x530, 0x58f]],
  ['Hebrew', [0x590, 0x5ff]],
  ['Arabic', [0x600, 0x6ff]],
  ['Devanagari', [0x900, 0x97f]],
  ['Thai', [0xe00, 0xe7f]],
  ['Tibetan', [0xf00, 0xfff]],
  ['Mongolian', [0x1800, 0x18af]],
  ['GeneralPunctuation', [0x2000, 0x206f]],
  ['CurrencySymbols', [0x20a0, 0x20cf]],
  ['LetterlikeSymbols', [0x2100, 0x214f]],
  ['NumberForms', [0x2150, 0x218f]],
  ['Arrows', [0x2190, 0x21ff]],
  ['MathematicalOperators', [0x2200, 0x22ff]],
  ['EnclosedAlphanumerics', [0x2460, 0x24ff]],
  ['CJKRadicalsSupplement', [0x2e80, 0x2eff]],
  ['KangxiRadicals', [0x2f00, 0x2fdf]],
  ['CJKSymbolsandPunctuation', [0x3000, 0x303f]],
  ['Hiragana', [0x3040, 0x309f]],
  ['Katakana', [0x30a0, 0x30ff]],
  ['Bopomofo', [0x3100, 0x312f]],
  ['CJKUnifiedIdeographsExtensionA', [0x3400, 0x4dbf]],
  ['CJKUnifiedIdeographs', [0x4e00, 0x9fff]],
  ['YiSyllables', [0xa000, 0xa48f]],
  ['HangulSyllables', [0xac00, 0xd7a3]],
  ['PrivateUseArea', [0xe000, 0xf8ff]],
  ['CJKCompatibilityIdeographs', [0xf900, 0xfaff]],
  ['HalfwidthandFullwidthForms', [0xff00, 0xffef]],
  ['CJKUnifiedIdeographsExtensionB', [0x20000, 0x2a6df]],
])

/** Points of a Unicode block; undefined for a block that is not listed. */
export function blockSet(name: string): PointSet | undefined {
  const block = BLOCKS.get(name)
  if (block === undefined) return undefined
  const [first, last] = block
  return (point) => point >= first && point <= last
}

/** All points that are not in a set. */
export function complement(set: PointSet): PointSet {
  return (point) => !set(point)
}

/**
 * The set of a class escape: `\d`, `\w`, `\s`, `\i`, `\c` and their capitals; undefined for another
 * letter.
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
