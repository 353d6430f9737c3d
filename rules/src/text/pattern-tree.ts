import { toCodePoints } from '../value/code-points.ts'
import { foldPoint } from './letter-case.ts'
import { blockSet, categorySet, complement, escapeSet, type PointSet } from './point-set.ts'

/** A parsed pattern. */
export type PatternTree =
  | { kind: 'set'; set: PointSet }
  | { kind: 'start' | 'end' }
  | { kind: 'sequence'; parts: readonly PatternTree[] }
  | { kind: 'choice'; options: readonly PatternTree[] }
  | { kind: 'repeat'; part: PatternTree; least: number; most: number; isGreedy: boolean }
  | { kind: 'group'; part: PatternTree; index: number }

/** Flags of `matches` and `replace` (XPath functions §5.6.2). */
export interface PatternFlags {
  readonly ignoresCase: boolean
  readonly isMultiline: boolean
  readonly dotMatchesAll: boolean
  readonly ignoresSpace: boolean
  readonly isLiteral: boolean
}

/** Reads flags; undefined for a letter that is none. */
export function readFlags(text: string): PatternFlags | undefined {
  for (const letter of text) if (!'smixq'.includes(letter)) return undefined
  return {
    ignoresCase: text.includes('i'),
    isMultiline: text.includes('m'),
    dotMatchesAll: text.includes('s'),
    ignoresSpace: text.includes('x'),
    isLiteral: text.includes('q'),
  }
}

/** Why a text is no pattern, or none we match in linear time (back-references). */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

/** Nested groups and repetitions of a pattern. */
const GREATEST_DEPTH = 100
const GREATEST_COUNT = 1000
/** Points of a range whose cases are listed. */
const GREATEST_FOLDED = 2000

/**
 * Reads a pattern of XML Schema with the additions of XPath: anchors, reluctant quantifiers, groups
 * that do not capture.
 *
 * @throws PatternError
 * @source XML Schema part 2 appendix G, XPath functions 3.1 §5.6.1
 */
export function parsePattern(
  text: string,
  flags: PatternFlags,
): { tree: PatternTree; groups: number } {
  const points = toCodePoints(text)
  if (flags.isLiteral) {
    return {
      tree: { kind: 'sequence', parts: points.map((point) => single(point, flags)) },
      groups: 0,
    }
  }
  const reader = new PatternReader(flags.ignoresSpace ? withoutSpace(points) : points, flags)
  const tree = reader.choice()
  if (!reader.isAtEnd()) throw new PatternError('a bracket is closed that was not opened')
  return { tree, groups: reader.groups }
}

/** Flag `x`: white space counts only within classes. */
function withoutSpace(points: readonly number[]): number[] {
  let depth = 0
  return points.filter((point, at) => {
    const isEscaped = at > 0 && points[at - 1] === 92
    if (point === 91 && !isEscaped) depth += 1
    if (point === 93 && !isEscaped && depth > 0) depth -= 1
    return depth > 0 || !(point === 32 || point === 9 || point === 10 || point === 13)
  })
}

function single(point: number, flags: PatternFlags): PatternTree {
  if (!flags.ignoresCase) return { kind: 'set', set: (other) => other === point }
  const folded = foldPoint(point)
  return { kind: 'set', set: (other) => other === point || foldPoint(other) === folded }
}

/** Reads one pattern from left to right. */
class PatternReader {
  groups = 0
  private at = 0
  private depth = 0
  private readonly points: readonly number[]
  private readonly flags: PatternFlags

  constructor(points: readonly number[], flags: PatternFlags) {
    this.points = points
    this.flags = flags
  }

  isAtEnd(): boolean {
    return this.at >= this.points.length
  }

  private sees(character: string): boolean {
    return this.points[this.at] === character.charCodeAt(0)
  }

  private take(character: string): boolean {
    if (!this.sees(character)) return false
    this.at += 1
    return true
  }

  private next(): number {
    const point = this.points[this.at]
    if (point === undefined) throw new PatternError('the pattern ends too early')
    this.at += 1
    return point
  }

  choice(): PatternTree {
    this.depth += 1
    if (this.depth > GREATEST_DEPTH) throw new PatternError('too many nested groups')
    const options = [this.sequence()]
    while (this.take('|')) options.push(this.sequence())
    this.depth -= 1
    return options.length === 1 ? (options[0] as PatternTree) : { kind: 'choice', options }
  }

  private sequence(): PatternTree {
    const parts: PatternTree[] = []
    while (!this.isAtEnd() && !this.sees('|') && !this.sees(')')) parts.push(this.repeated())
    return { kind: 'sequence', parts }
  }

  private repeated(): PatternTree {
    const part = this.atom()
    const bounds = this.quantifier()
    if (bounds === undefined) return part
    if (part.kind === 'start' || part.kind === 'end')
      throw new PatternError('an anchor is repeated')
    const isGreedy = !this.take('?')
    return { kind: 'repeat', part, least: bounds[0], most: bounds[1], isGreedy }
  }

