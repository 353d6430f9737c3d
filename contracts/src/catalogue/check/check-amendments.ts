/* Clauses amend and repeal each other: what they name exists, came before, and ends or goes on as they say. */
import type { Clause } from '../package-document.ts'
import type { PackageNames } from './package-names.ts'
import type { Problems } from './problem.ts'

/** Checks `amends` and `repeals` of every clause of a package. */
export function checkAmendments(names: PackageNames, problems: Problems): void {
  names.document.law.forEach((clause, index) => {
    clause.amends?.forEach((id, at) => {
      const path = `/law/${index}/amends/${at}`
      if (!isEarlier(names, clause, id, path, problems)) return
      // The amended clause goes on in its new words, so these must be there.
      const day = clause.effectiveFrom
      if (names.findClauses(id).some(({ effectiveFrom }) => effectiveFrom === day)) return
      problems.error(path, 'CLAUSE_AMENDED', `a version of it in force from ${day}`, id)
    })
    clause.repeals?.forEach((id, at) => {
      const path = `/law/${index}/repeals/${at}`
      if (!isEarlier(names, clause, id, path, problems)) return
      const outliving = names
        .findClauses(id)
        .find((one) => one.effectiveTo !== null && one.effectiveTo >= clause.effectiveFrom)
      if (outliving === undefined) return
      const expected = `a clause that ends before ${clause.effectiveFrom}`
      problems.error(path, 'CLAUSE_OUTLIVES_REPEAL', expected, `${id} ${outliving.effectiveTo}`)
    })
  })
}

/** A clause changes only what began before it: so no two clauses change each other. */
function isEarlier(
  names: PackageNames,
  { id: own, effectiveFrom }: Clause,
  id: string,
  path: string,
  problems: Problems,
): boolean {
  const known = names.findClauses(id)
  if (known.length === 0) {
    problems.error(path, 'CLAUSE_UNKNOWN', 'a clause of law.yaml or of a used package', id)
  } else if (!known.some((one) => one.effectiveFrom < effectiveFrom)) {
    const expected = `a clause in force before ${effectiveFrom}, the first day of ${own}`
    problems.error(path, 'CLAUSE_NOT_EARLIER', expected, id)
  } else return true
  return false
}

/** Whether a later clause has ended this version of a clause by that day. */
export function isRepealed(names: PackageNames, clause: Clause, day: string): boolean {
  return names
    .citedClauses()
    .some(
      ({ repeals, effectiveFrom }) =>
        repeals?.includes(clause.id) === true &&
        effectiveFrom <= day &&
        clause.effectiveFrom < effectiveFrom,
    )
}
