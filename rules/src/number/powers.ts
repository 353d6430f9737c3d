import {
  countDigits,
  type FeelNumber,
  isWhole,
  makeNumber,
  ONE,
  powerOfTen,
  toWhole,
  ZERO,
} from './decimal.ts'

/**
 * Fixed-point digits after the point for exp and log: 34 wanted, the rest is guard.
 * The guard makes the rounded result right except where the true value lies within 10^-40 of a tie.
 */
const PRECISION = 90
const UNIT = 10n ** BigInt(PRECISION)

let logTwo: bigint | undefined
let logTen: bigint | undefined

/** Square root to 34 digits, half-even; null for negative values. */
export function squareRoot(value: FeelNumber): FeelNumber | null {
  if (value.coefficient < 0n) return null
  if (value.coefficient === 0n) return ZERO
  let scale = Math.max(0, 72 - countDigits(value.coefficient))
  if ((value.exponent - scale) % 2 !== 0) scale += 1
  const radicand = value.coefficient * powerOfTen(scale)
  const root = wholeRoot(radicand)
  const exponent = (value.exponent - scale) / 2
  if (root * root === radicand) return trimmed(root, exponent)
  return makeNumber(root * 10n + 1n, exponent - 1)
}

function trimmed(coefficient: bigint, exponent: number): FeelNumber | null {
  let whole = coefficient
  let power = exponent
  while (whole % 10n === 0n && power < 0) {
    whole /= 10n
    power += 1
  }
  return makeNumber(whole, power)
}

function wholeRoot(radicand: bigint): bigint {
  let guess = powerOfTen((countDigits(radicand) >> 1) + 1)
  while (true) {
    const next = (guess + radicand / guess) >> 1n
    if (next >= guess) return guess
    guess = next
  }
}

/** Natural logarithm; null for 0 and below. */
export function naturalLogarithm(value: FeelNumber): FeelNumber | null {
  if (value.coefficient <= 0n) return null
  const fixed = logarithmFixed(value)
  return fixed === 0n ? ZERO : makeNumber(fixed, -PRECISION)
}

/** ln(value) × 10^PRECISION: the digits and the power of ten apart. */
function logarithmFixed(value: FeelNumber): bigint {
  const digits = countDigits(value.coefficient)
  const mantissa = value.coefficient * powerOfTen(PRECISION - digits + 1)
  logTen ??= logarithmOfMantissa(10n * UNIT)
  return logarithmOfMantissa(mantissa) + BigInt(digits - 1 + value.exponent) * logTen
}

function logarithmOfMantissa(mantissa: bigint): bigint {
  let reduced = mantissa
  let halvings = 0n
  while (reduced * 2n > 3n * UNIT) {
    reduced >>= 1n
    halvings += 1n
  }
  const series = logarithmSeries(reduced)
  if (halvings === 0n) return series
  logTwo ??= logarithmSeries(2n * UNIT)
  return series + halvings * logTwo
}

/** 2·artanh((x − 1)/(x + 1)), for x from 2/3 to 2. */
function logarithmSeries(fixed: bigint): bigint {
  const ratio = ((fixed - UNIT) * UNIT) / (fixed + UNIT)
  const square = (ratio * ratio) / UNIT
  let power = ratio
  let sum = 0n
  for (let divisor = 1n; power !== 0n; divisor += 2n) {
    sum += power / divisor
    power = (power * square) / UNIT
  }
  return 2n * sum
}

/** e to the power of the value; null on overflow. */
export function exponential(value: FeelNumber): FeelNumber | null {
  if (value.coefficient === 0n) return ONE
  const size = countDigits(value.coefficient) + value.exponent
  if (size > 6) return value.coefficient < 0n ? ZERO : null
  if (size < -45) return makeNumber(powerOfTen(45) + (value.coefficient < 0n ? -1n : 1n), -45)
  return exponentialFixed(toFixed(value))
}

function toFixed(value: FeelNumber): bigint {
  const shift = PRECISION + value.exponent
  return shift >= 0 ? value.coefficient * powerOfTen(shift) : value.coefficient / powerOfTen(-shift)
}

