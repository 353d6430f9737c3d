import type { Enactment } from '../governance/proposals.ts'
import type { Proposal } from '../governance/records.ts'
import type { BroughtEnactments } from '../governance/rule-book.ts'
import type { RuleBook } from '../vocabulary/rule-book.ts'
import { comparePackagesQuery } from './compare-packages.ts'
import { dataSets } from './data-set-records.ts'
import { approveDataSet, draftDataSet } from './draft-data-set.ts'
import type { ExamplePlayer } from './examples.ts'
import { getPackageQuery } from './get-package.ts'
import { getPackageInForce } from './get-package-in-force.ts'
import { getPart } from './get-part.ts'
import { getRuleQuery } from './get-rule.ts'
import { listClauses } from './list-clauses.ts'
import { listDataSetEntries } from './list-data-set-entries.ts'
import { listDataSets } from './list-data-sets.ts'
import { listPackages } from './list-packages.ts'
import { listParameters } from './list-parameters.ts'
import { listRules } from './list-rules.ts'
import { dataSetPublication, proposeDataSet } from './propose-data-set.ts'
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

/** Packages and entries of the data catalogue are published by the same votes. */
const published: Enactment = {
  enact: (ctx, proposal) => enactmentOf(proposal.content).enact(ctx, proposal),
  fail: (ctx, proposal) => enactmentOf(proposal.content).fail?.(ctx, proposal),
}

function enactmentOf(content: Proposal['content']): Enactment {
  return content.dataSet === undefined ? publication : dataSetPublication
}

/** What the catalogue does when its proposals are enacted. */
export const catalogueEnactments: BroughtEnactments = {
  publish: published,
  loosen: published,
  withdraw: withdrawal,
}

/** Actions, queries and collections of the catalogue. */
export function catalogueBook(playExamples: ExamplePlayer): RuleBook {
  return {
    actions: [
      approveDataSet,
      draftDataSet,
      proposeDataSet,
      proposePackageAction(playExamples),
      proposeWithdrawal,
      putPart,
    ],
    queries: [
      comparePackagesQuery,
      getPackageInForce,
      getPackageQuery,
      getPart,
      getRuleQuery,
      listClauses,
      listDataSetEntries,
      listDataSets,
      listPackages,
      listParameters,
      listRules,
    ],
    collections: [
      calendarYears,
      clauses,
      dataSets,
      nameOwners,
      packages,
      parameters,
      parts,
      rules,
      sectionEntries,
    ],
  }
}
