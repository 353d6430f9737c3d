// Goal: a warrant is prepared only from a complete form; each thing that is wrong is said at its field.
// Method: one good form; one thing broken per row.
import { describe, expect, it } from 'vitest'
import { faultsOf, type IssueTerms, type IssueTyped, inputOf, placesTyped } from './issue-form.ts'

const good: IssueTyped = {
  case: '01CASE',
  batch: 'root',
  kind: 'PERSONS',
  persons: '1',
  rows: '',
  purpose: 'INSPECTION',
  basis: 'statute/5',
  reference: '示例〔2026〕11 号',
  reads: '2',
  end: '2026-11-30',
  delay: '',
}

const terms: IssueTerms = {
  batch: { root: 'root', section: 'payroll', owner: 'acc-0001', count: 12 },
  today: '2026-11-24',
  lastEnd: '2026-12-24',
  lastDelay: '2027-02-22',
}

describe('a form', () => {
  it.each<[string, Partial<IssueTyped>, string]>([
    ['case', { case: '' }, 'faultCase'],
    ['no person', { persons: '0' }, 'faultPersons'],
    ['more people than rows', { persons: '13' }, 'faultPersons'],
    ['people in words', { persons: 'one' }, 'faultPersons'],
    ['rows out of order', { kind: 'ROWS', rows: '5 3' }, 'faultRows'],
    ['a row twice', { kind: 'ROWS', rows: '3 3' }, 'faultRows'],
    ['row 0', { kind: 'ROWS', rows: '0' }, 'faultRows'],
    ['a row behind the last', { kind: 'ROWS', rows: '13' }, 'faultRows'],
    ['basis', { basis: '' }, 'faultBasis'],
    ['reference', { reference: ' ' }, 'faultReference'],
    ['looks', { reads: '1001' }, 'faultReads'],
    ['a day that is over', { end: '2026-11-23' }, 'faultEnd'],
    ['a day too late', { end: '2026-12-25' }, 'faultEnd'],
    ['told before the end', { delay: '2026-11-29' }, 'faultDelay'],
    ['told too late', { delay: '2027-02-23' }, 'faultDelay'],
  ])('is not complete: %s', (_, change, key) => {
    const typed = { ...good, ...change }
    expect(faultsOf(typed, terms).map((fault) => fault.key)).toEqual([key])
    expect(() => inputOf(typed, terms)).toThrow(RangeError)
  })

  it('wants a batch', () => {
    expect(faultsOf(good, { ...terms, batch: null }).map(({ field }) => field)).toEqual(['batch'])
  })

  it('becomes the input: the last day counts whole, in Beijing', () => {
    expect(inputOf({ ...good, delay: '2026-12-01' }, terms)).toEqual({
      case: '01CASE',
      owner: 'acc-0001',
      section: 'payroll',
      scope: { kind: 'PERSONS', batch: 'root', persons: 1 },
      purpose: 'INSPECTION',
      basis: 'statute/5',
      reference: '示例〔2026〕11 号',
      reads: 2,
      notAfter: Date.UTC(2026, 10, 30, 16),
      hiddenUntil: Date.UTC(2026, 11, 1, 16),
    })
  })

  it('takes rows from 1, however they are separated', () => {
    expect(placesTyped('1, 5，9、12', 12)).toEqual([0, 4, 8, 11])
    expect(inputOf({ ...good, kind: 'ROWS', rows: '2' }, terms).scope).toEqual({
      kind: 'ROWS',
      batch: 'root',
      places: [1],
    })
  })
})
