/** Places between two durable steps, in their order: a test kills the process there. */
export type CrashPoint =
  | 'sealed'
  | 'release-flushed'
  | 'vault-flushed'
  | 'release-live'
  | 'vault-live'
  | 'page-written'
  | 'rotation-copied'
  | 'rotation-switched'
  | 'halves-erased'
  | 'sections-erased'
  | 'renewal-copied'
  | 'renewal-switched'
  | 'rewrapped'

/** Called at every {@link CrashPoint}; does nothing outside tests. */
export type AtCrashPoint = (point: CrashPoint) => void

/** Nothing happens. */
export const NO_CRASH: AtCrashPoint = () => undefined
