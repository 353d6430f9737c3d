import { type Bytes, fromHex, fromUtf8, type JsonObject, ledgerHash, utf8 } from '@renshe/crypto'
import { encodeKey, type KeyPart, type KeyText, keyBytes } from '@renshe/kernel'
import {
  type Absence,
  consistencyPathFrom,
  DELETED,
  type FinalityProof,
  type Header,
  inclusionPathFrom,
  type LogReader,
  type MerkleTree,
  merkleTree,
  resultLeaf,
  rootFrom,
  type SignatureObject,
  type TransactionResult,
  writeLeaf,
} from '@renshe/proof'
import type { StoredWrite } from './block-changes.ts'
import { type Block, transactionTree } from './block-format.ts'
import type { Ledger } from './ledger.ts'
import type { Presence } from './snapshot-tree.ts'

/** An included transaction with its place in txRoot and its result's in resultRoot. */
export interface ProvenAct {
  readonly body: Bytes
  readonly signature: SignatureObject
  readonly height: number
  readonly index: number
  readonly path: readonly Bytes[]
  readonly result: TransactionResult
  readonly resultPath: readonly Bytes[]
}

/** A write of a block with its place in writeRoot; `value` is null for a deletion. */
export interface ProvenWrite {
  readonly collection: string
  readonly key: readonly KeyPart[]
  readonly value: JsonObject | null
  readonly height: number
  readonly index: number
  readonly path: readonly Bytes[]
}

/** What the newest snapshot says of a key; `carrier` is the height of the header that carries it. */
export type ProvenStatus =
  | { readonly carrier: number; readonly absence: Absence }
  | { readonly carrier: number; readonly presence: Presence }

/** All that evidence is made of, as the ledger keeps it. */
export interface EvidenceSource extends LogReader {
  /** A transaction; undefined if no block includes it. */
  act(txId: string): ProvenAct | undefined
  /** What a block wrote to a key; undefined if it did not. */
  writeAt(height: number, collection: string, key: readonly KeyPart[]): ProvenWrite | undefined
  /** The newest write to a key at or below a height; undefined if there is none. */
  newestWrite(height: number, collection: string, key: readonly KeyPart[]): ProvenWrite | undefined
  /** Proof of the newest final block; undefined before the first. */
  finality(): FinalityProof | undefined
  /** Proofs of the heights below the newest final one at which the policy changed, oldest first. */
  walk(): readonly FinalityProof[]
  /** Path (leaf to root) of a header in the log of `size` headers. */
  headerPath(height: number, size: number): readonly Bytes[]
  /** Root of the log of `size` headers. */
  logRoot(size: number): Bytes
  /** Proof that the log of `size` headers continues the one of `oldSize`. */
  consistency(oldSize: number, size: number): readonly Bytes[]
  /** Presence or absence of a key at the newest snapshot; undefined if there is no snapshot yet. */
  status(collection: string, key: readonly KeyPart[]): ProvenStatus | undefined
}

const sources = new WeakMap<Ledger, LedgerEvidence>()

/** The evidence source of an open ledger. */
export function evidenceOf(ledger: Ledger): EvidenceSource {
  const source = sources.get(ledger) ?? new LedgerEvidence(ledger)
  sources.set(ledger, source)
  return source
}

/** Blocks whose trees are kept: a file asks several times for the same few. */
const KEPT_BLOCKS = 4

/** Trees of one block, each made when it is asked for. Blocks never change. */
class BlockTrees {
  readonly #ledger: Ledger
  readonly #height: number
  #acts: { readonly block: Block; readonly tree: MerkleTree } | undefined
  #results: { readonly results: readonly Bytes[]; readonly tree: MerkleTree } | undefined
  #writes: { readonly writes: readonly StoredWrite[]; readonly tree: MerkleTree } | undefined

  constructor(ledger: Ledger, height: number) {
    this.#ledger = ledger
    this.#height = height
  }

  acts() {
    if (this.#acts === undefined) {
      const block = this.#ledger.log.read(this.#height)
      this.#acts = { block, tree: transactionTree(block) }
    }
    return this.#acts
  }

  results() {
    if (this.#results === undefined) {
      const results = this.#ledger.store.bareResults(this.#height)
      this.#results = { results, tree: merkleTree(results.map((result) => resultLeaf(result))) }
    }
    return this.#results
  }

