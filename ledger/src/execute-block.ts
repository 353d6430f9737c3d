import { type Bytes, canonicalJson, fromHex, ledgerHash, toHex, utf8 } from '@renshe/crypto'
import {
  CHECKPOINT_ACTION,
  type Contracts,
  executeTransaction,
  judgeInclusion,
  type KeyText,
  keyBytes,
  type LedgerParameters,
  type ResolvedTransaction,
  resultBytes,
  StateLayer,
  type StateSource,
  stateViewOf,
  type Transaction,
} from '@renshe/kernel'
import {
  DELETED,
  eventLeaf,
  type Header,
  headerBytes,
  headerHash,
  type Policy,
  parsePolicy,
  policyHash,
  resultLeaf,
  type SnapshotHead,
  transactionLeaf,
  treeRoot,
  writeLeaf,
} from '@renshe/proof'
import type { BlockChange } from './block-changes.ts'
import type { PendingSnapshot } from './block-commit.ts'
import { readOnce, SignerMemo } from './block-reads.ts'
import type { ReadMember } from './bundle-memo.ts'
import type { Admission } from './port.ts'
import type { SpentEntry } from './spent-set.ts'
import type { StoredResult } from './state-rows.ts'
import type { StateStore } from './state-store.ts'

/** What a block stands on. */
export interface BlockBase {
  readonly contracts: Contracts
  readonly chain: string
  readonly height: number
  /** Hash of the parent header; the genesis hash for block 0. */
  readonly parent: string
  /** Time of the parent, UTC ms. */
  readonly parentTime: number
  /** Root of the header log below this block. */
  readonly logRoot: Bytes
  readonly store: StateStore
  readonly pending: PendingSnapshot | null
  isSpent(signer: string, nonce: string, time: number): boolean
  holds(transaction: Transaction, resolved: ResolvedTransaction): boolean
  /** Count and root of the pending snapshot; asked only in the block that carries it. */
  snapshot(): SnapshotHead
}

/** A block that was executed and not yet committed. */
export interface StagedBlock {
  readonly height: number
  readonly time: number
  readonly header: Header
  readonly headerBytes: Bytes
  readonly headerHash: Bytes
  readonly layer: StateLayer
  readonly changes: readonly (BlockChange & { readonly hash: Bytes })[]
  readonly frames: readonly Bytes[]
  readonly results: readonly (StoredResult & { readonly txId: Bytes })[]
  readonly spent: readonly SpentEntry[]
  readonly policy: Policy
  readonly pending: PendingSnapshot | null
  /** The snapshot that this block's header carries. */
  readonly carried: PendingSnapshot | null
}

/** Outcome of executing a block: staged unless it includes nothing. */
export interface BlockExecution {
  readonly admissions: readonly (readonly Admission[])[]
  readonly staged: StagedBlock | null
}

/** Executes the transactions of one block in order. Pure: nothing is stored. */
export function executeBlock(
  base: BlockBase,
  timeMs: number,
  bundles: readonly (readonly ReadMember[])[],
): BlockExecution {
  const run = new BlockRun(base, Math.max(timeMs, base.parentTime + 1))
  const admissions = bundles.map((members) => members.map((member) => run.take(member)))
  return { admissions, staged: run.includedCount === 0 ? null : run.finish() }
}

/** Block 0: the initial state, written by `found`, without transactions. */
export function stageGenesis(
  base: BlockBase,
  time: number,
  found: (layer: StateLayer) => void,
): StagedBlock {
  const run = new BlockRun(base, time)
  found(run.layer)
  return run.finish()
}

class BlockRun {
  readonly layer: StateLayer
  readonly #base: BlockBase
  readonly #time: number
  readonly #state: StateSource
  readonly #signers: SignerMemo
  #parameters: LedgerParameters | undefined
  readonly #frames: Bytes[] = []
  readonly #leaves: Bytes[] = []
  readonly #results: (StoredResult & { txId: Bytes })[] = []
  readonly #spent: SpentEntry[] = []
  readonly #spentNames = new Set<string>()
  #hasCheckpoint = false

