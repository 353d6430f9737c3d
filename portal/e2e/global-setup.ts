/* One demonstration for all browser tests; each file brings it to the scene that it needs. */
import type { TestProject } from 'vitest/node'
import { discard, startDemonstration } from './demonstration-host.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly demonstration: string
  }
}

/**
 * Starts it before the first file and ends it after the last. Who writes a test names one that runs already
 * in RENSHE_DEMONSTRATION: founding takes a minute.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const running = process.env.RENSHE_DEMONSTRATION
  if (running !== undefined) {
    provide('demonstration', running)
    return async () => undefined
  }
  const host = await startDemonstration()
  provide('demonstration', host.url)
  return async () => {
    await host.stop()
    discard(host)
  }
}
