/* Bill, arrival and allocation of every case, with the moment since when money of it is expected. */
import { type MatchLine, matchLines } from '../../../patterns/match-table/match-lines.ts'
import { useAsk, useAskAll } from '../../../session/asking.ts'

/** Lines of the match, and the block that they speak of; null while they are not all there. */
export function useMatches() {
  const matches = useAskAll('supervision.listTripleMatches', {})
  const expectations = useAskAll('funds.listExpectations', {})
  const height = useAsk('supervision.listTripleMatches', { limit: 1 }).data?.height ?? null
  const since = new Map<string, number>()
  for (const { case: id, at, state } of expectations.data ?? []) {
    if (state !== 'cancelled') since.set(id, Math.min(since.get(id) ?? at, at))
  }
  const lines: readonly MatchLine[] | null =
    matches.data === undefined || expectations.data === undefined
      ? null
      : matchLines(matches.data, (id) => since.get(id) ?? null)
  return { asked: matches, lines, height }
}
