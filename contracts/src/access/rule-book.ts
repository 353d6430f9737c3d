import type { RuleBook } from '../vocabulary/rule-book.ts'
import { confirmReads } from './confirm-reads.ts'
import { getRead } from './get-read.ts'
import { getRelease } from './get-release.ts'
import { handOver } from './hand-over.ts'
import { liftSuspension } from './lift-suspension.ts'
import { listBatches } from './list-batches.ts'
import { listGrants } from './list-grants.ts'
import { listHandOvers } from './list-hand-overs.ts'
import { listReads } from './list-reads.ts'
import { listSections } from './list-sections.ts'
import { readSections } from './read-sections.ts'
import { batches, budgets, grants, handOvers, reads, sections } from './records.ts'
import { revokeGrant } from './revoke-grant.ts'
import { suspendGrant } from './suspend-grant.ts'

/** Actions, queries and collections of access. */
export const accessBook: RuleBook = {
  actions: [confirmReads, liftSuspension, readSections, revokeGrant, handOver, suspendGrant],
  queries: [getRead, getRelease, listBatches, listGrants, listHandOvers, listReads, listSections],
  collections: [batches, budgets, grants, handOvers, reads, sections],
}
