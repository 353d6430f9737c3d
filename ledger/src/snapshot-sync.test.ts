/**
 * Goal: a new member can begin with a proven snapshot: afterwards its ledger is equal, its replay set
 * too, and it can be restarted, rebuilt and verified. Offers and chunks that are not proven are refused.
 * Method: one member with history, one that joins; every part of the offer changed in turn.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromHex } from '@renshe/crypto'
import { cutTransaction, encodeKey, frameBundle } from '@renshe/kernel'
import type { FinalityProof } from '@renshe/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { txIdOf } from './block-format.ts'
import { EmbeddedEngine } from './embedded/engine.ts'
import { evidenceOf } from './evidence-source.ts'
import { type OpenLedger, openLedger, rebuildLedger, verifyLedger } from './open-ledger.ts'
import {
  loadSnapshotChunk,
  offerSnapshot,
  SnapshotJoin,
  type SnapshotOffer,
} from './snapshot-sync.ts'
import { addBlock, cards, createTestChain, libraryContracts, TEST_CHAIN_TIME } from './testing.ts'

const chain = createTestChain({ hasWitnesses: false, parameters: { 'ledger.snapshotDelay': 2 } })
const [first] = chain.members
const root = mkdtempSync(join(tmpdir(), 'renshe-join-'))
const settingsOf = (name: string) => ({
  folder: join(root, name),
  contracts: new Map([[1, libraryContracts()]]),
  genesisFile: chain.genesisFile,
  clock: () => TEST_CHAIN_TIME + 10_000,
})
const issue = (holder: string) => chain.transaction(first!, 'library.issueCard', { holder })
const early = issue('early')
let open: OpenLedger
let engine: EmbeddedEngine
let offered: { offer: SnapshotOffer; finality: FinalityProof }

async function run(frame: Uint8Array): Promise<void> {
  await engine.submit(frameBundle([frame]))
  await engine.outcome(txIdOf(cutTransaction(frame, 0)!))
}

function chunksOf({ height, chunks }: SnapshotOffer): Uint8Array[] {
  return Array.from({ length: chunks }, (_, i) => loadSnapshotChunk(open.ledger, height, i))
}

function joinWith(name: string, change: Partial<SnapshotOffer> = {}): SnapshotJoin | undefined {
  const joining = new SnapshotJoin(join(root, name), chain.genesisFile)
  return joining.offer({ ...offered.offer, ...change }, offered.finality) ? joining : undefined
}

async function follow(joined: OpenLedger): Promise<void> {
  while (joined.ledger.height < open.ledger.height) {
    joined.ledger.replay(open.ledger.log.read(joined.ledger.height + 1))
    await joined.ledger.commit()
  }
}

beforeAll(async () => {
  open = await openLedger(settingsOf('old'))
  engine = new EmbeddedEngine({
    operatorKeys: [chain.operator],
    witnesses: [],
    clock: () => TEST_CHAIN_TIME + 10_000,
    blockDelayMs: 0,
    verifyThreads: 0,
  })
  await engine.start(open.ledger)
  expect(offerSnapshot(open.ledger)).toBeUndefined()
  await run(early)
  for (let i = 0; i < 4; i++) await run(issue(`reader ${i}`))
  await run(chain.transaction(first!, 'ledger.checkpoint', {}))
  for (let i = 4; i < 9; i++) await run(issue(`reader ${i}`))
  offered = offerSnapshot(open.ledger)!
})
afterAll(async () => {
  await engine.stop()
  await open.close()
  rmSync(root, { recursive: true })
})

describe('a joiner', () => {
  it('becomes equal, and stays so', async () => {
    const { offer } = offered
    expect(offer).toMatchObject({ height: 6, chunks: 1 })
    const joining = joinWith('new')!
    for (const chunk of chunksOf(offer)) expect(joining.apply(chunk)).toBe(true)
    expect(joining.apply(new Uint8Array(1))).toBe(false)

    let joined = await openLedger(settingsOf('new'))
    expect(joined.ledger.height).toBe(6)
    // A transaction from before the snapshot is known as spent.
    const [admission] = joined.ledger.check(frameBundle([early]))
    expect(admission?.code).toBe('NONCE_SPENT')
    await follow(joined)
    // Among the blocks was the one that carries the snapshot: its root came out here too.
    expect(joined.ledger.info()).toEqual(open.ledger.info())
    await joined.close()

    joined = await openLedger(settingsOf('new'))
    expect(joined.ledger.info()).toEqual(open.ledger.info())
    const mine = evidenceOf(joined.ledger)
    const theirs = evidenceOf(open.ledger)
    for (let size = 8; size <= 12; size++) {
      expect(mine.headerPath(7, size)).toEqual(theirs.headerPath(7, size))
      expect(mine.logRoot(size)).toEqual(theirs.logRoot(size))
    }
    const act = txIdOf(cutTransaction(early, 0)!)
    expect(mine.act(act)).toBeUndefined()
    const placed = open.ledger.store.placeOf(fromHex(act))!
    const [write] = open.ledger.store.writes(placed.height)
    const card = write!.key.slice(encodeKey(cards.name, []).length + 1, -1)
    expect(theirs.newestWrite(11, cards.name, [card])).toMatchObject({ height: placed.height })
    expect(mine.newestWrite(11, cards.name, [card])).toBeUndefined()
    const reader = { member: 'lib-0001', name: null, roles: [], unit: null }
    const ask = (asOf: number) => joined.ledger.query('library.getCard', { card }, reader, asOf)
    expect(ask(6)).toMatchObject({ ok: true, data: { holder: 'early' } })
    expect(ask(5)).toMatchObject({ ok: false, code: 'HEIGHT_UNKNOWN' })
    await joined.close()

    expect(await verifyLedger(settingsOf('new'))).toMatchObject({ height: 11, transactions: 5 })
    joined = await rebuildLedger(settingsOf('new'))
    expect(joined.ledger.info()).toEqual(open.ledger.info())
    await addBlock(joined.ledger, [issue('own')])
    expect(joined.ledger.height).toBe(12)
    await joined.close()
  })

  it('threat 1: whose snapshot was changed on disk afterwards is refused', async () => {
    const joining = joinWith('changed')!
    for (const chunk of chunksOf(offered.offer)) joining.apply(chunk)
    const path = join(root, 'changed', 'base', 'state')
    const bytes = readFileSync(path)
    bytes[bytes.length - 3]! ^= 1
    writeFileSync(path, bytes)
    await expect(openLedger(settingsOf('changed'))).rejects.toMatchObject({
      code: 'STATE_DAMAGED',
      facts: { file: 'base/state' },
    })
  })
})

describe('an offer', () => {
  it.each<[string, () => Partial<SnapshotOffer>]>([
    ['height', () => ({ height: 5 })],
    ['root', () => ({ root: '00'.repeat(32) })],
    ['count', () => ({ count: offered.offer.count + 1 })],
    ['header', () => ({ header: { ...offered.offer.header, time: 1 } })],
    ['header of another height', () => ({ header: open.ledger.header(5) })],
    ['path', () => ({ headerPath: [] })],
    ['carrier', () => ({ carrier: open.ledger.header(7) })],
    ['carrier path', () => ({ carrierPath: offered.offer.headerPath })],
    ['frontier', () => ({ frontier: 'AAAAAAAAAAA' })],
    ['consistency', () => ({ consistency: [] })],
    ['walk', () => ({ walk: [offered.finality] })],
  ])('threat 7: with another %s is refused', (_name, change) => {
    expect(joinWith('refused', change())).toBeUndefined()
  })

  it('of another chain, or not final, is refused', () => {
    const joining = new SnapshotJoin(join(root, 'refused'), createTestChain().genesisFile)
    expect(joining.offer(offered.offer, offered.finality)).toBe(false)
    const { tip } = offered.finality
    const forged = { ...offered.finality, tip: { ...tip, time: tip.time + 1 } }
    const own = new SnapshotJoin(join(root, 'refused'), chain.genesisFile)
    expect(own.offer(offered.offer, forged)).toBe(false)
  })

  it('in a folder that has a ledger is refused', () => {
    expect(joinWith('old')).toBeUndefined()
  })

  it('whose chunks are others is refused, and the folder stays new', async () => {
    const [chunk] = chunksOf(offered.offer)
    const joining = joinWith('forged')!
    expect(joining.apply(chunk!.subarray(1))).toBe(false)
    const forged = Uint8Array.from(chunk!)
    forged[forged.length - 10]! ^= 1
    expect(joining.apply(forged)).toBe(false)
    const again = joinWith('forged')!
    expect(again.apply(chunk!)).toBe(true)
  })
})
