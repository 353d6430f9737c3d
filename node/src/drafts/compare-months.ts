/* What is different from the rows of the month before: what the operator looks at before signing. */
import { scaledFromText } from '@renshe/contracts'
import type { Json, JsonObject } from '@renshe/crypto'
import type { DraftColumn } from './draft-columns.ts'

/** What the rows are compared with. */
export interface ComparisonOptions {
  /** Values of the rows of the month before, as they were sealed. */
  readonly previous: Iterable<JsonObject> | AsyncIterable<JsonObject>
  /** A number that changed by more than this is listed; 20 unless told. A whole number. */
  readonly percent?: number
  /** Columns to compare: every money, decimal and integer unless told. */
  readonly columns?: readonly string[]
  /** Column that says what became of a person, and its codes that mean: gone. */
  readonly change?: { readonly column: string; readonly gone: readonly string[] }
  /** Who has an active account; unless told, everyone of the month before who had not gone. */
  readonly active?: Iterable<string>
  /** Most entries of one list; counts are always whole. 1,000 unless told. */
  readonly most?: number
}

/** A list that may be cut, with its whole length. */
export interface Listed<Entry> {
  readonly count: number
  readonly first: readonly Entry[]
}

/** A person of the draft or of the month before; `row` is null where there is none in the draft. */
export interface ComparedPerson {
  readonly person: string
  readonly row: number | null
}

/** Numbers that changed more than the percentage. */
export interface ChangedPerson extends ComparedPerson {
  readonly columns: readonly {
    readonly column: string
    readonly before: string
    readonly now: string
  }[]
}

/** Differences to the month before. Personal: for those who may see the rows. */
export interface MonthComparison {
  readonly joined: Listed<ComparedPerson>
  /** Rows that say so, and people of the month before who have no row. */
  readonly left: Listed<ComparedPerson>
  /** Every compared number is the same. */
  readonly unchanged: number
  readonly changedLess: number
  readonly changedMore: Listed<ChangedPerson>
  /** Active accounts without a row: a row with a code of change has to say why. */
  readonly withoutRow: Listed<ComparedPerson>
  /** Rows with problems: they count as rows, their numbers are not compared. */
  readonly notCompared: number
}

/** A row of the draft as it is compared. */
export interface ComparedRow {
  readonly number: number
  readonly person: string
  /** Null while the row has problems. */
  readonly values: JsonObject | null
}

const PERCENT = 20
const MOST = 1_000
const NUMBERS: ReadonlySet<string> = new Set(['money', 'decimal', 'integer'])

/** Compares the rows of a draft with those of the month before. */
export async function compareMonths(
  columns: readonly DraftColumn[],
  unique: string,
  rows: Iterable<ComparedRow>,
  options: ComparisonOptions,
): Promise<MonthComparison> {
  const compared = columns
    .filter(({ name, field }) => (options.columns ?? [name]).includes(name) && isNumber(field.type))
    .map(({ name }) => name)
  const previous = await numbersByPerson(unique, compared, options)
  const comparison = new Comparison(compared, previous, options)
  for (const row of rows) comparison.add(row)
  return comparison.finish(options.active)
}

function isNumber(type: string): boolean {
  return NUMBERS.has(type)
}

/** Texts of the compared columns of everyone who had not gone. */
async function numbersByPerson(
  unique: string,
  compared: readonly string[],
  { previous, change }: ComparisonOptions,
): Promise<Map<string, readonly string[]>> {
  const numbers = new Map<string, readonly string[]>()
  for await (const values of previous) {
    const person = values[unique]
    if (typeof person !== 'string' || isGone(values, change)) continue
    numbers.set(
      person,
      compared.map((name) => textOfNumber(values[name])),
    )
  }
  return numbers
}

function isGone(values: JsonObject, change: ComparisonOptions['change']): boolean {
  const code = change === undefined ? undefined : values[change.column]
  return typeof code === 'string' && change?.gone.includes(code) === true
}

