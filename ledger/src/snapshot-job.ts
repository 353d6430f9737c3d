import { ledgerHash, utf8 } from '@renshe/crypto'
import { encodeKey, type KeyText, keyBytes, spentNonces } from '@renshe/kernel'
import type { SnapshotHead } from '@renshe/proof'
import type { History } from './history.ts'
import { SnapshotBuilder, snapshotFile } from './snapshot-builder.ts'
import type { SnapshotNodes } from './snapshot-nodes.ts'
import { type SpentEntry, spentKey, spentText } from './spent-set.ts'
import type { StateStore } from './state-store.ts'

/** Keys that one slice reads: about a millisecond, so that nobody waits. */
const SLICE_KEYS = 300
/** Before the spent nonces, which are part of the state tree and of no other table. */
export const SPENT_HEAD: KeyText = encodeKey(spentNonces.name, [])

/** A snapshot that is being computed in the background. */
export interface SnapshotJob {
  readonly height: number
  /** Goes on until done, while blocks go on. */
  runInBackground(): void
  /** Completes what is left now: the block that carries the snapshot waits for it. */
  finish(): SnapshotHead
  /** Ends the work for good; resolves when nothing of it is under way any more. */
  stop(): Promise<void>
}

/** Spent nonces that a snapshot holds, in the order of their keys. */
export function spentEntries(store: StateStore, height: number, time: number): SpentEntry[] {
  return [...store.spentAfter(time)]
    .filter((entry) => entry.height <= height)
    .sort((a, b) => (spentKey(a) < spentKey(b) ? -1 : 1))
}

/** Adds an entry of which only the text is at hand. */
export function addText(builder: SnapshotBuilder, key: KeyText, text: string): void {
  const bytes = utf8(text)
  builder.add(keyBytes(key), ledgerHash('value', bytes), bytes)
}

/** Computes the state tree at one height in this thread, in slices between other work: for small states. */
export class SlicedSnapshot implements SnapshotJob {
  readonly height: number
  readonly #history: History
  readonly #spent: readonly SpentEntry[]
  readonly #builder: SnapshotBuilder
  #nodes: SnapshotNodes | undefined
  #from: KeyText = ''
  #isSpentDone = false
  #isStopped = false
  #fault: unknown
  #timer: NodeJS.Immediate | undefined

  /** @param time  time of the block at `height`: spent nonces that ended by then do not count */
  constructor(store: StateStore, history: History, folder: string, height: number, time: number) {
    this.#history = history
    this.height = height
    this.#spent = spentEntries(store, height, time)
    this.#builder = new SnapshotBuilder(height, snapshotFile(folder, height))
  }

  runInBackground(): void {
    if (this.#isStopped || this.#nodes !== undefined || this.#fault !== undefined) return
    this.#timer = setImmediate(() => {
      try {
        this.#slice()
      } catch (error) {
        // Told to the block that needs the root, which is the one that cannot go on.
        this.#fault = error
      }
      this.runInBackground()
    })
  }

  finish(): SnapshotHead {
    clearImmediate(this.#timer)
    if (this.#fault !== undefined) throw this.#fault
    while (this.#nodes === undefined) this.#slice()
    const { count, root } = this.#nodes
    return { height: this.height, count, root }
  }

  async stop(): Promise<void> {
    clearImmediate(this.#timer)
    if (this.#nodes === undefined) this.#builder.abandon()
    this.#isStopped = true
  }

  #slice(): void {
    const state = this.#history.at(this.height)
    if (state === undefined) throw new RangeError('a pending snapshot lost its history')
    let taken = 0
    for (const [key, text] of state.values.range(this.#from, '\u00ff', false)) {
      if (!this.#isSpentDone && key > SPENT_HEAD) this.#takeSpent()
      addText(this.#builder, key, text)
      this.#from = `${key}\u0000`
      taken += 1
      if (taken === SLICE_KEYS) return
    }
    if (!this.#isSpentDone) this.#takeSpent()
    this.#nodes = this.#builder.finish()
  }

  #takeSpent(): void {
    for (const entry of this.#spent) addText(this.#builder, spentKey(entry), spentText(entry))
    this.#isSpentDone = true
  }
}
