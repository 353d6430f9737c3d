// budget: one engine: how it begins, makes blocks, becomes final and ends is read together.
import { type Bytes, fromHex, toHex } from '@renshe/crypto'
import { LIMITS } from '@renshe/kernel'
import { type EmbeddedPolicy, type FinalityProof, inclusionPathFrom, rootFrom } from '@renshe/proof'
import { LedgerFault } from '../fault.ts'
import type { Judgement } from '../judge-bundle.ts'
import { Ledger } from '../ledger.ts'
import type {
  Admission,
  Engine,
  EngineStatus,
  Executed,
  StateMachine,
  Unsubscribe,
} from '../port.ts'
import { BlockPace } from './block-pace.ts'
import { catchUpWithWitnesses } from './catch-up.ts'
import {
  type CheckpointSigner,
  keysFit,
  operatorNote,
  withCosignatures,
} from './checkpoint-keys.ts'
import { collectCosignatures, cosignatureHolds } from './cosigning.ts'
import { type Outcome, Outcomes } from './outcomes.ts'
import { pause } from './pause.ts'
import { SignaturePool } from './signature-pool.ts'
import { type QueuedBundle, TransactionQueue } from './transaction-queue.ts'
import type { Witness } from './witness.ts'
import { WitnessLink } from './witness-link.ts'

/** How an embedded engine works. */
export interface EmbeddedSettings {
  /** Checkpoint keys of the operator; those of a coming policy too, while keys change. */
  readonly operatorKeys: readonly CheckpointSigner[]
  readonly witnesses: readonly Witness[]
  /** UTC ms: block time is this, or the parent's + 1. */
  readonly clock?: () => number
  /** How long the first transaction waits for others before a block is made. */
  readonly blockDelayMs?: number
  /** A block is made at once when so many transactions wait. */
  readonly blockTransactions?: number
  /** How long to wait before something that failed is tried again. */
  readonly retryMs?: number
  /** How long to wait for further witnesses when enough have cosigned. */
  readonly graceMs?: number
  /** Threads that verify signatures; 0: none. */
  readonly verifyThreads?: number
  /** Most bundles of one member that wait or are being verified; more are told `ENGINE_BUSY`. */
  readonly memberBundles?: number
  /** Hears what an operator should read. */
  readonly onNotice?: (notice: string) => void
}

const DEFAULTS = {
  clock: Date.now,
  blockDelayMs: 20,
  blockTransactions: 2_000,
  retryMs: 1_000,
  graceMs: 20,
} as const

/** Orders transactions in this process; each block is final when witness members cosigned it. */
export class EmbeddedEngine implements Engine {
  readonly #settings: Required<
    Omit<EmbeddedSettings, 'verifyThreads' | 'memberBundles' | 'onNotice'>
  >
  readonly #notice: (text: string) => void
  readonly #pool: SignaturePool
  readonly #queue: TransactionQueue
  readonly #pace = new BlockPace()
  readonly #outcomes = new Outcomes()
  readonly #listeners = new Set<(height: number) => void>()
  #ledger: Ledger | undefined
  #links: WitnessLink[] = []
  #state: EngineStatus['state'] = 'stopped'
  #reason: string | null = null
  #finalHeight = -1
  #wake: () => void = () => undefined
  #loop: Promise<void> | undefined
  #stopping = new AbortController()

  constructor(settings: EmbeddedSettings) {
    const { verifyThreads, memberBundles, onNotice, ...rest } = settings
    this.#settings = { ...DEFAULTS, ...rest }
    this.#pool = new SignaturePool(verifyThreads)
    this.#queue = new TransactionQueue(memberBundles)
    this.#notice = onNotice ?? (() => undefined)
  }

