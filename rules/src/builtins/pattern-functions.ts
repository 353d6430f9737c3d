import type { Run } from '../runtime/run.ts'
import { toLower, toUpper } from '../text/letter-case.ts'
import { type Captures, compilePattern, type Pattern } from '../text/pattern.ts'
import { PatternError, readFlags } from '../text/pattern-tree.ts'
import { toCodePoints } from '../value/code-points.ts'
import type { Value } from '../value/values.ts'
import { type Builtin, builtin, signature } from './builtin.ts'

/** Patterns come from rules, not from facts: few different ones, each used often. */
const KEPT_PATTERNS = 200
const kept = new Map<string, Pattern>()

function patternOf(run: Run, text: string, flags: Value): Pattern | undefined {
  const letters = (flags ?? '') as string
  const key = `${letters}/${text}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const read = readFlags(letters)
  if (read === undefined) {
    run.fail('ARGUMENT_VALUE', 'flags are letters of "smixq"')
    return undefined
  }
  try {
    const pattern = compilePattern(text, read)
    if (kept.size >= KEPT_PATTERNS) kept.clear()
    kept.set(key, pattern)
    return pattern
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    run.fail('ARGUMENT_VALUE', `the pattern is refused: ${error.message}`)
    return undefined
  }
}

function matches(run: Run, input: string, pattern: string, flags: Value): Value {
  const compiled = patternOf(run, pattern, flags)
  if (compiled === undefined) return null
  return compiled.find(toCodePoints(input), 0, (steps) => run.step(steps)) !== undefined
}

/** All matches from left to right; undefined when the pattern matches the empty text. */
function findAll(run: Run, pattern: Pattern, points: readonly number[]): Captures[] | undefined {
  const spend = (steps: number): void => run.step(steps)
  if (pattern.find([], 0, spend) !== undefined) {
    run.fail('ARGUMENT_VALUE', 'the pattern matches the empty text')
    return undefined
  }
  const found: Captures[] = []
  let from = 0
  while (from <= points.length) {
    const match = pattern.find(points, from, spend)
    if (match === undefined) break
    found.push(match)
    const end = match[1] as number
    from = end > (match[0] as number) ? end : end + 1
  }
  return found
}

function textOf(points: readonly number[], from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at += 1) text += String.fromCodePoint(points[at] as number)
  return text
}

function replace(
  run: Run,
  input: string,
  pattern: string,
  replacement: string,
  flags: Value,
): Value {
  const compiled = patternOf(run, pattern, flags)
  if (compiled === undefined) return null
  const isLiteral = ((flags ?? '') as string).includes('q')
  const parts = isLiteral ? [replacement] : readReplacement(replacement, compiled.groups)
  if (parts === undefined)
    return run.fail('ARGUMENT_VALUE', 'the replacement has a wrong "$" or "\\"')
  const points = toCodePoints(input)
  const found = findAll(run, compiled, points)
  if (found === undefined) return null
  let result = ''
  let from = 0
  for (const match of found) {
    result += textOf(points, from, match[0] as number)
    for (const part of parts)
      result += typeof part === 'string' ? part : groupText(points, match, part)
    from = match[1] as number
    run.text(result.length)
  }
  return result + textOf(points, from, points.length)
}

function groupText(points: readonly number[], match: Captures, group: number): string {
  const from = match[group * 2] ?? -1
  return from < 0 ? '' : textOf(points, from, match[group * 2 + 1] as number)
}

/** A replacement as texts and numbers of groups; undefined when an escape is wrong. */
function readReplacement(text: string, groups: number): (string | number)[] | undefined {
  const parts: (string | number)[] = []
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string
    if (character === '\\') {
      const next = text[at + 1]
      if (next !== '\\' && next !== '$') return undefined
      parts.push(next)
      at += 1
    } else if (character === '$') {
      const group = readGroup(text, at + 1, groups)
      if (group === undefined) return undefined
      parts.push(group.number > groups ? '' : group.number)
      at = group.end - 1
    } else parts.push(character)
  }
  return parts
}

/**
 * The longest number that names a group; a first digit that names none is a group that took no
 * part.
 */
function readGroup(
  text: string,
  from: number,
  groups: number,
): { number: number; end: number } | undefined {
  let number = -1
  let at = from
  while (at < text.length) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) break
    const longer = Math.max(number, 0) * 10 + digit
    if (number >= 0 && longer > groups) break
    number = longer
    at += 1
  }
  return number < 0 ? undefined : { number, end: at }
}

function split(run: Run, input: string, delimiter: string): Value {
  const compiled = patternOf(run, delimiter, null)
  if (compiled === undefined) return null
  const points = toCodePoints(input)
  const found = findAll(run, compiled, points)
  if (found === undefined) return null
  run.list(found.length + 1)
  const parts: string[] = []
  let from = 0
  for (const match of found) {
    parts.push(textOf(points, from, match[0] as number))
    from = match[1] as number
  }
  return [...parts, textOf(points, from, points.length)]
}

/** String functions with patterns and letter case (DMN 1.5 §10.3.4.3 table 76). */
export const PATTERN_FUNCTIONS: readonly Builtin[] = [
  builtin(
    'matches',
    signature('input: string, pattern: string, flags?: string?', ([input, pattern, flags], run) =>
      matches(run, input as string, pattern as string, flags ?? null),
    ),
  ),
  builtin(
    'replace',
    signature(
      'input: string, pattern: string, replacement: string, flags?: string?',
      ([input, pattern, replacement, flags], run) =>
        replace(run, input as string, pattern as string, replacement as string, flags ?? null),
    ),
  ),
  builtin(
    'split',
    signature('string: string, delimiter: string', ([text, delimiter], run) =>
      split(run, text as string, delimiter as string),
    ),
  ),
  builtin(
    'upper case',
    signature('string: string', ([text], run) => {
      run.text((text as string).length * 3)
      return toUpper(text as string)
    }),
  ),
  builtin(
    'lower case',
    signature('string: string', ([text], run) => {
      run.text((text as string).length * 3)
      return toLower(text as string)
    }),
  ),
]
