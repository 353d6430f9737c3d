// budget: one store: what a block puts into it and what is read out of it belong together.
import { mkdirSync } from 'node:fs'
import {
  type Bytes,
  equalBytes,
  fromHex,
  fromUtf8,
  type JsonObject,
  toHex,
  utf8,
} from '@renshe/crypto'
import {
  type AnyCollection,
  decodeKey,
  indexEntries,
  type KeyText,
  type StateSource,
  type StoreFault,
} from '@renshe/kernel'
import { type Header, LogFrontier, parseHeader } from '@renshe/proof'
import { open, type RootDatabase } from 'lmdb'
import {
  type BlockChange,
  decodeUndo,
  decodeWrites,
  encodeUndo,
  encodeWrites,
  type StoredWrite,
} from './block-changes.ts'
import type { BlockCommit, StateHead } from './block-commit.ts'
import {
  CheckedTable,
  EMPTY_SUM,
  storeFault,
  type Table,
  type TableHealth,
  type TableSum,
} from './checked-table.ts'
import type { SpentEntry } from './spent-set.ts'
import {
  END_OF_KEYS,
  heightKey,
  keyBuffer,
  mapOf,
  nodeKey,
  placeKey,
  spentOf,
  spentRowKey,
} from './state-keys.ts'
import {
  decodeResult,
  decodeRow,
  encodeResult,
  encodeRow,
  heightBytes,
  heightOf,
  resultOfRow,
  type StoredResult,
  textOfRow,
  type ValueRow,
} from './state-rows.ts'

/** Headers that are kept as they were read: the newest is asked for by every query. */
const READ_HEADERS = 64
const HEAD_KEY = Buffer.from('head')
const FRONTIER_KEY = Buffer.from('frontier')
const GENESIS_KEY = Buffer.from('genesis')
/** The state at the newest height and everything proofs are made of: made from the log at any time. */
export class StateStore {
  readonly source: StateSource
  /** Where it lies. */
  readonly folder: string
  readonly #env: RootDatabase<Buffer, Buffer>
  readonly #meta: CheckedTable
  readonly #values: CheckedTable
  readonly #indexes: CheckedTable
  /** Deleted keys, with the height of the deletion. */
  readonly #deleted: CheckedTable
  readonly #headers: CheckedTable
  readonly #results: CheckedTable
  readonly #places: CheckedTable
  readonly #writes: CheckedTable
  readonly #undo: CheckedTable
  readonly #nodes: CheckedTable
  readonly #spent: CheckedTable
  readonly #proofs: CheckedTable
  readonly #policies: CheckedTable
  readonly #counted: CheckedTable[] = []
  readonly #health: TableHealth = { fault: undefined }
  readonly #readHeaders = new Map<number, { readonly bytes: Bytes; readonly header: Header }>()
  #head: StateHead | undefined

