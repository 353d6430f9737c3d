import { type Bytes, canonicalJson, fromHex, type Json, toHex } from '@renshe/crypto'
import {
  type Answer,
  answerQuery,
  type Contracts,
  executeGenesis,
  type Reader,
  StoreFault,
} from '@renshe/kernel'
import {
  type Header,
  headerHash,
  headerLeaf,
  type LogFrontier,
  type Policy,
  policyHash,
} from '@renshe/proof'
import type { StateHead } from './block-commit.ts'
import { type Block, encodeBlock } from './block-format.ts'
import type { BlockLog } from './block-log.ts'
import { BundleMemo, type ReadMember } from './bundle-memo.ts'
import { firstDifference } from './divergence.ts'
import { type BlockBase, executeBlock, type StagedBlock, stageGenesis } from './execute-block.ts'
import { LedgerFault } from './fault.ts'
import { FinalityKeeper } from './finality-keeper.ts'
import type { FoundingPackages, Genesis } from './genesis.ts'
import { History } from './history.ts'
import {
  cutToBlock,
  isBlockOfRightSize,
  type Judgement,
  type JudgementBase,
  judgeBundle,
  judgementBase,
} from './judge-bundle.ts'
import type { Admission, EngineBlock, Executed, StateMachine } from './port.ts'
import { indexNames, RuleBooks } from './rule-books.ts'
import { Snapshots } from './snapshots.ts'
import { SpentSet } from './spent-set.ts'
import type { StateStore } from './state-store.ts'

/** Heights that queries can look back, unless told otherwise. */
export const HISTORY_BLOCKS = 4096

/** What a ledger works with. */
export interface LedgerParts {
  readonly genesis: Genesis
  readonly packages: FoundingPackages
  /** Rule books by protocol version. */
  readonly contracts: ReadonlyMap<number, Contracts>
  readonly log: BlockLog
  readonly store: StateStore
  readonly snapshotFolder: string
  /** How far back `asOf` reaches, in blocks. */
  readonly historyBlocks: number
  /** A state of more keys is read for a snapshot in a thread of its own. */
  readonly slicedRows?: number
  /** The wall clock, or the scripted one of a demonstration; only for what is not yet in a block. */
  readonly clock: () => number
}

/**
 * The state machine of one chain in one data folder: judges, executes, stores and answers. It knows
 * nothing of how the order of transactions was agreed on.
 */
export class Ledger implements StateMachine {
  readonly genesisInfo: Genesis
  readonly log: BlockLog
  readonly store: StateStore
  readonly history: History
  readonly snapshots: Snapshots
  readonly finality: FinalityKeeper
  readonly memo = new BundleMemo()
  readonly #parts: LedgerParts
  readonly #books: RuleBooks
  readonly #spent = new SpentSet()
  #frontier: LogFrontier
  #policy: Policy
  /** What judging read since the newest block. */
  #judging: { readonly head: StateHead | undefined; readonly base: JudgementBase } | undefined
  #staged: { readonly block: StagedBlock | null; readonly engineHeight: bigint } | undefined

  constructor(parts: LedgerParts) {
    this.#parts = parts
    this.genesisInfo = parts.genesis
    this.log = parts.log
    this.store = parts.store
    this.#books = new RuleBooks(parts.contracts, parts.genesis.protocol, parts.store)
    this.history = new History(parts.store)
    this.snapshots = new Snapshots(
      parts.store,
      this.history,
      parts.snapshotFolder,
      parts.slicedRows,
    )
    this.finality = new FinalityKeeper(parts.store, parts.log, parts.genesis.policy)
    this.#frontier = parts.store.frontier
    this.#policy = this.finality.policyOf((parts.store.head?.height ?? -1) + 1)
    const head = parts.store.head
    for (const entry of parts.store.spentAfter(head?.time ?? 0)) this.#spent.add(entry)
    if (head !== undefined) this.#followHead(head)
  }

  /** `<name>-<8 hex>` */
  get chain(): string {
    return this.genesisInfo.chain
  }

  /** Newest durable height; −1 before block 0. */
  get height(): number {
    return this.store.head?.height ?? -1
  }

  /** Policy that must finalise the next block. */
  get policy(): Policy {
    return this.#policy
  }

  /** The header log as it stands: size and root. */
  get frontier(): LogFrontier {
    return this.#frontier
  }

  info(): ReturnType<StateMachine['info']> {
    const head = this.store.head
    if (head === undefined) {
      const { hash, protocol } = this.genesisInfo
      return { height: -1, headerHash: hash, protocol, engineHeight: 0n }
    }
    return {
      height: head.height,
      headerHash: fromHex(head.headerHash),
      protocol: head.protocol,
      engineHeight: BigInt(head.engineHeight),
    }
  }

