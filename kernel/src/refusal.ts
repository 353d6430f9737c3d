import type { Json } from '@renshe/crypto'

/**
 * Why a contract says no: a stable code and typed facts, never personal data and never free text.
 * Each module narrows this to a closed union in its `refusals.ts`, in checking order.
 */
export interface Refusal {
  readonly code: string
  readonly [fact: string]: Json | undefined
}

/** Thrown by `ctx.refuse`; the kernel turns it into the result of the transaction. */
export class Refused extends Error {
  readonly reason: Refusal

  constructor(reason: Refusal) {
    super(reason.code)
    this.name = 'Refused'
    this.reason = reason
  }
}