  /**
   * Opens the store in a folder; makes an empty one if there is none.
   *
   * @param isReadOnly  for a thread that reads beside the one that writes
   */
  constructor(folder: string, { isReadOnly = false } = {}) {
    this.folder = folder
    mkdirSync(folder, { recursive: true })
    const binary = { encoding: 'binary', keyEncoding: 'binary' } as const
    const own = { path: folder, maxDbs: 16, noSubdir: false, readOnly: isReadOnly }
    this.#env = open<Buffer, Buffer>({ ...own, ...binary })
    const openTable = (name: string): CheckedTable => {
      const table = this.#env.openDB<Buffer, Buffer>({ name, ...binary }) as Table
      return new CheckedTable(name, table, this.#health)
    }
    const table = (name: string): CheckedTable => {
      const counted = openTable(name)
      this.#counted.push(counted)
      return counted
    }
    this.#meta = openTable('meta')
    this.#values = table('values')
    this.#indexes = table('indexes')
    this.#deleted = table('deleted')
    this.#headers = table('headers')
    this.#results = table('results')
    this.#places = table('places')
    this.#writes = table('writes')
    this.#undo = table('undo')
    this.#nodes = table('nodes')
    this.#spent = table('spent')
    this.#proofs = table('proofs')
    this.#policies = table('policies')
    this.source = {
      values: mapOf(this.#values, textOfRow),
      indexes: mapOf(this.#indexes, (row) => Buffer.from(row).toString('latin1')),
    }
    this.#loadHead()
    if (this.#head === undefined && !isReadOnly) this.#clear()
  }

  /** Looks at the newest commit of the thread that writes. */
  follow(): void {
    this.#env.resetReadTxn()
    this.#loadHead()
  }

  /** From now on nothing is read or written any more: the store is known to be damaged. */
  fail(fault: StoreFault): void {
    this.#health.fault = fault
  }

  /** How many keys have a value. */
  get valueRows(): number {
    return this.#values.sum.rows
  }

  /** Rows of all tables whose rows are counted. */
  get rows(): number {
    return this.#counted.reduce((count, { sum }) => count + sum.rows, 0)
  }

  /** Where the state stands; undefined before block 0. */
  get head(): StateHead | undefined {
    return this.#head
  }

  /** Hash of the genesis document of the chain that the store holds. */
  get genesisHash(): string | undefined {
    const bytes = this.#meta.get(GENESIS_KEY)
    return bytes && toHex(bytes)
  }

  /** Frontier of the header log up to and with the newest header. */
  get frontier(): LogFrontier {
    const bytes = this.#meta.get(FRONTIER_KEY)
    return bytes === undefined ? new LogFrontier() : LogFrontier.fromBytes(bytes)
  }

  /** Stores one block in one transaction: all of it, or nothing. */
  commit(block: BlockCommit, genesisHash: Bytes): void {
    if (this.#health.fault !== undefined) throw this.#health.fault
    const sums = this.#counted.map(({ sum }) => sum)
    try {
      this.#env.transactionSync(() => {
        this.#putState(block)
        this.#putHistory(block)
        this.#putHead(block.head)
        this.#meta.putUncounted(FRONTIER_KEY, block.frontier.toBytes())
        this.#meta.putUncounted(GENESIS_KEY, genesisHash)
      })
    } catch (error) {
      this.#counted.forEach((table, i) => {
        table.restoreSum(sums[i]!)
      })
      throw error
    }
    this.#head = block.head
  }

  /** Notes a new engine height without a block. */
  noteEngineHeight(engineHeight: bigint): void {
    if (this.#head === undefined) return
    const head = { ...this.#head, engineHeight: engineHeight.toString() }
    this.#env.transactionSync(() => this.#putHead(head))
    this.#head = head
  }

  /** The stored row behind a state key: value, hash and the height that wrote it. */
  row(key: KeyText): ValueRow | undefined {
    const bytes = this.#values.get(keyBuffer(key))
    return bytes && decodeRow(bytes)
  }

  /** Height of the newest write or deletion of a key; −1 if it was never written. */
  lastWrite(key: KeyText): number {
    const row = this.#values.get(keyBuffer(key))
    return row === undefined ? this.lastDeletion(key) : heightOf(row)
  }

  /** The same for a key that is known to hold no value: it need not be looked for again. */
  lastDeletion(key: KeyText): number {
    const deleted = this.#deleted.get(keyBuffer(key))
    return deleted === undefined ? -1 : heightOf(deleted)
  }

  /** Value hashes in key order, from a key on. */
  *hashesFrom(from: KeyText): IterableIterator<readonly [KeyText, ValueRow]> {
    for (const [key, row] of this.#values.range(keyBuffer(from), END_OF_KEYS)) {
      yield [key.toString('latin1'), decodeRow(row)]
    }
  }

  /** Rows of values as they are stored, in key order, from a stored key on. */
  rowsFrom(from: Buffer): IterableIterator<[Buffer, Bytes]> {
    return this.#values.range(from, END_OF_KEYS)
  }

  headerBytes(height: number): Bytes | undefined {
    return this.#headers.get(heightKey(height))
  }

  header(height: number): Header | undefined {
    const bytes = this.headerBytes(height)
    if (bytes === undefined) return undefined
    const read = this.#readHeaders.get(height)
    // The row was read and checked all the same; only taking it apart is spared.
    if (read !== undefined && equalBytes(read.bytes, bytes)) return read.header
    const own = Uint8Array.from(bytes)
    const header = parseHeader(own)
    if (this.#readHeaders.size >= READ_HEADERS) this.#readHeaders.clear()
    this.#readHeaders.set(height, { bytes: own, header })
    return header
  }

  /** Where a transaction is; undefined if no block includes it. */
  placeOf(txId: Bytes): { readonly height: number; readonly index: number } | undefined {
    const bytes = this.#places.get(Buffer.from(txId))
    if (bytes === undefined) return undefined
    return { height: heightOf(bytes), index: bytes[6]! * 256 + bytes[7]! }
  }

  result(height: number, index: number): StoredResult | undefined {
    const bytes = this.#results.get(placeKey(height, index))
    return bytes && decodeResult(bytes)
  }

  /** All results of a block, in order. */
  results(height: number): StoredResult[] {
    return this.#resultRows(height, decodeResult)
  }

  /** All results of a block without their events, in order. */
  bareResults(height: number): Bytes[] {
    return this.#resultRows(height, resultOfRow)
  }

  #resultRows<Result>(height: number, read: (row: Bytes) => Result): Result[] {
    const rows = this.#results.range(placeKey(height, 0), placeKey(height + 1, 0))
    const results = Array.from(rows, ([, row]) => read(row))
    const isKnown = height > (this.#head?.base ?? -1)
    if (isKnown && results.length !== (this.header(height)?.txCount ?? 0)) {
      throw storeFault({ table: 'results', height })
    }
    return results
  }

  /** Writes of a block, ascending by key. */
  writes(height: number): StoredWrite[] {
    const bytes = this.#writes.get(heightKey(height))
    const { height: newest = -1, base = -1 } = this.#head ?? {}
    if (bytes === undefined && height > base && height <= newest) {
      throw storeFault({ table: 'writes', height })
    }
    return bytes === undefined ? [] : decodeWrites(bytes)
  }

  /** What the keys of a block held before it; undefined if no longer kept. */
  undo(height: number): Pick<BlockChange, 'key' | 'before'>[] | undefined {
    const bytes = this.#undo.get(heightKey(height))
    return bytes && decodeUndo(bytes)
  }

  /** Oldest height whose undo record is kept. */
  get oldestUndo(): number {
    for (const [key] of this.#undo.range(heightKey(0), END_OF_KEYS)) return heightOf(key)
    return (this.#head?.height ?? -1) + 1
  }

  /** Hash of a complete subtree of the header log. */
  node(level: number, index: number): Bytes {
    const hash = this.#nodes.get(nodeKey(level, index))
    if (hash === undefined) throw storeFault({ table: 'nodes', level, index })
    return Uint8Array.from(hash)
  }

  /** Spent nonces in order of expiry, from those that end after `time`. */
  *spentAfter(time: number): IterableIterator<SpentEntry> {
    for (const [key, row] of this.#spent.range(heightKey(time + 1), END_OF_KEYS)) {
      yield spentOf(key, row)
    }
  }

  /** Keeps a finality proof (JCS) of a height. */
  putProof(height: number, proof: Bytes): void {
    this.#env.transactionSync(() => {
      this.#proofs.put(heightKey(height), proof)
      if (this.#head !== undefined) this.#putHead(this.#head)
    })
  }

  /** The proof of a height; undefined if none is kept. */
  proof(height: number): JsonObject | undefined {
    const bytes = this.#proofs.get(heightKey(height))
    return bytes && (JSON.parse(fromUtf8(bytes)) as JsonObject)
  }

  /** Newest height that a proof is kept of; undefined if none. */
  get newestProof(): number | undefined {
    for (const [key] of this.#proofs.range(heightKey(0), END_OF_KEYS, true)) return heightOf(key)
    return undefined
  }

  /** Heights that a proof is kept of, ascending. */
  *proofHeights(): IterableIterator<number> {
    for (const [key] of this.#proofs.range(heightKey(0), END_OF_KEYS)) yield heightOf(key)
  }

  /** JCS of a policy that some header names. */
  policy(hash: string): Bytes | undefined {
    return this.#policies.get(Buffer.from(fromHex(hash)))
  }

  /** Makes the index table anew from the values, as the collections declare. */
  reindex(collections: readonly AnyCollection[], indexedFor: string): void {
    const declared = new Map(collections.map((collection) => [collection.name, collection]))
    this.#env.transactionSync(() => {
      this.#indexes.clear()
      for (const [key, row] of this.#values.range(Buffer.alloc(1), END_OF_KEYS)) {
        const { collection: name, parts } = decodeKey(key.toString('latin1'))
        const collection = declared.get(name)
        if (collection === undefined) continue
        const value: unknown = JSON.parse(textOfRow(row))
        for (const entry of indexEntries(collection, parts, value)) {
          this.#indexes.put(keyBuffer(entry), key)
        }
      }
      if (this.#head !== undefined) this.#putHead({ ...this.#head, indexedFor })
    })
    if (this.#head !== undefined) this.#head = { ...this.#head, indexedFor }
  }

  /**
   * Reads every row of every table and compares them with the sums of the newest commit.
   *
   * @throws StoreFault naming table and key
   */
  checkRows(): void {
    for (const table of this.#counted) table.check()
  }

  /** The same, table by table: between two the view may be renewed. */
  tableChecks(shouldStop: () => boolean): (() => void)[] {
    return this.#counted.map((table) => () => table.check(shouldStop))
  }

  async close(): Promise<void> {
    await this.#env.flushed
    await this.#env.close()
  }

  /** Rows without a head were left by a commit that never was. */
  #clear(): void {
    for (const table of this.#counted) table.clear()
  }

  #loadHead(): void {
    const bytes = this.#meta.get(HEAD_KEY)
    if (bytes === undefined) return
    const { sums, ...head } = JSON.parse(fromUtf8(bytes)) as StateHead & { sums: TableSum[] }
    this.#head = head
    this.#counted.forEach((table, i) => {
      table.restoreSum(sums[i] ?? EMPTY_SUM)
    })
  }

  #putHead(head: StateHead): void {
    const sums = this.#counted.map(({ sum }) => sum)
    this.#meta.putUncounted(HEAD_KEY, utf8(JSON.stringify({ ...head, sums })))
  }

  #putState({ head, layer, changes, spent, spentUntil }: BlockCommit): void {
    for (const { key, text, hash, before } of changes) {
      const stored = keyBuffer(key)
      if (text !== null) {
        this.#values.put(stored, encodeRow({ height: head.height, hash, text }))
        if (before === null) this.#deleted.remove(stored)
      } else {
        this.#values.remove(stored)
        this.#deleted.put(stored, heightBytes(head.height))
      }
    }
    for (const [entry, key] of layer.indexes.changes()) {
      if (key === null) this.#indexes.remove(keyBuffer(entry))
      else this.#indexes.put(keyBuffer(entry), keyBuffer(key))
    }
    for (const entry of spent) {
      this.#spent.append(spentRowKey(entry), heightBytes(entry.height))
    }
    for (const [key] of [...this.#spent.range(heightKey(0), heightKey(spentUntil + 1))]) {
      this.#spent.remove(key)
    }
  }

  #putHistory(block: BlockCommit): void {
    const { height } = block.head
    this.#headers.append(heightKey(height), block.headerBytes)
    block.results.forEach(({ txId, ...result }, index) => {
      this.#results.append(placeKey(height, index), encodeResult(result))
      this.#places.append(Buffer.from(txId), placeKey(height, index))
    })
    if (height > block.head.base) {
      this.#writes.append(heightKey(height), encodeWrites(block.changes))
      this.#undo.append(heightKey(height), encodeUndo(block.changes))
    }
    for (const [key] of [...this.#undo.range(heightKey(0), heightKey(block.oldestUndo))]) {
      this.#undo.remove(key)
    }
    for (const { level, index, hash } of block.closedNodes) {
      this.#nodes.append(nodeKey(level, index), hash)
    }
    if (block.policy !== null) {
      this.#policies.put(Buffer.from(block.policy.hash), block.policy.bytes)
    }
  }
}
