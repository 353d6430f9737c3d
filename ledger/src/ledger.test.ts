/**
 * Goal: the state machine keeps its promises: order inside a block, time, replay set, protocol
 * switch, older heights, snapshots, evidence parts, the same digests after a rebuild.
 * Method: a library on a real ledger in a folder; older heights and snapshots against plain models.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  buildCertificate,
  generateKeyPair,
  type JsonObject,
  ledgerHash,
  sha256,
  toBase64Url,
  toHex,
  utf8,
} from '@renshe/crypto'
import {
  amendments,
  cutTransaction,
  encodeKey,
  frameBundle,
  keyBytes,
  stateViewOf,
} from '@renshe/kernel'
import {
  resultLeaf,
  stateLeaf,
  transactionId,
  transactionLeaf,
  treeRoot,
  verifyAbsence,
  verifyConsistency,
  verifyInclusion,
  writeLeaf,
} from '@renshe/proof'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { txIdOf } from './block-format.ts'
import { evidenceOf } from './evidence-source.ts'
import { type OpenLedger, type OpenSettings, openLedger, rebuildLedger } from './open-ledger.ts'
import { spentKey, spentText } from './spent-set.ts'
import {
  addBlock,
  cards,
  createTestChain,
  libraryContracts,
  TEST_CHAIN_TIME,
  type TestMember,
} from './testing.ts'

const chain = createTestChain({ parameters: { 'ledger.snapshotDelay': 3 } })
const [first, second] = chain.members as [TestMember, TestMember]
const issue = (holder: string, by = first) => chain.transaction(by, 'library.issueCard', { holder })
const idOf = (frame: Uint8Array) => txIdOf(cutTransaction(frame, 0)!)
const reader = { member: 'lib-0001', name: null, roles: [], unit: null }

let folder: string
let open: OpenLedger
let settings: OpenSettings

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-ledger-'))
  settings = {
    folder,
    contracts: new Map([
      [1, libraryContracts()],
      [2, libraryContracts({ protocol: 2 })],
    ]),
    genesisFile: chain.genesisFile,
    clock: () => TEST_CHAIN_TIME,
  }
  open = await openLedger(settings)
})
afterEach(async () => {
  await open.close()
  rmSync(folder, { recursive: true })
})

async function reopen(change: Partial<OpenSettings> = {}): Promise<void> {
  await open.close()
  open = await openLedger({ ...settings, ...change })
}

/** Codes of the results of a block. */
function codesAt(height: number): string[] {
  return open.ledger.store
    .results(height)
    .map(({ result }) => (JSON.parse(new TextDecoder().decode(result)) as { code: string }).code)
}

async function cardOf(holder: string): Promise<string> {
  const frame = issue(holder)
  await addBlock(open.ledger, [frame])
  const { index, height } = open.ledger.store.placeOf(Buffer.from(idOf(frame), 'hex'))!
  const { result } = open.ledger.store.result(height, index)!
  return (JSON.parse(new TextDecoder().decode(result)) as { data: { card: string } }).data.card
}

