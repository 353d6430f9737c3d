import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { ClauseId } from '../vocabulary/schemas.ts'
import { ClauseRecord, clauses } from './records.ts'

/** Clauses as packages cite them. */
export const listClauses = query({
  name: 'catalogue.listClauses',
  summary: 'Lists the clauses that published packages cite.',
  input: Type.Object({ ...PageInput, clause: Type.Optional(ClauseId) }),
  output: pageOf(ClauseRecord),
  mayRead: () => true,
  run(view, { clause, limit, cursor }) {
    const prefix = clause === undefined ? [] : [clause]
    const range = { prefix, ...afterCursor(view, cursor) }
    const found = placed(
      view.state(clauses).index('byId', range),
      (hash, { id, effectiveFrom }) => [...(clause === undefined ? [id] : []), effectiveFrom, hash],
      (record) => record,
    )
    return page(view, found, limit)
  },
})