  private quantifier(): [number, number] | undefined {
    if (this.take('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.take('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.take('?')) return [0, 1]
    if (!this.take('{')) return undefined
    const least = this.count()
    let most = least
    if (this.take(',')) most = this.sees('}') ? Number.POSITIVE_INFINITY : this.count()
    if (!this.take('}') || most < least) throw new PatternError('a quantifier is wrong')
    return [least, most]
  }

  private count(): number {
    let value = -1
    while (!this.isAtEnd()) {
      const digit = (this.points[this.at] as number) - 48
      if (digit < 0 || digit > 9) break
      value = Math.max(value, 0) * 10 + digit
      if (value > GREATEST_COUNT) throw new PatternError('a quantifier is too large')
      this.at += 1
    }
    if (value < 0) throw new PatternError('a quantifier needs a number')
    return value
  }

  private atom(): PatternTree {
    const point = this.next()
    switch (String.fromCodePoint(point)) {
      case '(':
        return this.group()
      case '[':
        return { kind: 'set', set: this.classSet() }
      case '.':
        return { kind: 'set', set: this.anyPoint() }
      case '^':
        return { kind: 'start' }
      case '$':
        return { kind: 'end' }
      case '\\':
        return this.escape()
      case '*':
      case '+':
      case '?':
      case '{':
      case '}':
      case ']':
        throw new PatternError('a special character stands where it has no meaning')
      default:
        return single(point, this.flags)
    }
  }

  private anyPoint(): PointSet {
    return this.flags.dotMatchesAll ? () => true : (point) => point !== 10 && point !== 13
  }

  private group(): PatternTree {
    if (this.take('?')) {
      if (!this.take(':')) throw new PatternError('this kind of group is not supported')
      const part = this.choice()
      if (!this.take(')')) throw new PatternError('a group is not closed')
      return part
    }
    this.groups += 1
    const index = this.groups
    const part = this.choice()
    if (!this.take(')')) throw new PatternError('a group is not closed')
    return { kind: 'group', part, index }
  }

  private escape(): PatternTree {
    const escaped = this.escaped()
    return typeof escaped === 'number' ? single(escaped, this.flags) : { kind: 'set', set: escaped }
  }

  /** A point or a set after a backslash. */
  private escaped(): number | PointSet {
    const letter = String.fromCodePoint(this.next())
    if (letter >= '0' && letter <= '9') throw new PatternError('back-references are not supported')
    if (letter === 'n') return 10
    if (letter === 'r') return 13
    if (letter === 't') return 9
    if (letter === 'p' || letter === 'P') return this.category(letter === 'P')
    const set = escapeSet(letter)
    if (set !== undefined) return set
    if ('\\|.-^?*+{}()[]$/ '.includes(letter)) return letter.charCodeAt(0)
    throw new PatternError('there is no such escape')
  }

  private category(isNegated: boolean): PointSet {
    if (!this.take('{')) throw new PatternError('a category needs braces')
    let name = ''
    while (!this.take('}')) name += String.fromCodePoint(this.next())
    const set = name.startsWith('Is') ? blockSet(name.slice(2)) : categorySet(name)
    if (set === undefined) throw new PatternError('there is no such category')
    return isNegated ? complement(set) : set
  }

  /** `[…]` after its opening bracket. */
  private classSet(): PointSet {
    this.depth += 1
    if (this.depth > GREATEST_DEPTH) throw new PatternError('too many nested classes')
    const isNegated = this.take('^')
    const sets: PointSet[] = []
    let subtracted: PointSet | undefined
    let isFirst = true
    while (!this.take(']') || isFirst) {
      if (isFirst && this.points[this.at - 1] === 93) throw new PatternError('a class is empty')
      isFirst = false
      if (this.sees('-') && this.points[this.at + 1] === 91) {
        this.at += 2
        subtracted = this.classSet()
        if (!this.take(']')) throw new PatternError('a subtraction must end its class')
        break
      }
      sets.push(this.classPart())
    }
    this.depth -= 1
    return classOf(sets, isNegated, subtracted)
  }

  private classPart(): PointSet {
    const first = this.classPoint()
    if (typeof first !== 'number') return first
    const isRange =
      this.sees('-') && this.points[this.at + 1] !== 93 && this.points[this.at + 1] !== 91
    if (!isRange) return this.folded((point) => point === first, first, first)
    this.at += 1
    const last = this.classPoint()
    if (typeof last !== 'number' || last < first)
      throw new PatternError('a range of a class is wrong')
    return this.folded((point) => point >= first && point <= last, first, last)
  }

  private classPoint(): number | PointSet {
    const point = this.next()
    if (point === 92) return this.escaped()
    if (point === 91) throw new PatternError('a bracket within a class must be escaped')
    return point
  }

  /** With flag `i` a point is in a set when any case of it is. */
  private folded(set: PointSet, first: number, last: number): PointSet {
    if (!this.flags.ignoresCase) return set
    // A long range (all of a script) has its other cases within it.
    if (last - first > GREATEST_FOLDED) return (point) => set(point) || set(foldPoint(point))
    const folds = new Set<number>()
    for (let point = first; point <= last; point += 1) folds.add(foldPoint(point))
    return (point) => folds.has(foldPoint(point))
  }
}

function classOf(
  sets: readonly PointSet[],
  isNegated: boolean,
  subtracted: PointSet | undefined,
): PointSet {
  return (point) => {
    const isIn = sets.some((set) => set(point)) !== isNegated
    return isIn && !(subtracted?.(point) ?? false)
  }
}
