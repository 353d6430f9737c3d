import type { Bytes } from '@renshe/crypto'
import { type KeyText, keyTextOf } from '@renshe/kernel'
import type { SnapshotBuilder } from './snapshot-builder.ts'
import { addText, SPENT_HEAD, spentEntries } from './snapshot-job.ts'
import { spentKey, spentText } from './spent-set.ts'
import { hashOfRow, textBytesOfRow } from './state-rows.ts'
import type { StateStore } from './state-store.ts'

/** Rows of one slice: between two the view of the store is renewed, so that it keeps no old pages. */
const SLICE_ROWS = 4_096

/**
 * Reads the state of one height from a store that goes on: rows as they are, except where a later
 * block changed them; then what that block found there.
 */
export class SnapshotScan {
  readonly #store: StateStore
  readonly #height: number
  readonly #time: number
  readonly #builder: SnapshotBuilder
  /** What keys held at the height that later blocks changed; null: absent. */
  readonly #held = new Map<KeyText, string | null>()
  /** Of those, the ones that were present and are still to come, ascending. */
  #restored: (readonly [KeyText, string])[] = []
  #followed: number
  #from: Buffer = Buffer.alloc(1)
  #last: KeyText = ''
  #isSpentDone = false

  /** @param store  of which every slice sees the newest commit */
  constructor(store: StateStore, height: number, time: number, builder: SnapshotBuilder) {
    this.#store = store
    this.#height = height
    this.#time = time
    this.#builder = builder
    this.#followed = height
  }

  /** Takes the next rows; false if there are no more. */
  slice(): boolean {
    this.#follow()
    let taken = 0
    for (const [key, row] of this.#store.rowsFrom(this.#from)) {
      this.#takeRow(key, row)
      taken += 1
      if (taken === SLICE_ROWS) {
        this.#from = Buffer.concat([key, Buffer.alloc(1)])
        return true
      }
    }
    this.#restoreUpTo(null)
    if (!this.#isSpentDone) this.#takeSpent()
    return false
  }

  /** Learns what the blocks since the last slice changed. */
  #follow(): void {
    this.#store.follow()
    const newest = this.#store.head?.height ?? -1
    if (this.#followed === newest) return
    for (; this.#followed < newest; this.#followed++) {
      const undone = this.#store.undo(this.#followed + 1)
      if (undone === undefined) throw new RangeError('a pending snapshot lost its history')
      for (const { key, before } of undone) {
        if (key > this.#last && !this.#held.has(key)) this.#held.set(key, before)
      }
    }
    const present = [...this.#held].filter(([key, text]) => text !== null && key > this.#last)
    this.#restored = (present as [KeyText, string][]).sort(([a], [b]) => (a < b ? -1 : 1))
  }

  #takeRow(key: Buffer, row: Bytes): void {
    const text = keyTextOf(key)
    if (this.#restored.length > 0) this.#restoreUpTo(text)
    if (!this.#isSpentDone && text > SPENT_HEAD) this.#takeSpent()
    this.#last = text
    // What a later block changed was restored above, or was absent at the height.
    if (!this.#held.has(text)) this.#builder.add(key, hashOfRow(row), textBytesOfRow(row))
  }

  /** Adds what was present at the height, up to and with a key; null: all that is left. */
  #restoreUpTo(key: KeyText | null): void {
    let taken = 0
    for (const [restored, text] of this.#restored) {
      if (key !== null && restored > key) break
      if (!this.#isSpentDone && restored > SPENT_HEAD) this.#takeSpent()
      addText(this.#builder, restored, text)
      taken += 1
    }
    if (taken > 0) this.#restored = this.#restored.slice(taken)
  }

  #takeSpent(): void {
    for (const entry of spentEntries(this.#store, this.#height, this.#time)) {
      addText(this.#builder, spentKey(entry), spentText(entry))
    }
    this.#isSpentDone = true
  }
}
