import type { RuleBook } from '../vocabulary/rule-book.ts'
import { agreeToGrant } from './agree-to-grant.ts'
import { agreeToRead } from './agree-to-read.ts'
import { budgets } from './budget-records.ts'
import { confirmErasure } from './confirm-erasure.ts'
import { confirmReads } from './confirm-reads.ts'
import { delegateGrant } from './delegate-grant.ts'
import { eraseSections, restrictSections } from './erase-sections.ts'
import { erasures, tombstones } from './erasure-records.ts'
import { findPerson } from './find-person.ts'
import { getAppetite } from './get-appetite.ts'
import { getErasure } from './get-erasure.ts'
import { getGrant } from './get-grant.ts'
import { getRead } from './get-read.ts'
import { getRelease } from './get-release.ts'
import { getSharingMatrix } from './get-sharing-matrix.ts'
import { handOver } from './hand-over.ts'
import { handOvers } from './hand-over-records.ts'
import { issueGrant } from './issue-grant.ts'
import { liftSuspension } from './lift-suspension.ts'
import { listBatches } from './list-batches.ts'
import { listEmergencies } from './list-emergencies.ts'
import { listErasures } from './list-erasures.ts'
import { listGivenGrants } from './list-given-grants.ts'
import { listGrants } from './list-grants.ts'
import { listHandOvers } from './list-hand-overs.ts'
import { listObjections } from './list-objections.ts'
import { listReads } from './list-reads.ts'
import { listReadsOfRecords } from './list-reads-of-records.ts'
import { listSections } from './list-sections.ts'
import { listTombstones } from './list-tombstones.ts'
import { listWaitingReads } from './list-waiting-reads.ts'
import { answerObjection, objectToRead } from './object-to-read.ts'
import { emergencyCounts, objections } from './objection-records.ts'
import { panels, shareReleases } from './panel-records.ts'
import type { AccessPorts } from './ports.ts'
import { raiseUnconfirmed } from './raise-unconfirmed.ts'
import { readSections } from './read-sections.ts'
import { batches, grants, reads, sections } from './records.ts'
import { releaseShare } from './release-share.ts'
import { resealSections } from './reseal-sections.ts'
import { raiseUnreviewed, reviewEmergency } from './review-emergency.ts'
import { revokeGrant } from './revoke-grant.ts'
import { suspendGrant } from './suspend-grant.ts'
import { withdrawConsent } from './withdraw-consent.ts'

const QUERIES: RuleBook['queries'] = [
  getAppetite,
  getErasure,
  getGrant,
  getRead,
  getRelease,
  getSharingMatrix,
  listBatches,
  listEmergencies,
  listErasures,
  listGivenGrants,
  listGrants,
  listHandOvers,
  listObjections,
  listReads,
  listReadsOfRecords,
  listSections,
  listTombstones,
  listWaitingReads,
]

const COLLECTIONS: RuleBook['collections'] = [
  batches,
  budgets,
  emergencyCounts,
  erasures,
  grants,
  handOvers,
  objections,
  panels,
  reads,
  sections,
  shareReleases,
  tombstones,
]

/** Actions, queries and collections of access; it asks other modules by `ports`. */
export function accessBook(ports: AccessPorts): RuleBook {
  return {
    actions: [
      agreeToGrant,
      agreeToRead(ports),
      answerObjection,
      confirmErasure,
      confirmReads,
      delegateGrant,
      eraseSections(ports),
      findPerson(ports),
      handOver,
      issueGrant(ports),
      liftSuspension,
      objectToRead,
      raiseUnconfirmed(ports),
      raiseUnreviewed(ports),
      readSections(ports),
      releaseShare,
      resealSections,
      restrictSections,
      reviewEmergency(ports),
      revokeGrant,
      suspendGrant,
      withdrawConsent,
    ],
    queries: QUERIES,
    collections: COLLECTIONS,
  }
}
