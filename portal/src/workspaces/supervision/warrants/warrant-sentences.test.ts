// Goal: whoever signs a warrant reads every member of it: a change of any of them changes the words.
// Method: one complete warrant; each member changed alone; each scope.
import { describe, expect, it } from 'vitest'
import { scopeInWords, type WarrantTerms, warrantSentences } from './warrant-sentences.ts'

const named = (id: string) => ({ zh: id, en: id })
const names = { member: named, title: named('month'), section: named, clause: named }
const DAY = 86_400_000

const terms: WarrantTerms = {
  case: '01CASE',
  owner: 'acc-0001',
  section: 'payroll',
  scope: { kind: 'PERSONS', batch: 'ab'.repeat(32), persons: 1 },
  purpose: 'INSPECTION',
  basis: 'statute/5',
  reference: 'FILE-1',
  reads: 2,
  notAfter: 1_000 * DAY,
}

const said = (change: Partial<WarrantTerms>) =>
  warrantSentences({ ...terms, ...change }, names).flatMap(({ zh, en }) => [zh, en])

describe('the words of a warrant', () => {
  it.each<[string, Partial<WarrantTerms>]>([
    ['case', { case: '02CASE' }],
    ['owner', { owner: 'emp-0001' }],
    ['section', { section: 'entry' }],
    ['kind of scope', { scope: { kind: 'BATCH', batch: 'ab'.repeat(32) } }],
    ['batch', { scope: { kind: 'PERSONS', batch: `${'ab'.repeat(31)}ac`, persons: 1 } }],
    ['number of persons', { scope: { kind: 'PERSONS', batch: 'ab'.repeat(32), persons: 2 } }],
    ['purpose', { purpose: 'AUDIT' }],
    ['purpose of others', { purpose: 'SOMETHING' }],
    ['basis', { basis: 'statute/6' }],
    ['reference', { reference: 'FILE-2' }],
    ['looks', { reads: 3 }],
    ['end', { notAfter: 1_001 * DAY }],
    ['delay', { hiddenUntil: 1_002 * DAY }],
  ])('change with its %s', (_, change) => {
    expect(said(change)).not.toEqual(said({}))
  })

  it('count rows from 1, name records, and tell that a batch is every row', () => {
    expect(scopeInWords({ kind: 'ROWS', batch: '', places: [0, 4] }).zh).toBe('一批中的第 1、5 行')
    expect(scopeInWords({ kind: 'BATCH', batch: '' }).en).toBe('a whole batch, every row')
    const scope = { kind: 'RECORDS', records: ['r1', 'r2'] } as const
    expect(said({ scope }).join()).toContain('r1、r2')
  })

  it('are the same of a warrant that is not hidden, however it is spelled', () => {
    expect(said({ hiddenUntil: null })).toEqual(said({}))
  })
})
