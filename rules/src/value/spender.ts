import { DEFAULT_LIMITS, LimitExceeded } from './limits.ts'

/** Something that counts work, such as an evaluation with its budget of steps. */
export interface Spender {
  step(count: number): void
}

/** Counts nothing: for values whose size is bounded otherwise. */
export const FREE: Spender = { step: () => {} }

/** Refuses values nested deeper than allowed; recursion over values calls it with its depth. */
export function checkDepth(depth: number): void {
  if (depth > DEFAULT_LIMITS.valueDepth) {
    throw new LimitExceeded('valueDepth', DEFAULT_LIMITS.valueDepth)
  }
}