/** A column that was left empty counts as nothing. */
function textOfNumber(json: Json | undefined): string {
  return json === undefined || json === null ? '0' : String(json)
}

class Comparison {
  readonly #compared: readonly string[]
  readonly #previous: ReadonlyMap<string, readonly string[]>
  readonly #options: ComparisonOptions
  readonly #percent: bigint
  readonly #present = new Set<string>()
  readonly #joined: List<ComparedPerson>
  readonly #left: List<ComparedPerson>
  readonly #changedMore: List<ChangedPerson>
  readonly #withoutRow: List<ComparedPerson>
  #unchanged = 0
  #changedLess = 0
  #notCompared = 0

  constructor(
    compared: readonly string[],
    previous: ReadonlyMap<string, readonly string[]>,
    options: ComparisonOptions,
  ) {
    this.#compared = compared
    this.#previous = previous
    this.#options = options
    this.#percent = BigInt(options.percent ?? PERCENT)
    const most = options.most ?? MOST
    this.#joined = new List(most)
    this.#left = new List(most)
    this.#changedMore = new List(most)
    this.#withoutRow = new List(most)
  }

  add({ number: row, person, values }: ComparedRow): void {
    this.#present.add(person)
    if (values === null) {
      this.#notCompared += 1
      return
    }
    if (isGone(values, this.#options.change)) {
      this.#left.add({ person, row })
      return
    }
    const before = this.#previous.get(person)
    if (before === undefined) this.#joined.add({ person, row })
    else this.#compare({ person, row }, before, values)
  }

  #compare(who: ComparedPerson, before: readonly string[], values: JsonObject): void {
    let isSame = true
    const columns: { column: string; before: string; now: string }[] = []
    this.#compared.forEach((column, place) => {
      const [old, now] = [before[place] as string, textOfNumber(values[column])]
      if (old === now) return
      const [oldDigits, newDigits] = aligned(old, now)
      if (oldDigits === newDigits) return
      isSame = false
      const size = (digits: bigint): bigint => (digits < 0n ? -digits : digits)
      if (size(newDigits - oldDigits) * 100n <= size(oldDigits) * this.#percent) return
      columns.push({ column, before: old, now })
    })
    if (columns.length > 0) this.#changedMore.add({ ...who, columns })
    else if (isSame) this.#unchanged += 1
    else this.#changedLess += 1
  }

  finish(active: Iterable<string> | undefined): MonthComparison {
    for (const person of this.#previous.keys()) {
      if (!this.#present.has(person)) this.#left.add({ person, row: null })
    }
    for (const person of active ?? this.#previous.keys()) {
      if (!this.#present.has(person)) this.#withoutRow.add({ person, row: null })
    }
    return {
      joined: this.#joined.listed,
      left: this.#left.listed,
      unchanged: this.#unchanged,
      changedLess: this.#changedLess,
      changedMore: this.#changedMore.listed,
      withoutRow: this.#withoutRow.listed,
      notCompared: this.#notCompared,
    }
  }
}

class List<Entry> {
  readonly #most: number
  readonly #first: Entry[] = []
  #count = 0

  constructor(most: number) {
    this.#most = most
  }

  add(entry: Entry): void {
    this.#count += 1
    if (this.#first.length < this.#most) this.#first.push(entry)
  }

  get listed(): Listed<Entry> {
    return { count: this.#count, first: this.#first }
  }
}

function aligned(left: string, right: string): [bigint, bigint] {
  const places = Math.max(placesOf(left), placesOf(right))
  const digits = (text: string): bigint =>
    scaledFromText(text, placesOf(text)).digits * 10n ** BigInt(places - placesOf(text))
  return [digits(left), digits(right)]
}

function placesOf(text: string): number {
  const point = text.indexOf('.')
  return point < 0 ? 0 : text.length - point - 1
}
