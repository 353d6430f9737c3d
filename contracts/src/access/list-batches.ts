import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { CaseId } from '../vocabulary/schemas.ts'
import { batches, SealedBatch } from './records.ts'

/** Roots of the sealed batches of a case. */
export const listBatches = query({
  name: 'access.listBatches',
  summary: 'Lists the roots of the sealed batches of a case.',
  input: Type.Object({ ...PageInput, case: CaseId }),
  output: pageOf(SealedBatch),
  mayRead: (reader) => reader.member !== null,
  run(view, { case: caseId, limit, cursor }) {
    const range = { prefix: [caseId], ...afterCursor(view, cursor) }
    const found = placed(
      view.state(batches).index('byCase', range),
      (root, { section }) => [section, root],
      (batch) => batch,
    )
    return page(view, found, limit)
  },
})
