import {
  closeSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Bytes } from '@renshe/crypto'
import { stateLeaf, treeRoot } from '@renshe/proof'
import { GROUP_ENTRIES, SnapshotNodes } from './snapshot-nodes.ts'

const CHUNK_BYTES = 1024 * 1024
/** What was written is synced this often, so that the disk is not flooded at the end. */
const SYNC_BYTES = 32 * 1024 * 1024

/** File of a snapshot's entries in its folder. */
export function snapshotFile(folder: string, height: number): string {
  return join(folder, `${String(height).padStart(12, '0')}.state`)
}

/** File of the upper nodes beside a file of entries. */
export function nodesFile(stateFile: string): string {
  return stateFile.replace(/\.state$/, '.nodes')
}

/** Makes the state tree of one height from its entries, in key order, and writes the files if asked to. */
export class SnapshotBuilder {
  readonly #height: number
  readonly #writer: EntryWriter | null
  readonly #groups: Bytes[] = []
  readonly #offsets: number[] = []
  #leaves: Bytes[] = []
  #count = 0
  #bytes = 0

  /** @param path  file of the entries; null: only the tree is wanted */
  constructor(height: number, path: string | null) {
    this.#height = height
    this.#writer = path === null ? null : new EntryWriter(path)
  }

  /** Adds the next entry; keys must come in ascending order. */
  add(key: Bytes, valueHash: Bytes, text: Bytes): void {
    if (this.#leaves.length === 0) this.#offsets.push(this.#bytes)
    this.#leaves.push(stateLeaf(key, valueHash))
    this.#count += 1
    this.#bytes += 6 + key.length + text.length
    this.#writer?.add(key, text)
    if (this.#leaves.length === GROUP_ENTRIES) this.#closeGroup()
  }

  /** Closes the tree and makes the files durable; a disk that refuses costs the files alone. */
  finish(): SnapshotNodes {
    if (this.#leaves.length > 0) this.#closeGroup()
    const nodes = new SnapshotNodes(this.#count, this.#groups, this.#offsets)
    this.#writer?.complete(nodes.encode(this.#height))
    return nodes
  }

  abandon(): void {
    this.#writer?.abandon()
  }

  #closeGroup(): void {
    this.#groups.push(treeRoot(this.#leaves))
    this.#leaves = []
  }
}

/**
 * Writes the files of a snapshot. A disk that refuses costs the files, which joiners and status proofs
 * use, and never the root that the chain waits for.
 */
class EntryWriter {
  readonly #path: string
  readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  #file: number | undefined
  #filled = 0
  #unsynced = 0

  constructor(path: string) {
    this.#path = path
    this.#attempt(() => {
      mkdirSync(dirname(path), { recursive: true })
      this.#file = openSync(`${path}.part`, 'w')
    })
  }

  /** `u16 ‖ key ‖ u32 ‖ value`. @source ledger-bytes.md section 5 */
  add(key: Bytes, text: Bytes): void {
    if (this.#file === undefined) return
    if (this.#filled + 6 + key.length + text.length > CHUNK_BYTES) this.#flush()
    const chunk = this.#chunk
    let at = chunk.writeUInt16BE(key.length, this.#filled)
    chunk.set(key, at)
    at = chunk.writeUInt32BE(text.length, at + key.length)
    chunk.set(text, at)
    this.#filled = at + text.length
  }

  complete(nodes: Bytes): void {
    this.#flush()
    const file = this.#file
    if (file === undefined) return
    this.#attempt(() => {
      fdatasyncSync(file)
      closeSync(file)
      this.#file = undefined
      writeFileSync(nodesFile(this.#path), nodes, { flush: true })
      renameSync(`${this.#path}.part`, this.#path)
    })
  }

  abandon(): void {
    if (this.#file === undefined) return
    closeSync(this.#file)
    this.#file = undefined
    rmSync(`${this.#path}.part`, { force: true })
  }

  #flush(): void {
    const file = this.#file
    if (file === undefined) return
    this.#attempt(() => {
      for (let at = 0; at < this.#filled; )
        at += writeSync(file, this.#chunk, at, this.#filled - at)
      this.#unsynced += this.#filled
      this.#filled = 0
      if (this.#unsynced < SYNC_BYTES) return
      fdatasyncSync(file)
      this.#unsynced = 0
    })
  }

  #attempt(write: () => void): void {
    try {
      write()
    } catch {
      this.abandon()
    }
  }
}
