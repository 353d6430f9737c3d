import { FeelNumber, isWhole, makeNumber, powerOfTen, ZERO } from './decimal.ts'

/** How a value between two steps is moved to one of them. */
export type RoundingMode =
  | 'HALF_UP'
  | 'HALF_DOWN'
  | 'HALF_EVEN'
  | 'UP'
  | 'DOWN'
  | 'FLOOR'
  | 'CEILING'

/** Every mode, for checking a document. */
export const ROUNDING_MODES: readonly RoundingMode[] = [
  'HALF_UP',
  'HALF_DOWN',
  'HALF_EVEN',
  'UP',
  'DOWN',
  'FLOOR',
  'CEILING',
]

/** Smallest and greatest scale of the FEEL rounding functions (DMN 1.5 table 81). */
export const LEAST_SCALE = -6111
export const GREATEST_SCALE = 6176

/**
 * Rounds to `places` digits after the point (negative: before it).
 *
 * UP and DOWN are away from and towards zero, HALF_… nearest with the tie as named.
 * @returns null when the result no longer fits 34 digits
 */
export function roundNumber(
  value: FeelNumber,
  places: number,
  mode: RoundingMode,
): FeelNumber | null {
  const drop = -places - value.exponent
  if (drop <= 0 || value.coefficient === 0n) return value
  if (drop > 6_200) return tinyRounded(value, places, mode)
  const divisor = powerOfTen(drop)
  const quotient = value.coefficient / divisor
  const rest = value.coefficient - quotient * divisor
  if (rest === 0n) return makeNumber(quotient, -places)
  const isNegative = value.coefficient < 0n
  const twice = isNegative ? -rest * 2n : rest * 2n
  const half = twice < divisor ? -1 : twice > divisor ? 1 : 0
  if (!movesAway(mode, half, (quotient & 1n) === 1n, isNegative))
    return makeNumber(quotient, -places)
  return makeNumber(isNegative ? quotient - 1n : quotient + 1n, -places)
}

function tinyRounded(value: FeelNumber, places: number, mode: RoundingMode): FeelNumber | null {
  const isNegative = value.coefficient < 0n
  if (!movesAway(mode, -1, false, isNegative)) return ZERO
  return makeNumber(isNegative ? -1n : 1n, -places)
}

function movesAway(mode: RoundingMode, half: number, isOdd: boolean, isNegative: boolean): boolean {
  switch (mode) {
    case 'HALF_UP':
      return half >= 0
    case 'HALF_DOWN':
      return half > 0
    case 'HALF_EVEN':
      return half > 0 || (half === 0 && isOdd)
    case 'UP':
      return true
    case 'DOWN':
      return false
    case 'FLOOR':
      return isNegative
    case 'CEILING':
      return !isNegative
  }
}

/**
 * `modulo(dividend, divisor)` with the sign of the divisor: dividend − divisor × floor(dividend /
 * divisor), exact.
 *
 * @returns null for a divisor of 0
 * @source DMN 1.5 table 81
 */
export function moduloNumbers(dividend: FeelNumber, divisor: FeelNumber): FeelNumber | null {
  if (divisor.coefficient === 0n) return null
  const exponent = Math.min(dividend.exponent, divisor.exponent)
  const a = dividend.coefficient * powerOfTen(dividend.exponent - exponent)
  const b = divisor.coefficient * powerOfTen(divisor.exponent - exponent)
  const rest = a % b
  return makeNumber(rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest, exponent)
}

/** Whether a whole number is odd; null when it has a fraction. */
export function isOddNumber(value: FeelNumber): boolean | null {
  if (!isWhole(value)) return null
  if (value.exponent > 0) return false
  return (value.coefficient / powerOfTen(-value.exponent)) % 2n !== 0n
}

/** The size without its sign. */
export function absoluteNumber(value: FeelNumber): FeelNumber {
  return value.coefficient < 0n ? new FeelNumber(-value.coefficient, value.exponent) : value
}
