/* Where a warrant stands, from its own record and how often it was used. */
import type { WarrantShown } from './warrant-sentences.ts'

/** A warrant with its uses. */
export interface WarrantUse {
  readonly warrant: WarrantShown
  readonly isInForce: boolean
  readonly used: number
  readonly left: number
}

/** Where it stands: the one thing that has to happen next, or how it ended. */
export type WarrantStatus =
  | 'toConfirm'
  | 'toName'
  | 'nobody'
  | 'open'
  | 'spent'
  | 'over'
  | 'revoked'

/**
 * Where a warrant stands.
 *
 * @param now  block time, UTC ms
 */
export function statusOf({ warrant, isInForce, left }: WarrantUse, now: number): WarrantStatus {
  const { state, notAfter, scope, named } = warrant
  if (state === 'revoked') return 'revoked'
  if (now >= notAfter) return 'over'
  if (state === 'issued') return 'toConfirm'
  if (scope.kind === 'PERSONS' && named === null) return 'toName'
  if (named !== null && named.places.length === 0) return 'nobody'
  if (!isInForce) return 'over'
  return left > 0 ? 'open' : 'spent'
}

/** Places of the rows that it opens one by one; null where it opens a whole batch or records. */
export function openPlaces({ scope, named }: WarrantShown): readonly number[] | null {
  if (scope.kind === 'ROWS') return scope.places
  if (scope.kind === 'PERSONS') return named?.places ?? []
  return null
}
