/* The complete static check of a package: what `renshe service check` tells and what publication refuses. */
import type { PackageDocument } from '../package-document.ts'
import { checkExpressions } from './check-expressions.ts'
import { checkFields } from './check-fields.ts'
import { checkFlow } from './check-flow.ts'
import { checkLaw } from './check-law.ts'
import { checkReferences } from './check-references.ts'
import { checkSealing } from './check-sealing.ts'
import { checkShape } from './check-shape.ts'
import { checkTexts } from './check-texts.ts'
import { type CheckOptions, PackageNames } from './package-names.ts'
import { type Problem, Problems } from './problem.ts'

/**
 * Checks a package document. If its shape is wrong, only that is told: the rest would be guesses.
 *
 * @param document  parsed JSON, from an author's tool or from published bytes
 * @returns         problems in the order of the checks; none of severity `error`: it may be published
 */
export function checkPackage(document: unknown, options: CheckOptions): readonly Problem[] {
  const problems = new Problems()
  if (checkShape(document, problems)) checkMeaning(document, options, problems)
  return problems.all
}

function checkMeaning(document: PackageDocument, options: CheckOptions, problems: Problems): void {
  const names = new PackageNames(document, options)
  checkReferences(names, problems)
  checkFields(names, problems)
  checkExpressions(names, problems)
  checkFlow(names, problems)
  checkSealing(names, problems)
  checkLaw(document, options, problems)
  checkTexts(names, problems)
}

/** Whether a package with these problems must not be published. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error')
}
