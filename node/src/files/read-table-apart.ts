import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

import type { TableRow } from './column-spec.ts'
import { FILE_LIMITS } from './limits.ts'
import type { ReadTableOptions, Table } from './read-table.ts'
import { type FileRefusal, FileRefused } from './refusals.ts'
import { type OpenedSource, openSource, type TableSource } from './table-source.ts'

/** What may be spent on one file of a stranger. */
export type ApartLimits = {
  /** Time the thread may take in all, waiting for the taker of the rows not counted. */
  readonly timeoutMs?: number
  /** Memory of the thread's own objects; the bytes of the file come on top. */
  readonly memoryMiB?: number
}

/** What the thread is told at its start. */
export type WorkerTask = { readonly source: OpenedSource; readonly options: ReadTableOptions }

/** What the thread answers, one per question. */
export type WorkerAnswer =
  | { readonly kind: 'table'; readonly about: Omit<Table, typeof Symbol.asyncIterator> }
  | { readonly kind: 'rows' | 'end'; readonly rows: readonly TableRow[] }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }
  | { readonly kind: 'failed'; readonly message: string }

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
  const worker = startWorker({ source: opened, options }, memoryMiB)
  const reading = new Reading(worker, timeoutMs)
  const first = await reading.ask()
  if (first.kind !== 'table') {
    await reading.end()
    throw new Error('the reader of tables answered out of turn')
  }
  return { ...first.about, [Symbol.asyncIterator]: () => reading.rows() }
}

class Reading {
  private readonly worker: Worker
  private readonly timeoutMs: number
  private spentMs = 0
  private isEnded = false

  constructor(worker: Worker, timeoutMs: number) {
    this.worker = worker
    this.timeoutMs = timeoutMs
  }

  async *rows(): AsyncGenerator<TableRow> {
    try {
      for (;;) {
        const answer = await this.ask()
        if (answer.kind !== 'rows' && answer.kind !== 'end') return
        yield* answer.rows
        if (answer.kind === 'end') return
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

  async end(): Promise<void> {
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

/**
 * Node runs TypeScript in threads by itself from 22.18 on; before, tsx is registered in the thread.
 */
function startWorker(task: WorkerTask, memoryMiB: number): Worker {
  const url = new URL('./table-worker.ts', import.meta.url)
  const resourceLimits = { maxOldGenerationSizeMb: memoryMiB }
  const { typescript } = process.features as { typescript?: string | false }
  if (typeof typescript === 'string')
    return new Worker(url, { execArgv: [], resourceLimits, workerData: task })
  // Beside the CommonJS file that `resolve` finds stands the module: the former cannot register.
  const api = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs')
  const script = `
    const { workerData } = require('node:worker_threads')
    import(workerData.api).then(({ register }) => { register(); return import(workerData.url) })`
  const workerData = { ...task, api: pathToFileURL(api).href, url: url.href }
  return new Worker(script, { eval: true, execArgv: [], resourceLimits, workerData })
}
