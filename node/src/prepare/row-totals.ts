import type { SectionDefinition } from '@renshe/contracts'
import { isDecimal, isMoney, scaledFromText, scaledToText } from '@renshe/contracts'
import type { Json, JsonObject } from '@renshe/crypto'

type Totals = NonNullable<SectionDefinition['totals']>

/** Exact control totals of a batch, summed while rows go by. */
export class RowTotals {
  readonly #totals: Totals
  readonly #sums: Map<string, bigint>

  constructor(totals: Totals | undefined) {
    this.#totals = totals ?? {}
    this.#sums = new Map(Object.keys(this.#totals).map((name) => [name, 0n]))
  }

  /** Adds a row whose columns fit their definitions; a column that is left out adds nothing. */
  add(row: JsonObject): void {
    for (const [name, { sum, type, places }] of Object.entries(this.#totals)) {
      const digits = digitsOf(row[sum] ?? null, placesOf(type, places))
      this.#sums.set(name, (this.#sums.get(name) ?? 0n) + digits)
    }
  }

  /** The totals as a body names them. */
  toJson(): JsonObject {
    const made: JsonObject = {}
    for (const [name, { type, places }] of Object.entries(this.#totals)) {
      const digits = this.#sums.get(name) ?? 0n
      made[name] =
        type === 'integer'
          ? Number(digits)
          : scaledToText({ digits, places: placesOf(type, places) })
    }
    return made
  }
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
