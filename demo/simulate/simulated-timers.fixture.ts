/* Timers of the simulation, in the place of the global ones and of `node:timers/promises`. */
import { machine } from './machine.fixture.ts'
import type { SimulatedTimer } from './virtual-time.fixture.ts'

/** As `setTimeout` of `node:timers/promises`: rejects when its signal is aborted. */
export function setTimeout<Value>(
  ms: number,
  value?: Value,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      timer.cancel()
      reject(new Error('aborted'))
    }
    const timer = machine().time.after(ms, () => {
      signal?.removeEventListener('abort', stop)
      resolve(value)
    })
    if (signal?.aborted === true) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
}

/** As `setImmediate` of `node:timers/promises`. */
export function setImmediate(): Promise<void> {
  return new Promise((resolve) => {
    machine().time.after(0, resolve)
  })
}

type Work = (...given: unknown[]) => void

/** Puts virtual time in the place of the process's own; there is no way back. */
export function replaceTimers(): void {
  const cancel = (timer: SimulatedTimer | undefined): void => timer?.cancel()
  const replaced = {
    setTimeout: (work: Work, ms = 0, ...given: unknown[]) =>
      machine().time.after(ms, () => work(...given)),
    setInterval: (work: Work, ms = 1, ...given: unknown[]) =>
      machine().time.every(ms, () => work(...given)),
    setImmediate: (work: Work, ...given: unknown[]) =>
      machine().time.after(0, () => work(...given)),
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancel,
  }
  Object.assign(globalThis, replaced)
  Date.now = () => machine().time.wall()
}
