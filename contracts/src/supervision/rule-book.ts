import type { RuleBook } from '../vocabulary/rule-book.ts'
import { acknowledgeAlert } from './acknowledge-alert.ts'
import { closeAlert } from './close-alert.ts'
import { confirmWarrant } from './confirm-warrant.ts'
import { getSupervisionSummary } from './get-supervision-summary.ts'
import { getWarrant } from './get-warrant.ts'
import { issueWarrant } from './issue-warrant.ts'
import { listAlerts } from './list-alerts.ts'
import { listMissed } from './list-missed.ts'
import { listTripleMatches } from './list-triple-matches.ts'
import { listWarrants } from './list-warrants.ts'
import { nameWarrantRows } from './name-warrant-rows.ts'
import { raiseMissed } from './raise-missed.ts'
import { alerts, warrants, watches } from './records.ts'
import { revokeWarrant } from './revoke-warrant.ts'

/** Actions, queries and collections of supervision. */
export const supervisionBook: RuleBook = {
  actions: [
    acknowledgeAlert,
    closeAlert,
    confirmWarrant,
    issueWarrant,
    nameWarrantRows,
    raiseMissed,
    revokeWarrant,
  ],
  queries: [
    getSupervisionSummary,
    getWarrant,
    listAlerts,
    listMissed,
    listTripleMatches,
    listWarrants,
  ],
  collections: [alerts, warrants, watches],
}