  constructor(base: BlockBase, time: number) {
    this.#base = base
    this.#time = time
    this.#state = readOnce(base.store.source)
    this.layer = new StateLayer(this.#state)
    this.#signers = new SignerMemo(base.contracts, this.layer, time)
  }

  get includedCount(): number {
    return this.#frames.length
  }

  /** Judges one transaction, and executes it if it is included. */
  take({ frame, transaction }: ReadMember): Admission {
    const { txId } = transaction
    if ('code' in transaction) return { txId, code: transaction.code }
    const { contracts, chain, holds } = this.#base
    const view = stateViewOf(this.layer)
    // Read once: what a block enacts holds from the next block on.
    this.#parameters ??= contracts.parameters(view)
    const inclusion = judgeInclusion(transaction, {
      contracts: { resolveSigner: (_view, fingerprint) => this.#signers.resolve(fingerprint) },
      chain,
      time: this.#time,
      parameters: this.#parameters,
      view,
      isSpent: (signer, nonce) => this.#isSpent(signer, nonce),
      holds,
    })
    if (!inclusion.included) return { txId, code: inclusion.code }
    this.#execute(transaction, frame, inclusion)
    return { txId, code: 'OK' }
  }

  finish(): StagedBlock {
    const { base, time } = { base: this.#base, time: this.#time }
    const { contracts, height } = base
    const view = stateViewOf(this.layer)
    const changes = this.#changes()
    const policy = parsePolicy(canonicalJson(contracts.policy(view)))
    const carried = base.pending?.carrier === height ? base.pending : null
    const header: Header = {
      v: 1,
      protocol: contracts.protocol,
      chain: base.chain,
      height,
      time,
      parent: base.parent,
      log: toHex(base.logRoot),
      txCount: this.#frames.length,
      txRoot: toHex(treeRoot(this.#leaves)),
      resultRoot: toHex(treeRoot(this.#results.map(({ result }) => resultLeaf(result)))),
      writeCount: changes.length,
      writeRoot: toHex(treeRoot(changes.map(({ key, hash }) => writeLeaf(keyBytes(key), hash)))),
      snapshot: carried === null ? null : base.snapshot(),
      finality: toHex(policyHash(policy)),
    }
    const bytes = headerBytes(header)
    return {
      height,
      time,
      header,
      headerBytes: bytes,
      headerHash: headerHash(bytes),
      layer: this.layer,
      changes,
      frames: this.#frames,
      results: this.#results,
      spent: this.#spent,
      policy,
      pending: carried === null ? this.#pendingAfter() : null,
      carried,
    }
  }

  #execute(transaction: Transaction, frame: Bytes, { signer }: ResolvedTransaction): void {
    const { txId, body } = transaction
    const { contracts, chain, height } = this.#base
    const execution = executeTransaction(
      contracts,
      this.layer,
      { chain, height, time: this.#time },
      { txId, action: body.action, input: body.input, signer },
    )
    const { events } = execution
    const root = toHex(treeRoot(events.map((event) => eventLeaf(event))))
    const result = resultBytes(txId, signer, execution, { count: events.length, root })
    const id = fromHex(txId)
    this.#frames.push(frame)
    this.#leaves.push(transactionLeaf(id, transaction.signatureBytes))
    this.#results.push({ txId: id, result, events })
    this.#spentNames.add(body.signer + body.nonce)
    const { nonce, expiresAt } = body
    this.#spent.push({ signer: body.signer, nonce, expiresAt, height })
    if (body.action === CHECKPOINT_ACTION && execution.code === 'OK') this.#hasCheckpoint = true
  }

  #isSpent(signer: string, nonce: string): boolean {
    return this.#spentNames.has(signer + nonce) || this.#base.isSpent(signer, nonce, this.#time)
  }

  /** Every key that was put or deleted, ascending, with what it held before the block. */
  #changes(): (BlockChange & { hash: Bytes })[] {
    const { store } = this.#base
    const changes: (BlockChange & { hash: Bytes })[] = []
    for (const [key, text] of this.layer.values.changes()) {
      const before = this.#state.values.get(key) ?? null
      changes.push({
        key,
        text,
        before,
        beforeHeight: before === null ? store.lastDeletion(key) : store.lastWrite(key),
        hash: text === null ? DELETED : ledgerHash('value', utf8(text)),
      })
    }
    return changes.sort((a, b) => compareKeys(a.key, b.key))
  }

  /**
   * At most one snapshot is pending. The block that carries one begins no other, even if it executes
   * a checkpoint: else the relay, which submits checkpoints while one is pending, would never rest.
   */
  #pendingAfter(): PendingSnapshot | null {
    const { pending, height, contracts } = this.#base
    if (pending !== null) return pending
    const { snapshotEvery, snapshotDelay } = contracts.parameters(stateViewOf(this.layer))
    const isDue = height > 0 && height % snapshotEvery === 0
    if (!isDue && !this.#hasCheckpoint) return null
    return { height, carrier: height + snapshotDelay }
  }
}

function compareKeys(a: KeyText, b: KeyText): number {
  return a < b ? -1 : a > b ? 1 : 0
}
