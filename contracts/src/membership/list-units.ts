import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { MemberId } from '../vocabulary/schemas.ts'
import { Unit, units } from './records.ts'

/** Departments of a member. */
export const listUnits = query({
  name: 'membership.listUnits',
  summary: 'Lists the departments of a member.',
  input: Type.Object({ ...PageInput, member: MemberId }),
  output: pageOf(Unit),
  mayRead: (reader) => reader.member !== null,
  run(view, { member, limit, cursor }) {
    const walk = view.state(units).range({ prefix: [member], ...afterCursor(view, cursor) })
    const found = placed(
      walk,
      ([, unit]) => [unit],
      (unit) => unit,
    )
    return page(view, found, limit)
  },
})
