/* Headings of a file and the columns of a package: found by name, else asked of the person. */
import type { Fields } from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'
import { csvOf } from './csv.ts'
import type { TableRead } from './read-table.ts'

/** Which column each heading stands for. */
export interface ColumnMap {
  /** By place of the heading: name of a column, or null where it is not used. */
  readonly columns: readonly (string | null)[]
  /** Required columns that no heading stands for. */
  readonly missing: readonly string[]
  /** Every heading is known as it is: the file may go up unchanged. */
  readonly isExact: boolean
  /** Only columns that this portal added itself are left out: nothing has to be asked. */
  readonly isSafe: boolean
}

/** Columns that a download of faulty rows has besides. */
export const REASON_HEADINGS = ['原因', 'Reason', '行', 'Row'] as const

/** Matches headings by field name and by the texts of the package. */
export function matchColumns(
  headings: readonly string[],
  columns: Fields,
  texts: PackageTexts,
): ColumnMap {
  const taken = new Set<string>()
  const known = Object.keys(columns).map((name) => ({
    name,
    called: [name, texts.find(`field.${name}`), texts.other(`field.${name}`)],
  }))
  const found = headings.map((heading) => {
    const text = heading.trim()
    const column = known.find(({ name, called }) => !taken.has(name) && called.includes(text))
    if (column === undefined) return null
    taken.add(column.name)
    return column.name
  })
  const exact = withMissing(found, headings, columns)
  if (exact.isExact || exact.isSafe) return exact
  const guessed = found.map((name, at) => {
    if (name !== null) return name
    const guess = guessOf(headings[at] ?? '', known, taken, columns)
    if (guess !== null) taken.add(guess)
    return guess
  })
  return { ...withMissing(guessed, headings, columns), isExact: false, isSafe: false }
}

interface KnownColumn {
  readonly name: string
  readonly called: readonly (string | undefined)[]
}

/** The column that a heading may mean: proposed to the person, never taken by itself. */
function guessOf(
  heading: string,
  known: readonly KnownColumn[],
  taken: ReadonlySet<string>,
  columns: Fields,
): string | null {
  const text = heading.replace(/[\s（）()_-]/g, '').toLowerCase()
  if (text === '') return null
  const free = known.filter(({ name }) => !taken.has(name))
  const isAbout = (called: string | undefined): boolean => {
    const other = (called ?? '').replace(/[\s（）()_-]/g, '').toLowerCase()
    return other !== '' && (other === text || other.includes(text) || text.includes(other))
  }
  const isId = /身份证|证件号|社保号|社会保障|idnumber|idcard/.test(text)
  const found =
    free.find(({ name }) => isId && columns[name]?.type === 'resident-id') ??
    free.find(({ called }) => called.some(isAbout))
  return found?.name ?? null
}

function withMissing(
  found: readonly (string | null)[],
  headings: readonly string[],
  columns: Fields,
): ColumnMap {
  const missing = Object.entries(columns)
    .filter(([name, { optional }]) => optional !== true && !found.includes(name))
    .map(([name]) => name)
  const unknown = headings.filter((_, at) => found[at] === null)
  const isOwn = (heading: string) => (REASON_HEADINGS as readonly string[]).includes(heading)
  return {
    columns: found,
    missing,
    isExact: unknown.length === 0 && missing.length === 0,
    isSafe: missing.length === 0 && unknown.every(isOwn),
  }
}

/** The map with one heading changed; a column stands for one heading only. */
export function remapped(
  map: ColumnMap,
  at: number,
  name: string | null,
  headings: readonly string[],
  columns: Fields,
): ColumnMap {
  const next = map.columns.map((old, place) =>
    place === at ? name : old === name && name !== null ? null : old,
  )
  return withMissing(next, headings, columns)
}

/** The rows under the names of the columns. */
export function mappedCsv({ rows }: TableRead, { columns }: ColumnMap): Blob {
  const used = columns.flatMap((name, at) => (name === null ? [] : [{ name, at }]))
  function* lines(): Generator<readonly string[]> {
    yield used.map(({ name }) => name)
    for (const row of rows) yield used.map(({ at }) => row[at] ?? '')
  }
  return csvOf(lines(), false)
}
