import { canonicalText, type JsonObject } from '@renshe/crypto'
import { handOf } from './authority.ts'
import { type CaseWork, definitionOf, patchStep, tell } from './case-work.ts'
import { actorsOf } from './open-steps.ts'
import type { Step } from './records.ts'

/**
 * Adds one signature to a joint act, in the place of an earlier one of the same member.
 *
 * @returns whether enough different members have now signed the same outcome and fields
 */
export function addSignature(
  work: CaseWork,
  step: Step,
  outcome: string | null,
  fields: JsonObject,
): boolean {
  const definition = definitionOf(work, step)
  const hand = handOf(work.ctx)
  const others = step.signatures.filter(({ member }) => member !== hand.member)
  const signatures = [...others, { ...hand, outcome, fields }]
  const same = canonicalText([outcome, fields])
  const count = signatures.filter(
    (signature) => canonicalText([signature.outcome, signature.fields as JsonObject]) === same,
  ).length
  const isEnough = count >= (definition.signatures?.need ?? 1)
  const actors = actorsOf(work, step.step, definition, step.holder)
  const awaits = stillOwing(actors, new Set(signatures.map(({ member }) => member)))
  patchStep(work, step.n, { signatures, awaits, holder: awaits[0] ?? step.holder })
  tell(work, 'StepSigned', { step: step.step, n: step.n, outcome, signatures: count })
  return isEnough
}

/** Those who have not acted; when all have and it was not enough, all of them again. */
export function stillOwing(actors: readonly string[], acted: ReadonlySet<string>): string[] {
  const owing = actors.filter((member) => !acted.has(member))
  return owing.length > 0 ? owing : [...actors]
}
