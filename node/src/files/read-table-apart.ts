import type { Worker } from 'node:worker_threads'

import { startThread } from '../start-thread.ts'
import type { TablePage } from './column-spec.ts'
import { FILE_LIMITS } from './limits.ts'
import { type ReadTableOptions, rowsOfPages, type Table } from './read-table.ts'
import { type FileRefusal, FileRefused } from './refusals.ts'
import { type OpenedSource, openSource, type TableSource } from './table-source.ts'

/** What may be spent on one file of a stranger. */
export type ApartLimits = {
  /** Time the thread may take in all, waiting for the taker of the rows not counted. */
  readonly timeoutMs?: number
  /** Memory of the thread's own objects; the bytes of the file come on top. */
  readonly memoryMiB?: number
}

/** What the thread is told at the beginning of a file. */
export type WorkerTask = { readonly source: OpenedSource; readonly options: ReadTableOptions }

/** What the thread answers, one per question. */
export type WorkerAnswer =
  | { readonly kind: 'table'; readonly about: Omit<Table, 'pages' | typeof Symbol.asyncIterator> }
  | (Omit<TablePage, 'texts'> & { readonly kind: 'page'; readonly texts: string })
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }
  | { readonly kind: 'failed'; readonly message: string }

/** What stands between two texts of a page, and for a text that there is not: no cell holds either. */
export const BETWEEN_TEXTS = '\n'
export const NO_TEXT = '\0'

/**
 * Reads a table as `readTable` does, in a thread with a limit on memory and time: for files that
 * come from outside. A file that meets a flaw of a parser costs one thread and never the node.
 *
 * @throws FileRefused  as `readTable`; and READING_TOOK_TOO_LONG, READING_TOOK_TOO_MUCH
 * @source shared/security/threats.md section 4
 */
export async function readTableApart(
  source: TableSource,
  options: ReadTableOptions,
  { timeoutMs = 60_000, memoryMiB = 256 }: ApartLimits = {},
): Promise<Table> {
  const opened = await openSource(source, { ...FILE_LIMITS, ...options.limits })
  const worker = takeWorker(memoryMiB)
  const task: WorkerTask = { source: opened, options }
  worker.postMessage(task)
  const reading = new Reading(worker, timeoutMs, memoryMiB)
  const first = await reading.ask()
  if (first.kind !== 'table') {
    await reading.end()
    throw new Error('the reader of tables answered out of turn')
  }
  const pages = (): AsyncGenerator<TablePage> => reading.pages()
  const iterator = () => rowsOfPages(pages(), options.columns)
  return { ...first.about, pages, [Symbol.asyncIterator]: iterator }
}

class Reading {
  private readonly worker: Worker
  private readonly timeoutMs: number
  private readonly memoryMiB: number
  private spentMs = 0
  private isEnded = false

  constructor(worker: Worker, timeoutMs: number, memoryMiB: number) {
    this.worker = worker
    this.timeoutMs = timeoutMs
    this.memoryMiB = memoryMiB
  }

  async *pages(): AsyncGenerator<TablePage> {
    try {
      for (let next = this.ask(); ; ) {
        const answer = await next
        if (answer.kind === 'end') this.leave()
        if (answer.kind !== 'page') return
        // The thread reads on while this page is taken.
        next = this.ask()
        next.catch(() => undefined)
        const { lines, texts, told } = answer
        yield { lines, texts: textsOf(texts), told }
      }
    } finally {
      await this.end()
    }
  }

  async ask(): Promise<WorkerAnswer> {
    if (this.isEnded) throw new Error('the reader of tables has ended')
    const start = performance.now()
    try {
      const answer = await this.nextAnswer()
      this.spentMs += performance.now() - start
      if (answer.kind === 'refused') throw new FileRefused(answer.refusal)
      if (answer.kind === 'failed') throw new Error(answer.message)
      return answer
    } catch (error) {
      await this.end()
      throw error
    }
  }

  /** The thread has read its file to the end without a fault: it may read another. */
  leave(): void {
    this.isEnded = true
    leaveWorker(this.worker, this.memoryMiB)
  }

  async end(): Promise<void> {
    if (this.isEnded) return
    this.isEnded = true
    await this.worker.terminate()
  }

  private nextAnswer(): Promise<WorkerAnswer> {
    const { worker, timeoutMs } = this
    return new Promise((resolve, reject) => {
      const settle = (run: () => void) => {
        clearTimeout(limit)
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
        run()
      }
      const onMessage = (answer: WorkerAnswer) => settle(() => resolve(answer))
      const onError = (error: Error) => settle(() => reject(refusedIfMemory(error)))
      const onExit = () => settle(() => reject(new Error('the reader of tables has ended')))
      const late = new FileRefused({ code: 'READING_TOOK_TOO_LONG', limitMs: timeoutMs })
      const limit = setTimeout(() => settle(() => reject(late)), timeoutMs - this.spentMs)
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
      worker.postMessage('next')
    })
  }
}

function refusedIfMemory(error: Error): Error {
  const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return isMemory ? new FileRefused({ code: 'READING_TOOK_TOO_MUCH' }) : error
}

let idle: { readonly worker: Worker; readonly memoryMiB: number } | undefined

/**
 * A thread that read its last file without a fault, or a new one: starting one costs as much as reading some
 * ten thousand rows. Whatever goes wrong with a file still ends its thread.
 */
function takeWorker(memoryMiB: number): Worker {
  if (idle?.memoryMiB === memoryMiB) {
    const { worker } = idle
    idle = undefined
    worker.ref()
    worker.removeAllListeners('error').removeAllListeners('exit')
    return worker
  }
  const url = new URL('./table-worker.ts', import.meta.url)
  const resourceLimits = { maxOldGenerationSizeMb: memoryMiB }
  return startThread({ url, workerData: {}, resourceLimits })
}

/** Keeps one thread for the next file; it holds no process open. */
function leaveWorker(worker: Worker, memoryMiB: number): void {
  if (idle !== undefined) {
    void worker.terminate()
    return
  }
  idle = { worker, memoryMiB }
  worker.unref()
  const forget = (): void => {
    if (idle?.worker === worker) idle = undefined
  }
  worker.on('error', forget).on('exit', forget)
}

function textsOf(joined: string): (string | null)[] {
  const texts: (string | null)[] = joined.split(BETWEEN_TEXTS)
  if (!joined.includes(NO_TEXT)) return texts
  return texts.map((text) => (text === NO_TEXT ? null : text))
}
