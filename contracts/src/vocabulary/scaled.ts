import { isDigitCode } from './spelling.ts'

/** An exact decimal: `digits` × 10^−`places`. Units, net values and rates. */
export interface Scaled {
  readonly digits: bigint
  readonly places: number
}

const MOST_DIGITS = 30
const MOST_PLACES = 18

/**
 * Whether the text is a decimal with exactly `places` places: no sign but `-`, no leading zeros, no
 * point where there are no places, no negative zero.
 *
 * @param places  any number of places (0 … 18) if left out
 * @source ledger-bytes.md section 2
 */
export function isDecimal(text: string, places?: number): boolean {
  const start = text.startsWith('-') ? 1 : 0
  const point = text.indexOf('.')
  const end = point < 0 ? text.length : point
  const came = point < 0 ? 0 : text.length - point - 1
  if (point >= 0 && came === 0) return false
  if (end === start || (end > start + 1 && text[start] === '0')) return false
  if (came > MOST_PLACES || text.length - start > MOST_DIGITS) return false
  if (places !== undefined && came !== places) return false
  let isZero = true
  for (let at = start; at < text.length; at++) {
    if (at === point) continue
    if (!isDigitCode(text.charCodeAt(at))) return false
    if (text[at] !== '0') isZero = false
  }
  return !(isZero && start === 1)
}

/**
 * Reads a decimal with exactly `places` places.
 *
 * @throws RangeError for another spelling: input is checked where it enters
 */
export function scaledFromText(text: string, places: number): Scaled {
  if (!isDecimal(text, places)) {
    throw new RangeError(`a decimal with exactly ${places} places is expected`)
  }
  const point = text.indexOf('.')
  const digits = point < 0 ? text : text.slice(0, point) + text.slice(point + 1)
  return { digits: BigInt(digits), places }
}

/** Writes a decimal with exactly its places. */
export function scaledToText({ digits, places }: Scaled): string {
  if (places === 0) return digits.toString()
  const size = digits < 0n ? -digits : digits
  const text = size.toString().padStart(places + 1, '0')
  return `${digits < 0n ? '-' : ''}${text.slice(0, -places)}.${text.slice(-places)}`
}
