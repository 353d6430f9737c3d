// Goal: content changes its owner only when both computed the same from what each opened itself; one changed field,
// record or row changes nothing; afterwards readers read at the new owner.
// Method: the fictional club hands a month over to its treasury; the new owner's request is changed in one thing.
import { handOvers } from '@renshe/contracts'
import { canonicalJson, openSealed, sealTo } from '@renshe/crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { HandOverRequest, PeerService } from '../peer.ts'
import { peerServiceOf } from '../peer-service.ts'
import { contentsOf, feeRows, type SealedMonth, sendMonth } from '../testing/club-flows.fixture.ts'
import { ClubWorld } from '../testing/club-world.fixture.ts'
import { comparedHandOver, handOverInput, takeOver } from './hand-over.ts'
import { type HeaderAndSeed, headersAndSeedsBytes, headersAndSeedsOf } from './opening-bytes.ts'
import { findGrantFor, openOwnBatch, readBatch, readItems } from './read-sections.ts'
import { settle } from './settle.ts'

let world: ClubWorld
let month: SealedMonth
let order: string
let noteOrder: string
let months = 0
const ROWS = feeRows(8)

beforeAll(async () => {
  world = await ClubWorld.create('hand over')
})
afterAll(() => world.close())
beforeEach(async () => {
  months += 1
  month = await sendMonth(world, ROWS, `20${10 + months}-01`)
  order = await ordered(month.case, 'fees')
  noteOrder = await ordered(month.case, 'note')
})

async function ordered(caseId: string, what: 'note' | 'fees'): Promise<string> {
  const input = { case: caseId, step: 'close', outcome: `${what}-moved` }
  const { events } = world.consortium.world.run(
    world.consortium.signer('club'),
    'cases.actOnStep',
    input,
  )
  const event = events.find(({ name }) => name === 'HandOverOpened')
  return event?.data.handOver as string
}

const statusOf = (id: string) => world.ledger.view().state(handOvers).get(id).status

/** Takes over with a request that is changed on its way. */
async function takenWith(
  change: (request: HandOverRequest) => HandOverRequest,
  id: string,
): Promise<unknown> {
  const honest = peerServiceOf({ ...world.member('club'), suites: ['RS-INTL-1'] })
  const service: PeerService = {
    ...honest,
    handOver: (caller, request) => honest.handOver(caller, change(request)),
  }
  world.services.set('club', service)
  try {
    return await takeOver(world.member('treasury').reading, id).then(
      () => 'taken',
      (error: unknown) => error,
    )
  } finally {
    world.services.delete('club')
  }
}

/** Changes what the new owner sealed, as if it had sealed that. */
function resealed(change: (parts: HeaderAndSeed[]) => HeaderAndSeed[]) {
  return (request: HandOverRequest): HandOverRequest => ({
    ...request,
    reads: request.reads.map(({ read, box }) => {
      const { encryption, holderKey, vault } = world.member('club')
      const context = { use: 'hand-over', chain: vault.chain, read, holderKey } as const
      const parts = headersAndSeedsOf(openSealed('RS-INTL-1', encryption, context, box))
      const secret = headersAndSeedsBytes(change(parts))
      const { publicKey } = encryption
      const again = sealTo('RS-INTL-1', publicKey, context, secret, (n) => world.random(n))
      return { read, box: again }
    }),
  })
}

describe('a hand-over', () => {
  it('ends with the same content at the new owner, and readers that read there', async () => {
    const { vault, reading } = world.member('treasury')
    const list = await takeOver(reading, order)
    expect(comparedHandOver(world.member('club').vault, order)).toEqual(list)
    await world.does('treasury', 'access.handOver', handOverInput(order, list))
    expect(statusOf(order)).toBe('OPEN')
    await world.does('club', 'access.handOver', handOverInput(order, list))
    expect(statusOf(order)).toBe('DONE')

    await settle(vault, world.ledger.view())
    const root = list.batches[0]?.new as string
    expect(vault.store.sealingOfRoot(root)?.state).toBe('LIVE')
    expect(contentsOf(openOwnBatch(vault, { root }))).toEqual(ROWS)
    const person = vault.indexOf({ idType: 'cn-id', id: ROWS[2]?.memberId as string })
    expect(vault.store.placesOfPerson(person).length).toBeGreaterThan(0)

    const school = world.member('school').reading
    expect(contentsOf(await readBatch(school, root))).toEqual(ROWS)
    await expect(readBatch(school, month.batch.root as string)).rejects.toMatchObject({
      code: 'GRANT_NOT_FOUND',
    })
  })

  it('of one alone changes nothing; what it sealed waits as long as the order stands', async () => {
    const { vault, reading } = world.member('treasury')
    const list = await takeOver(reading, order)
    await world.does('treasury', 'access.handOver', handOverInput(order, list))
    world.consortium.world.advance(30 * 86_400_000)
    const { swept } = await settle(vault, world.ledger.view())
    expect(swept).toEqual([])
    expect(vault.store.sealingOfRoot(list.batches[0]?.new as string)?.state).toBe('SEALED')
  })

  it('asked for again, after a crash, gives the list that was compared', async () => {
    const { reading } = world.member('treasury')
    const list = await takeOver(reading, order)
    expect(await takeOver(reading, order)).toEqual(list)
  })

  it('of different lists is a dispute', async () => {
    const list = await takeOver(world.member('treasury').reading, order)
    await world.does('treasury', 'access.handOver', handOverInput(order, list))
    const other = { ...list, batches: list.batches.map((one) => ({ ...one, new: '0'.repeat(64) })) }
    await world.does('club', 'access.handOver', handOverInput(order, other))
    expect(statusOf(order)).toBe('DISPUTED')
  })
})

