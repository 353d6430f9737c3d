import type { Context, Signer } from '@renshe/kernel'
import { type CaseWork, definitionOf } from './case-work.ts'
import { findTimeFault } from './clocks.ts'
import { actorsOf } from './open-steps.ts'
import type { Step } from './records.ts'
import { refuse } from './refusals.ts'
import { latestInstances } from './step-graph.ts'

/**
 * Refuses unless the signer may act on the step: its member is awaited, the officer has the role and
 * sits in the unit, and did not sign a step that four eyes keep apart from this one.
 */
export function refuseUnlessMayAct(work: CaseWork, step: Step): void {
  const { ctx } = work
  const { signer } = ctx
  const definition = definitionOf(work, step)
  const { by, determine, signatures } = definition
  // In a joint act or determination, who has acted may act again until enough agree.
  const isJoint = determine !== undefined || signatures !== undefined
  const actors = isJoint ? actorsOf(work, step.step, definition, step.holder) : [step.holder]
  if (!actors.includes(signer.member)) {
    refuse(ctx, { code: 'STEP_NOT_YOURS', step: step.step, holder: step.holder })
  }
  if (by?.role !== undefined) refuseWithoutRole(ctx, by.role)
  if (by?.unit !== undefined && signer.unit !== by.unit) {
    refuse(ctx, { code: 'UNIT_MISSING', unit: by.unit })
  }
  for (const other of by?.notSignerOf ?? []) {
    if (hasSigned(work.steps, other, signer)) refuse(ctx, { code: 'FOUR_EYES', step: other })
  }
}

/** Refuses a signer without the officer role. */
export function refuseWithoutRole(ctx: Context, role: string): void {
  if (!ctx.signer.roles.includes(role)) refuse(ctx, { code: 'ROLE_MISSING', role })
}

/** Whether a person signed the latest round of a step, alone or among others. */
function hasSigned(steps: readonly Step[], name: string, signer: Signer): boolean {
  return latestInstances(steps, name).some(({ signatures, submissions, endedBy }) => {
    const acts = endedBy?.by === 'act' ? [endedBy] : []
    return [...signatures, ...submissions, ...acts].some(
      (hand) => hand.member === signer.member && hand.name === signer.name,
    )
  })
}

/** Refuses an act that is too early or too late; `outcome` null while it is not known. */
export function refuseUnlessTimely(work: CaseWork, step: Step, outcome: string | null): void {
  const { clocks } = definitionOf(work, step)
  const fault = findTimeFault(step, clocks, outcome, work.ctx.time)
  if (fault !== undefined) refuse(work.ctx, fault)
}

/** The signer as the hand that a record keeps. */
export function handOf(ctx: Context): { member: string; name: string; txId: string; at: number } {
  const { signer, txId, time } = ctx
  return { member: signer.member, name: signer.name, txId, at: time }
}
