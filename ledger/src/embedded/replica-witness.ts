import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Bytes, canonicalJson, equalBytes, type JsonObject, toHex } from '@renshe/crypto'
import {
  type Checkpoint,
  checkpointOrigin,
  consistencyPathFrom,
  type EmbeddedPolicy,
  type FinalityProof,
  headerBytes,
  headerLeaf,
  inclusionPathFrom,
  parseCheckpoint,
  policyHash,
  rootFrom,
  verifyFinality,
} from '@renshe/proof'
import { type Block, decodeBlock, encodeBlock } from '../block-format.ts'
import { LedgerFault } from '../fault.ts'
import type { Ledger } from '../ledger.ts'
import { type OpenLedger, type OpenSettings, openLedger } from '../open-ledger.ts'
import { type CheckpointSigner, isOperatorNote, keysFit, witnessLines } from './checkpoint-keys.ts'
import type {
  CosignAnswer,
  CosignRefusalCode,
  CosignRequest,
  Witness,
  WitnessHead,
} from './witness.ts'

/** Block time may be this far from a witness's clock; in demonstrations the clock is scripted. */
const CLOCK_MS = 10_000

/** A witness that keeps a replica of the ledger in its own data folder. */
export interface ReplicaSettings extends OpenSettings {
  readonly member: string
  readonly keys: CheckpointSigner
}

/** Executes every block again, stores it, and only then cosigns. */
export class ReplicaWitness implements Witness {
  readonly member: string
  readonly ledger: Ledger
  readonly #open: OpenLedger
  readonly #settings: ReplicaSettings
  readonly #clock: () => number
  #checkpoint: string | null
  #last: Promise<unknown> = Promise.resolve()

  private constructor(settings: ReplicaSettings, open: OpenLedger) {
    this.member = settings.member
    this.ledger = open.ledger
    this.#open = open
    this.#settings = settings
    this.#clock = settings.clock ?? Date.now
    const path = this.#checkpointPath
    this.#checkpoint = existsSync(path) ? readFileSync(path, 'utf8') : null
  }

  /** Opens the replica, or founds it from the genesis file. */
  static async open(settings: ReplicaSettings): Promise<ReplicaWitness> {
    return new ReplicaWitness(settings, await openLedger(settings))
  }

  async head(): Promise<WitnessHead> {
    return { size: this.ledger.height + 1, checkpoint: this.#checkpoint }
  }

  async blocks(from: number, most: number): Promise<readonly Bytes[]> {
    const end = Math.min(this.ledger.height, from + most - 1)
    const payloads: Bytes[] = []
    for (let height = from; height <= end; height++) {
      const { headerBytes, transactions } = this.ledger.log.read(height)
      payloads.push(
        encodeBlock(
          headerBytes,
          transactions.map(({ frame }) => frame),
        ),
      )
    }
    return payloads
  }

  /** One request after the other: a root of a size is decided once. */
  cosign(request: CosignRequest): Promise<CosignAnswer> {
    const answer = this.#last.then(() => this.#cosign(request))
    this.#last = answer.catch(() => undefined)
    return answer
  }

  async learn(proof: FinalityProof): Promise<void> {
    await this.#last
    const { tip, policy } = proof
    const own = this.ledger.store.headerBytes(tip.height)
    if (own === undefined || !equalBytes(own, headerBytes(tip))) return
    const wanted = policyHash(this.ledger.finality.policyOf(tip.height))
    if (!equalBytes(policyHash(policy), wanted)) return
    if ('signers' in verifyFinality(proof)) await this.ledger.finality.keep(proof)
  }

  async close(): Promise<void> {
    await this.#last
    await this.#open.close()
  }

  async #cosign({ checkpoint: note, blocks }: CosignRequest): Promise<CosignAnswer> {
    const checkpoint = parseCheckpoint(note)
    if (checkpoint?.origin !== checkpointOrigin(this.ledger.chain)) {
      return this.#refuse('CHECKPOINT', 'not a checkpoint of this chain')
    }
    const size = this.ledger.height + 1
    if (checkpoint.size > size + blocks.length) {
      return this.#refuse('BEHIND', `blocks from ${size} on are missing here`)
    }
    try {
      return await this.#follow(checkpoint, note, blocks)
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error
      const isOther = error.code === 'STATE_DIVERGED' || error.code === 'BLOCK_REFUSED'
      return this.#refuse(isOther ? 'DIVERGED' : 'UNAVAILABLE', error.message)
    }
  }

