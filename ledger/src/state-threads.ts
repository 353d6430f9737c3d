import { Worker } from 'node:worker_threads'
import { type JsonObject, toHex } from '@renshe/crypto'
import type { SnapshotHead } from '@renshe/proof'
import { LedgerFault, type LedgerFaultCode } from './fault.ts'
import type { SnapshotJob } from './snapshot-job.ts'
import { STAGE, type StateTask, TaskBoard } from './state-task.ts'

/** A thread that shows no progress for so long is not waited for any more. */
const STALLED_MS = 60_000

/** One thread with its task; ends by itself. */
class StateThread {
  readonly worker: Worker
  readonly ended: Promise<void>
  #hasEnded = false

  constructor(task: StateTask) {
    this.worker = new Worker(new URL('./state-thread.mjs', import.meta.url), { workerData: task })
    // What it died of it could not tell; whoever waits sees that it did not finish.
    this.worker.on('error', () => undefined)
    this.ended = new Promise((resolve) => {
      this.worker.on('exit', () => {
        this.#hasEnded = true
        resolve()
      })
    })
  }

  /** Waits for its end; it was told to. */
  async end(): Promise<void> {
    if (this.#hasEnded) return
    this.worker.ref()
    await this.ended
  }
}

/** The check of all rows of a store in a thread, while the ledger works. */
export class RowCheck {
  /** What was found: null if every row is as it was written, or the check was ended before it was done. */
  readonly done: Promise<LedgerFault | null>
  readonly #board = new TaskBoard()
  readonly #thread: StateThread

  constructor(stateFolder: string) {
    this.#thread = new StateThread({ kind: 'check', stateFolder, board: this.#board.buffer })
    this.done = this.#thread.ended.then(() => this.#outcome())
  }

  async stop(): Promise<void> {
    this.#board.move(STAGE.waiting, STAGE.cancelled)
    this.#board.move(STAGE.running, STAGE.cancelled)
    await this.#thread.end()
  }

  #outcome(): LedgerFault | null {
    const { stage, text } = this.#board
    if (stage === STAGE.done || stage === STAGE.cancelled) return null
    if (stage === STAGE.failed) return faultOf(text)
    // What could not be checked may be damaged.
    return new LedgerFault('STATE_DAMAGED', { reason: 'the rows could not be checked' })
  }
}

/** Computes the state tree at one height in a thread of its own: for large states. */
export class ThreadedSnapshot implements SnapshotJob {
  readonly height: number
  readonly #board = new TaskBoard()
  readonly #task: StateTask
  readonly #inline: () => SnapshotJob
  #thread: StateThread | undefined

  /** @param inline  the same work in this thread, if the other one cannot do it */
  constructor(
    task: { stateFolder: string; path: string; height: number; time: number },
    inline: () => SnapshotJob,
  ) {
    this.height = task.height
    this.#task = { ...task, kind: 'snapshot', board: this.#board.buffer }
    this.#inline = inline
  }

  runInBackground(): void {
    this.#thread = new StateThread(this.#task)
    // A process that ends does not wait for it: the next one computes it anew.
    this.#thread.worker.unref()
  }

  finish(): SnapshotHead {
    const board = this.#board
    board.move(STAGE.waiting, STAGE.cancelled)
    for (let seen = -1; board.stage === STAGE.running && board.slices !== seen; ) {
      seen = board.slices
      board.waitWhileRunning(STALLED_MS)
    }
    if (board.stage === STAGE.failed) throw faultOf(board.text)
    if (board.stage !== STAGE.done) {
      board.move(STAGE.running, STAGE.cancelled)
      return this.#inline().finish()
    }
    const { count, root } = board.result
    return { height: this.height, count, root: toHex(root) }
  }

  async stop(): Promise<void> {
    this.#board.move(STAGE.waiting, STAGE.cancelled)
    this.#board.move(STAGE.running, STAGE.cancelled)
    await this.#thread?.end()
  }
}

function faultOf(text: string): LedgerFault {
  const { code, facts } = JSON.parse(text) as { code: LedgerFaultCode; facts: JsonObject }
  return new LedgerFault(code, facts)
}
