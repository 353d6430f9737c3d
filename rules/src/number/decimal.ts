/** Exponents of IEEE 754-2008 decimal128 when the coefficient is a whole number. */
const LEAST_EXPONENT = -6176
const GREATEST_EXPONENT = 6111
const DIGITS = 34
const COEFFICIENT_LIMIT = 10n ** 34n
/** Beyond this many digits of distance the smaller summand only decides a rounding. */
const FAR_DIGITS = 80

const POWERS: readonly bigint[] = Array.from({ length: 200 }, (_, power) => 10n ** BigInt(power))

/** 10 to a whole power of 0 or more. */
export function powerOfTen(power: number): bigint {
  return POWERS[power] ?? 10n ** BigInt(power)
}

/** How many decimal digits a whole number has; 0 has one. */
export function countDigits(whole: bigint): number {
  const size = whole < 0n ? -whole : whole
  if (size >= (POWERS[199] as bigint)) return size.toString().length
  let low = 1
  let high = 199
  while (low < high) {
    const middle = (low + high) >> 1
    if (size < (POWERS[middle] as bigint)) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * A FEEL number: coefficient × 10^exponent, at most 34 digits, immutable. Equal values may have
 * different fields
 * (1 and 1.0); compare with {@link compareNumbers}.
 *
 * @source DMN 1.5 §10.3.2.3.1: the domain of IEEE 754-2008 decimal128 without its infinities and
 * NaN
 */
export class FeelNumber {
  readonly coefficient: bigint
  readonly exponent: number

  /** Use {@link makeNumber}: the constructor trusts that 34 digits are not exceeded. */
  constructor(coefficient: bigint, exponent: number) {
    this.coefficient = coefficient
    this.exponent = exponent
  }

  /** The plain decimal form, as {@link formatNumber}. */
  toString(): string {
    return formatNumber(this)
  }
}

/** The numbers 0 and 1, which most code needs. */
export const ZERO: FeelNumber = new FeelNumber(0n, 0)
export const ONE: FeelNumber = new FeelNumber(1n, 0)

const SMALL: readonly FeelNumber[] = Array.from(
  { length: 257 },
  (_, n) => new FeelNumber(BigInt(n), 0),
)

/** A FEEL number from a whole JavaScript number (a count, an index, a year). */
export function wholeNumber(value: number): FeelNumber {
  return SMALL[value] ?? new FeelNumber(BigInt(value), 0)
}

/** Rounds to 34 digits half-even as every operation does; null when the value is too large. */
export function makeNumber(coefficient: bigint, exponent: number): FeelNumber | null {
  if (
    coefficient < COEFFICIENT_LIMIT &&
    coefficient > -COEFFICIENT_LIMIT &&
    exponent >= LEAST_EXPONENT &&
    exponent <= GREATEST_EXPONENT
  ) {
    return new FeelNumber(coefficient, exponent)
  }
  return fitNumber(coefficient, exponent)
}

function fitNumber(coefficient: bigint, exponent: number): FeelNumber | null {
  if (coefficient === 0n) return ZERO
  const digits = countDigits(coefficient)
  const drop = Math.max(digits - DIGITS, LEAST_EXPONENT - exponent)
  if (drop > 0) {
    if (drop > digits + 1) return ZERO
    const rounded = divideHalfEven(coefficient, powerOfTen(drop))
    const raised = exponent + drop
    // Rounding 99…9 up can make a 35th digit: then it ends in a zero that can go.
    if (rounded >= COEFFICIENT_LIMIT || rounded <= -COEFFICIENT_LIMIT) {
      return makeNumber(rounded / 10n, raised + 1)
    }
    return raised > GREATEST_EXPONENT ? padNumber(rounded, raised) : new FeelNumber(rounded, raised)
  }
  return padNumber(coefficient, exponent)
}

function padNumber(coefficient: bigint, exponent: number): FeelNumber | null {
  const padding = exponent - GREATEST_EXPONENT
  if (padding <= 0) return new FeelNumber(coefficient, exponent)
  if (padding + countDigits(coefficient) > DIGITS) return null
  return new FeelNumber(coefficient * powerOfTen(padding), GREATEST_EXPONENT)
}

function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  const rest = dividend - quotient * divisor
  const twice = rest < 0n ? -rest * 2n : rest * 2n
  if (twice < divisor || (twice === divisor && (quotient & 1n) === 0n)) return quotient
  return dividend < 0n ? quotient - 1n : quotient + 1n
}

/** Sum; null on overflow. */
export function addNumbers(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  if (left.exponent === right.exponent) {
    return makeNumber(left.coefficient + right.coefficient, left.exponent)
  }
  return left.exponent > right.exponent ? addUnaligned(left, right) : addUnaligned(right, left)
}

function addUnaligned(coarse: FeelNumber, fine: FeelNumber): FeelNumber | null {
  const distance = coarse.exponent - fine.exponent
  if (distance > FAR_DIGITS) {
    if (coarse.coefficient === 0n) return fine
    if (fine.coefficient === 0n) return coarse
    // A summand this far below the last digit acts as "a little more" or "a little less".
    const nudge = fine.coefficient < 0n ? -1n : 1n
    return makeNumber(
      coarse.coefficient * powerOfTen(FAR_DIGITS / 2) + nudge,
      coarse.exponent - FAR_DIGITS / 2,
    )
  }
  return makeNumber(coarse.coefficient * powerOfTen(distance) + fine.coefficient, fine.exponent)
}

/** Difference; null on overflow. */
export function subtractNumbers(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  if (left.exponent === right.exponent) {
    return makeNumber(left.coefficient - right.coefficient, left.exponent)
  }
  return addNumbers(left, negateNumber(right))
}

/** Product; null on overflow. */
export function multiplyNumbers(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  return makeNumber(left.coefficient * right.coefficient, left.exponent + right.exponent)
}

/**
 * Quotient, rounded half-even when it does not end within 34 digits; null for division by 0 and
 * overflow.
 */
export function divideNumbers(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  const divisor = right.coefficient
  if (divisor === 0n) return null
  if (left.coefficient === 0n) return ZERO
  const short = divideShort(left, right)
  if (short !== undefined) return short
  const scale = Math.max(0, DIGITS + 2 + countDigits(divisor) - countDigits(left.coefficient))
  const dividend = left.coefficient * powerOfTen(scale)
  const quotient = dividend / divisor
  const exponent = left.exponent - right.exponent - scale
  const rest = dividend - quotient * divisor
  if (rest !== 0n) {
    const nudge = rest < 0n === divisor < 0n ? 1n : -1n
    return makeNumber(quotient * 10n + nudge, exponent - 1)
  }
  return stripDown(quotient, exponent, Math.min(left.exponent - right.exponent, 0))
}

/** Places with which most quotients of laws end: halves, quarters, hundredths. */
const SHORT_PLACES = 4
const SHORT_POWER = powerOfTen(SHORT_PLACES)

/** The quotient where it ends after a few places; undefined where only long division tells. */
function divideShort(left: FeelNumber, right: FeelNumber): FeelNumber | null | undefined {
  const dividend = left.coefficient * SHORT_POWER
  const quotient = dividend / right.coefficient
  if (quotient * right.coefficient !== dividend) return undefined
  return stripDown(
    quotient,
    left.exponent - right.exponent - SHORT_PLACES,
    Math.min(left.exponent - right.exponent, 0),
  )
}

function stripDown(coefficient: bigint, exponent: number, ideal: number): FeelNumber | null {
  const stripped = stripZeros(coefficient, exponent, ideal)
  return makeNumber(stripped.coefficient, stripped.exponent)
}

/** Takes zeros off the end, many at a time, while the exponent stays at or below `most`. */
function stripZeros(coefficient: bigint, exponent: number, most: number): FeelNumber {
  if (coefficient < SAFE_LIMIT && coefficient > -SAFE_LIMIT) {
    return stripSmall(coefficient, exponent, most)
  }
  let whole = coefficient
  let power = exponent
  for (let chunk = 16; chunk > 0; ) {
    const divisor = POWERS[chunk] as bigint
    const quotient = power + chunk <= most ? whole / divisor : 0n
    if (power + chunk <= most && quotient * divisor === whole) {
      whole = quotient
      power += chunk
    } else chunk >>= 1
  }
  return new FeelNumber(whole, power)
}

const SAFE_LIMIT = 2n ** 53n

/** The same for a coefficient that is exact as a JavaScript number, which is much faster. */
function stripSmall(coefficient: bigint, exponent: number, most: number): FeelNumber {
  let whole = Number(coefficient)
  let power = exponent
  while (power < most && whole % 10 === 0) {
    whole /= 10
    power += 1
  }
  return new FeelNumber(power === exponent ? coefficient : BigInt(whole), power)
}

/** The same size with the other sign. */
export function negateNumber(value: FeelNumber): FeelNumber {
  return new FeelNumber(-value.coefficient, value.exponent)
}

/** -1, 0 or 1 as left is below, equal to or above right. */
export function compareNumbers(left: FeelNumber, right: FeelNumber): number {
  const a = left.coefficient
  const b = right.coefficient
  if (left.exponent === right.exponent) return a < b ? -1 : a > b ? 1 : 0
  const signA = a < 0n ? -1 : a > 0n ? 1 : 0
  const signB = b < 0n ? -1 : b > 0n ? 1 : 0
  if (signA !== signB) return signA < signB ? -1 : 1
  if (signA === 0) return 0
  const distance = left.exponent - right.exponent
  if (distance > FAR_DIGITS) return signA
  if (distance < -FAR_DIGITS) return -signA
  const alignedA = distance > 0 ? a * powerOfTen(distance) : a
  const alignedB = distance < 0 ? b * powerOfTen(-distance) : b
  return alignedA < alignedB ? -1 : alignedA > alignedB ? 1 : 0
}

/** Whether the value has no fraction. */
export function isWhole(value: FeelNumber): boolean {
  if (value.exponent >= 0) return true
  if (-value.exponent > DIGITS) return value.coefficient === 0n
  return value.coefficient % powerOfTen(-value.exponent) === 0n
}

/** The value as a JavaScript number when it is whole and within ±2^53, else undefined. */
export function toWhole(value: FeelNumber): number | undefined {
  if (value.exponent === 0) {
    const direct = Number(value.coefficient)
    return Number.isSafeInteger(direct) ? direct : undefined
  }
  if (value.exponent > 16 || !isWhole(value)) return value.coefficient === 0n ? 0 : undefined
  const whole =
    value.exponent > 0
      ? value.coefficient * powerOfTen(value.exponent)
      : value.coefficient / powerOfTen(-value.exponent)
  const result = Number(whole)
  return Number.isSafeInteger(result) ? result : undefined
}

/** Removes trailing zeros, so that equal values have equal fields. */
export function canonicalNumber(value: FeelNumber): FeelNumber {
  if (value.coefficient === 0n) return ZERO
  return stripZeros(value.coefficient, value.exponent, Number.MAX_SAFE_INTEGER)
}

/** Exact decimal text without trailing zeros; an exponent (`1e+40`) only beyond 40 zeros. */
export function formatNumber(value: FeelNumber): string {
  if (value.coefficient === 0n) return '0'
  const isNegative = value.coefficient < 0n
  const sign = isNegative ? '-' : ''
  const all = (isNegative ? -value.coefficient : value.coefficient).toString()
  const zeros = endingZeros(all)
  const digits = zeros === 0 ? all : all.slice(0, -zeros)
  const exponent = value.exponent + zeros
  if (exponent >= 0) {
    if (exponent > 40) return `${sign}${digits}e+${exponent}`
    return sign + digits + '0'.repeat(exponent)
  }
  const places = -exponent
  if (places > 80) return `${sign}${digits}e-${places}`
  if (places >= digits.length) return `${sign}0.${'0'.repeat(places - digits.length)}${digits}`
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/** Zeros at the end of a text of digits that is not zero. */
function endingZeros(digits: string): number {
  let at = digits.length
  while (digits.charCodeAt(at - 1) === 48) at -= 1
  return digits.length - at
}

/**
 * Exact text with exactly `places` digits after the point (money); undefined if more would be
 * needed.
 */
export function formatPlaces(value: FeelNumber, places: number): string | undefined {
  const isExact = value.exponent === -places
  const { coefficient, exponent } = isExact ? value : canonicalNumber(value)
  if (-exponent > places || exponent > 40) return undefined
  const scaled = coefficient * powerOfTen(exponent + places)
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0')
  const sign = scaled < 0n ? '-' : ''
  if (places === 0) return sign + digits
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/**
 * Reads a FEEL numeric literal (`-12.5`, `.5`, `1.2e-3`); undefined when the text is not one.
 * More than 34 digits are rounded half-even; beyond the range the answer is null.
 */
export function parseNumber(text: string): FeelNumber | null | undefined {
  const isNegative = text.charCodeAt(0) === 45
  const parts = scanDecimal(text, isNegative ? 1 : 0)
  if (parts === undefined) return undefined
  const coefficient = BigInt(parts.digits)
  return makeNumber(isNegative ? -coefficient : coefficient, parts.exponent)
}

function scanDecimal(
  text: string,
  start: number,
): { digits: string; exponent: number } | undefined {
  if (text.length > 20_000) return undefined
  let at = skipDigits(text, start)
  let digits = text.slice(start, at)
  let exponent = 0
  if (text[at] === '.') {
    const end = skipDigits(text, at + 1)
    if (end === at + 1) return undefined
    digits += text.slice(at + 1, end)
    exponent = at + 1 - end
    at = end
  }
  if (digits === '') return undefined
  if (text[at] === 'e' || text[at] === 'E') {
    const sign = text[at + 1]
    const from = sign === '+' || sign === '-' ? at + 2 : at + 1
    const end = skipDigits(text, from)
    // Seven digits of exponent are far outside the range and still an exact JavaScript number.
    if (end === from || end - from > 7) return undefined
    exponent += sign === '-' ? -Number(text.slice(from, end)) : Number(text.slice(from, end))
    at = end
  }
  return at === text.length ? { digits, exponent } : undefined
}

function skipDigits(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) break
    at += 1
  }
  return at
}
