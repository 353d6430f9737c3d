import { type FeelNumber, toWhole, wholeNumber } from '../number/decimal.ts'
import type { Run } from '../runtime/run.ts'
import { countCodePoints, unitOfCodePoint } from '../value/code-points.ts'
import type { Value } from '../value/values.ts'
import { type Builtin, builtin, signature } from './builtin.ts'

/** `substring`: positions count code points, from 1 or from the end. */
function substring(run: Run, text: string, position: Value, length: Value): Value {
  run.step(text.length >> 6)
  const count = countCodePoints(text)
  const start = toWhole(position as FeelNumber) as number
  const from = start > 0 ? start - 1 : count + start
  if (start === 0 || from < 0)
    return run.fail('ARGUMENT_VALUE', 'the start position is outside of the text')
  if (from >= count) return ''
  if (length === null) return text.slice(unitOfCodePoint(text, from))
  const wanted = toWhole(length as FeelNumber) as number
  if (wanted < 1) return run.fail('ARGUMENT_VALUE', 'a length is 1 or more')
  const rest = text.slice(unitOfCodePoint(text, from))
  return rest.slice(0, unitOfCodePoint(rest, wanted))
}

function join(run: Run, list: readonly Value[], delimiter: string): Value {
  run.step(list.length)
  const parts: string[] = []
  let length = 0
  for (const item of list) {
    if (item === null) continue
    if (typeof item !== 'string') return run.fail('ARGUMENT_TYPE', 'every item must be a string')
    parts.push(item)
    length += item.length + delimiter.length
  }
  run.text(length)
  return parts.join(delimiter)
}

/** Where one text begins within another; a search may compare every place with all of the match. */
function search(run: Run, text: string, match: string): number {
  run.step((text.length >> 6) + Math.floor((text.length * match.length) / 65_536))
  return text.indexOf(match)
}

/** String functions without patterns (DMN 1.5 §10.3.4.3 table 76). */
export const STRING_FUNCTIONS: readonly Builtin[] = [
  builtin(
    'substring',
    signature('string: string, start position: int, length?: int', ([text, start, length], run) =>
      substring(run, text as string, start ?? null, length ?? null),
    ),
  ),
  builtin(
    'string length',
    signature('string: string', ([text], run) => {
      run.step((text as string).length >> 6)
      return wholeNumber(countCodePoints(text as string))
    }),
  ),
  builtin(
    'substring before',
    signature('string: string, match: string', ([text, match], run) => {
      const at = search(run, text as string, match as string)
      return at < 0 ? '' : (text as string).slice(0, at)
    }),
  ),
  builtin(
    'substring after',
    signature('string: string, match: string', ([text, match], run) => {
      const at = search(run, text as string, match as string)
      return at < 0 ? '' : (text as string).slice(at + (match as string).length)
    }),
  ),
  builtin(
    'contains',
    signature(
      'string: string, match: string',
      ([text, match], run) => search(run, text as string, match as string) >= 0,
    ),
  ),
  builtin(
    'starts with',
    signature('string: string, match: string', ([text, match]) =>
      (text as string).startsWith(match as string),
    ),
  ),
  builtin(
    'ends with',
    signature('string: string, match: string', ([text, match]) =>
      (text as string).endsWith(match as string),
    ),
  ),
  builtin(
    'string join',
    signature('list: list, delimiter?: string', ([list, delimiter], run) =>
      join(run, list as readonly Value[], (delimiter as string | null) ?? ''),
    ),
  ),
]
