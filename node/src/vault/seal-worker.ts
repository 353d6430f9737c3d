import { parentPort } from 'node:worker_threads'
import { type PageOutcome, type PageToSeal, type RowSealing, rowSealing } from './row-sealing.ts'

/*
 * Seals pages of rows in a thread of its own: batches begin, send pages, end; each page is answered once, in
 * order. Started by `seal-threads.ts`.
 */

/** What the thread is told. */
export type SealQuestion =
  | { readonly kind: 'begin'; readonly batch: number; readonly sealing: RowSealing }
  | { readonly kind: 'page'; readonly batch: number; readonly page: PageToSeal }
  | { readonly kind: 'end'; readonly batch: number }

/** What it answers to a page. */
export type SealAnswer = PageOutcome | { readonly failed: string }

const port = parentPort
if (port === null) throw new Error('this file is a worker thread')

const batches = new Map<number, (page: PageToSeal) => PageOutcome>()

port.on('message', (question: SealQuestion) => {
  if (question.kind === 'begin') batches.set(question.batch, rowSealing(question.sealing))
  else if (question.kind === 'end') batches.delete(question.batch)
  else answer(question.batch, question.page)
})

function answer(batch: number, page: PageToSeal): void {
  try {
    const outcome = (batches.get(batch) as (page: PageToSeal) => PageOutcome)(page)
    const moved = 'made' in outcome ? Object.values(outcome.made).map(({ buffer }) => buffer) : []
    port?.postMessage(outcome, [...new Set(moved)] as ArrayBuffer[])
  } catch (error) {
    port?.postMessage({ failed: error instanceof Error ? error.message : 'unknown' })
  }
}
