// Goal: what is erased is in no file of any member and under no key that still exists once R has been replaced
// (threat 23); a restored backup has it erased again; whoever kept a copy deletes it and signs.
// Method: the fictional club; a note and two rows are erased by the real action; every byte of every file is searched
// for text, halves and keys, and every wrap is tried with every key that is left. The same search finds them all
// before, and with the deletion taken away.
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { erasures } from '@renshe/contracts'
import { type Bytes, type JsonObject, utf8 } from '@renshe/crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  contentsOf,
  feeRows,
  readRows,
  released,
  type SealedMonth,
  sendMonth,
} from '../testing/club-flows.fixture.ts'
import { ClubWorld } from '../testing/club-world.fixture.ts'
import { findBytes, findOpening, type WrapSought } from '../testing/search-files.fixture.ts'
import { findRowCopies } from './copies.ts'
import { carryOutErasures, replayErasures } from './erasing.ts'
import { RELEASE_KEY_WEEK_MS, rotateVaultKey, rotateWeekly } from './key-rotation.ts'
import { openingsBytes } from './opening-bytes.ts'
import { HalfReader, type LeafPlace, openOwn } from './own-sections.ts'
import { readBatch } from './read-sections.ts'
import { placesOfRoot } from './subledger-trees.ts'

const DAY = 86_400_000
const ROWS = feeRows(6)
const ERASED = [1, 4]
const SUITE = 'RS-INTL-1'

let world: ClubWorld
let month: SealedMonth
let places: readonly LeafPlace[]
let halves: { readonly note: Bytes; readonly rows: readonly Bytes[] }
let copyLength: number
let read: string
let signers: Map<string, ReturnType<ClubWorld['consortium']['signer']>>
beforeEach(async () => {
  world = await ClubWorld.create('erasing')
  month = await sendMonth(world, ROWS)
  const { vault } = world.member('club')
  places = placesOfRoot(vault, month.batch.root as string) ?? []
  const reader = new HalfReader(vault)
  halves = {
    note: vault.release.findHalf(commitment()) as Bytes,
    rows: ERASED.map((row) => reader.halfB(places[row] as LeafPlace)),
  }
  // The treasury keeps a copy under STORE; the owner made a box of B's for it.
  const rows = await readBatch(world.member('treasury').reading, month.batch.root as string)
  copyLength = openingsBytes(rows).length
  read = await readRows(world, 'treasury', month)
  released(world, 'treasury', read)
  await world.does('club', 'cases.actOnStep', {
    case: month.case,
    step: 'close',
    outcome: 'closed',
  })
  signers = new Map([...world.members.keys()].map((id) => [id, world.consortium.signer(id)]))
  world.consortium.world.advance(366 * DAY)
})
afterEach(() => world.close())

/** Signed by systems whose certificates ended long ago: who signs is not the question here. */
function acts(member: string, action: string, input: JsonObject): JsonObject {
  const signer = signers.get(member) as ReturnType<ClubWorld['consortium']['signer']>
  return world.consortium.world.does(signer, action, input) as JsonObject
}

const commitment = () => month.note.sections[0]?.commitment as string

async function eraseByAct(): Promise<string> {
  const answer = world.ledger.query(
    'catalogue.listClauses',
    {},
    { member: 'club', name: null, roles: [], unit: null },
  )
  const [clause] = (answer as unknown as { data: { items: { id: string; hash: string }[] } }).data
    .items
  const rows = ERASED.map((index) => ({
    record: places[index]?.leaf.record as string,
    batch: month.batch.root as string,
    index,
  }))
  const { erasure } = acts('club', 'access.eraseSections', {
    ground: 'RETENTION_OVER',
    basis: { clause: clause?.id as string, version: clause?.hash as string },
    records: [{ record: month.note.record as string }, ...rows],
  })
  return erasure as string
}

async function carriedOut(member: string): Promise<readonly JsonObject[]> {
  const done = await carryOutErasures(world.member(member).vault, world.ledger.view())
  for (const line of done) acts(member, 'access.confirmErasure', { ...line })
  return done as unknown as JsonObject[]
}

/** Everything of the erased sections that would be a leak, in any file, with every key that is left. */
async function traces(): Promise<string[]> {
  writeFileSync(join(world.folder, 'chain.log'), Buffer.concat(world.ledger.bundles))
  const chain = world.ledger.chain
  const root = month.batch.root as string
  const clear: [string, Bytes][] = [
    ['text of the note', utf8('for 𠮷野家')],
    ['half B of the note', halves.note],
    ...ERASED.map((row): [string, Bytes] => ['id of a row', utf8(ROWS[row]?.memberId as string)]),
    ...halves.rows.map((half): [string, Bytes] => ['half B of a row', half]),
  ]
  const isErasedRowThere = (page: Bytes) =>
    ERASED.some((row) => page.subarray(row * 32, row * 32 + 32).some((byte) => byte !== 0))
  const local = (table: string, id: string) => (edition: string) =>
    ({ use: 'vault-local', chain, table, id, edition }) as never
  const sought: WrapSought[] = [
    {
      name: 'B of the note',
      length: 32,
      context: () => ({ use: 'half-b', chain, commitment: commitment() }),
    },
    {
      name: 'page of B',
      length: 32 * ROWS.length,
      context: (edition) => ({
        use: 'half-b-page',
        chain,
        batch: root,
        section: 'fees',
        page: 0,
        edition,
      }),
      isLeak: isErasedRowThere,
    },
    {
      name: 'A of the note',
      length: 32,
      context: () => ({ use: 'vault-a', chain, commitment: commitment() }),
    },
    { name: 'copy of the rows', length: copyLength, context: local('copy', `${root} 000000`) },
    { name: 'box of B', length: 32 * ROWS.length + 81, context: local('release', `${read} box`) },
  ]
  const keys: Bytes[] = []
  for (const { keys: store } of world.members.values()) {
    for (const name of ['vault', 'release'] as const) {
      keys.push(await store.symmetric(name), ...(await store.replaced(name)))
    }
  }
  return [...findBytes(world.folder, clear), ...findOpening(world.folder, SUITE, keys, sought)]
}

