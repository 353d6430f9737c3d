import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { CaseId, MemberId } from '../vocabulary/schemas.ts'
import { isTold } from './audience.ts'
import { Alert, AlertState, alerts } from './records.ts'

/**
 * Alerts, newest first; of a case, oldest first. Every member reads all of them: what an alert says is
 * L1, what is behind it stays sealed.
 */
export const listAlerts = query({
  name: 'supervision.listAlerts',
  summary: 'Lists alerts: all, of a case, in a state, or those meant for a member.',
  input: Type.Object({
    ...PageInput,
    case: Type.Optional(CaseId),
    state: Type.Optional(AlertState),
    for: Type.Optional(MemberId),
  }),
  output: pageOf(Alert),
  mayRead: (reader) => reader.member !== null,
  run(view, { case: caseId, state, for: member, limit, cursor }) {
    const prefix = caseId !== undefined ? [caseId] : state !== undefined ? [state] : []
    const index = caseId !== undefined ? 'byCase' : state !== undefined ? 'byState' : 'byTime'
    const range = { prefix, reverse: caseId === undefined, ...afterCursor(view, cursor) }
    const isAsked = (alert: Alert) =>
      (state === undefined || alert.state === state) &&
      (member === undefined || isTold(view, alert, member))
    const found = placed(
      view.state(alerts).index(index, range),
      (_, alert) => (isAsked(alert) ? [alert.at, alert.id] : undefined),
      (alert) => alert,
    )
    return page(view, found, limit)
  },
})