describe('one thing changed by the new owner', () => {
  const header = (change: object) => (parts: HeaderAndSeed[]) =>
    parts.map((part, at) => (at === 0 ? { ...part, header: { ...part.header, ...change } } : part))
  const rows: [string, 'note' | 'fees', (request: HandOverRequest) => HandOverRequest][] = [
    [
      'a seed of the note',
      'note',
      resealed((p) => p.map((x) => ({ ...x, seed: x.seed.map((b) => b ^ 1) }))),
    ],
    [
      'a seed of a row',
      'fees',
      resealed((p) => p.map((x, at) => (at === 3 ? { ...x, seed: x.seed.map((b) => b ^ 1) } : x))),
    ],
    ['the owner', 'fees', resealed(header({ owner: 'stranger' }))],
    ['the level', 'fees', resealed(header({ level: 3 }))],
    ['the entry', 'note', resealed(header({ entryHash: '0'.repeat(64) }))],
    ['the section', 'note', resealed(header({ section: 'answer' }))],
    ['the version', 'fees', resealed(header({ version: 2 }))],
    [
      'two rows exchanged',
      'fees',
      resealed((p) => [p[1] as HeaderAndSeed, p[0] as HeaderAndSeed, ...p.slice(2)]),
    ],
    ['a row less', 'fees', resealed((p) => p.slice(1))],
    ['no read', 'note', (request) => ({ ...request, reads: [] })],
    ['no read of rows', 'fees', (request) => ({ ...request, reads: [] })],
    [
      'a box with one bit changed',
      'note',
      (request) => ({
        ...request,
        reads: request.reads.map((r) => ({
          ...r,
          box: r.box.map((b, at) => (at === 70 ? b ^ 1 : b)),
        })),
      }),
    ],
    ['another hand-over', 'fees', (request) => ({ ...request, handOver: noteOrder })],
    ['another key', 'fees', (request) => ({ ...request, ownerKey: '0'.repeat(64) })],
  ]

  it.each(rows)('%s: both compute other lists, nobody signs', async (_, what, change) => {
    const id = what === 'note' ? noteOrder : order
    const refused = (await takenWith(change, id)) as Error
    expect(refused).toBeInstanceOf(Error)
    expect(statusOf(id)).toBe('OPEN')
  })

  it('a field of the content: the new owner cannot have sealed the same', async () => {
    const { reading, vault } = world.member('treasury')
    const open = world.ledger.view().state(handOvers).get(noteOrder).sections[0]
    expect(open).toBeDefined()
    const registered = { owner: 'club', section: 'note', case: month.case }
    const grant = findGrantFor(world.ledger.view(), vault.member, registered)
    const { openings } = await readItems(reading, grant as never, [open as never])
    const [opening] = openings
    expect(opening?.content).toEqual(canonicalJson({ noteText: 'for 𠮷野家' }))
  })
})

describe('who is no side of it', () =>
  it('takes nothing over', async () => {
    await expect(takeOver(world.member('school').reading, order)).rejects.toMatchObject({
      code: 'HAND_OVER_NOT_FOUND',
    })
    const { peers } = world.member('stranger')
    const request = { handOver: order, ownerKey: world.member('club').holderKey, reads: [] }
    await expect(peers('club').handOver(request)).rejects.toMatchObject({
      code: 'HAND_OVER_NOT_FOUND',
    })
  }))