describe('a block', () => {
  it('judges each transaction against the state left by the one before', async () => {
    const { privateKey, publicKey } = generateKeyPair('p256', sha256(utf8('late')))
    const { authorityDer, authorityKey } = first
    const { parseCertificate } = await import('@renshe/crypto')
    const certificate = buildCertificate(
      {
        profile: 'application',
        member: first.id,
        name: 'application 2',
        chainName: 'demo-library',
        publicKey,
        notBefore: TEST_CHAIN_TIME - 1000,
        notAfter: TEST_CHAIN_TIME + 86_400_000,
        issuer: parseCertificate(authorityDer),
      },
      authorityKey,
      (length) => sha256(utf8('serial')).slice(0, length),
    )
    const late = { ...first, key: privateKey, certificate: certificate.fingerprint }
    const der = toBase64Url(certificate.der)
    const { admissions } = await addBlock(open.ledger, [
      issue('too early', late),
      chain.transaction(first, 'membership.presentCertificate', { der }),
      issue('in time', late),
      chain.transaction(first, 'membership.revokeCertificate', { certificate: late.certificate }),
      issue('too late', late),
    ])
    expect(admissions.flat().map(({ code }) => code)).toEqual([
      'SIGNER_UNKNOWN',
      'OK',
      'OK',
      'OK',
      'SIGNER_REVOKED',
    ])
    expect(open.ledger.header(1).txCount).toBe(3)
    // What was not included left no trace, so it can come again; what was included cannot.
    expect(codesAt(1)).toEqual(['OK', 'OK', 'OK'])
  })

  it('threat 4: includes equal bytes and a spent nonce once, wherever they stand', async () => {
    const nonce = new Uint8Array(16).fill(5)
    const frame = chain.transaction(first, 'library.issueCard', { holder: 'a' }, { nonce })
    const other = chain.transaction(first, 'library.issueCard', { holder: 'b' }, { nonce })
    const { admissions } = await addBlock(open.ledger, [frame, frame, other])
    expect(admissions.flat().map(({ code }) => code)).toEqual(['OK', 'NONCE_SPENT', 'NONCE_SPENT'])
    // Another signer has nonces of its own.
    const foreign = chain.transaction(second, 'library.issueCard', { holder: 'c' }, { nonce })
    expect((await addBlock(open.ledger, [frame, foreign])).admissions.flat()).toMatchObject([
      { code: 'NONCE_SPENT' },
      { code: 'OK' },
    ])
    await reopen()
    expect((await addBlock(open.ledger, [frame, other])).header).toBeNull()
  })

  it('without an included transaction is no block', async () => {
    const before = open.ledger.info()
    const { header, headerHash } = await addBlock(open.ledger, [new Uint8Array(8)])
    expect(header).toBeNull()
    expect(headerHash).toEqual(before.headerHash)
    expect(open.ledger.info()).toEqual({ ...before, engineHeight: 1n })
    expect(open.ledger.log.height).toBe(0)
  })

  it('takes the members of a bundle alone, and nothing of a broken one', () => {
    const bad = chain.transaction(
      first,
      'library.issueCard',
      { holder: 'b' },
      { chain: 'demo-x-00000000' },
    )
    const bundles = [frameBundle([issue('a'), bad, issue('c')]), new Uint8Array(9)]
    const { admissions } = open.ledger.execute({
      engineHeight: 1n,
      timeMs: TEST_CHAIN_TIME + 1,
      bundles,
      misbehaviour: [],
    })
    expect(admissions.map((each) => each.map(({ code }) => code))).toEqual([
      ['OK', 'TX_CHAIN', 'OK'],
      [],
    ])
  })

  it.each([
    [TEST_CHAIN_TIME + 5000, TEST_CHAIN_TIME + 5000],
    [TEST_CHAIN_TIME, TEST_CHAIN_TIME + 1],
    [0, TEST_CHAIN_TIME + 1],
  ])('at engine time %i has time %i', async (engineTime, time) => {
    await addBlock(open.ledger, [issue('a')], engineTime)
    expect(open.ledger.header(1).time).toBe(time)
  })

  it('executes again to the same bytes while it is staged', () => {
    const block = {
      engineHeight: 1n,
      timeMs: TEST_CHAIN_TIME + 1,
      bundles: [frameBundle([issue('a')])],
      misbehaviour: [],
    }
    const once = open.ledger.execute(block)
    open.ledger.execute({ ...block, bundles: [frameBundle([issue('b')])] })
    expect(open.ledger.execute(block)).toEqual(once)
    expect(open.ledger.height).toBe(0)
  })

  it('that is too large is not valid', () => {
    const bundle = frameBundle([issue('a')])
    const block = { engineHeight: 1n, timeMs: 1, misbehaviour: [], bundles: [bundle] }
    expect(open.ledger.validate(block)).toBe(true)
    expect(open.ledger.validate({ ...block, timeMs: -1 })).toBe(false)
    expect(open.ledger.validate({ ...block, bundles: [new Uint8Array(262_145)] })).toBe(false)
    const many = Array.from({ length: 10_001 }, () => bundle)
    expect(open.ledger.validate({ ...block, bundles: many })).toBe(false)
    expect(open.ledger.propose(many, 10 * bundle.length)).toHaveLength(10)
  })
})

describe('a protocol version', () => {
  const change = (version: number, from: number) =>
    chain.transaction(first, 'library.changeSetting', {
      name: 'protocol',
      value: { version, from },
    })

  it('takes effect at its height', async () => {
    await addBlock(open.ledger, [change(2, 3)])
    await addBlock(open.ledger, [issue('a')])
    await addBlock(open.ledger, [issue('b')])
    expect([1, 2, 3].map((height) => open.ledger.header(height).protocol)).toEqual([1, 1, 2])
    const before = open.ledger.info()
    await open.close()
    open = await rebuildLedger(settings)
    expect(open.ledger.info()).toEqual(before)
  })

  it('that this release does not know stops the next block and says so', async () => {
    await addBlock(open.ledger, [change(3, 2)])
    await expect(addBlock(open.ledger, [issue('a')])).rejects.toMatchObject({
      code: 'PROTOCOL_UNKNOWN',
      facts: { protocol: 3, height: 2, known: [1, 2] },
    })
    await reopen()
    expect(open.ledger.height).toBe(1)
  })
})