  async #follow(
    checkpoint: Checkpoint,
    note: string,
    payloads: readonly Bytes[],
  ): Promise<CosignAnswer> {
    const first = this.ledger.height + 1
    const blocks = payloads.slice(0, Math.max(0, checkpoint.size - first)).map(decodeBlock)
    if (blocks.some((block) => block === undefined)) {
      return this.#refuse('DIVERGED', 'not a block')
    }
    const given = blocks as Block[]
    const root = this.#rootWith(checkpoint.size, given)
    const policy = this.#policyOf(checkpoint.size, given)
    if (policy === undefined || !keysInPolicy(policy, this.member, this.#settings.keys)) {
      return this.#refuse('CHECKPOINT', 'this witness is not in the policy')
    }
    // Signed by the operator, and yet of another history: this must stay provable.
    const isSigned = isOperatorNote(note, this.ledger.chain, policy.operator)
    if (!equalBytes(root, checkpoint.root)) {
      if (isSigned) this.#keepConflict(checkpoint, note)
      return this.#refuse('CONFLICT', `another root of size ${checkpoint.size} is stored here`)
    }
    if (!isSigned) return this.#refuse('CHECKPOINT', 'not signed by the operator')
    for (const block of given) {
      const refused = await this.#take(block)
      if (refused !== undefined) return refused
    }
    this.#store(note, checkpoint.size)
    const lines = witnessLines({
      chain: this.ledger.chain,
      member: this.member,
      text: checkpoint.text,
      time: Math.floor(this.#clock() / 1000),
      signer: this.#settings.keys,
    })
    return { ok: true, lines }
  }

  async #take(block: Block): Promise<CosignAnswer | undefined> {
    const distance = Math.abs(block.header.time - this.#clock())
    if (distance > CLOCK_MS && !this.ledger.genesisInfo.isDemonstration) {
      return this.#refuse('CLOCK', `block time is ${distance} ms from the clock of this witness`)
    }
    this.ledger.replay(block)
    await this.ledger.commit()
    return undefined
  }

  /** Root of the log at a size, with blocks on top that are not stored yet. */
  #rootWith(size: number, blocks: readonly Block[]): Bytes {
    if (blocks.length === 0) {
      return rootFrom((level, index) => this.ledger.store.node(level, index), size)
    }
    const frontier = this.ledger.frontier.clone()
    for (const { headerBytes } of blocks) frontier.append(headerLeaf(headerBytes))
    return frontier.root()
  }

  /** Policy of the checkpoint's newest block; undefined if it would change on the way there. */
  #policyOf(size: number, blocks: readonly Block[]): EmbeddedPolicy | undefined {
    const policy = this.ledger.finality.policyOf(blocks[0]?.header.height ?? size - 1)
    const hash = toHex(policyHash(policy))
    const isConstant = blocks.slice(0, -1).every(({ header }) => header.finality === hash)
    return isConstant && policy.engine === 'embedded' ? policy : undefined
  }

  /** The operator's note is stored before it is answered: it is what gives the operator back its log. */
  #store(note: string, size: number): void {
    if (size <= this.ledger.height) return
    const path = this.#checkpointPath
    writeFileSync(`${path}.part`, note, { flush: true })
    renameSync(`${path}.part`, path)
    this.#checkpoint = note
  }

  /** Two notes of one operator that cannot both be true, and the path that shows it. */
  #keepConflict(checkpoint: Checkpoint, note: string): void {
    const folder = join(this.#settings.folder, 'conflicts')
    mkdirSync(folder, { recursive: true })
    const read = (level: number, index: number): Bytes => this.ledger.store.node(level, index)
    const size = this.ledger.height + 1
    const isOlder = checkpoint.size <= size
    const evidence: JsonObject = {
      v: 1,
      chain: this.ledger.chain,
      theirs: note,
      ours: this.#checkpoint,
      ourRoot: isOlder ? toHex(rootFrom(read, checkpoint.size)) : null,
      consistency: isOlder ? consistencyPathFrom(read, checkpoint.size, size).map(toHex) : null,
      inclusion: inclusionPathFrom(read, size - 1, size).map(toHex),
    }
    const name = `${checkpoint.size}-${toHex(checkpoint.root.subarray(0, 8))}.json`
    writeFileSync(join(folder, name), canonicalJson(evidence), { flush: true })
  }

  #refuse(code: CosignRefusalCode, detail: string): CosignAnswer {
    return { ok: false, code, size: this.ledger.height + 1, detail }
  }

  get #checkpointPath(): string {
    return join(this.#settings.folder, 'checkpoint')
  }
}

function keysInPolicy(policy: EmbeddedPolicy, member: string, keys: CheckpointSigner): boolean {
  const named = policy.witnesses.find((each) => each.member === member)
  return named !== undefined && keysFit(keys, named)
}
