import { amendments } from '@renshe/kernel'
import type { CaseWork } from './case-work.ts'
import type { Step } from './records.ts'

/**
 * Notes that earlier acts no longer stand, so that evidence about them shows it with its date.
 *
 * @source ledger-bytes.md sections 5 and 14: the status of a step is the absence of its amendment
 */
export function amendActs(
  { ctx }: CaseWork,
  acted: readonly Step[],
  kind: 'superseded' | 'withdrawn',
): void {
  const state = ctx.state(amendments)
  for (const { endedBy, signatures, submissions } of acted) {
    const hands = [...(endedBy === null ? [] : [endedBy]), ...signatures, ...submissions]
    for (const { txId } of hands) {
      // What another decision has already taken back keeps its first date.
      if (txId !== ctx.txId && !state.has(txId)) {
        state.put(txId, { v: 1, at: ctx.time, by: ctx.txId, kind })
      }
    }
  }
}

/**
 * What people did in the round of a step before this one. Events that ended a wait are not replaced by later
 * ones: money that came in two parts came twice.
 */
export function replacedBy(steps: readonly Step[], { step, round }: Step): Step[] {
  return steps.filter((other) => {
    const by = other.endedBy?.by
    const isAct = by === 'act' || by === 'determination'
    return isAct && other.step === step && other.round === round - 1
  })
}