function exponentialFixed(fixed: bigint): FeelNumber | null {
  logTen ??= logarithmOfMantissa(10n * UNIT)
  const tens = fixed / logTen
  // Dividing by 2^16 and squaring back costs 5 digits of the guard and saves 50 terms.
  const reduced = (fixed - tens * logTen) >> 16n
  let term = UNIT
  let sum = UNIT
  for (let index = 1n; term !== 0n && term !== -1n; index += 1n) {
    term = (term * reduced) / UNIT / index
    sum += term
  }
  for (let squaring = 0; squaring < 16; squaring += 1) sum = (sum * sum) / UNIT
  return makeNumber(sum, Number(tens) - PRECISION)
}

/**
 * `base ** exponent`; null for 0 to a negative power, negative base with a fraction, and overflow.
 *
 * @source DMN 1.5 table 56: whole exponents by multiplication, others as e^(exponent · ln base)
 */
export function powerNumber(base: FeelNumber, exponent: FeelNumber): FeelNumber | null {
  if (exponent.coefficient === 0n) return ONE
  if (base.coefficient === 0n) return exponent.coefficient < 0n ? null : ZERO
  if (isWhole(exponent)) {
    const count = toWhole(exponent)
    if (count !== undefined && Math.abs(count) <= 999_999_999) return wholePower(base, count)
    return hugePower(base, exponent)
  }
  if (base.coefficient < 0n) return null
  if (toWhole(base) === 1) return ONE
  return exponentialFixed((logarithmFixed(base) * toFixedExact(exponent)) / UNIT)
}

function toFixedExact(value: FeelNumber): bigint {
  const size = countDigits(value.coefficient) + value.exponent
  return size > 12 ? UNIT * powerOfTen(12) * (value.coefficient < 0n ? -1n : 1n) : toFixed(value)
}

/** An exponent beyond a thousand million leaves only 0, 1 and overflow, but for bases next to 1. */
function hugePower(base: FeelNumber, exponent: FeelNumber): FeelNumber | null {
  const one = toWhole(base)
  if (one === 1) return ONE
  if (one === -1)
    return exponent.exponent > 0 || exponent.coefficient % 2n === 0n ? ONE : makeNumber(-1n, 0)
  if (base.coefficient < 0n) return null
  return exponentialFixed((logarithmFixed(base) * toFixedExact(exponent)) / UNIT)
}

/** Square and multiply at 80 digits: the error after 2^30 steps stays below the 34th digit. */
function wholePower(base: FeelNumber, count: number): FeelNumber | null {
  let result = { coefficient: 1n, exponent: 0 }
  let square = { coefficient: base.coefficient, exponent: base.exponent }
  for (let rest = Math.abs(count); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiplyWide(result, square)
    if (rest > 1) square = multiplyWide(square, square)
  }
  if (count > 0) return makeNumber(result.coefficient, clampExponent(result.exponent))
  const digits = countDigits(result.coefficient)
  const quotient = powerOfTen(digits + 40) / result.coefficient
  const isExact = quotient * result.coefficient === powerOfTen(digits + 40)
  const exponent = clampExponent(-digits - 40 - result.exponent)
  return isExact
    ? trimmed(quotient, exponent)
    : makeNumber(quotient * 10n + signOf(quotient), exponent - 1)
}

type Wide = { coefficient: bigint; exponent: number }

function multiplyWide(left: Wide, right: Wide): Wide {
  const coefficient = left.coefficient * right.coefficient
  const exponent = left.exponent + right.exponent
  const drop = countDigits(coefficient) - 80
  if (drop <= 0) return { coefficient, exponent }
  return { coefficient: coefficient / powerOfTen(drop), exponent: exponent + drop }
}

/** Keeps powers of huge exponents out of arithmetic that would allocate them. */
function clampExponent(exponent: number): number {
  return Math.max(-100_000, Math.min(100_000, exponent))
}

function signOf(whole: bigint): bigint {
  return whole < 0n ? -1n : 1n
}