  writes() {
    if (this.#writes === undefined) {
      const writes = this.#ledger.store.writes(this.#height)
      this.#writes = { writes, tree: merkleTree(writes.map(leafOf)) }
    }
    return this.#writes
  }
}

class LedgerEvidence implements EvidenceSource {
  readonly #ledger: Ledger
  readonly #blocks = new Map<number, BlockTrees>()

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  #treesOf(height: number): BlockTrees {
    const trees = this.#blocks.get(height) ?? new BlockTrees(this.#ledger, height)
    // The one used last is the last to go.
    this.#blocks.delete(height)
    this.#blocks.set(height, trees)
    if (this.#blocks.size > KEPT_BLOCKS) this.#blocks.delete(this.#blocks.keys().next().value!)
    return trees
  }

  readonly node = (level: number, index: number): Bytes => this.#ledger.store.node(level, index)

  header(height: number): Header {
    return this.#ledger.header(height)
  }

  act(txId: string): ProvenAct | undefined {
    const place = this.#ledger.store.placeOf(fromHex(txId))
    if (place === undefined) return undefined
    const { height, index } = place
    const trees = this.#treesOf(height)
    const acts = trees.acts()
    const { results, tree: resultTree } = trees.results()
    const transaction = acts.block.transactions[index]
    const own = results[index]
    if (transaction === undefined || own === undefined) return undefined
    return {
      body: transaction.bodyBytes.slice(),
      signature: JSON.parse(fromUtf8(transaction.signatureBytes)) as SignatureObject,
      height,
      index,
      path: acts.tree.inclusionPath(index),
      result: JSON.parse(fromUtf8(own)) as TransactionResult,
      resultPath: resultTree.inclusionPath(index),
    }
  }

  writeAt(height: number, collection: string, key: readonly KeyPart[]): ProvenWrite | undefined {
    // What was written before the snapshot that this ledger began with is proven by other members.
    if (height <= (this.#ledger.store.head?.base ?? -1)) return undefined
    const text = encodeKey(collection, key)
    const { writes, tree } = this.#treesOf(height).writes()
    const index = writes.findIndex((write) => write.key === text)
    const write = writes[index]
    if (write === undefined) return undefined
    const value = write.text === null ? null : (JSON.parse(write.text) as JsonObject)
    const path = tree.inclusionPath(index)
    return { collection, key, value, height, index, path }
  }

  newestWrite(
    height: number,
    collection: string,
    key: readonly KeyPart[],
  ): ProvenWrite | undefined {
    const text = encodeKey(collection, key)
    let at = this.#ledger.store.lastWrite(text)
    while (at > height) at = this.#writeBefore(at, text)
    return at < 0 ? undefined : this.writeAt(at, collection, key)
  }

  finality(): FinalityProof | undefined {
    return this.#ledger.finality.newest
  }

  walk(): readonly FinalityProof[] {
    const tip = this.finality()?.tip.height
    return tip === undefined ? [] : this.#ledger.finality.walkTo(tip)
  }

  headerPath(height: number, size: number): readonly Bytes[] {
    return inclusionPathFrom(this.node, height, size)
  }

  logRoot(size: number): Bytes {
    return rootFrom(this.node, size)
  }

  consistency(oldSize: number, size: number): readonly Bytes[] {
    return consistencyPathFrom(this.node, oldSize, size)
  }

  status(collection: string, key: readonly KeyPart[]): ProvenStatus | undefined {
    const newest = this.#ledger.snapshots.newest
    if (newest === undefined) return undefined
    const { tree, carrier } = newest
    const text = encodeKey(collection, key)
    const absence = tree.absence(text)
    if (absence !== undefined) return { carrier, absence }
    const presence = tree.presence(text)
    return presence && { carrier, presence }
  }

  /** Each write knows the one before it: the history of a key is followed backwards. */
  #writeBefore(height: number, key: KeyText): number {
    return this.#ledger.store.writes(height).find((write) => write.key === key)?.beforeHeight ?? -1
  }
}

function leafOf({ key, text }: StoredWrite): Bytes {
  return writeLeaf(keyBytes(key), text === null ? DELETED : ledgerHash('value', utf8(text)))
}
