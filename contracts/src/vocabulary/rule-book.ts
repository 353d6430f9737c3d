import type { Action, AnyCollection, Query } from '@renshe/kernel'

/** What one module brings to the contracts of a protocol version. */
export interface RuleBook {
  readonly actions: readonly Action<never>[]
  readonly queries: readonly Query<never>[]
  /** Collections that no module to the left declares. */
  readonly collections: readonly AnyCollection[]
}
