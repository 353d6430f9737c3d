/* Whether an officer may act on a step, as the contracts will judge it; the reason why not. */
import type { StepDefinition } from '../../package/package-document.ts'
import type { StepShown } from '../../package/use-package.ts'

/** Why somebody cannot act now. */
export type NoAct =
  | { readonly why: 'over' }
  | {
      readonly why: 'waits'
      readonly kind: 'payment' | 'settlement' | 'register' | 'case' | 'until'
    }
  | { readonly why: 'notYours'; readonly holder: string }
  | { readonly why: 'notRole'; readonly role: string }
  | { readonly why: 'fourEyes'; readonly step: string }
  | { readonly why: 'submitted'; readonly others: readonly string[] }

/** Who asks. */
export interface Actor {
  readonly member: string
  readonly name: string
  readonly roles: readonly string[]
}

/**
 * Why an officer cannot act on a step; null if nothing is in the way.
 *
 * @param actors  members that may act, as the chain names them
 * @param steps   all steps of the case, for four eyes
 */
export function whyNot(
  step: StepShown,
  definition: StepDefinition,
  actors: readonly string[],
  steps: readonly StepShown[],
  actor: Actor | null,
): NoAct | null {
  if (step.status === 'done' || step.status === 'cancelled') return { why: 'over' }
  if (step.wait !== null && step.status === 'waiting') return { why: 'waits', kind: step.wait.kind }
  if (actor === null || !actors.includes(actor.member)) {
    return { why: 'notYours', holder: step.holder }
  }
  const role = definition.by?.role
  if (role !== undefined && !actor.roles.includes(role)) return { why: 'notRole', role }
  const signed = (definition.by?.notSignerOf ?? []).find((name) => hasSigned(steps, name, actor))
  if (signed !== undefined) return { why: 'fourEyes', step: signed }
  const isMine = ({ member }: { readonly member: string }): boolean => member === actor.member
  const isSubmitted = step.submissions.some(isMine) && step.status !== 'disputed'
  if (isSubmitted || step.signatures.some(isMine)) {
    return { why: 'submitted', others: step.awaits.filter((one) => one !== actor.member) }
  }
  return null
}

/** Whether somebody ended or signed the latest round of a step. */
function hasSigned(
  steps: readonly StepShown[],
  name: string,
  { member, name: who }: Actor,
): boolean {
  const last = steps.filter((one) => one.step === name).at(-1)
  const isHis = (one: { readonly member: string; readonly name: string } | null): boolean =>
    one?.member === member && one.name === who
  return last !== undefined && (isHis(last.endedBy) || last.signatures.some(isHis))
}