  async genesis(document: Bytes): Promise<{ headerHash: Bytes; policy: Policy }> {
    const { genesis } = this.#parts
    if (toHex(document) !== toHex(genesis.bytes)) {
      throw new LedgerFault('FOLDER_OF_ANOTHER_CHAIN', { chain: genesis.chain })
    }
    if (this.height < 0) {
      this.stageGenesis()
      await this.commit()
    }
    const header = this.store.headerBytes(0)
    if (header === undefined) throw new LedgerFault('HEIGHT_UNKNOWN', { height: 0 })
    return { headerHash: headerHash(header), policy: genesis.policy }
  }

  /** Executes block 0; `commit` makes it durable. */
  stageGenesis(): StagedBlock {
    const { genesis, packages } = this.#parts
    const { chain, time, protocol } = genesis
    const contracts = this.#books.of(protocol, 0)
    const base = this.#base(contracts, 0)
    const block = stageGenesis(base, time, (layer) =>
      executeGenesis(
        contracts,
        layer,
        { chain, height: 0, time },
        { hash: toHex(genesis.hash), document: genesis.document, packages },
      ),
    )
    this.#staged = { block, engineHeight: 0n }
    return block
  }

  check(bundle: Bytes): Admission[] {
    return this.judge(bundle).map(({ admission, open }) => {
      if (open === null) return admission
      const holds = this.memo.holds(open.transaction, open.resolved)
      return holds ? admission : { ...admission, code: 'SIGNATURE_INVALID' }
    })
  }

