/*
 * Threads that seal the pages of large batches, shared by every member of the process. They start with the
 * first large batch and stay: starting one costs as much as sealing ten thousand rows. They hold no process
 * open.
 */
import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { startThread } from '../start-thread.ts'
import { type PageOutcome, type PageToSeal, type RowSealing, rowSealing } from './row-sealing.ts'
import type { SealAnswer, SealQuestion } from './seal-worker.ts'

/** Most threads; the calling one has its share of the work. */
const THREADS = Math.min(4, Math.max(1, availableParallelism() - 1))
/** Batches of fewer rows are sealed where they are: handing them over costs more. */
const LEAST_ROWS = 2_000

/** Seals the pages of one batch; pages may be given before earlier ones are answered. */
export interface PageSealing {
  seal(page: PageToSeal): Promise<PageOutcome>
  /** Forgets the batch: its keys are not needed any more. */
  end(): void
}

/**
 * Begins to seal a batch.
 *
 * @param rows  how many are expected; decides whether threads are worth it
 */
export function beginPages(sealing: RowSealing, rows: number): PageSealing {
  if (rows < LEAST_ROWS) {
    const seal = rowSealing(sealing)
    return { seal: async (page) => seal(page), end: () => undefined }
  }
  const batch = nextBatch++
  const threads = Array.from({ length: THREADS }, (_, at) => threadAt(at))
  for (const thread of threads) thread.tell({ kind: 'begin', batch, sealing })
  let turn = 0
  return {
    seal: (page) =>
      (threads[turn++ % threads.length] as SealThread).ask({ kind: 'page', batch, page }),
    end: () => {
      for (const thread of threads) thread.tell({ kind: 'end', batch })
    },
  }
}

let nextBatch = 1
const running: (SealThread | undefined)[] = []

function threadAt(at: number): SealThread {
  const found = running[at]
  if (found !== undefined && !found.isEnded) return found
  const thread = new SealThread()
  running[at] = thread
  return thread
}

interface Waiting {
  readonly resolve: (outcome: PageOutcome) => void
  readonly reject: (error: Error) => void
}

class SealThread {
  isEnded = false
  readonly #worker: Worker
  readonly #waiting: Waiting[] = []

  constructor() {
    const url = new URL('./seal-worker.ts', import.meta.url)
    this.#worker = startThread({ url, workerData: {} })
    this.#worker.on('message', (answer: SealAnswer) => this.#answered(answer))
    this.#worker.on('error', (error) => this.#ended(error))
    this.#worker.on('exit', () => this.#ended(new Error('a thread that seals has ended')))
    this.#worker.unref()
  }

  tell(question: SealQuestion): void {
    this.#worker.postMessage(question)
  }

  /** Asks for a page, whose memory goes to the thread. */
  ask(question: SealQuestion & { readonly kind: 'page' }): Promise<PageOutcome> {
    const { contents, ends, drawn } = question.page
    const moved = [contents, ends, drawn].map(({ buffer }) => buffer as ArrayBuffer)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      // While somebody waits for rows, the process may not end.
      this.#worker.ref()
      this.#worker.postMessage(question, [...new Set(moved)])
    })
  }

  #answered(answer: SealAnswer): void {
    const waiting = this.#waiting.shift()
    if (this.#waiting.length === 0) this.#worker.unref()
    if ('failed' in answer) waiting?.reject(new Error(answer.failed))
    else waiting?.resolve(answer)
  }

  #ended(error: Error): void {
    this.isEnded = true
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }
}
