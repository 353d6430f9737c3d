/**
 * Goal: anyone learns who asked whom for what, with exact counts, never a count of a few, and always with what
 * the table leaves out. Method: reads on both sides of the least count, asked for by nobody in particular.
 */
import { testReader } from '@renshe/kernel/testing'
import { expect, it } from 'vitest'
import { NOT_SHOWN } from './get-sharing-matrix.ts'
import { issuingWorld, RUNNING } from './issuing-world.fixture.ts'
import { readSections } from './testing.ts'

const CELL = {
  member: 'reader',
  owner: 'owner',
  service: 'reading-room',
  purpose: 'CARD',
  kind: 'STATUTE',
}
const DAY_MS = 86_400_000

it.each<[number, object]>([
  [4, { ...CELL, grants: null, reads: null, looked: null }],
  [5, { ...CELL, grants: 2, reads: 5, looked: 5 }],
])('%i reads of a month that has ended', (count, cell) => {
  const { world, owner, reader, statute, issues, item, holderKey } = issuingWorld()
  const terms = { notAfter: world.time + DAY_MS }
  const purpose = { code: 'CARD', serviceItem: 'reading-room' }
  const grants = [1, 2].map(() => issues(owner, { ...statute, ...terms, purpose }))
  for (let at = 0; at < count; at++) {
    world.advance(1_000)
    const grant = grants[at % 2] as string
    const input = { grant, case: RUNNING, holderKey, items: [item('reason')] }
    expect(world.run(reader, readSections, input).code).toBe('OK')
  }
  const matrix = (month: number) =>
    world.ask(testReader({ member: null }), 'access.getSharingMatrix', { year: 2026, month })

  // A month that still grows would tell of the next read.
  expect(matrix(9)).toMatchObject({ code: 'MONTH_NOT_ENDED' })
  // 1 September begins at 16:00 UTC of 31 August; the world began 8 hours later.
  world.advance(29.7 * DAY_MS)
  expect(matrix(9)).toMatchObject({
    data: { cells: [cell], leastTold: 5, notShown: [...NOT_SHOWN] },
  })
  expect(matrix(8)).toMatchObject({ data: { cells: [] } })
})
