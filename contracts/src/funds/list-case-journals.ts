import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { CaseId } from '../vocabulary/schemas.ts'
import { isOfChain } from './reading.ts'
import { Journal, journals } from './records.ts'

/** What one case posted, in any book, oldest first. */
export const listCaseJournals = query({
  name: 'funds.listCaseJournals',
  summary: 'Lists the journals that a case posted.',
  input: Type.Object({ ...PageInput, case: CaseId }),
  output: pageOf(Journal),
  mayRead: isOfChain,
  run(view, { case: caseId, limit, cursor }) {
    const range = { prefix: [caseId], ...afterCursor(view, cursor) }
    const found = placed(
      view.state(journals).index('byCase', range),
      (_, { at, book, seq }) => [at, book, seq],
      (journal) => journal,
    )
    return page(view, found, limit)
  },
})
