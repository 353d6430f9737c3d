/**
 * What every engine must do with the same ledger above it. Each engine's own test file runs this
 * suite on a harness that starts, stops and restarts it.
 */
import { fromUtf8, type JsonObject, toHex } from '@renshe/crypto'
import { cutTransaction, frameBundle } from '@renshe/kernel'
import { policyHash, verifyFinality, verifyWalk } from '@renshe/proof'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { txIdOf } from './block-format.ts'
import type { Outcome } from './embedded/outcomes.ts'
import type { Ledger } from './ledger.ts'
import type { Admission, Engine } from './port.ts'
import { TEST_CHAIN_TIME, type TestChain, type TestMember } from './testing.ts'

/** An engine at work, as the suite drives it. */
export interface EngineHarness {
  readonly chain: TestChain
  readonly ledger: Ledger
  readonly engine: Engine & { outcome(txId: string): Promise<Outcome> }
  /** Sets what the engine's clock says, UTC ms. */
  setClock(time: number): void
  /** Stops everything and starts it again on the same data. */
  restart(): Promise<void>
  /** A policy of the same engine that differs from the founding one, and can be fulfilled. */
  otherPolicy(): JsonObject
  close(): Promise<void>
}

interface Told {
  readonly code: string
  readonly data: JsonObject
  readonly height: number
}

