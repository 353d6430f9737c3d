import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { MemberId } from '../vocabulary/schemas.ts'
import { Keyholder, keyholders } from './records.ts'

/**
 * Officers and systems of a member, as every member sees them: numbers and roles, no names of
 * people.
 */
export const listOfficers = query({
  name: 'membership.listOfficers',
  summary: 'Lists the officers and systems of a member with their roles and units.',
  input: Type.Object({ ...PageInput, member: MemberId }),
  output: pageOf(Keyholder),
  mayRead: (reader) => reader.member !== null,
  run(view, { member, limit, cursor }) {
    const walk = view.state(keyholders).range({ prefix: [member], ...afterCursor(view, cursor) })
    const found = placed(
      walk,
      ([, kind, name]) => [kind, name],
      (keyholder) => keyholder,
    )
    return page(view, found, limit)
  },
})
