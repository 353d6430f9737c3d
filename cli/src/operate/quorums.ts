import type { JsonObject } from '@renshe/crypto'

const WEEK_MS = 7 * 86_400_000

/**
 * How a consortium decides unless its founders agree on something else: the table of the design, with a
 * week of cooling-off.
 */
export function usualQuorums(coolingOffMs: number = WEEK_MS): JsonObject[] {
  const quorum = (
    subject: string,
    threshold: [number, number],
    strict: boolean,
    needed: string | null = null,
    without: string | null = null,
  ): JsonObject => ({ subject, threshold, strict, coolingOffMs, with: needed, without })
  return [
    quorum('admit', [1, 2], true),
    quorum('loosen', [3, 4], false, 'responsible'),
    quorum('parameters', [1, 2], true, 'responsible'),
    quorum('policy', [2, 3], true),
    quorum('protocol', [2, 3], true),
    quorum('publish', [1, 2], true, 'responsible'),
    quorum('remove', [2, 3], false, null, 'concerned'),
    quorum('withdraw', [1, 2], true, 'responsible'),
  ]
}
