import { parentPort } from 'node:worker_threads'

import { type ReadTableOptions, readTable } from './read-table.ts'
import { BETWEEN_TEXTS, NO_TEXT, type WorkerAnswer, type WorkerTask } from './read-table-apart.ts'
import { FileRefused } from './refusals.ts'
import type { OpenedSource } from './table-source.ts'

/*
 * Reads tables in a thread of its own, one after another: a file is told of, then there is one answer for each
 * question, so that rows are never read faster than they are taken. Started by `read-table-apart.ts`.
 */

const port = parentPort
if (port === null) throw new Error('this file is a worker thread')

let answers: AsyncGenerator<WorkerAnswer> | undefined
port.on('message', (told: WorkerTask | 'next') => {
  if (told !== 'next') {
    answers = answersOf(told.source, told.options)
    return
  }
  answers?.next().then(({ value, done }) => {
    if (done !== true) port.postMessage(value)
  })
})

async function* answersOf(
  opened: OpenedSource,
  readOptions: ReadTableOptions,
): AsyncGenerator<WorkerAnswer> {
  try {
    const table = await readTable(opened.kind === 'bytes' ? opened.bytes : opened, readOptions)
    const { format, encoding, sheetName, fields, unknownHeadings } = table
    yield { kind: 'table', about: { format, encoding, sheetName, fields, unknownHeadings } }
    for await (const { lines, texts, told } of table.pages()) {
      // One text crosses to the other thread much faster than thousands; no cell has a control character.
      const joined = texts.map((text) => text ?? NO_TEXT).join(BETWEEN_TEXTS)
      yield { kind: 'page', lines, texts: joined, told }
    }
    yield { kind: 'end' }
  } catch (error) {
    if (error instanceof FileRefused) yield { kind: 'refused', refusal: error.refusal }
    else yield { kind: 'failed', message: error instanceof Error ? error.message : 'unknown' }
  }
}
