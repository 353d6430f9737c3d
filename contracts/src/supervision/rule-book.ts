import type { RuleBook } from '../vocabulary/rule-book.ts'
import { acknowledgeAlert } from './acknowledge-alert.ts'
import { closeAlert } from './close-alert.ts'
import { getSupervisionSummary } from './get-supervision-summary.ts'
import { listAlerts } from './list-alerts.ts'
import { listMissed } from './list-missed.ts'
import { listTripleMatches } from './list-triple-matches.ts'
import { raiseMissed } from './raise-missed.ts'
import { alerts, watches } from './records.ts'

/** Actions, queries and collections of supervision. */
export const supervisionBook: RuleBook = {
  actions: [acknowledgeAlert, closeAlert, raiseMissed],
  queries: [getSupervisionSummary, listAlerts, listMissed, listTripleMatches],
  collections: [alerts, watches],
}
