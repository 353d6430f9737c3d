/** Dice for the random people: repeatable, and fond of what lies on an edge. */

/** Numbers that only look random: the same seed gives the same people. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** A whole number from `least` to `most`, both included (Mulberry32). */
  between(least: number, most: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) % (most - least + 1))
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.between(1, times) === 1
  }

  pick<Value>(values: readonly Value[]): Value {
    const found = values[this.between(0, values.length - 1)]
    if (found === undefined) throw new RangeError('pick needs at least one value')
    return found
  }

  /** Yuan from 0 to `mostYuan`; now and then nothing, a round sum or one place only. */
  money(mostYuan: number): string {
    if (this.once(40)) return this.pick(['0.00', '0.01', '0', '0.05', '0.5'])
    const yuan = this.between(0, mostYuan)
    if (this.once(5)) return this.pick([`${yuan}`, `${yuan}.5`, `${yuan}.00`])
    return `${yuan}.${two(this.between(0, 99))}`
  }

  /** A decimal from 0 to `most` with up to `places` places. */
  decimal(most: number, places: number): string {
    const digits = this.between(0, places)
    const whole = this.between(0, most)
    if (digits === 0) return `${whole}`
    return `${whole}.${String(this.between(0, 10 ** digits - 1)).padStart(digits, '0')}`
  }

  month(firstYear: number, lastYear: number): string {
    return `${this.between(firstYear, lastYear)}-${two(this.between(1, 12))}`
  }

  /** A day; one in four at a month's end, one in twelve on the leap day where there is one. */
  day(firstYear: number, lastYear: number): string {
    const month = this.once(12) ? 2 : this.between(1, 12)
    const year = this.between(firstYear, lastYear)
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
    return `${year}-${two(month)}-${two(this.once(4) ? last : this.between(1, last))}`
  }
}

/** Two digits of a month, a day or the fen. */
export function two(number: number): string {
  return String(number).padStart(2, '0')
}
