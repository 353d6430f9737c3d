import { type FeelNumber, powerOfTen } from './decimal.ts'
import { roundNumber } from './rounding.ts'

/** The nearest whole number, half-even, as a bigint; undefined beyond 60 digits. */
export function roundNumberToWhole(value: FeelNumber): bigint | undefined {
  if (value.exponent > 60) return undefined
  const rounded = roundNumber(value, 0, 'HALF_EVEN')
  return rounded === null ? undefined : wholePart(rounded)
}

/** The whole part, towards zero, as a bigint; undefined beyond 60 digits. */
export function truncateToWhole(value: FeelNumber): bigint | undefined {
  if (value.exponent > 60) return undefined
  return wholePart(value)
}

function wholePart(value: FeelNumber): bigint {
  if (value.exponent >= 0) return value.coefficient * powerOfTen(value.exponent)
  if (value.exponent < -100) return 0n
  return value.coefficient / powerOfTen(-value.exponent)
}
