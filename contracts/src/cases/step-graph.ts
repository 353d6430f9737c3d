import type { StepDefinition } from '../catalogue/package-document.ts'
import { isOver, type Step } from './records.ts'

/** The instances of a step's latest round, cancelled ones left out; one, unless the step is `each`. */
export function latestInstances(steps: readonly Step[], name: string): Step[] {
  let round = 0
  for (const step of steps) if (step.step === name && step.round > round) round = step.round
  return steps.filter(
    (step) => step.step === name && step.round === round && step.status !== 'cancelled',
  )
}

/** Which round the next opening of a step is, from 1. */
export function nextRound(steps: readonly Step[], name: string): number {
  let round = 0
  for (const step of steps) if (step.step === name && step.round > round) round = step.round
  return round + 1
}

/** The newest open instance that fits, or undefined. Of several, the member's own. */
export function findOpenStep(
  steps: readonly Step[],
  name: string,
  member: string | null,
): Step | undefined {
  const open = steps.filter((step) => step.step === name && !isOver(step))
  return open.find(({ awaits }) => member !== null && awaits.includes(member)) ?? open.at(-1)
}

/** Steps that somebody or something still has to end. */
export function openSteps(steps: readonly Step[]): Step[] {
  return steps.filter((step) => !isOver(step))
}

/** Whether a step may open now, and which others its opening makes superfluous. */
export interface Join {
  readonly isMet: boolean
  /** Open steps that the join no longer needs. */
  readonly spare: readonly Step[]
}

/**
 * Judges the join of a step. The order in which the joined steps were done changes nothing: only which
 * instances of their latest rounds are done counts.
 */
export function judgeJoin(name: string, definition: StepDefinition, steps: readonly Step[]): Join {
  const { join } = definition
  if (join === undefined) return { isMet: !hasOpen(steps, name), spare: [] }
  let total = 0
  let done = 0
  let newest = -1
  const spare: Step[] = []
  for (const joined of join.of) {
    const instances = latestInstances(steps, joined)
    total += Math.max(1, instances.length)
    for (const instance of instances) {
      newest = Math.max(newest, instance.n)
      if (instance.status === 'done') done += 1
      else spare.push(instance)
    }
  }
  // A join opens once for each generation of the steps it joins.
  const opened = latestInstances(steps, name).some(({ n }) => n > newest)
  return { isMet: !opened && !hasOpen(steps, name) && done >= (join.need ?? total), spare }
}

function hasOpen(steps: readonly Step[], name: string): boolean {
  return steps.some((step) => step.step === name && !isOver(step))
}
