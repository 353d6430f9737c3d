/* What is typed to issue a warrant, checked before anything is prepared. */
import type { ActionInputs } from '@renshe/client'
import type { WarrantKey } from './words.ts'

/** What is typed. */
export interface IssueTyped {
  readonly case: string
  /** Root of the batch. */
  readonly batch: string
  readonly kind: 'PERSONS' | 'ROWS'
  readonly persons: string
  readonly rows: string
  readonly purpose: string
  readonly basis: string
  readonly reference: string
  readonly reads: string
  /** Last day, `YYYY-MM-DD`. */
  readonly end: string
  /** Day of disclosure at the latest; empty: not delayed. */
  readonly delay: string
}

/** What the typed is checked against. */
export interface IssueTerms {
  readonly batch: {
    readonly root: string
    readonly section: string
    readonly owner: string
    readonly count: number
  } | null
  /** Today, `YYYY-MM-DD`, and last days that are published as the longest. */
  readonly today: string
  readonly lastEnd: string
  readonly lastDelay: string
}

/** A field that is wrong, with the sentence that says so. */
export interface IssueFault {
  readonly field: keyof IssueTyped
  readonly key: WarrantKey
  readonly values?: Readonly<Record<string, string | number>>
}

const MOST_PERSONS = 100
const MOST_READS = 1_000
const BEIJING_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

/** The end of a civil day in Beijing, UTC ms: the first instant of the next. */
export function endOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + DAY_MS - BEIJING_MS
}

const wholeOf = (text: string): number => (/^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : -1)

/** Places from 0 of rows that are typed from 1; null if they are not ascending rows of the batch. */
export function placesTyped(text: string, count: number): readonly number[] | null {
  const rows = text.split(/[\s,，、]+/).filter((one) => one !== '')
  const places = rows.map((row) => wholeOf(row) - 1)
  const isGood =
    places.length > 0 &&
    places.length <= MOST_PERSONS &&
    places.every(
      (place, at) => place >= 0 && place < count && (at === 0 || place > (places[at - 1] ?? 0)),
    )
  return isGood ? places : null
}

/** Everything that is wrong, in the order of the form. */
export function faultsOf(typed: IssueTyped, terms: IssueTerms): readonly IssueFault[] {
  const { batch, today, lastEnd, lastDelay } = terms
  const faults: IssueFault[] = []
  const count = batch?.count ?? 0
  const most = Math.min(MOST_PERSONS, count)
  const isBetween = (value: number, from: number, to: number): boolean =>
    value >= from && value <= to
  if (typed.case === '') faults.push({ field: 'case', key: 'faultCase' })
  if (batch === null) faults.push({ field: 'batch', key: 'faultBatch' })
  else if (typed.kind === 'PERSONS' && !isBetween(wholeOf(typed.persons), 1, most)) {
    faults.push({ field: 'persons', key: 'faultPersons', values: { most } })
  } else if (typed.kind === 'ROWS' && placesTyped(typed.rows, count) === null) {
    faults.push({ field: 'rows', key: 'faultRows', values: { most: count } })
  }
  if (typed.basis === '') faults.push({ field: 'basis', key: 'faultBasis' })
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._/()〔〕-]{0,159}$/u.test(typed.reference.trim())) {
    faults.push({ field: 'reference', key: 'faultReference' })
  }
  if (!isBetween(wholeOf(typed.reads), 1, MOST_READS))
    faults.push({ field: 'reads', key: 'faultReads' })
  if (!(typed.end >= today && typed.end <= lastEnd)) {
    faults.push({ field: 'end', key: 'faultEnd', values: { from: today, to: lastEnd } })
  }
  if (typed.delay !== '' && !(typed.delay >= typed.end && typed.delay <= lastDelay)) {
    faults.push({ field: 'delay', key: 'faultDelay', values: { from: typed.end, to: lastDelay } })
  }
  return faults
}

/**
 * The input of `supervision.issueWarrant`.
 *
 * @throws RangeError if {@link faultsOf} found anything
 */
export function inputOf(
  typed: IssueTyped,
  terms: IssueTerms,
): ActionInputs['supervision.issueWarrant'] {
  const { batch } = terms
  if (batch === null || faultsOf(typed, terms).length > 0) throw new RangeError('not yet complete')
  return {
    case: typed.case,
    owner: batch.owner,
    section: batch.section,
    scope:
      typed.kind === 'PERSONS'
        ? { kind: 'PERSONS', batch: batch.root, persons: wholeOf(typed.persons) }
        : { kind: 'ROWS', batch: batch.root, places: placesTyped(typed.rows, batch.count) ?? [] },
    purpose: typed.purpose,
    basis: typed.basis,
    reference: typed.reference.trim(),
    reads: wholeOf(typed.reads),
    notAfter: endOfDay(typed.end),
    ...(typed.delay === '' ? {} : { hiddenUntil: endOfDay(typed.delay) }),
  }
}
