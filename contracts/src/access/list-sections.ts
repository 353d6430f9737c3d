import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { CaseId } from '../vocabulary/schemas.ts'
import { SealedSection, sections } from './records.ts'

/** Commitments of the sealed sections of a case. */
export const listSections = query({
  name: 'access.listSections',
  summary: 'Lists the commitments of the sealed sections of a case.',
  input: Type.Object({ ...PageInput, case: CaseId }),
  output: pageOf(SealedSection),
  mayRead: (reader) => reader.member !== null,
  run(view, { case: caseId, limit, cursor }) {
    const range = { prefix: [caseId], ...afterCursor(view, cursor) }
    const found = placed(
      view.state(sections).index('byCase', range),
      ([record, section, version]) => [section, record, version],
      (section) => section,
    )
    return page(view, found, limit)
  },
})
