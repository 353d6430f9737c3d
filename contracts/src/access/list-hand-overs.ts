import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { CaseId } from '../vocabulary/schemas.ts'
import { HandOver, handOvers } from './hand-over-records.ts'

/** Hand-overs that a case ordered, with who has signed. */
export const listHandOvers = query({
  name: 'access.listHandOvers',
  summary: 'Lists the hand-overs that a case ordered, and who has signed them.',
  input: Type.Object({ ...PageInput, case: CaseId }),
  output: pageOf(HandOver),
  mayRead: (reader) => reader.member !== null,
  run(view, { case: caseId, limit, cursor }) {
    const range = { prefix: [caseId], ...afterCursor(view, cursor) }
    const found = placed(
      view.state(handOvers).index('byCase', range),
      (id) => [id],
      (handOver) => handOver,
    )
    return page(view, found, limit)
  },
})
