/* One demonstration for all browser tests; each file brings it to the scene that it needs. */
import type { TestProject } from 'vitest/node'
import { discard, startDemonstration } from './demonstration-host.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly demonstration: string
  }
}

/** Starts it before the first file and ends it after the last. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const host = await startDemonstration()
  provide('demonstration', host.url)
  return async () => {
    await host.stop()
    discard(host)
  }
}
