/**
 * Goal: the embedded engine is an engine (conformance), and what is its own: witnesses that execute
 * and store before they cosign, thresholds, conflicts kept as evidence, blocks fetched back.
 * Threats 6 and 15. Method: real ledgers in folders, witnesses in the same process.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JsonObject, toHex } from '@renshe/crypto'
import { cutTransaction, frameBundle } from '@renshe/kernel'
import { parseCheckpoint, verifyFinality } from '@renshe/proof'
import { afterEach, describe, expect, it } from 'vitest'
import { txIdOf } from '../block-format.ts'
import { describeEngine, type EngineHarness } from '../engine-conformance.ts'
import { type OpenLedger, openLedger } from '../open-ledger.ts'
import {
  createTestChain,
  libraryContracts,
  TEST_CHAIN_TIME,
  type TestChain,
  type TestChainSettings,
} from '../testing.ts'
import { operatorNote } from './checkpoint-keys.ts'
import { EmbeddedEngine, type EmbeddedSettings } from './engine.ts'
import { ReplicaWitness } from './replica-witness.ts'

/** An operator with a replica per member, in one folder. */
class Consortium implements EngineHarness {
  readonly folder = mkdtempSync(join(tmpdir(), 'renshe-engine-'))
  readonly chain: TestChain
  readonly contracts = new Map([[1, libraryContracts()]])
  readonly notices: string[] = []
  witnesses: ReplicaWitness[] = []
  open!: OpenLedger
  engine!: EmbeddedEngine
  readonly #settings: Partial<EmbeddedSettings>
  /** How far the clocks of the witnesses are from the operator's. */
  witnessOffset = 0
  #clock = TEST_CHAIN_TIME + 1000

  constructor(chain: TestChain, settings: Partial<EmbeddedSettings> = {}) {
    this.chain = chain
    this.#settings = settings
  }

  static async start(
    chain: TestChainSettings = {},
    settings: Partial<EmbeddedSettings> = {},
  ): Promise<Consortium> {
    const consortium = new Consortium(createTestChain(chain), settings)
    await consortium.openAll()
    return consortium
  }

  get ledger() {
    return this.open.ledger
  }

  setClock(time: number): void {
    this.#clock = time
  }

  otherPolicy(): JsonObject {
    return { ...this.chain.policy, threshold: 1 } as unknown as JsonObject
  }

  settingsFor(name: string) {
    const { genesisFile } = this.chain
    const clock = () => this.#clock
    return { folder: join(this.folder, name), contracts: this.contracts, genesisFile, clock }
  }

  async openWitnesses(): Promise<void> {
    this.witnesses = await Promise.all(
      this.chain.policy.witnesses.map(({ member }) => {
        const keys = this.chain.members.find(({ id }) => id === member)!.witness
        const clock = () => this.#clock + this.witnessOffset
        return ReplicaWitness.open({ ...this.settingsFor(member), clock, member, keys })
      }),
    )
  }

  async openAll(): Promise<void> {
    await this.openWitnesses()
    await this.openOperator()
  }

  async openOperator(): Promise<void> {
    this.open = await openLedger(this.settingsFor('operator'))
    this.engine = new EmbeddedEngine({
      operatorKeys: [this.chain.operator],
      witnesses: this.witnesses,
      clock: () => this.#clock,
      blockDelayMs: 2,
      retryMs: 20,
      verifyThreads: 0,
      onNotice: (notice) => this.notices.push(notice),
      ...this.#settings,
    })
    await this.engine.start(this.ledger)
  }

  async closeOperator(): Promise<void> {
    await this.engine.stop()
    await this.open.close()
  }

  async restart(): Promise<void> {
    await this.closeOperator()
    await Promise.all(this.witnesses.map((witness) => witness.close()))
    await this.openAll()
  }

