/* Sums of decimals as they are written: no rounding, nothing passes through a double. */

interface Scaled {
  readonly digits: bigint
  readonly places: number
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

function scaled(text: string): Scaled {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(text) ?? []
  if (whole === '') throw new RangeError(`not a decimal: ${text}`)
  return { digits: BigInt(`${sign}${whole}${fraction}`), places: fraction.length }
}

function written({ digits, places }: Scaled): string {
  const isNegative = digits < 0n
  const text = String(isNegative ? -digits : digits).padStart(places + 1, '0')
  const whole = text.slice(0, text.length - places)
  const fraction = places === 0 ? '' : `.${text.slice(-places)}`
  return `${isNegative ? '-' : ''}${whole}${fraction}`
}

/** Sum of exact decimals; at the places of the finest. */
export function sumOf(texts: readonly string[]): string {
  const numbers = texts.map(scaled)
  const places = Math.max(0, ...numbers.map((number) => number.places))
  const digits = numbers.reduce(
    (sum, number) => sum + number.digits * 10n ** BigInt(places - number.places),
    0n,
  )
  return written({ digits, places })
}

/** The same amount with the other sign. */
export function negated(text: string): string {
  const number = scaled(text)
  return written({ ...number, digits: -number.digits })
}

/** Exact product of two decimals. */
export function productOf(one: string, other: string): string {
  const [left, right] = [scaled(one), scaled(other)]
  return written({ digits: left.digits * right.digits, places: left.places + right.places })
}

/** Without zeros at the end of the fraction, but with at least so many places. */
export function trimmed(text: string, least: number): string {
  const { digits, places } = scaled(text)
  let number = { digits, places }
  while (number.places > least && number.digits % 10n === 0n) {
    number = { digits: number.digits / 10n, places: number.places - 1 }
  }
  return written(number)
}

/** Whether two decimals are the same amount. */
export function isSame(one: string, other: string): boolean {
  return scaled(sumOf([one, negated(other)])).digits === 0n
}

/** Whether a decimal is above zero. */
export function isPositive(text: string): boolean {
  return scaled(text).digits > 0n
}
