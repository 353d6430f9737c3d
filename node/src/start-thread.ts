import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { type ResourceLimits, Worker } from 'node:worker_threads'

/** How a thread is started. */
export interface ThreadStart {
  /** A TypeScript module of this room. */
  readonly url: URL
  /** What the module finds as `workerData`, beside members of this function's own. */
  readonly workerData: object
  readonly resourceLimits?: ResourceLimits
}

/**
 * Starts a module of ours in a thread. Node runs TypeScript in threads by itself from 22.18 on; before, tsx is
 * registered in the thread.
 */
export function startThread({ url, workerData, resourceLimits = {} }: ThreadStart): Worker {
  const { typescript } = process.features as { typescript?: string | false }
  if (typeof typescript === 'string') {
    return new Worker(url, { execArgv: [], resourceLimits, workerData })
  }
  // Beside the CommonJS file that `resolve` finds stands the module: the former cannot register.
  const api = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs')
  const script = `
    const { workerData } = require('node:worker_threads')
    import(workerData.api).then(({ register }) => { register(); return import(workerData.url) })`
  const own = { ...workerData, api: pathToFileURL(api).href, url: url.href }
  return new Worker(script, { eval: true, execArgv: [], resourceLimits, workerData: own })
}
