/* Every step of the newest cases, counted by its holder. */
import { useQueries } from '@tanstack/react-query'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { useAskAll } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { type Punctuality, punctualityOf } from './punctuality.ts'

/** Cases that are counted at most: the newest. */
export const MOST_CASES = 100

/** Counts by member; null until every case was read, so that no part is taken for the whole. */
export function usePunctuality() {
  const { ask, slot, account } = useSession()
  const now = useChainTime()
  const cases = useAskAll('cases.listCases', {})
  const newest = [...(cases.data ?? [])]
    .sort((one, other) => other.openedAt - one.openedAt)
    .slice(0, MOST_CASES)
  const asked = useQueries({
    queries: newest.map(({ id, endedAt }) => ({
      queryKey: [
        endedAt === null ? 'chain' : 'opened',
        slot,
        account,
        'cases.getCase',
        { case: id },
        null,
      ],
      queryFn: () => ask('cases.getCase', { case: id }),
      ...(endedAt === null ? {} : { staleTime: Number.POSITIVE_INFINITY }),
    })),
  })
  const isComplete = cases.data !== undefined && asked.every(({ data }) => data !== undefined)
  const steps = asked.flatMap(({ data }) => data?.data.steps ?? [])
  const rows: readonly Punctuality[] | null = isComplete ? punctualityOf(steps, now) : null
  const error = cases.error ?? asked.find((one) => one.error !== null)?.error ?? null
  return { rows, error, isCut: (cases.data?.length ?? 0) > MOST_CASES }
}
