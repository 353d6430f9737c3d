import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
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
  readonly #size: number
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

  /** How many batches wait in threads. */
  get busy(): number {
    return this.#threads.reduce((sum, { batches }) => sum + batches.size, 0)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const threads = this.#threads.splice(0)
    await Promise.all(threads.map(({ worker }) => worker.terminate()))
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

  /** A thread that ended: what it had taken is verified here. */
  #drop(thread: Thread): void {
    const at = this.#threads.indexOf(thread)
    if (at >= 0) this.#threads.splice(at, 1)
    const batches = [...thread.batches.values()]
    thread.batches.clear()
    for (const waiting of batches) verifyHere(waiting)
  }
}

function verifyHere(waiting: readonly Waiting[]): void {
  for (const { job, settle } of waiting) settle(jobHolds(job))
}

/** Node runs TypeScript in threads by itself from 22.18 on; before, tsx is registered in the thread. */
function startWorker(): Worker {
  const url = new URL('./signature-worker.ts', import.meta.url)
  const { typescript } = process.features as { typescript?: string | false }
  if (typeof typescript === 'string') return new Worker(url, { execArgv: [] })
  const api = createRequire(import.meta.url).resolve('tsx/esm/api')
  const script = `
    const { workerData } = require('node:worker_threads')
    import(workerData.api).then(({ register }) => { register(); return import(workerData.url) })`
  const workerData = { api: pathToFileURL(api).href, url: url.href }
  return new Worker(script, { eval: true, execArgv: [], workerData })
}
