// Goal: what is sealed is on disk, half B first, before anyone can submit it; what becomes final stays, what
// cannot become final any more is swept from both stores, also after a crash at any point.
// Method: real stores in a temporary folder, the real contracts in memory; a crash is an error thrown at a named
// point, after which the stores are opened anew from the disk.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentsOf, feeRows, sealMonth, sendMonth } from '../testing/club-flows.fixture.ts'
import { ClubWorld } from '../testing/club-world.fixture.ts'
import type { CrashPoint } from './crash-points.ts'
import { HalfReader, openOwn } from './own-sections.ts'
import { settle } from './settle.ts'
import { placesOfRoot } from './subledger-trees.ts'
import type { Vault } from './vault.ts'

let world: ClubWorld
beforeEach(async () => {
  world = await ClubWorld.create()
})
afterEach(() => world.close())

function ownRows(vault: Vault, root: string) {
  const halves = new HalfReader(vault)
  return (placesOfRoot(vault, root) ?? []).map((place) => openOwn(vault, place, halves))
}

describe('a sealed batch', () => {
  it('opens at its owner, names as they were typed', async () => {
    const rows = feeRows(7)
    const { batch } = await sendMonth(world, rows)
    const opened = ownRows(world.member('club').vault, batch.root as string)
    expect(contentsOf(opened)).toEqual(rows)
  })

  it('is live when it is final, and stays', async () => {
    const { batch, note } = await sendMonth(world)
    const { vault } = world.member('club')
    const { live, swept } = await settle(vault, world.ledger.view())
    expect(live.map(({ n }) => n)).toEqual([batch.n, note.n])
    expect(swept).toEqual([])
    expect(vault.release.waiting()).toEqual([])
    expect(vault.store.unsettled()).toEqual([])
    world.consortium.world.advance(86_400_000)
    expect(await settle(vault, world.ledger.view())).toEqual({ live: [], swept: [] })
    expect(ownRows(vault, batch.root as string)).not.toContain(null)
  })

  it('waits while its block is not final', async () => {
    const { batch } = await sendMonth(world)
    const { vault } = world.member('club')
    world.ledger.unfinalBlocks = 1
    expect((await settle(vault, world.ledger.view())).live).toEqual([])
    expect(vault.store.sealing(batch.n)?.state).toBe('SEALED')
  })

  it('is swept from both stores when it can no longer become final, its persons too', async () => {
    const rows = feeRows(6)
    const { batch, note } = await sealMonth(world, rows)
    const { vault } = world.member('club')
    const person = vault.indexOf({ idType: 'cn-id', id: rows[3]?.memberId as string })
    expect(vault.store.placesOfPerson(person)).toEqual([{ sealing: batch.n, row: 3 }])
    world.consortium.world.advanceTo(batch.expiresAt - 1)
    expect((await settle(vault, world.ledger.view())).swept).toEqual([])
    world.consortium.world.advanceTo(batch.expiresAt)
    const { swept } = await settle(vault, world.ledger.view())
    expect(swept.map(({ n }) => n)).toEqual([batch.n, note.n])
    expect(vault.store.sealingOfRoot(batch.root as string)).toBeUndefined()
    expect(vault.store.row(batch.n, 0)).toBeUndefined()
    expect(vault.store.placesOfPerson(person)).toEqual([])
    expect(vault.release.findPage(batch.root as string, 'fees', 0)).toBeUndefined()
    expect(vault.release.findHalf(note.sections[0]?.commitment as string)).toBeUndefined()
  })

  it('is drawn anew at every attempt: the same rows twice have nothing in common', async () => {
    const rows = feeRows(6)
    const first = await sealMonth(world, rows, { month: '2026-09' })
    const second = await sealMonth(world, rows, { month: '2026-10' })
    const { store } = world.member('club').vault
    const both = [first, second].map(({ batch }) => store.leaves(batch.n))
    const records = both.flat().map(({ record }) => record)
    const commitments = both.flat().map(({ commitment }) => commitment)
    expect(new Set(records).size).toBe(12)
    expect(new Set(commitments).size).toBe(12)
  })
})

describe('a crash while sealing', () => {
  const points: CrashPoint[] = ['sealed', 'release-flushed', 'vault-flushed']

  it.each(points)(
    'at %s leaves nothing that opens, and the sweep removes the rest',
    async (point) => {
      await world.member('club').vault.close()
      const crashing = await world.openMember('club', (at) => {
        if (at === point) throw new Error('killed')
      })
      world.members.set('club', crashing)
      await expect(sealMonth(world, feeRows(6), { club: crashing })).rejects.toThrow('killed')
      await crashing.vault.close()

      const club = await world.openMember('club')
      world.members.set('club', club)
      // Half B is first: never is there a sealed section whose half B is missing.
      const sealings = club.vault.store.unsettled()
      expect(club.vault.release.waiting().length).toBe(point === 'sealed' ? 0 : 1)
      expect(sealings.length).toBe(point === 'vault-flushed' ? 1 : 0)

      world.consortium.world.advance(7_200_000)
      await settle(club.vault, world.ledger.view())
      expect(club.vault.release.waiting()).toEqual([])
      expect(club.vault.store.unsettled()).toEqual([])
      const { batch } = await sendMonth(world, feeRows(6), '2026-11')
      expect(ownRows(club.vault, batch.root as string)).toHaveLength(6)
    },
  )

  it.each<CrashPoint>(['release-live', 'vault-live'])(
    'at %s leaves a final batch that the next run finishes',
    async (point) => {
      const { batch } = await sendMonth(world)
      await world.member('club').vault.close()
      const crashing = await world.openMember('club', (at) => {
        if (at === point) throw new Error('killed')
      })
      await expect(settle(crashing.vault, world.ledger.view())).rejects.toThrow('killed')
      await crashing.vault.close()
      const club = await world.openMember('club')
      world.members.set('club', club)
      world.consortium.world.advance(7_200_000)
      const { swept } = await settle(club.vault, world.ledger.view())
      expect(swept).toEqual([])
      expect(club.vault.store.sealing(batch.n)?.state).toBe('LIVE')
      expect(ownRows(club.vault, batch.root as string)).not.toContain(null)
    },
  )
})
