import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { SnapshotHead } from '@renshe/proof'
import type { PendingSnapshot, StateHead } from './block-commit.ts'
import type { History } from './history.ts'
import { SnapshotJob, snapshotFile } from './snapshot-job.ts'
import { readSnapshotFile, type SnapshotTree } from './snapshot-tree.ts'
import type { StateStore } from './state-store.ts'

/** How many carried snapshots stay: proofs come from the newest, joiners may read the one before. */
const KEPT_SNAPSHOTS = 2

/** The snapshot that is being computed, and the newest one that a header carries. */
export class Snapshots {
  readonly #store: StateStore
  readonly #history: History
  /** Where the files of snapshots lie. */
  readonly folder: string
  #job: SnapshotJob | undefined
  #newest: SnapshotTree | undefined

  constructor(store: StateStore, history: History, folder: string) {
    this.#store = store
    this.#history = history
    this.folder = folder
  }

  /** After a block, or at start: begins what became pending, keeps what was carried. */
  follow({ pending, snapshot }: StateHead): void {
    if (snapshot !== null && this.#job?.tree.height === snapshot.height) {
      this.#newest = this.#job.tree
      this.#job = undefined
      this.#dropOld(snapshot.height)
    }
    if (pending === null || this.#job?.tree.height === pending.height) return
    this.#job?.stop()
    const time = this.#store.header(pending.height)!.time
    this.#job = new SnapshotJob(this.#store, this.#history, this.folder, pending.height, time)
    this.#job.runInSlices()
  }

  /** Count and root of the pending snapshot, computed to its end now. */
  finishPending(): SnapshotHead {
    if (this.#job === undefined) throw new RangeError('no snapshot is pending')
    return this.#job.finish()
  }

  /** The newest snapshot that a header carries, and that header's height. */
  get newest(): { readonly tree: SnapshotTree; readonly carrier: number } | undefined {
    const snapshot = this.#store.head?.snapshot ?? null
    if (snapshot === null) return undefined
    if (this.#newest?.height !== snapshot.height) this.#newest = this.#load(snapshot)
    return this.#newest && { tree: this.#newest, carrier: snapshot.carrier }
  }

  /** Heights of the snapshots whose files are complete, ascending. */
  files(): number[] {
    if (!existsSync(this.folder)) return []
    const heights = readdirSync(this.folder)
      .filter((name) => name.endsWith('.state'))
      .map((name) => Number.parseInt(name, 10))
    return heights.sort((a, b) => a - b)
  }

  stop(): void {
    this.#job?.stop()
    this.#job = undefined
  }

  /** From its file; if that is lost, made again while its height can still be looked at. */
  #load({ height, carrier }: PendingSnapshot): SnapshotTree | undefined {
    const expected = this.#store.header(carrier)?.snapshot
    if (expected === null || expected === undefined) return undefined
    const path = snapshotFile(this.folder, height)
    const tree = existsSync(path) ? readSnapshotFile(path, expected) : undefined
    if (tree !== undefined) return tree
    const time = this.#store.header(height)?.time
    if (time === undefined || height < this.#history.oldestHeight) return undefined
    const job = new SnapshotJob(this.#store, this.#history, this.folder, height, time)
    const { count, root } = job.finish()
    // Spent nonces of that time may be forgotten by now; then the root does not come out.
    return count === expected.count && root === expected.root ? job.tree : undefined
  }

  #dropOld(newest: number): void {
    const old = this.files().filter((height) => height < newest)
    const dropped = old.slice(0, Math.max(0, old.length - (KEPT_SNAPSHOTS - 1)))
    for (const height of dropped) rmSync(join(snapshotFile(this.folder, height)), { force: true })
  }
}
