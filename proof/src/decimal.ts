/** An exact decimal: `digits × 10^−places`. */
export type Decimal = { readonly digits: bigint; readonly places: number }

/** Most characters of a decimal: far above any sum of an annuity plan. */
const LONGEST = 40

/**
 * Reads `-?(0|[1-9][0-9]*)(\.[0-9]+)?`, never `-0`.
 *
 * @returns null if the text is spelled otherwise
 */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > LONGEST) return null
  const bare = text.startsWith('-') ? text.slice(1) : text
  const [whole, fraction, ...more] = bare.split('.')
  if (whole === undefined || more.length > 0 || !isDigits(whole)) return null
  if (whole.length > 1 && whole.startsWith('0')) return null
  if (fraction !== undefined && !isDigits(fraction)) return null
  const size = BigInt(whole + (fraction ?? ''))
  if (text !== bare && size === 0n) return null
  return { digits: text === bare ? size : -size, places: fraction?.length ?? 0 }
}

/** Reads yuan with exactly two places as fen; null if spelled otherwise. */
export function parseFen(text: string): bigint | null {
  const decimal = parseDecimal(text)
  return decimal !== null && decimal.places === 2 ? decimal.digits : null
}

/** Sum, at the finer of both scales. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places)
  return { digits: scaled(a, places) + scaled(b, places), places }
}

/** True if both are the same number, whatever their places. */
export function equalDecimals(a: Decimal, b: Decimal): boolean {
  const places = Math.max(a.places, b.places)
  return scaled(a, places) === scaled(b, places)
}

function scaled({ digits, places }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - places)
}

function isDigits(text: string): boolean {
  if (text === '') return false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x30 || unit > 0x39) return false
  }
  return true
}

const MOST_QUOTIENT_PLACES = 8

/**
 * The exact quotient with at most 8 places and no needless zeros beyond `leastPlaces`.
 *
 * @returns null if the divisor is 0 or the division does not come out
 */
export function divideExactly(a: Decimal, b: Decimal, leastPlaces: number): Decimal | null {
  if (b.digits === 0n) return null
  for (let places = leastPlaces; places <= MOST_QUOTIENT_PLACES; places++) {
    const dividend = a.digits * 10n ** BigInt(places + b.places)
    const divisor = b.digits * 10n ** BigInt(a.places)
    if (dividend % divisor === 0n) return { digits: dividend / divisor, places }
  }
  return null
}

/** Spells a decimal with all its places. */
export function spellDecimal({ digits, places }: Decimal): string {
  const size = digits < 0n ? -digits : digits
  const text = `${size}`.padStart(places + 1, '0')
  const sign = digits < 0n ? '-' : ''
  if (places === 0) return sign + text
  return `${sign}${text.slice(0, -places)}.${text.slice(-places)}`
}