// budget: a suite is one function, and each test in it is short.
/** Runs the suite for one engine. */
export function describeEngine(name: string, start: () => Promise<EngineHarness>): void {
  describe(`${name}, like every engine`, () => {
    let harness: EngineHarness
    beforeEach(async () => {
      harness = await start()
    })
    afterEach(async () => harness.close())

    const member = (index = 0): TestMember => harness.chain.members[index]!
    const issue = (holder: string, change: object = {}, by = member()) =>
      harness.chain.transaction(by, 'library.issueCard', { holder }, change)
    const idOf = (frame: Uint8Array): string => txIdOf(cutTransaction(frame, 0)!)
    const submit = (...frames: Uint8Array[]): Promise<Admission[]> =>
      harness.engine.submit(frameBundle(frames))
    const codes = async (...frames: Uint8Array[]): Promise<string[]> =>
      (await submit(...frames)).map(({ code }) => code)
    const told = async (frame: Uint8Array): Promise<Told> => {
      const outcome = await harness.engine.outcome(idOf(frame))
      if (!outcome.included) throw new Error(`not included: ${outcome.code}`)
      return { ...(JSON.parse(fromUtf8(outcome.result)) as Told), height: outcome.height }
    }

    it('makes transactions final, tells every height once and in order', async () => {
      const heights: number[] = []
      harness.engine.onFinal((height) => heights.push(height))
      const frames = Array.from({ length: 30 }, (_, i) => issue(`reader ${i}`, {}, member(i % 3)))
      for (const frame of frames) expect(await codes(frame)).toEqual(['OK'])
      for (const frame of frames) expect((await told(frame)).code).toBe('OK')
      const newest = harness.ledger.height
      expect(heights).toEqual(Array.from({ length: newest }, (_, i) => i + 1))
      expect(harness.engine.status()).toMatchObject({ state: 'running', finalHeight: newest })
      for (let height = 1; height <= newest; height++) {
        const [now, before] = [harness.ledger.header(height), harness.ledger.header(height - 1)]
        expect(now.time).toBeGreaterThan(before.time)
        expect(now.txCount).toBeGreaterThan(0)
      }
    })

    it('proves every height final', async () => {
      for (const holder of ['a', 'b', 'c']) {
        const frame = issue(holder)
        await submit(frame)
        await told(frame)
      }
      for (let height = 0; height <= harness.ledger.height; height++) {
        const proof = await harness.engine.finality(height)
        expect(proof.tip.height).toBeGreaterThanOrEqual(height)
        expect(verifyFinality(proof)).toHaveProperty('signers')
      }
      await expect(harness.engine.finality(harness.ledger.height + 1)).rejects.toThrow()
    })

    it('walks over a change of policy', async () => {
      const change = harness.chain.transaction(member(), 'library.changeSetting', {
        name: 'policy',
        value: harness.otherPolicy(),
      })
      await submit(change)
      const { height } = await told(change)
      for (const holder of ['a', 'b']) {
        const frame = issue(holder)
        await submit(frame)
        await told(frame)
      }
      const newest = await harness.engine.finality(harness.ledger.height)
      expect(policyHash(newest.policy)).not.toEqual(policyHash(harness.chain.policy))
      const walk = harness.ledger.finality.walkTo(newest.tip.height)
      expect(walk.map(({ tip }) => tip.height)).toEqual([height])
      const outcome = verifyWalk([...walk, newest])
      expect(outcome).toMatchObject({ firstPolicy: toHex(policyHash(harness.chain.policy)) })
      await harness.restart()
      expect(harness.ledger.finality.walkTo(newest.tip.height)).toEqual(walk)
    })

    it('keeps a refused transaction with its code, and its nonce spent', async () => {
      const first = issue('a')
      await submit(first)
      await told(first)
      const again = issue('a', { nonce: new Uint8Array(16).fill(9) })
      await submit(again)
      expect(await told(again)).toMatchObject({ code: 'CARD_ALREADY_HELD' })
      expect(await codes(issue('b', { nonce: new Uint8Array(16).fill(9) }))).toEqual([
        'NONCE_SPENT',
      ])
    })

    it('threat 4: takes equal bytes once: at once, later, after a restart', async () => {
      const frame = issue('a')
      const both = await Promise.all([codes(frame), codes(frame)])
      expect(both).toEqual([['OK'], ['OK']])
      const { height } = await told(frame)
      expect(await codes(frame)).toEqual(['NONCE_SPENT'])
      await harness.restart()
      expect(await codes(frame)).toEqual(['NONCE_SPENT'])
      // Whoever submits again is told the result that is there.
      expect((await told(frame)).height).toBe(height)
      expect(harness.ledger.header(height).txCount).toBe(1)
    })

    it('frees a nonce when its transaction could not be included any more', async () => {
      const nonce = new Uint8Array(16).fill(7)
      const end = TEST_CHAIN_TIME + 100_000
      harness.setClock(end - 50_000)
      const first = issue('a', { nonce, expiresAt: end })
      await submit(first)
      await told(first)
      harness.setClock(end - 1)
      expect(await codes(issue('b', { nonce, expiresAt: end }))).toEqual(['NONCE_SPENT'])
      harness.setClock(end)
      expect(await codes(issue('b', { nonce, expiresAt: end }))).toEqual(['TX_EXPIRED'])
      const later = issue('b', { nonce, expiresAt: end + 100_000 })
      // The nonce counts until a block has reached its end; the clock has.
      expect(await codes(later)).toEqual(['OK'])
      expect((await told(later)).code).toBe('OK')
      harness.setClock(end + 1)
      expect(await codes(issue('c', { expiresAt: end + 1 }))).toEqual(['TX_EXPIRED'])
      expect(await codes(issue('c', { expiresAt: end + 2 }))).toEqual(['OK'])
    })

    it('refuses what cannot be included, each with its reason', async () => {
      const foreign = { chain: 'demo-other-00000000' }
      const distant = { expiresAt: TEST_CHAIN_TIME + 10 * 86_400_000 }
      const impostor = { ...member(), key: member(1).key }
      expect(await codes(issue('a', foreign))).toEqual(['TX_CHAIN'])
      expect(await codes(issue('a', distant))).toEqual(['TX_HORIZON'])
      expect(await codes(issue('a', {}, impostor))).toEqual(['SIGNATURE_INVALID'])
      const nobody = { ...member(), certificate: '00'.repeat(32) }
      expect(await codes(issue('a', {}, nobody))).toEqual(['SIGNER_UNKNOWN'])
      expect(await harness.engine.submit(new Uint8Array(3))).toEqual([
        { txId: null, code: 'TX_MALFORMED' },
      ])
      expect(harness.ledger.height).toBe(0)
    })

    it('does not take a bundle with one bad member, and takes the others alone', async () => {
      const good = [issue('a'), issue('b')]
      const bad = issue('c', { chain: 'demo-other-00000000' })
      expect(await codes(good[0]!, bad, good[1]!)).toEqual(['OK', 'TX_CHAIN', 'OK'])
      expect(await codes(...good)).toEqual(['OK', 'OK'])
      for (const frame of good) expect((await told(frame)).code).toBe('OK')
    })

    it('stays equal to itself over restarts', async () => {
      for (const holder of ['a', 'b', 'c', 'd']) {
        const frame = issue(holder)
        await submit(frame)
        await told(frame)
        const before = harness.ledger.info()
        await harness.restart()
        expect(harness.ledger.info()).toEqual(before)
      }
    })
  })
}