describe('older heights', () => {
  it('are seen as they were, through indexes too', async () => {
    const seen = new Map<number, JsonObject>()
    const held: string[] = []
    const ask = (asOf?: number) =>
      open.ledger.query('library.listCards', { limit: 100 }, reader, asOf) as unknown as JsonObject
    for (let i = 0; i < 20; i++) {
      seen.set(open.ledger.height, ask())
      if (i % 3 === 2) {
        const card = held[i % held.length]!
        const close = chain.transaction(first, 'library.closeCard', { card })
        const lend = chain.transaction(first, 'library.lendBook', {
          card: held.at(-1)!,
          title: `t${i}`,
        })
        await addBlock(open.ledger, [lend, close])
      } else {
        held.push(await cardOf(`reader ${i}`))
      }
      // Views of older heights follow while blocks come.
      for (const [height, answer] of seen) expect(ask(height)).toEqual(answer)
    }
    expect(open.ledger.query('library.listCards', { limit: 1 }, reader, 99)).toMatchObject({
      code: 'HEIGHT_UNKNOWN',
      data: { oldest: 0, newest: 20 },
    })
  })

  it('reach back as far as is told, and not further', async () => {
    await reopen({ historyBlocks: 3 })
    for (let i = 0; i < 8; i++) await addBlock(open.ledger, [issue(`reader ${i}`)])
    const { oldestHeight } = open.ledger.history
    expect(oldestHeight).toBe(5)
    const ask = (asOf: number) => open.ledger.query('library.listCards', { limit: 9 }, reader, asOf)
    expect(ask(5)).toMatchObject({ ok: true, height: 5 })
    expect(ask(4)).toMatchObject({ ok: false, code: 'HEIGHT_UNKNOWN', data: { oldest: 5 } })
  })
})

describe('a snapshot', () => {
  const checkpoint = () => chain.transaction(second, 'ledger.checkpoint', {})

  /** Root and count of the state tree, from everything that is there now. */
  function stateNow(): { count: number; root: string } {
    const time = open.ledger.header(open.ledger.height).time
    const entries = [...open.ledger.store.source.values.range('', '\u00ff', false)].map(
      ([key, text]) => ({ key, text }),
    )
    for (const entry of open.ledger.store.spentAfter(time)) {
      entries.push({ key: spentKey(entry), text: spentText(entry) })
    }
    entries.sort((a, b) => (a.key < b.key ? -1 : 1))
    const leaves = entries.map(({ key, text }) =>
      stateLeaf(keyBytes(key), ledgerHash('value', utf8(text))),
    )
    return { count: leaves.length, root: toHex(treeRoot(leaves)) }
  }

  it('is of the state after its height, carried later, whatever comes between', async () => {
    for (let i = 0; i < 700; i += 70) {
      await addBlock(
        open.ledger,
        Array.from({ length: 70 }, (_, j) => issue(`reader ${i + j}`)),
      )
    }
    await addBlock(open.ledger, [checkpoint()])
    const { height } = open.ledger
    const expected = { height, ...stateNow() }
    const card = await cardOf('late')
    await addBlock(open.ledger, [chain.transaction(first, 'library.closeCard', { card })])
    // Asked for while one is pending, and by the block that carries it: neither begins another.
    await addBlock(open.ledger, [checkpoint()])
    expect(open.ledger.header(height + 2).snapshot).toBeNull()
    expect(open.ledger.header(height + 3).snapshot).toEqual(expected)
    for (let i = 0; i < 3; i++) {
      await addBlock(open.ledger, [issue(`after ${i}`)])
      expect(open.ledger.header(open.ledger.height).snapshot).toBeNull()
    }
  })

  it('goes on after a restart, and comes out of a rebuild', async () => {
    await addBlock(open.ledger, [issue('a'), checkpoint()])
    const expected = { height: 1, ...stateNow() }
    await addBlock(open.ledger, [issue('b')])
    await reopen()
    await addBlock(open.ledger, [issue('c')])
    await addBlock(open.ledger, [issue('d')])
    expect(open.ledger.header(4).snapshot).toEqual(expected)
    await open.close()
    open = await rebuildLedger(settings)
    expect(open.ledger.header(4).snapshot).toEqual(expected)
    expect(open.ledger.snapshots.newest?.tree.head).toEqual(expected)
    await reopen()
    expect(open.ledger.snapshots.newest?.tree.head).toEqual(expected)
  })

  it('is not asked for by a person', async () => {
    const asOfficer = (view: never, fingerprint: string, time: number) => {
      const resolution = libraryContracts().resolveSigner(view, fingerprint, time)
      return resolution.ok
        ? { ...resolution, signer: { ...resolution.signer, kind: 'officer' as const } }
        : resolution
    }
    await reopen({
      contracts: new Map([[1, { ...libraryContracts(), resolveSigner: asOfficer as never }]]),
    })
    await addBlock(open.ledger, [checkpoint()])
    expect(codesAt(1)).toEqual(['CHECKPOINT_NOT_SYSTEM'])
    expect(open.ledger.store.head?.pending).toBeNull()
  })
})

