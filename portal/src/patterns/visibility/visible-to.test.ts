// Goal: what a party may open is what the package says, and nothing else.
// Method: three sections of a fictional service, each party's sight in one table.
import { expect, it } from 'vitest'
import { audienceOf, mostDifferent, openTo, sightOf } from './visible-to.ts'

const SECTIONS = {
  loans: { level: 2, owner: 'library', readers: ['branch'], purpose: 'LEND' },
  fines: { level: 2, owner: 'branch', readers: ['library', 'cashier'], purpose: 'COLLECT' },
  note: { level: 2, owner: 'library', readers: [], purpose: 'KEEP' },
}

it.each([
  [['library'], ['loans', 'fines', 'note']],
  [['branch'], ['loans', 'fines']],
  [['cashier'], ['fines']],
  [['reader'], []],
  [
    ['cashier', 'branch'],
    ['loans', 'fines'],
  ],
])('opens to %s: %s', (parties, open) => {
  expect(openTo(SECTIONS, parties)).toEqual(open)
})

it('tells keeping from being granted, and who else may', () => {
  expect(sightOf(SECTIONS.fines, ['branch'])).toBe('keeps')
  expect(sightOf(SECTIONS.fines, ['cashier'])).toBe('granted')
  expect(sightOf(SECTIONS.note, ['branch'])).toBe('sealed')
  expect(audienceOf(SECTIONS.fines)).toEqual(['branch', 'library', 'cashier'])
})

it('compares with whoever sees most that these do not', () => {
  expect(mostDifferent(SECTIONS, ['cashier'], ['branch', 'library', 'cashier'])).toEqual({
    party: 'library',
    theirs: ['loans', 'note'],
    ours: [],
  })
  expect(mostDifferent({}, ['cashier'], ['branch'])).toBeUndefined()
})
