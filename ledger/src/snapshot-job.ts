import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Bytes, concatBytes } from '@renshe/crypto'
import { encodeKey, type KeyText, spentNonces } from '@renshe/kernel'
import type { SnapshotHead } from '@renshe/proof'
import type { History } from './history.ts'
import { encodeEntry, type SnapshotEntry, SnapshotTree } from './snapshot-tree.ts'
import { type SpentEntry, spentKey, spentText } from './spent-set.ts'
import type { StateStore } from './state-store.ts'

/** Keys that one slice reads: about a millisecond, so that nobody waits. */
const SLICE_KEYS = 300
const SPENT_HEAD = encodeKey(spentNonces.name, [])

/** File of a snapshot in its folder. */
export function snapshotFile(folder: string, height: number): string {
  return join(folder, `${String(height).padStart(12, '0')}.state`)
}

/**
 * Computes the state tree at one height while later blocks go on: in slices, or at once when the
 * block that carries it comes first.
 */
export class SnapshotJob {
  readonly tree: SnapshotTree
  readonly #history: History
  readonly #spent: readonly SpentEntry[]
  readonly #file: SnapshotWriter
  #from: KeyText = ''
  #isSpentDone = false
  #isDone = false
  #fault: unknown
  #timer: NodeJS.Immediate | undefined

  /** @param time  time of the block at `height`: spent nonces that ended by then do not count */
  constructor(store: StateStore, history: History, folder: string, height: number, time: number) {
    this.#history = history
    this.tree = new SnapshotTree(height)
    const spent = [...store.spentAfter(time)].filter((entry) => entry.height <= height)
    this.#spent = spent.sort((a, b) => (spentKey(a) < spentKey(b) ? -1 : 1))
    this.#file = new SnapshotWriter(snapshotFile(folder, height))
  }

  /** Goes on in the background until done. */
  runInSlices(): void {
    if (this.#isDone || this.#fault !== undefined) return
    this.#timer = setImmediate(() => {
      try {
        this.#slice()
      } catch (error) {
        // Told to the block that needs the root, which is the one that cannot go on.
        this.#fault = error
      }
      this.runInSlices()
    })
  }

  /** Completes what is left now: the block that carries the snapshot waits for it. */
  finish(): SnapshotHead {
    clearImmediate(this.#timer)
    if (this.#fault !== undefined) throw this.#fault
    while (!this.#isDone) this.#slice()
    return this.tree.head
  }

  /** Ends the work in the background for good. */
  stop(): void {
    clearImmediate(this.#timer)
    if (!this.#isDone) this.#file.abandon()
    this.#isDone = true
  }

  #slice(): void {
    if (this.#isDone) return
    const state = this.#history.at(this.tree.height)
    if (state === undefined) throw new RangeError('a pending snapshot lost its history')
    let taken = 0
    for (const [key, text] of state.values.range(this.#from, '\u00ff', false)) {
      if (!this.#isSpentDone && key > SPENT_HEAD) this.#takeSpent()
      this.#take({ key, text })
      this.#from = `${key}\u0000`
      taken += 1
      if (taken === SLICE_KEYS) {
        this.#file.flush()
        return
      }
    }
    if (!this.#isSpentDone) this.#takeSpent()
    this.#isDone = true
    this.#file.complete()
  }

  /** Spent nonces are part of the state tree and of no other table. */
  #takeSpent(): void {
    for (const entry of this.#spent) this.#take({ key: spentKey(entry), text: spentText(entry) })
    this.#isSpentDone = true
  }

  #take(entry: SnapshotEntry): void {
    this.tree.add(entry)
    this.#file.add(encodeEntry(entry))
  }
}

/**
 * Writes the file of a snapshot. A disk that refuses costs the file, which joiners and status proofs
 * after a restart would use, and never the root that the chain waits for.
 */
class SnapshotWriter {
  readonly #path: string
  #file: number | undefined
  #parts: Bytes[] = []

  constructor(path: string) {
    this.#path = path
    this.#attempt(() => {
      mkdirSync(dirname(path), { recursive: true })
      this.#file = openSync(`${path}.part`, 'w')
    })
  }

  add(part: Bytes): void {
    this.#parts.push(part)
  }

  flush(): void {
    const bytes = concatBytes(...this.#parts)
    this.#parts = []
    const file = this.#file
    if (file === undefined) return
    this.#attempt(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    })
  }

  complete(): void {
    this.flush()
    const file = this.#file
    if (file === undefined) return
    this.#attempt(() => {
      fsyncSync(file)
      closeSync(file)
      this.#file = undefined
      renameSync(`${this.#path}.part`, this.#path)
    })
  }

  abandon(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }

  #attempt(write: () => void): void {
    try {
      write()
    } catch {
      this.abandon()
    }
  }
}