describe('evidence', () => {
  it('of acts, writes, headers and status verifies', async () => {
    const card = await cardOf('a')
    const close = chain.transaction(first, 'library.closeCard', { card })
    await addBlock(open.ledger, [issue('b'), close, issue('c'), issue('d'), issue('a')])
    for (let i = 0; i < 4; i++)
      await addBlock(open.ledger, [chain.transaction(second, 'ledger.checkpoint', {})])
    const source = evidenceOf(open.ledger)

    const act = source.act(idOf(close))!
    const header = source.header(act.height)
    expect([act.height, act.index, act.result.code]).toEqual([2, 1, 'OK'])
    const leaf = transactionLeaf(transactionId(act.body), act.signature)
    const at = { index: act.index, size: header.txCount }
    const root = (text: string) => Buffer.from(text, 'hex')
    expect(
      verifyInclusion({ ...at, leafHash: leaf, path: act.path, root: root(header.txRoot) }),
    ).toBe(true)
    expect(
      verifyInclusion({
        ...at,
        leafHash: resultLeaf(act.result),
        path: act.resultPath,
        root: root(header.resultRoot),
      }),
    ).toBe(true)

    for (const [height, value] of [
      [1, { v: 1, holder: 'a', loans: 0 }],
      [2, null],
    ] as const) {
      const write = source.newestWrite(height, cards.name, [card])!
      expect(write).toMatchObject({ height, value })
      const { writeCount, writeRoot } = source.header(height)
      const hash =
        value === null
          ? new Uint8Array(32)
          : ledgerHash('value', utf8('{"holder":"a","loans":0,"v":1}'))
      expect(
        verifyInclusion({
          leafHash: writeLeaf(keyBytes(encodeKey(cards.name, [card])), hash),
          index: write.index,
          size: writeCount,
          path: write.path,
          root: root(writeRoot),
        }),
      ).toBe(true)
    }
    expect(source.newestWrite(0, cards.name, [card])).toBeUndefined()
    expect(source.act('00'.repeat(32))).toBeUndefined()

    const present = source.status(amendments.name, [idOf(close)])!
    expect(present).toHaveProperty('presence')
    const subject = 'ff'.repeat(32)
    const absent = source.status(amendments.name, [subject])!
    if (!('absence' in absent)) throw new Error('expected an absence')
    const snapshot = source.header(absent.carrier).snapshot!
    expect(snapshot.height).toBe(3)
    const key = keyBytes(encodeKey(amendments.name, [subject]))
    const { count } = snapshot
    const state = { ...absent.absence, count, root: root(snapshot.root) }
    expect(verifyAbsence({ ...state, key })).toBe(true)
    const taken = keyBytes(encodeKey(amendments.name, [idOf(close)]))
    expect(verifyAbsence({ ...state, key: taken })).toBe(false)

    const size = open.ledger.height + 1
    const consistency = {
      oldSize: 2,
      oldRoot: source.logRoot(2),
      newSize: size,
      newRoot: source.logRoot(size),
      path: source.consistency(2, size),
    }
    expect(verifyConsistency(consistency)).toBe(true)
  })
})

describe('a rebuilt ledger', () => {
  it('is equal in headers, results, values and indexes', async () => {
    const dump = () => ({
      info: open.ledger.info(),
      values: [...open.ledger.store.source.values.range('', '\u00ff', false)],
      indexes: [...open.ledger.store.source.indexes.range('', '\u00ff', false)],
      spent: [...open.ledger.store.spentAfter(0)],
    })
    const held: string[] = []
    for (let i = 0; i < 6; i++) held.push(await cardOf(`reader ${i}`))
    await addBlock(open.ledger, [
      chain.transaction(first, 'library.closeCard', { card: held[2]! }),
      chain.transaction(first, 'library.lendBook', { card: held[1]!, title: '史记' }),
      chain.transaction(first, 'library.lendBook', { card: 'nobody', title: 'x' }),
    ])
    const before = dump()
    await open.close()
    open = await rebuildLedger({ ...settings, verifiesSignatures: true })
    expect(dump()).toEqual(before)
    const view = stateViewOf(open.ledger.store.source)
    expect(view.state(cards).get(held[1]!)).toMatchObject({ loans: 1 })
  })
})
