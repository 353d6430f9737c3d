import { closeSync, fstatSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import { type Bytes, fromUtf8, ledgerHash } from '@renshe/crypto'
import { type KeyText, keyTextOf } from '@renshe/kernel'
import {
  type Absence,
  absenceFrom,
  inclusionPathFrom,
  type MerkleTree,
  merkleTree,
  type NodeReader,
  type SnapshotHead,
  type StateEntry,
  stateLeaf,
} from '@renshe/proof'
import { nodesFile, SnapshotBuilder } from './snapshot-builder.ts'
import { GROUP_ENTRIES, GROUP_LEVEL, SnapshotNodes } from './snapshot-nodes.ts'

/** One key of a snapshot with its value. */
export interface SnapshotEntry {
  readonly key: KeyText
  readonly text: string
}

/** A key that is present in a snapshot, with its place. */
export interface Presence {
  readonly index: number
  readonly valueHash: Bytes
  readonly path: readonly Bytes[]
}

const READ_BYTES = 1024 * 1024
/** The longest head of an entry: length and key. */
const KEY_HEAD_BYTES = 2 + 0xffff

/** Bytes of one entry. */
interface RawEntry {
  readonly key: Bytes
  readonly value: Bytes
}

/** Cuts whole entries off the front of some bytes. @source ledger-bytes.md section 5 */
function cutEntries(bytes: Bytes): { readonly entries: RawEntry[]; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const entries: RawEntry[] = []
  let at = 0
  while (at + 2 <= bytes.length) {
    const keyEnd = at + 2 + view.getUint16(at)
    if (keyEnd + 4 > bytes.length) break
    const end = keyEnd + 4 + view.getUint32(keyEnd)
    if (end > bytes.length) break
    entries.push({ key: bytes.slice(at + 2, keyEnd), value: bytes.slice(keyEnd + 4, end) })
    at = end
  }
  return { entries, end: at }
}

/** Entries of a file in order; ends with null if the file ends inside one. */
function* rawEntriesOf(path: string): Generator<RawEntry | null> {
  const file = openSync(path, 'r')
  try {
    let rest: Bytes = new Uint8Array()
    for (let offset = 0; ; ) {
      const chunk = Buffer.alloc(rest.length + READ_BYTES)
      chunk.set(rest)
      const length = readSync(file, chunk, rest.length, READ_BYTES, offset)
      offset += length
      const bytes = chunk.subarray(0, rest.length + length)
      const { entries, end } = cutEntries(bytes)
      yield* entries
      rest = bytes.subarray(end)
      if (length > 0) continue
      if (rest.length > 0) yield null
      return
    }
  } finally {
    closeSync(file)
  }
}

/** Entries of a snapshot's file, read as it goes. */
export function* snapshotEntries(path: string): Generator<SnapshotEntry> {
  for (const entry of rawEntriesOf(path)) {
    if (entry !== null) yield { key: keyTextOf(entry.key), text: fromUtf8(entry.value) }
  }
}

/** The state tree at one height: proves presence and absence from its files. */
export class SnapshotTree {
  readonly height: number
  readonly #nodes: SnapshotNodes
  readonly #path: string

  constructor(height: number, nodes: SnapshotNodes, path: string) {
    this.height = height
    this.#nodes = nodes
    this.#path = path
  }

  /** Count and root, as a header carries them. */
  get head(): SnapshotHead {
    return { height: this.height, count: this.#nodes.count, root: this.#nodes.root }
  }

  /** Proof that the key is present; undefined if it is not, or the file is not the snapshot any more. */
  presence(key: KeyText): Presence | undefined {
    return this.#reading((reader) => {
      const index = reader.placeOf(key)
      const entry = reader.entry(index)
      if (entry === null || keyTextOf(entry.key) !== key) return undefined
      const path = inclusionPathFrom(reader.node, index, this.#nodes.count)
      return { index, valueHash: entry.valueHash, path }
    })
  }

  /** Proof that the key is absent; undefined if it is present, or the file is not the snapshot any more. */
  absence(key: KeyText): Absence | undefined {
    return this.#reading((reader) => {
      const index = reader.placeOf(key)
      const right = reader.entry(index)
      if (right !== null && keyTextOf(right.key) === key) return undefined
      const left = reader.entry(index - 1)
      return absenceFrom(reader.node, this.#nodes.count, { index, left, right })
    })
  }

  #reading<Result>(work: (reader: GroupReader) => Result): Result | undefined {
    let file: number | undefined
    try {
      file = openSync(this.#path, 'r')
      return work(new GroupReader(this.#nodes, file))
    } catch (error) {
      // Without its file a snapshot proves nothing, and nothing wrong.
      if (error instanceof FileDiffers || (error as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined
      }
      throw error
    } finally {
      if (file !== undefined) closeSync(file)
    }
  }
}

class FileDiffers extends Error {}

interface Group {
  readonly entries: readonly StateEntry[]
  readonly tree: MerkleTree
}

/** Reads groups of entries; each must have the root that the tree has for it. */
class GroupReader {
  readonly #nodes: SnapshotNodes
  readonly #file: number
  readonly #size: number
  readonly #groups = new Map<number, Group>()

  constructor(nodes: SnapshotNodes, file: number) {
    this.#nodes = nodes
    this.#file = file
    this.#size = fstatSync(file).size
  }

  readonly node: NodeReader = (level, index) => {
    if (level >= GROUP_LEVEL) return this.#nodes.tree.node(level - GROUP_LEVEL, index)
    const width = 2 ** (GROUP_LEVEL - level)
    return this.#group(Math.floor(index / width)).tree.node(level, index % width)
  }

  /** The entry at an index; null beyond the ends. */
  entry(index: number): StateEntry | null {
    if (index < 0 || index >= this.#nodes.count) return null
    return this.#group(Math.floor(index / GROUP_ENTRIES)).entries[index % GROUP_ENTRIES]!
  }

  /** Index of the first entry whose key is not below `key`. */
  placeOf(key: KeyText): number {
    let low = 0
    let high = this.#nodes.groups.length
    // The last group whose first key is not above the key.
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#firstKey(middle) <= key) low = middle + 1
      else high = middle
    }
    if (low === 0) return 0
    const { entries } = this.#group(low - 1)
    const within = entries.findIndex((entry) => keyTextOf(entry.key) >= key)
    return (low - 1) * GROUP_ENTRIES + (within < 0 ? entries.length : within)
  }

  #firstKey(group: number): KeyText {
    const known = this.#groups.get(group)
    if (known !== undefined) return keyTextOf(known.entries[0]!.key)
    const head = this.#read(this.#nodes.offsets[group]!, Math.min(KEY_HEAD_BYTES, 512))
    const length = head.length < 2 ? 0 : head.readUInt16BE(0)
    return keyTextOf(head.subarray(2, 2 + length))
  }

  #group(group: number): Group {
    let found = this.#groups.get(group)
    if (found === undefined) {
      const { offsets, groups } = this.#nodes
      const begin = offsets[group]!
      const bytes = this.#read(begin, (offsets[group + 1] ?? this.#size) - begin)
      const { entries: raw, end } = cutEntries(bytes)
      const entries = raw.map(({ key, value }) => ({ key, valueHash: ledgerHash('value', value) }))
      const tree = merkleTree(entries.map((each) => stateLeaf(each.key, each.valueHash)))
      if (end !== bytes.length || !Buffer.from(tree.root).equals(groups[group]!)) {
        throw new FileDiffers()
      }
      found = { entries, tree }
      this.#groups.set(group, found)
    }
    return found
  }

  #read(offset: number, length: number): Buffer {
    const wanted = Math.min(length, this.#size - offset)
    if (!(wanted > 0)) throw new FileDiffers()
    const bytes = Buffer.alloc(wanted)
    if (readSync(this.#file, bytes, 0, wanted, offset) !== wanted) throw new FileDiffers()
    return bytes
  }
}

/**
 * Reads a whole file of entries and computes its tree.
 *
 * @returns undefined unless it has the count and root that a header carries
 */
export function checkSnapshotFile(path: string, expected: SnapshotHead): SnapshotNodes | undefined {
  const builder = new SnapshotBuilder(expected.height, null)
  for (const entry of rawEntriesOf(path)) {
    if (entry === null) return undefined
    builder.add(entry.key, ledgerHash('value', entry.value), entry.value)
  }
  return fitting(builder.finish(), expected)
}

/**
 * Opens a snapshot from its files: by the upper nodes, whose root must be the one that a header carries;
 * without them the whole file is read.
 */
export function openSnapshot(path: string, expected: SnapshotHead): SnapshotTree | undefined {
  const kept = nodesAt(nodesFile(path), expected)
  const nodes = kept ?? checkSnapshotFile(path, expected)
  if (nodes === undefined) return undefined
  if (kept === undefined) keepNodes(nodesFile(path), nodes.encode(expected.height))
  return new SnapshotTree(expected.height, nodes, path)
}

function nodesAt(path: string, expected: SnapshotHead): SnapshotNodes | undefined {
  try {
    const nodes = SnapshotNodes.decode(new Uint8Array(readFileSync(path)), expected.height)
    return nodes && fitting(nodes, expected)
  } catch {
    return undefined
  }
}

function keepNodes(path: string, bytes: Bytes): void {
  try {
    writeFileSync(path, bytes, { flush: true })
  } catch {
    // They are made again at the next start.
  }
}

function fitting(nodes: SnapshotNodes, { count, root }: SnapshotHead): SnapshotNodes | undefined {
  return nodes.count === count && nodes.root === root ? nodes : undefined
}
