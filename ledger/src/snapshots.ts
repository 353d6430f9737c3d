import { existsSync, readdirSync, rmSync } from 'node:fs'
import type { SnapshotHead } from '@renshe/proof'
import type { PendingSnapshot, StateHead } from './block-commit.ts'
import type { History } from './history.ts'
import { nodesFile, snapshotFile } from './snapshot-builder.ts'
import { SlicedSnapshot, type SnapshotJob } from './snapshot-job.ts'
import { openSnapshot, type SnapshotTree } from './snapshot-tree.ts'
import type { StateStore } from './state-store.ts'
import { ThreadedSnapshot } from './state-threads.ts'

/** How many carried snapshots stay: proofs come from the newest, joiners may read the one before. */
const KEPT_SNAPSHOTS = 2
/** A state of more rows is read in a thread of its own. */
const SLICED_ROWS = 50_000

/** The snapshot that is being computed, and the newest one that a header carries. */
export class Snapshots {
  readonly #store: StateStore
  readonly #history: History
  /** Where the files of snapshots lie. */
  readonly folder: string
  readonly #slicedRows: number
  readonly #ending = new Set<Promise<void>>()
  #job: SnapshotJob | undefined
  #newest: SnapshotTree | undefined

  /** @param slicedRows  a state of more rows is read in a thread of its own */
  constructor(store: StateStore, history: History, folder: string, slicedRows = SLICED_ROWS) {
    this.#store = store
    this.#history = history
    this.folder = folder
    this.#slicedRows = slicedRows
  }

  /** After a block, or at start: begins what became pending, keeps what was carried. */
  follow({ pending, snapshot }: StateHead): void {
    if (snapshot !== null && this.#job?.height === snapshot.height) {
      this.#end(this.#job)
      this.#job = undefined
      this.#dropOld(snapshot.height)
    }
    if (pending === null || this.#job?.height === pending.height) return
    if (this.#job !== undefined) this.#end(this.#job)
    this.#job = this.#jobOf(pending.height)
    this.#job.runInBackground()
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

  /** Ends the work in the background. */
  stop(): void {
    if (this.#job !== undefined) this.#end(this.#job)
    this.#job = undefined
  }

  /** Resolves when no thread reads the store any more. */
  async ended(): Promise<void> {
    await Promise.all(this.#ending)
  }

  #end(job: SnapshotJob): void {
    const ending = job.stop().finally(() => this.#ending.delete(ending))
    this.#ending.add(ending)
  }

  #jobOf(height: number): SnapshotJob {
    const time = this.#store.header(height)!.time
    const sliced = (): SlicedSnapshot =>
      new SlicedSnapshot(this.#store, this.#history, this.folder, height, time)
    if (this.#store.valueRows <= this.#slicedRows) return sliced()
    const path = snapshotFile(this.folder, height)
    return new ThreadedSnapshot({ stateFolder: this.#store.folder, path, height, time }, sliced)
  }

  /** From its files; if they are lost, made again while its height can still be looked at. */
  #load({ height, carrier }: PendingSnapshot): SnapshotTree | undefined {
    const expected = this.#store.header(carrier)?.snapshot
    if (expected === null || expected === undefined) return undefined
    const path = snapshotFile(this.folder, height)
    const tree = existsSync(path) ? openSnapshot(path, expected) : undefined
    if (tree !== undefined) return tree
    const time = this.#store.header(height)?.time
    if (time === undefined || height < this.#history.oldestHeight) return undefined
    new SlicedSnapshot(this.#store, this.#history, this.folder, height, time).finish()
    // Spent nonces of that time may be forgotten by now; then the root does not come out.
    return existsSync(path) ? openSnapshot(path, expected) : undefined
  }

  #dropOld(newest: number): void {
    const old = this.files().filter((height) => height < newest)
    const dropped = old.slice(0, Math.max(0, old.length - (KEPT_SNAPSHOTS - 1)))
    for (const height of dropped) {
      const path = snapshotFile(this.folder, height)
      rmSync(path, { force: true })
      rmSync(nodesFile(path), { force: true })
    }
  }
}