  async close(): Promise<void> {
    await this.closeOperator()
    await Promise.all(this.witnesses.map((witness) => witness.close()))
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Submits a card for each holder, one block after the other. */
  async issue(...holders: string[]): Promise<void> {
    for (const holder of holders) {
      const member = this.chain.members[0]!
      const frame = this.chain.transaction(member, 'library.issueCard', { holder })
      await this.engine.submit(frameBundle([frame]))
      await this.engine.outcome(txIdOf(cutTransaction(frame, 0)!))
    }
  }
}

describeEngine('embedded', () => Consortium.start())

describe('embedded', () => {
  let consortium: Consortium
  afterEach(async () => consortium.close())

  it.each(['RS-INTL-1', 'RS-GM-1'] as const)('signs checkpoints in %s', async (suite) => {
    consortium = await Consortium.start({ suite }, { graceMs: 1000 })
    await consortium.issue('a')
    const proof = await consortium.engine.finality(1)
    expect(verifyFinality(proof)).toMatchObject({ signers: { threshold: 2, of: 3 } })
    const lines = parseCheckpoint((proof.proof as { checkpoint: string }).checkpoint)!.lines
    expect(lines).toHaveLength(suite === 'RS-GM-1' ? 8 : 4)
  })

  it('makes final what witnesses have stored', async () => {
    consortium = await Consortium.start()
    await consortium.issue('a', 'b')
    const heights = consortium.witnesses.map(({ ledger }) => ledger.height)
    expect(heights.filter((height) => height === 2).length).toBeGreaterThanOrEqual(2)
    expect(consortium.witnesses[0]!.ledger.info().headerHash).toEqual(
      consortium.ledger.info().headerHash,
    )
  })

  it('goes on with the threshold, and waits below it', async () => {
    consortium = await Consortium.start()
    const [first, second] = consortium.witnesses
    const refuse = async () => ({ ok: false, code: 'UNAVAILABLE', size: 0, detail: 'off' }) as const
    first!.cosign = refuse
    await consortium.issue('a')
    second!.cosign = refuse
    const waits = consortium.issue('b')
    await expect.poll(() => consortium.engine.status().state).toBe('waiting')
    expect(consortium.engine.status()).toMatchObject({ finalHeight: 1, height: 2 })
    Object.assign(second!, { cosign: ReplicaWitness.prototype.cosign })
    await waits
    expect(consortium.engine.status()).toMatchObject({ finalHeight: 2, state: 'running' })
    expect(consortium.notices.join()).toContain('does not cosign block 2')
  })

  it('brings up a witness that was away, and tells it what is final', async () => {
    consortium = await Consortium.start()
    const [away] = consortium.witnesses
    away!.cosign = async () => ({ ok: false, code: 'UNAVAILABLE', size: 0, detail: 'away' })
    await consortium.issue('a', 'b', 'c')
    expect(away!.ledger.height).toBe(0)
    Object.assign(away!, { cosign: ReplicaWitness.prototype.cosign })
    // No further block is needed for it.
    await expect.poll(() => away!.ledger.finality.newest?.tip.height).toBe(3)
    await consortium.restart()
    for (const { ledger } of consortium.witnesses) {
      expect(ledger.finality.newest?.tip.height).toBe(3)
    }
  })

  it('is final by the operator alone if the policy says so', async () => {
    consortium = await Consortium.start({ hasWitnesses: false })
    await consortium.issue('a')
    const proof = await consortium.engine.finality(1)
    expect(verifyFinality(proof)).toMatchObject({ signers: { threshold: 0, witnesses: [] } })
  })

  it('gets back from witnesses what its folder lost', async () => {
    consortium = await Consortium.start({}, { graceMs: 1000 })
    await consortium.issue('a', 'b', 'c')
    const before = consortium.ledger.info()
    await consortium.closeOperator()
    rmSync(join(consortium.folder, 'operator'), { recursive: true })
    await consortium.openOperator()
    expect(consortium.ledger.info()).toEqual(before)
    await consortium.issue('d')
    expect(consortium.ledger.height).toBe(4)
  })

  it('threat 6: never makes a height twice: a witness that has another block refuses and keeps proof', async () => {
    consortium = await Consortium.start({}, { graceMs: 1000 })
    await consortium.issue('a', 'b')
    const [witness] = consortium.witnesses
    // A dishonest operator signs another root for a size that was signed before.
    const root = new Uint8Array(32).fill(1)
    const forged = operatorNote(
      consortium.chain.chain,
      { size: 2, root },
      consortium.chain.operator,
    )
    const answer = await witness!.cosign({ checkpoint: forged, blocks: [] })
    expect(answer).toMatchObject({ ok: false, code: 'CONFLICT' })
    const folder = join(consortium.folder, witness!.member, 'conflicts')
    const [name] = readdirSync(folder)
    const evidence = JSON.parse(readFileSync(join(folder, name!), 'utf8')) as JsonObject
    expect(evidence).toMatchObject({ theirs: forged })
    expect(evidence.ourRoot).not.toBe(toHex(root))
    const stranger = operatorNote(
      consortium.chain.chain,
      { size: 2, root },
      consortium.chain.members[1]!.witness,
    )
    expect(await witness!.cosign({ checkpoint: stranger, blocks: [] })).toMatchObject({ ok: false })
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it.each([
    ['demo-library', 7_200_000, 1],
    ['library', 7_200_000, 0],
    ['library', -7_200_000, 0],
    ['library', 9_000, 1],
  ])(
    'threat 15: on chain %s with a clock %i ms from the witnesses gets %i block',
    async (name, ms, height) => {
      consortium = await Consortium.start({ name }, { retryMs: 5 })
      consortium.witnessOffset = -ms
      const issued = consortium.issue('a')
      await expect
        .poll(() => consortium.notices.join().includes('CLOCK') || consortium.ledger.height > 0)
        .toBe(true)
      if (height === 1) await issued
      expect(consortium.notices.join().includes('CLOCK')).toBe(height === 0)
      expect(consortium.engine.status().finalHeight).toBe(height)
    },
  )
})
