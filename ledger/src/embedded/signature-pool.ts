import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { OpenSignature } from '../judge-bundle.ts'
import { jobHolds, jobOf, type SignatureJob } from './signature-job.ts'

/** A batch is sent when it has this many signatures, or when the turn ends. */
const BATCH_SIGNATURES = 64
/** Batches that a thread has at one time: the rest waits here, where members take turns. */
const BATCHES_AHEAD = 2
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

/**
 * Verifies signatures in worker threads, in batches; small loads in the calling thread. Members take turns: one
 * that sends thousands does not keep another one waiting behind them.
 */
export class SignaturePool {
  #size: number
  readonly #threads: Thread[] = []
  /** What came in this turn, by member. */
  #fresh = new Map<string, Waiting[]>()
  #freshCount = 0
  /** What waits for a thread, by member. */
  readonly #lines = new Map<string, Waiting[]>()
  #isFlushing = false
  #nextBatch = 0
  #isClosed = false

  /** @param size  threads; one less than there are cores, at least one, if left out */
  constructor(size = Math.max(1, availableParallelism() - 1)) {
    this.#size = size
  }

  /**
   * Whether the signature holds under the keys it was resolved to.
   *
   * @param member  whose turn it takes
   */
  verify(open: OpenSignature, member = ''): Promise<boolean> {
    return new Promise((settle) => {
      append(this.#fresh, member, { job: jobOf(open), settle })
      this.#freshCount += 1
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
    const fresh = this.#fresh
    const isSmall = this.#freshCount < INLINE_SIGNATURES
    this.#fresh = new Map()
    this.#freshCount = 0
    if (isSmall || this.#size === 0 || this.#isClosed) {
      for (const waiting of fresh.values()) verifyHere(waiting)
      return
    }
    for (const [member, waiting] of fresh) {
      for (const each of waiting) append(this.#lines, member, each)
    }
    this.#dispatch()
  }

  /** Gives the threads as much as they should have ahead. */
  #dispatch(): void {
    while (this.#lines.size > 0) {
      if (this.#size === 0 || this.#isClosed) {
        verifyHere(takeInTurns(this.#lines, Number.POSITIVE_INFINITY))
        return
      }
      const thread = this.#leastBusy()
      if (thread.batches.size >= BATCHES_AHEAD) return
      this.#send(thread, takeInTurns(this.#lines, BATCH_SIGNATURES))
    }
  }

  #send(thread: Thread, batch: readonly Waiting[]): void {
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
      this.#dispatch()
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
    this.#dispatch()
  }
}

function append(lines: Map<string, Waiting[]>, member: string, waiting: Waiting): void {
  const line = lines.get(member)
  if (line === undefined) lines.set(member, [waiting])
  else line.push(waiting)
}

/** Takes up to so many, an equal share of each member that has some. */
function takeInTurns(lines: Map<string, Waiting[]>, most: number): Waiting[] {
  const taken: Waiting[] = []
  while (taken.length < most && lines.size > 0) {
    const share = Math.max(1, Math.floor((most - taken.length) / lines.size))
    for (const [member, line] of [...lines]) {
      if (taken.length >= most) break
      taken.push(...line.splice(0, Math.min(share, most - taken.length)))
      // Whoever was served goes behind the others.
      lines.delete(member)
      if (line.length > 0) lines.set(member, line)
    }
  }
  return taken
}

function verifyHere(waiting: readonly Waiting[]): void {
  for (const { job, settle } of waiting) settle(jobHolds(job))
}

function startWorker(): Worker {
  const { typescript } = process.features as { typescript?: string | false }
  const script = typeof typescript === 'string' ? 'signature-worker.ts' : 'signature-thread.mjs'
  return new Worker(new URL(`./${script}`, import.meta.url), { execArgv: [] })
}