/** The week passes: every member gets its new R and a fresh file of its vault. */
async function aWeekLater(): Promise<void> {
  const { time } = world.consortium.world
  for (const { vault, keys } of world.members.values()) {
    await rotateWeekly(vault, keys, time)
    expect(await rotateWeekly(vault, keys, time + RELEASE_KEY_WEEK_MS - 1)).toBe(false)
    expect(await rotateWeekly(vault, keys, time + RELEASE_KEY_WEEK_MS)).toBe(true)
  }
}

describe('threat 23: erased', () => {
  it('is in no file and under no key, is signed by all who had it, and the rest opens', async () => {
    expect((await traces()).map((trace) => trace.split(': ')[1]).sort()).toEqual([
      'A of the note',
      'B of the note',
      'box of B',
      'copy of the rows',
      'page of B',
    ])
    const erasure = await eraseByAct()
    expect(await carriedOut('club')).toEqual([
      { erasure, part: 'RELEASE' },
      { erasure, part: 'VAULT' },
    ])
    expect(await carriedOut('treasury')).toEqual([{ erasure, part: 'COPY' }])
    expect(await carriedOut('school')).toEqual([])
    expect(await carriedOut('club')).toEqual([])
    const { expected, confirmations } = world.ledger.view().state(erasures).get(erasure)
    expect(confirmations).toHaveLength(expected.length)

    // Deleted, and yet in free pages of the files until they are written anew.
    expect(await traces()).not.toEqual([])
    await aWeekLater()
    expect(await traces()).toEqual([])

    const { vault } = world.member('club')
    const reader = new HalfReader(vault)
    const own = places.map((place) => openOwn(vault, place, reader))
    const left = ROWS.map((row, at) => (ERASED.includes(at) ? null : row))
    expect(contentsOf(own)).toEqual(left)
    const root = month.batch.root as string
    expect(findRowCopies(world.member('treasury').vault, root, ROWS.length)).toBeUndefined()
    expect(places.map(({ row }) => vault.store.row(month.batch.n, row)?.length === 0)).toEqual(
      ROWS.map((_, at) => ERASED.includes(at)),
    )
  })

  it.each<[string, (member: string) => void]>([
    [
      'half B',
      () => {
        const { release } = world.member('club').vault
        release.eraseHalves = async () => 0
        release.eraseRows = async () => undefined
      },
    ],
    [
      'copies',
      () => {
        world.member('treasury').vault.store.removeLocked = () => undefined
      },
    ],
  ])('would be found if %s were not deleted', async (_, breakIt) => {
    await eraseByAct()
    breakIt('club')
    for (const member of ['club', 'treasury']) await carriedOut(member)
    await aWeekLater()
    expect(await traces()).not.toEqual([])
  })

  it('stays erased when a backup of before is put back: nothing is answered first', async () => {
    const club = world.member('club')
    await club.vault.close()
    const backup = join(world.folder, '..', `${world.folder.split('/').at(-1)}-backup`)
    cpSync(join(world.folder, 'club'), backup, { recursive: true })
    world.members.set('club', await world.openMember('club'))
    const erasure = await eraseByAct()
    await carriedOut('club')
    await world.member('club').vault.close()
    rmSync(join(world.folder, 'club'), { recursive: true })
    cpSync(backup, join(world.folder, 'club'), { recursive: true })
    rmSync(backup, { recursive: true })

    const restored = await world.openMember('club')
    world.members.set('club', restored)
    expect(restored.vault.release.findHalf(commitment())).toBeDefined()
    const again = { halves: 3, sections: 3, copies: 0 }
    expect(await replayErasures(restored.vault, world.ledger.view())).toEqual(again)
    expect(await replayErasures(restored.vault, world.ledger.view())).toEqual({
      halves: 0,
      sections: 0,
      copies: 0,
    })
    expect(restored.vault.release.findHalf(commitment())).toBeUndefined()
    expect(world.ledger.view().state(erasures).get(erasure).confirmations).toHaveLength(2)
  })
})

describe('a new V', () => {
  it('leaves nothing under the old one, wherever it was cut short', async () => {
    const { vault, keys } = world.member('club')
    const before = await keys.symmetric('vault')
    await keys.replaceSymmetric('vault')
    expect(await rotateVaultKey(vault, keys)).toBeGreaterThan(2)
    expect(await keys.replaced('vault')).toEqual([])
    expect(await keys.symmetric('vault')).not.toEqual(before)
    await vault.close()
    world.members.set('club', await world.openMember('club'))
    const again = world.member('club').vault
    const reader = new HalfReader(again)
    const all = placesOfRoot(again, month.batch.root as string) ?? []
    expect(contentsOf(all.map((place) => openOwn(again, place, reader)))).toEqual(ROWS)
  })
})
