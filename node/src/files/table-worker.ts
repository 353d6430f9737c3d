import { parentPort, workerData } from 'node:worker_threads'

import { type ReadTableOptions, readTable } from './read-table.ts'
import { BETWEEN_TEXTS, NO_TEXT, type WorkerAnswer, type WorkerTask } from './read-table-apart.ts'
import { FileRefused } from './refusals.ts'
import type { OpenedSource } from './table-source.ts'

/*
 * Reads one table in a thread of its own: one answer per question, so that rows are never read
 * faster than they are taken. Started by `read-table-apart.ts`.
 */

const { source, options } = workerData as WorkerTask
const port = parentPort
if (port === null) throw new Error('this file is a worker thread')

const answers = answersOf(source, options)
port.on('message', () => {
  answers.next().then(({ value, done }) => {
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
