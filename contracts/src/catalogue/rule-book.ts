import type { BroughtEnactments } from '../governance/rule-book.ts'
import type { RuleBook } from '../vocabulary/rule-book.ts'
import { comparePackagesQuery } from './compare-packages.ts'
import type { ExamplePlayer } from './examples.ts'
import { getPackageQuery } from './get-package.ts'
import { getPackageInForce } from './get-package-in-force.ts'
import { getPart } from './get-part.ts'
import { getRuleQuery } from './get-rule.ts'
import { listClauses } from './list-clauses.ts'
import { listDataSets } from './list-data-sets.ts'
import { listPackages } from './list-packages.ts'
import { listParameters } from './list-parameters.ts'
import { listRules } from './list-rules.ts'
import { proposePackageAction, publication } from './propose-package.ts'
import { proposeWithdrawal, withdrawal } from './propose-withdrawal.ts'
import { putPart } from './put-part.ts'
import {
  calendarYears,
  clauses,
  nameOwners,
  packages,
  parameters,
  parts,
  rules,
  sectionEntries,
} from './records.ts'

/** What the catalogue does when its proposals are enacted. */
export const catalogueEnactments: BroughtEnactments = {
  publish: publication,
  loosen: publication,
  withdraw: withdrawal,
}

/** Actions, queries and collections of the catalogue. */
export function catalogueBook(playExamples: ExamplePlayer): RuleBook {
  return {
    actions: [proposePackageAction(playExamples), proposeWithdrawal, putPart],
    queries: [
      comparePackagesQuery,
      getPackageInForce,
      getPackageQuery,
      getPart,
      getRuleQuery,
      listClauses,
      listDataSets,
      listPackages,
      listParameters,
      listRules,
    ],
    collections: [
      calendarYears,
      clauses,
      nameOwners,
      packages,
      parameters,
      parts,
      rules,
      sectionEntries,
    ],
  }
}