  /**
   * Judges a bundle against the committed state, all but the signatures: whoever verifies those,
   * notes it in `memo`.
   */
  judge(bundle: Bytes): Judgement[] {
    const time = Math.max(this.#parts.clock(), (this.store.head?.time ?? 0) + 1)
    return judgeBundle(this.memo.read(bundle), {
      ...this.#judgementBase(),
      chain: this.chain,
      time,
      isSpent: (signer, nonce) => this.#spent.has(signer, nonce, time),
    })
  }

  #judgementBase(): JudgementBase {
    const { head } = this.store
    if (this.#judging === undefined || this.#judging.head !== head) {
      const base = judgementBase(this.#books.next().contracts, this.store)
      this.#judging = { head, base }
    }
    return this.#judging.base
  }

  propose(bundles: readonly Bytes[], maxBytes: number): Bytes[] {
    return cutToBlock(bundles, maxBytes, this.memo)
  }

  validate(block: EngineBlock): boolean {
    return isBlockOfRightSize(block, this.memo)
  }

  execute(block: EngineBlock): Executed {
    const bundles = block.bundles.map((bundle) => this.memo.read(bundle) ?? [])
    const { admissions, staged } = this.#run(block.timeMs, bundles, this.memo.holds)
    this.#staged = { block: staged, engineHeight: block.engineHeight }
    return {
      header: staged?.headerBytes ?? null,
      headerHash: staged?.headerHash ?? this.info().headerHash,
      admissions,
      results: staged?.results.map(({ result }) => result) ?? [],
      policy: staged?.policy ?? this.#policy,
    }
  }

  /**
   * Executes a block that was made before, here or elsewhere, and stages it.
   *
   * @param holds  how signatures are verified; they were verified before for a block of one's own log
   * @throws LedgerFault `BLOCK_REFUSED` if it does not continue this ledger, `STATE_DIVERGED` if
   *         executing it gives another header
   */
  replay(block: Block, holds: BlockBase['holds'] = this.memo.holds): StagedBlock {
    const { header } = block
    const height = this.height + 1
    const facts = { height: header.height, expectedHeight: height }
    if (header.height !== height || header.chain !== this.chain) {
      throw new LedgerFault('BLOCK_REFUSED', facts)
    }
    const staged = height === 0 ? this.stageGenesis() : this.#replayTransactions(block, holds)
    if (staged === null || toHex(staged.headerHash) !== toHex(headerHash(block.headerBytes))) {
      this.#staged = undefined
      throw new LedgerFault('STATE_DIVERGED', { height, ...firstDifference(staged, block) })
    }
    this.#staged = { block: staged, engineHeight: BigInt(height) }
    return staged
  }

  /**
   * Makes the staged block durable: first the log, then the state. If either fails, calling it again
   * goes on where it failed.
   *
   * @throws LedgerFault `LOG_WRITE_FAILED`, `STATE_WRITE_FAILED`: nothing may be acknowledged
   */
  async commit(): Promise<void> {
    if (this.#staged === undefined) throw new RangeError('nothing was executed')
    const { block, engineHeight } = this.#staged
    if (block === null) {
      this.store.noteEngineHeight(engineHeight)
      this.#staged = undefined
      return
    }
    if (this.log.height < block.height) {
      await this.log.append(encodeBlock(block.headerBytes, block.frames))
    }
    this.commitState()
  }

  /** Stores the staged block's state; its block is in the log. */
  commitState(): void {
    if (this.#staged?.block == null) throw new RangeError('nothing was executed')
    const { block, engineHeight } = this.#staged
    const frontier = this.#frontier.clone()
    const closedNodes = frontier.append(headerLeaf(block.headerBytes))
    const contracts = this.#books.of(block.header.protocol, block.height)
    const head: StateHead = {
      height: block.height,
      time: block.time,
      headerHash: toHex(block.headerHash),
      protocol: block.header.protocol,
      engineHeight: engineHeight.toString(),
      pending: block.pending,
      snapshot: block.carried ?? this.store.head?.snapshot ?? null,
      base: this.store.head?.base ?? -1,
      indexedFor: this.store.head?.indexedFor ?? indexNames(contracts),
    }
    const policy = canonicalJson(block.policy)
    try {
      this.store.commit(
        {
          head,
          headerBytes: block.headerBytes,
          layer: block.layer,
          changes: block.changes,
          results: block.results,
          spent: block.spent,
          closedNodes,
          frontier,
          policy: { hash: policyHash(block.policy), bytes: policy },
          oldestUndo: Math.max(
            0,
            Math.min(
              block.height - this.#parts.historyBlocks + 1,
              (block.pending?.height ?? block.height) + 1,
            ),
          ),
          spentUntil: Math.min(block.time, this.#timeOf(block.pending?.height, block)),
        },
        this.genesisInfo.hash,
      )
    } catch (error) {
      throw asWriteFault(error, block.height)
    }
    this.#staged = undefined
    this.#frontier = frontier
    this.#policy = block.policy
    for (const entry of block.spent) this.#spent.add(entry)
    this.#spent.forget(block.time)
    this.#followHead(head)
  }

  query(name: string, input: Json, reader: Reader, asOf?: number): Answer {
    const height = asOf ?? this.height
    try {
      const source = this.history.at(height)
      const header = this.store.header(height)
      if (source === undefined || header === undefined) {
        const data = { oldest: this.history.oldestHeight, newest: this.height }
        return { ok: false, height, code: 'HEIGHT_UNKNOWN', data }
      }
      const contracts = this.#books.of(header.protocol, height)
      const place = { chain: this.chain, height, time: header.time }
      const answer = answerQuery(contracts, source, place, { name, input, reader })
      if (!answer.ok && answer.fault instanceof StoreFault) throw answer.fault
      return answer
    } catch (fault) {
      return { ok: false, height, code: 'STATE_DAMAGED', data: {}, fault }
    }
  }

  /** @throws LedgerFault `HEIGHT_UNKNOWN` */
  header(height: number): Header {
    const header = this.store.header(height)
    if (header === undefined) throw new LedgerFault('HEIGHT_UNKNOWN', { height })
    return header
  }

  /** Ends background work; store and log are closed by whoever opened them. */
  stop(): void {
    this.snapshots.stop()
    this.finality.flush()
  }

  #run(timeMs: number, bundles: readonly (readonly ReadMember[])[], holds: BlockBase['holds']) {
    const { contracts, height } = this.#books.next()
    return executeBlock(this.#base(contracts, height, holds), timeMs, bundles)
  }

  #replayTransactions({ header, transactions }: Block, holds: BlockBase['holds']) {
    const members = transactions.map((part) => this.memo.readFrame(part))
    return this.#run(header.time, [members], holds).staged
  }

  #base(contracts: Contracts, height: number, holds = this.memo.holds): BlockBase {
    const head = this.store.head
    return {
      contracts,
      chain: this.chain,
      height,
      parent: head?.headerHash ?? toHex(this.genesisInfo.hash),
      parentTime: head?.time ?? 0,
      logRoot: this.#frontier.root(),
      store: this.store,
      pending: head?.pending ?? null,
      isSpent: (signer, nonce, time) => this.#spent.has(signer, nonce, time),
      holds,
      snapshot: () => this.snapshots.finishPending(),
    }
  }

  /** After a commit or at start: indexes of the next protocol, the pending snapshot. */
  #followHead(head: StateHead): void {
    const { contracts } = this.#books.nextOrOwn(head)
    const names = indexNames(contracts)
    if (head.indexedFor !== names) this.store.reindex(contracts.collections, names)
    this.history.declare(contracts.collections)
    this.snapshots.follow(head)
  }

  #timeOf(height: number | undefined, staged: StagedBlock): number {
    if (height === undefined || height === staged.height) return staged.time
    return this.store.header(height)?.time ?? 0
  }
}

/** Only what the operating system refused can go away by itself; anything else is a bug. */
function asWriteFault(error: unknown, height: number): unknown {
  const { code, message } = error as { code?: unknown; message?: string }
  if (typeof code !== 'number' || code <= 0) return error
  return new LedgerFault('STATE_WRITE_FAILED', { height, reason: message ?? '' }, { cause: error })
}
