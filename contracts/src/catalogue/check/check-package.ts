/*
 * The complete static check of a package: what `renshe service check` tells and what publication
 * refuses.
 */
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
 * @returns         problems in the order of the checks; none of severity `error`: it may be
 * published
 */
export function checkPackage(document: unknown, options: CheckOptions): readonly Problem[] {
  const problems = new Problems()
  if (checkShape(document, problems)) checkMeaning(document, options, problems)
  return problems.all
}

function checkMeaning(document: PackageDocument, options: CheckOptions, problems: Problems): void {
  const names = new PackageNames(document, options)
  checkRecordCount(document, problems)
  checkExampleCount(document, problems)
  checkReferences(names, problems)
  checkFields(names, problems)
  checkExpressions(names, problems)
  checkFlow(names, problems)
  checkSealing(names, problems)
  checkLaw(document, options, problems)
  checkTexts(names, problems)
}

/** A publication writes its records in one transaction, which has a limit of 2,000 writes. */
const MOST_RECORDS = 1_500

function checkRecordCount(document: PackageDocument, problems: Problems): void {
  const { law, rules, parameters, registers, service } = document
  const series = new Set(parameters.map(({ parameter, region }) => `${region} ${parameter}`))
  const sections = Object.keys(service?.sections ?? {}).length
  const names = rules.length + series.size + Object.keys(registers).length
  const count = law.length + rules.length + series.size + sections + names
  if (count <= MOST_RECORDS) return
  const expected = `at most ${MOST_RECORDS} clauses, rules, parameters, sections and names`
  problems.error('', 'TOO_MANY_RECORDS', expected, count)
}

/** Acts and rows of all case examples: every member plays them when the package is proposed. */
const MOST_ACTS = 2_000
const MOST_ROWS = 10_000

function checkExampleCount({ examples }: PackageDocument, problems: Problems): void {
  const acts = examples.cases.flatMap((example) => example.acts)
  const rows = acts.reduce((sum, act) => sum + (act.rows?.length ?? 0), 0)
  if (acts.length <= MOST_ACTS && rows <= MOST_ROWS) return
  const expected = `at most ${MOST_ACTS} acts and ${MOST_ROWS} rows`
  problems.error('/examples/cases', 'TOO_MANY_ACTS', expected, `${acts.length} acts, ${rows} rows`)
}

/** Whether a package with these problems must not be published. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error')
}
