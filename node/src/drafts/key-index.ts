/** Which rows of a draft are about whom: the first row with a key holds it, later ones are its twins. */
export class KeyIndex {
  readonly #holders = new Map<string, number>()
  readonly #twins = new Map<string, number[]>()

  /** Enters a row. Rows are entered in the order of their numbers, or later ones never before. */
  add(key: string, row: number): void {
    if (!this.#holders.has(key)) this.#holders.set(key, row)
    else this.#twins.set(key, [...(this.#twins.get(key) ?? []), row])
  }

  /** The row that holds the key. */
  holderOf(key: string): number | undefined {
    return this.#holders.get(key)
  }

  /** Every row with the key, ascending by entry. */
  rowsOf(key: string): readonly number[] {
    const holder = this.#holders.get(key)
    return holder === undefined ? [] : [holder, ...(this.#twins.get(key) ?? [])]
  }

  /**
   * Takes a row out.
   *
   * @returns the twin that holds the key from now on, if the holder went and there was one
   */
  remove(key: string, row: number): number | undefined {
    const twins = this.#twins.get(key) ?? []
    if (this.#holders.get(key) !== row) {
      this.#keepTwins(
        key,
        twins.filter((twin) => twin !== row),
      )
      return undefined
    }
    const [heir, ...rest] = twins
    if (heir === undefined) this.#holders.delete(key)
    else this.#holders.set(key, heir)
    this.#keepTwins(key, rest)
    return heir
  }

  /** Takes every row with the key out. */
  removeAll(key: string): void {
    this.#holders.delete(key)
    this.#twins.delete(key)
  }

  #keepTwins(key: string, twins: number[]): void {
    if (twins.length === 0) this.#twins.delete(key)
    else this.#twins.set(key, twins)
  }
}
