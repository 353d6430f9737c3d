/* Which clause a refusal of a step rests on. */
import type { StepDefinition } from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'

/** The clause of the check that refuses with a code, as cited; null where the package names none. */
export function clauseOfRefusal(
  { checks, outcomes }: Pick<StepDefinition, 'checks' | 'outcomes'>,
  code: string,
  texts: PackageTexts,
): string | null {
  const all = [...checks, ...Object.values(outcomes).flatMap((one) => one.checks)]
  const clause = all.find((check) => check.refuse === code)?.clause
  return clause === undefined ? null : texts.clause(clause).name
}
