// Goal: a warrant shows the one thing that has to happen next.
// Method: a warrant step by step; each end alone.
import { describe, expect, it } from 'vitest'
import type { WarrantShown } from './warrant-sentences.ts'
import { openPlaces, statusOf } from './warrant-status.ts'

const turn = { member: 'sup-0001', name: '1', at: 0 }
const END = 100

const warrant = (change: Partial<WarrantShown> = {}): WarrantShown => ({
  v: 1,
  id: 'w',
  case: 'c',
  owner: 'lib-0001',
  section: 'rows',
  scope: { kind: 'PERSONS', batch: '', persons: 1 },
  purpose: 'INSPECTION',
  basis: { clause: 'statute/5', version: '' },
  reference: 'f',
  reads: 2,
  notAfter: END,
  hiddenUntil: null,
  state: 'confirmed',
  issued: turn,
  confirmed: turn,
  grant: 'g',
  named: { ...turn, places: [3] },
  revoked: null,
  ...change,
})

describe('a warrant', () => {
  it.each([
    ['issued', { state: 'issued', named: null }, {}, 'toConfirm'],
    ['confirmed, its person not found yet', { named: null }, {}, 'toName'],
    ['whose person is not there', { named: { ...turn, places: [] } }, {}, 'nobody'],
    ['with its row', {}, {}, 'open'],
    ['of known rows', { scope: { kind: 'ROWS', batch: '', places: [1] }, named: null }, {}, 'open'],
    ['used up', {}, { left: 0 }, 'spent'],
    ['at its end', {}, { now: END }, 'over'],
    ['whose grant is over', {}, { isInForce: false }, 'over'],
    ['revoked', { state: 'revoked' }, {}, 'revoked'],
    ['issued and never confirmed', { state: 'issued' }, { now: END }, 'over'],
  ] as const)('%s', (_, change, use, status) => {
    const { now = 1, ...uses } = { now: 1, ...use } as { now?: number; left?: number }
    const found = warrant(change as Partial<WarrantShown>)
    expect(statusOf({ warrant: found, isInForce: true, used: 0, left: 2, ...uses }, now)).toBe(
      status,
    )
  })

  it('opens the rows that it names', () => {
    expect(openPlaces(warrant())).toEqual([3])
    expect(openPlaces(warrant({ named: null }))).toEqual([])
    expect(openPlaces(warrant({ scope: { kind: 'ROWS', batch: '', places: [1, 2] } }))).toEqual([
      1, 2,
    ])
    expect(openPlaces(warrant({ scope: { kind: 'BATCH', batch: '' } }))).toBeNull()
  })
})
