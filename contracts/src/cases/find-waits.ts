import { type QueryView, query } from '@renshe/kernel'
import { Type } from 'typebox'
import { Count, Instant, Nullable } from '../vocabulary/schemas.ts'
import { findCase } from './case-work.ts'
import { isWaitOver, mayBeOver } from './end-wait.ts'
import { isOfChain, readWork } from './reading.ts'
import { OPEN, type Step, steps } from './records.ts'

/** Waiting steps that one question looks at. */
const MOST_LOOKED_AT = 2_000
const MOST_TOLD = 200

const StepPlace = Type.Object({ case: Type.String(), step: Type.String(), n: Count })

/** What time or events have made possible: the relay of every node asks, and anyone may submit it. */
export const findWaits = query({
  name: 'cases.findWaits',
  summary: 'Show which steps can be resumed or lapsed now, and when the next one lapses.',
  input: Type.Object({}),
  output: Type.Object({
    resumable: Type.Array(StepPlace, { maxItems: MOST_TOLD }),
    lapsable: Type.Array(StepPlace, { maxItems: MOST_TOLD }),
    /** Block time from which the next clock or time wait can be submitted; null: none is running. */
    next: Nullable(Instant),
  }),
  mayRead: isOfChain,
  run(view) {
    const lapses = [...view.state(steps).index('byLapse', { limit: MOST_LOOKED_AT })]
    const times = view.state(steps).index('byWait', { prefix: ['until'], limit: MOST_LOOKED_AT })
    const lapsable = lapses.filter(([, { lapsesAfter }]) => (lapsesAfter as number) < view.time)
    const nextLapse = lapses.find(([, { lapsesAfter }]) => (lapsesAfter as number) >= view.time)
    const moments = nextLapse === undefined ? [] : [(nextLapse[1].lapsesAfter as number) + 1]
    for (const [, { wait }] of times) {
      if (wait?.kind === 'until' && wait.at > view.time) {
        moments.push(wait.at)
        break
      }
    }
    return {
      resumable: resumable(view),
      lapsable: lapsable.slice(0, MOST_TOLD).map(([, step]) => placeOf(step)),
      next: moments.length === 0 ? null : Math.min(...moments),
    }
  },
})

function resumable(view: QueryView) {
  const found: ReturnType<typeof placeOf>[] = []
  for (const [, step] of view.state(steps).index('byWait', { limit: MOST_LOOKED_AT })) {
    if (found.length >= MOST_TOLD) break
    if (!mayBeOver(view, step, view.time)) continue
    const serviceCase = findCase(view, step.case)
    if (serviceCase?.status !== OPEN) continue
    if (isWaitOver(readWork(view, serviceCase), step)) found.push(placeOf(step))
  }
  return found
}

function placeOf({ case: id, step, n }: Step) {
  return { case: id, step, n }
}
