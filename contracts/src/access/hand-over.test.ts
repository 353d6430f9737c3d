/**
 * Goal: content changes its owner only when both sides sign the same list; nothing moves before.
 * Method: an order over a record, a batch and a register entry, signed in every order and with one
 * thing changed.
 */
import { amendments } from '@renshe/kernel'
import { testReader } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { findEntry } from '../registers/entries.ts'
import { handOver } from './hand-over.ts'
import { handOvers } from './hand-over-records.ts'
import { grants } from './records.ts'
import { findBatch, findSection } from './sections.ts'
import { accessWorld, BATCH, CASE, commitment, RECORD, readSections } from './testing.ts'

const NEW_RECORD = 'b2'.repeat(16)
const NEW_ROOT = 'c3'.repeat(32)

function given() {
  const world = accessWorld()
  const grant = world.grant()
  const order = world.order({
    sections: [{ record: RECORD, section: 'reason', version: 1 }],
    batches: [BATCH.root],
    entries: [{ register: 'reading-card', key: '7' }],
  })
  const list = {
    handOver: order,
    items: [{ old: commitment(101), new: commitment(301), record: NEW_RECORD }],
    batches: [{ old: BATCH.root, new: NEW_ROOT, count: BATCH.count }],
  }
  const sign = (member: string, input: object = list) =>
    world.world.run(world.made.signer(member), handOver, input as typeof list)
  return { ...world, grantId: grant, order, list, sign }
}

describe('access.handOver', () => {
  it('moves nothing on one word, everything on the second', () => {
    const { world, sign, grantId, order } = given()
    expect(sign('owner').data).toEqual({ handOver: order, status: 'OPEN' })
    expect(findSection(world, NEW_RECORD, 'reason')).toBeUndefined()
    expect(findEntry(world, 'reading-card', '7')?.owner).toBe('owner')
    expect(sign('successor').data).toEqual({ handOver: order, status: 'DONE' })

    expect(findSection(world, NEW_RECORD, 'reason')).toMatchObject({
      owner: 'successor',
      version: 1,
      case: CASE,
      commitment: commitment(301),
    })
    expect(findBatch(world, NEW_ROOT)).toMatchObject({ owner: 'successor', count: BATCH.count })
    expect(findEntry(world, 'reading-card', '7')).toMatchObject({
      owner: 'successor',
      version: 2,
      sections: [
        { name: 'photo', record: RECORD },
        { name: 'reason', record: NEW_RECORD, version: 1, commitment: commitment(301) },
      ],
    })
    expect(world.state(grants).get(grantId).notAfter).toBe(world.time)
    expect(world.state(amendments).get(commitment(101)).kind).toBe('handed-over')
    expect(world.stored(handOvers)).toMatchSnapshot()
  })

  it('lets readers read at the new owner, under grants as before', () => {
    const { world, sign, reader, holderKey, grantId } = given()
    sign('successor')
    sign('owner')
    const found = world.ask(testReader({ member: 'reader' }), 'access.listGrants', { case: CASE })
    const made = (
      found.ok ? (found.data as { items: { id: string; owner: string }[] }).items : []
    ).filter(({ owner }) => owner === 'successor')
    expect(made).toHaveLength(1)
    const items = [{ record: NEW_RECORD, version: 1, section: 'reason' }]
    const grant = made[0]?.id as string
    expect(world.run(reader, readSections, { grant, holderKey, items }).code).toBe('OK')
    const old = [{ record: RECORD, version: 1, section: 'reason' }]
    const late = { grant: grantId, holderKey, items: old }
    expect(world.refuses(reader, readSections, late).code).toBe('GRANT_NOT_IN_FORCE')
  })

  it('is a dispute where the lists differ, and done when they no longer do', () => {
    const { world, sign, list, order } = given()
    const [item] = list.items
    const different = { ...list, items: [{ ...item, new: commitment(302) }] }
    sign('owner')
    expect(sign('successor', different).data).toEqual({ handOver: order, status: 'DISPUTED' })
    expect(findSection(world, NEW_RECORD, 'reason')).toBeUndefined()
    expect(sign('successor').data).toEqual({ handOver: order, status: 'DONE' })
    expect(sign('owner').code).toBe('HAND_OVER_DONE')
  })

  type Given = ReturnType<typeof given>
  it.each<[string, string, (given: Given) => object, string?]>([
    ['an unknown one', 'HAND_OVER_NOT_FOUND', ({ list }) => ({ ...list, handOver: CASE })],
    ['from a stranger', 'HAND_OVER_NOT_YOURS', ({ list }) => list, 'reader'],
    ['of fewer items', 'HAND_OVER_ITEMS', ({ list }) => ({ ...list, items: [] })],
    [
      'of other content',
      'HAND_OVER_ITEM',
      ({ list }) => ({ ...list, items: [{ ...list.items[0], old: commitment(1) }] }),
    ],
    [
      'of another batch',
      'HAND_OVER_ITEM',
      ({ list }) => ({ ...list, batches: [{ ...list.batches[0], old: NEW_ROOT }] }),
    ],
    [
      'of fewer rows',
      'HAND_OVER_ITEM',
      ({ list }) => ({ ...list, batches: [{ ...list.batches[0], count: 6 }] }),
    ],
  ])('refuses %s', (_what, code, inputOf, member = 'owner') => {
    const made = given()
    const signer = made.made.signer(member)
    expect(made.world.refuses(signer, handOver, inputOf(made) as never).code).toBe(code)
  })
})