  /**
   * Asks every witness for its size, fetches what this folder lost, makes the newest block final,
   * then takes transactions.
   *
   * @param machine  an open {@link Ledger}
   */
  async start(machine: StateMachine): Promise<void> {
    if (!(machine instanceof Ledger)) throw new TypeError('the embedded engine drives a Ledger')
    this.#ledger = machine
    this.#stopping = new AbortController()
    this.#state = 'starting'
    this.#links = this.#settings.witnesses.map((witness) => new WitnessLink(witness, machine))
    try {
      await this.#catchUp(machine)
      await this.#finaliseTip(machine)
    } catch (error) {
      this.#fail(error)
      throw error
    }
    // A release that is too old for the next block says so at once, and only reads.
    if (this.#judge(machine, new Uint8Array(0)) === undefined) return
    this.#become('running')
    this.#loop = this.#run(machine).catch((error: unknown) => this.#fail(error))
  }

  /**
   * Judges a bundle and queues it if, and only if, every member of it is `OK`; a bundle with another
   * code in it can be framed anew without that member.
   */
  async submit(bundle: Bytes): Promise<Admission[]> {
    const ledger = this.#ledger
    if (ledger === undefined || this.#state === 'failed' || this.#state === 'stopped') {
      return [{ txId: null, code: 'ENGINE_BUSY' }]
    }
    // Its own memory, since the caller may reuse its buffer.
    const own = bundle.slice()
    const judged = this.#judge(ledger, own)
    if (judged === undefined) return [{ txId: null, code: 'ENGINE_BUSY' }]
    const member = judged[0]?.member ?? ''
    if (!this.#queue.reserve(member, own.length)) {
      return judged.map(({ admission: { txId } }) => ({ txId, code: 'ENGINE_BUSY' }))
    }
    const verified = await Promise.all(judged.map((judgement) => this.#verify(ledger, judgement)))
    const txIds = verified.map(({ txId }) => txId as string)
    const isTaken =
      verified.some(({ code }) => code !== 'OK') || txIds.every((txId) => this.#queue.has(txId))
    if (isTaken) {
      this.#queue.giveBack(member, own.length)
      return verified
    }
    this.#queue.add({ bundle: own, txIds, member })
    for (const txId of txIds) this.#outcomes.reopen(txId)
    this.#wake()
    return verified
  }

  /** What becomes of a transaction: resolves when it is durable and final, or dropped. */
  async outcome(txId: string): Promise<Outcome> {
    const final = this.#outcomeOf(txId)
    return final ?? this.#outcomes.wait(txId)
  }

  /** Submits one bundle and waits for all of it. */
  async submitAndWait(bundle: Bytes): Promise<Outcome[]> {
    const admissions = await this.submit(bundle)
    return Promise.all(
      admissions.map(async ({ txId, code }): Promise<Outcome> => {
        if (txId === null) return { included: false, txId: '', code }
        const spent = code === 'NONCE_SPENT' ? this.#outcomeOf(txId) : undefined
        if (code === 'OK' && admissions.every((each) => each.code === 'OK')) {
          return this.outcome(txId)
        }
        return spent ?? { included: false, txId, code }
      }),
    )
  }

  onFinal(listener: (height: number) => void): Unsubscribe {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async finality(height: number): Promise<FinalityProof> {
    const proof = this.#ledger?.finality.newest
    if (proof === undefined || height > proof.tip.height) {
      throw new LedgerFault('HEIGHT_UNKNOWN', { height, finalHeight: this.#finalHeight })
    }
    return proof
  }

  status(): EngineStatus {
    return {
      engine: 'embedded',
      state: this.#state,
      height: this.#ledger?.height ?? -1,
      finalHeight: this.#finalHeight,
      waiting: this.#queue.size,
      reason: this.#reason,
    }
  }

  /** Ends after the block that is being made; what waits in the queue was not acknowledged. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#wake()
    await this.#loop
    await this.#pool.close()
    if (this.#state !== 'failed') this.#become('stopped')
  }

  /** Judges a bundle; undefined, and the engine ends, where the next block needs a newer release. */
  #judge(ledger: Ledger, bundle: Bytes): readonly Judgement[] | undefined {
    try {
      return ledger.judge(bundle)
    } catch (error) {
      if (!(error instanceof LedgerFault) || error.code !== 'PROTOCOL_UNKNOWN') throw error
      this.#fail(error)
      return undefined
    }
  }

  async #verify(ledger: Ledger, { admission, open, member }: Judgement): Promise<Admission> {
    if (open === null) return admission
    if (!(await this.#pool.verify(open, member ?? '')))
      return { ...admission, code: 'SIGNATURE_INVALID' }
    ledger.memo.noteVerified(open.transaction, open.resolved)
    return admission
  }

  /** The outcome of a transaction that is in a final block; undefined before. */
  #outcomeOf(txId: string): Outcome | undefined {
    const place = this.#ledger?.store.placeOf(fromHex(txId))
    if (place === undefined || place.height > this.#finalHeight) return undefined
    const stored = this.#ledger?.store.result(place.height, place.index)
    if (stored === undefined) return undefined
    return { included: true, txId, ...place, result: stored.result }
  }

  async #run(ledger: Ledger): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      if (this.#queue.size === 0) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
        continue
      }
      await this.#gather()
      if (!signal.aborted) await this.#makeBlock(ledger)
    }
  }

  /** Waits a little for company, unless enough wait already. */
  async #gather(): Promise<void> {
    const { blockDelayMs, blockTransactions } = this.#settings
    if (blockDelayMs === 0 || this.#queue.size >= blockTransactions) return
    await this.#pause(blockDelayMs)
  }

  async #makeBlock(ledger: Ledger): Promise<void> {
    const taken = this.#takeBundles(ledger)
    if (taken.length === 0) return
    const began = performance.now()
    const executed = ledger.execute({
      engineHeight: BigInt(ledger.height + 1),
      timeMs: this.#settings.clock(),
      bundles: taken.map(({ bundle }) => bundle),
      misbehaviour: [],
    })
    if (executed.header === null) {
      await ledger.commit()
      this.#settleDropped(executed)
      return
    }
    const height = ledger.height + 1
    await this.#untilItWorks(() => ledger.commit())
    await this.#finalise(ledger, height)
    if (this.#finalHeight < height) return
    this.#pace.note(executed.results.length, performance.now() - began)
    this.#settleIncluded(executed, height)
    this.#settleDropped(executed)
  }

  #takeBundles(ledger: Ledger): QueuedBundle[] {
    let bytes = 0
    let transactions = 0
    const { most } = this.#pace
    return this.#queue.take(({ bundle, txIds }) => {
      const isFull =
        bytes + bundle.length > LIMITS.blockBytes ||
        transactions + txIds.length > LIMITS.blockTransactions
      const isPaced = transactions > 0 && transactions + txIds.length > most
      if (isFull || isPaced || !ledger.memo.read(bundle)) return false
      bytes += bundle.length
      transactions += txIds.length
      return true
    })
  }

  #settleIncluded({ admissions, results }: Executed, height: number): void {
    const included = admissions.flat().filter(({ code }) => code === 'OK')
    included.forEach(({ txId }, index) => {
      const result = results[index]
      if (txId === null || result === undefined) return
      this.#outcomes.settle({ included: true, txId, height, index, result })
    })
  }

