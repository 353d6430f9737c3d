/* Has a table read by a worker. */
import type { ReadApart } from './table-worker.ts'

/** Reads a file beside the page; `table` is null where this browser cannot. */
export function readApart(bytes: Uint8Array): Promise<ReadApart> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./table-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<ReadApart>) => {
      worker.terminate()
      resolve(data)
    }
    worker.onerror = ({ message }) => {
      worker.terminate()
      reject(new Error(message))
    }
    const copy = Uint8Array.from(bytes).buffer
    worker.postMessage(copy, [copy])
  })
}
