import type { SectionDefinition } from '@renshe/contracts'
import { isDecimal, isMoney, scaledFromText, scaledToText } from '@renshe/contracts'
import type { Json, JsonObject } from '@renshe/crypto'

type Totals = NonNullable<SectionDefinition['totals']>

/** One total: what it sums, and the sum so far. */
interface Sum {
  readonly name: string
  readonly column: string
  readonly places: number
  readonly isInteger: boolean
  /** The sum is `large + small`; most rows only touch the number. */
  large: bigint
  small: number
}

/** Exact control totals of a batch, summed while rows go by. */
export class RowTotals {
  readonly #sums: readonly Sum[]

  constructor(totals: Totals | undefined) {
    this.#sums = Object.entries(totals ?? {}).map(([name, { sum, type, places }]) => ({
      name,
      column: sum,
      places: placesOf(type, places),
      isInteger: type === 'integer',
      large: 0n,
      small: 0,
    }))
  }

  /** Adds a row whose columns fit their definitions; a column that is left out adds nothing. */
  add(row: JsonObject): void {
    for (const sum of this.#sums) addTo(sum, row[sum.column] ?? null)
  }

  /** The same where the row is not one object: `read` gives the value of a column by name. */
  addBy(read: (column: string) => Json | undefined): void {
    for (const sum of this.#sums) addTo(sum, read(sum.column) ?? null)
  }

  /** The totals as a body names them. */
  toJson(): JsonObject {
    const made: JsonObject = {}
    for (const { name, places, isInteger, large, small } of this.#sums) {
      const digits = large + BigInt(small)
      made[name] = isInteger ? Number(digits) : scaledToText({ digits, places })
    }
    return made
  }
}

function addTo(sum: Sum, value: Json): void {
  const short = shortDigitsOf(value, sum.places)
  if (short === undefined) {
    sum.large += digitsOf(value, sum.places)
    return
  }
  sum.small += short
  // Numbers of at most 15 digits: the sum of two of them is still exact.
  if (sum.small > MOST_SMALL || sum.small < -MOST_SMALL) {
    sum.large += BigInt(sum.small)
    sum.small = 0
  }
}

const MOST_SMALL = 1e15
/** A text of so many characters has at most 15 digits. */
const SHORT_TEXT = 16
const POINT = 46
const ZERO = 48

/** Digits of a plain number without sign and with exactly `places` places; undefined for any other value. */
function shortDigitsOf(value: Json, places: number): number | undefined {
  if (typeof value !== 'string' || value.length > SHORT_TEXT || places === 0) return undefined
  const point = value.length - places - 1
  let digits = 0
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (at === point && code === POINT && at > 0) continue
    if (!(code >= ZERO && code <= ZERO + 9) || at === point) return undefined
    digits = digits * 10 + code - ZERO
  }
  return point > 0 ? digits : undefined
}

function placesOf(type: Totals[string]['type'], places: number | undefined): number {
  return type === 'money' ? 2 : type === 'integer' ? 0 : (places ?? 0)
}

function digitsOf(value: Json, places: number): bigint {
  if (value === null) return 0n
  if (typeof value === 'number') return BigInt(value) * 10n ** BigInt(places)
  if (typeof value !== 'string' || !(isMoney(value) || isDecimal(value))) {
    throw new RangeError('a total sums numbers')
  }
  const point = value.indexOf('.')
  const came = point < 0 ? 0 : value.length - point - 1
  const { digits } = scaledFromText(value, came)
  if (came > places) throw new RangeError(`a total has ${places} places, a row ${came}`)
  return digits * 10n ** BigInt(places - came)
}