  /** Tells those who wait for transactions that no block will include. */
  #settleDropped({ admissions }: Executed): void {
    for (const { txId, code } of admissions.flat()) {
      if (txId === null || code === 'OK') continue
      this.#outcomes.settle(this.#outcomeOf(txId) ?? { included: false, txId, code })
    }
  }

  /** A disk without space is waited for: the same block is tried until it is durable. */
  async #untilItWorks(work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping
    for (;;) {
      try {
        await work()
        this.#become('running')
        return
      } catch (error) {
        const code = error instanceof LedgerFault ? error.code : null
        if (code !== 'LOG_WRITE_FAILED' && code !== 'STATE_WRITE_FAILED') throw error
        this.#become('waiting', (error as Error).message)
        if (signal.aborted) throw error
        await this.#pause(this.#settings.retryMs)
      }
    }
  }

  async #catchUp(ledger: Ledger): Promise<void> {
    await catchUpWithWitnesses({
      ledger,
      links: this.#links,
      operatorKeys: this.#settings.operatorKeys,
      retryMs: this.#settings.retryMs,
      signal: this.#stopping.signal,
      onNotice: (text) => {
        this.#reason = text
        this.#notice(text)
      },
    })
    this.#reason = null
  }

  async #finaliseTip(ledger: Ledger): Promise<void> {
    this.#finalHeight = ledger.finality.newest?.tip.height ?? -1
    if (this.#finalHeight < ledger.height) await this.#finalise(ledger, ledger.height)
    const proof = ledger.finality.newest
    if (proof !== undefined) {
      this.#tellWitnesses(proof, this.#signerAt(ledger, proof.tip.height).signer)
    }
  }

  /** The policy of a height, and the keys with which this operator fulfils it. */
  #signerAt(ledger: Ledger, height: number): { policy: EmbeddedPolicy; signer: CheckpointSigner } {
    const policy = ledger.finality.policyOf(height)
    if (policy.engine !== 'embedded') {
      throw new LedgerFault('BLOCK_REFUSED', { height, reason: 'the policy names another engine' })
    }
    const signer = this.#settings.operatorKeys.find((keys) => keysFit(keys, policy.operator))
    if (signer === undefined) {
      const reason = 'no key of this operator is in the policy'
      throw new LedgerFault('BLOCK_REFUSED', { height, operator: policy.operator.member, reason })
    }
    return { policy, signer }
  }

  /** Signs the checkpoint of a durable block, gets it cosigned, keeps the proof, tells. */
  async #finalise(ledger: Ledger, height: number): Promise<void> {
    const { policy, signer } = this.#signerAt(ledger, height)
    const read = (level: number, index: number): Bytes => ledger.store.node(level, index)
    const root = rootFrom(read, height + 1)
    const note = operatorNote(ledger.chain, { size: height + 1, root }, signer)
    const prove = (lines: ReadonlyMap<string, readonly string[]>): FinalityProof => ({
      policy,
      proof: {
        engine: 'embedded',
        checkpoint: withCosignatures(note, policy, lines),
        path: inclusionPathFrom(read, height, height + 1).map(toHex),
      },
      tip: ledger.header(height),
    })
    const lines = await collectCosignatures({
      links: this.#links,
      policy,
      height,
      signer,
      retryMs: this.#settings.retryMs,
      graceMs: this.#settings.graceMs,
      signal: this.#stopping.signal,
      holds: (member, own) => cosignatureHolds(prove(new Map([[member, own]])), member),
      onWaiting: (text) => {
        this.#notice(text)
        this.#become('waiting', text)
      },
    })
    if (lines === undefined) return
    this.#become('running')
    const proof = prove(lines)
    await ledger.finality.keep(proof)
    this.#tell(height)
    this.#tellWitnesses(proof, signer)
  }

  #tellWitnesses(proof: FinalityProof, signer: CheckpointSigner): void {
    const { retryMs } = this.#settings
    for (const link of this.#links) link.follow(proof, signer, retryMs, this.#stopping.signal)
  }

  #tell(height: number): void {
    const first = this.#finalHeight + 1
    this.#finalHeight = height
    for (let each = first; each <= height; each++) {
      for (const listener of this.#listeners) listener(each)
    }
  }

  async #pause(ms: number): Promise<void> {
    await pause(ms, this.#stopping.signal)
  }

  #become(state: EngineStatus['state'], reason: string | null = null): void {
    this.#state = state
    this.#reason = reason
  }

  #fail(error: unknown): void {
    if (this.#stopping.signal.aborted) return
    this.#become('failed', (error as Error).message)
    this.#notice(`stopped: ${(error as Error).message}`)
    // Nobody waits for ever for an engine that ended: what no block has will not come into one here.
    const ledger = this.#ledger
    if (ledger === undefined || ledger.log.height > ledger.height) return
    for (const txId of this.#outcomes.waitedFor) {
      if (ledger.store.placeOf(fromHex(txId)) !== undefined) continue
      this.#outcomes.settle({ included: false, txId, code: 'ENGINE_BUSY' })
    }
  }
}
