import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { OpenSignature } from '../judge-bundle.ts'
import { jobHolds, jobOf, type SignatureJob } from './signature-job.ts'

/** A batch is sent when it has this many signatures, or when the turn ends. */
const BATCH_SIGNATURES = 64
/** Fewer than this at once are verified in the calling thread: handing them over costs more. */
const INLINE_SIGNATURES = 8

interface Waiting {
  readonly job: SignatureJob
  readonly settle: (holds: boolean) => void
}

interface Thread {
  readonly worker: Worker
  readonly batches: Map<number, readonly Waiting[]>
}

/** Verifies signatures in worker threads, in batches; small loads in the calling thread. */
export class SignaturePool {
  #size: number
  readonly #threads: Thread[] = []
  #waiting: Waiting[] = []
  #isFlushing = false
  #nextBatch = 0
  #isClosed = false

  /** @param size  threads; one less than there are cores, at least one, if left out */
  constructor(size = Math.max(1, availableParallelism() - 1)) {
    this.#size = size
  }

  /** Whether the signature holds under the keys it was resolved to. */
  verify(open: OpenSignature): Promise<boolean> {
    return new Promise((settle) => {
      this.#waiting.push({ job: jobOf(open), settle })
      if (this.#isFlushing) return
      this.#isFlushing = true
      setImmediate(() => this.#flush())
    })
  }

  /** How many threads are at work. */
  get threads(): number {
    return this.#threads.length
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()))
  }

  #flush(): void {
    this.#isFlushing = false
    const waiting = this.#waiting
    this.#waiting = []
    if (waiting.length < INLINE_SIGNATURES || this.#size === 0 || this.#isClosed) {
      verifyHere(waiting)
      return
    }
    for (let at = 0; at < waiting.length; at += BATCH_SIGNATURES) {
      this.#send(waiting.slice(at, at + BATCH_SIGNATURES))
    }
  }

  #send(batch: readonly Waiting[]): void {
    const thread = this.#leastBusy()
    const id = this.#nextBatch++
    thread.batches.set(id, batch)
    thread.worker.postMessage({ batch: id, jobs: batch.map(({ job }) => job) })
  }

  #leastBusy(): Thread {
    const [best] = [...this.#threads].sort((a, b) => a.batches.size - b.batches.size)
    const isIdle = best !== undefined && best.batches.size === 0
    if (best !== undefined && (isIdle || this.#threads.length >= this.#size)) return best
    const thread: Thread = { worker: startWorker(), batches: new Map() }
    this.#threads.push(thread)
    thread.worker.unref()
    thread.worker.on('message', ({ batch, holds }: { batch: number; holds: Uint8Array }) => {
      const waiting = thread.batches.get(batch) ?? []
      thread.batches.delete(batch)
      waiting.forEach(({ settle }, i) => {
        settle(holds[i] === 1)
      })
    })
    const replace = (): void => this.#drop(thread)
    thread.worker.on('error', replace)
    thread.worker.on('exit', replace)
    return thread
  }

  /** A thread that ended: what it had taken is verified here, and it is not replaced. */
  #drop(thread: Thread): void {
    const at = this.#threads.indexOf(thread)
    if (at < 0) return
    this.#threads.splice(at, 1)
    this.#size -= 1
    const batches = [...thread.batches.values()]
    thread.batches.clear()
    for (const waiting of batches) verifyHere(waiting)
  }
}

function verifyHere(waiting: readonly Waiting[]): void {
  for (const { job, settle } of waiting) settle(jobHolds(job))
}

function startWorker(): Worker {
  const { typescript } = process.features as { typescript?: string | false }
  const script = typeof typescript === 'string' ? 'signature-worker.ts' : 'signature-thread.mjs'
  return new Worker(new URL(`./${script}`, import.meta.url), { execArgv: [] })
}
