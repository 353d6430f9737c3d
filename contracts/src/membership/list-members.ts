import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { MemberRole } from '../vocabulary/schemas.ts'
import { Member, members } from './records.ts'

/** Members of the chain, ascending by id. Public: who takes part is no secret. */
export const listMembers = query({
  name: 'membership.listMembers',
  summary: 'Lists the members of the chain, also those suspended or removed.',
  input: Type.Object({ ...PageInput, role: Type.Optional(MemberRole) }),
  output: pageOf(Member),
  mayRead: () => true,
  run(view, { role, limit, cursor }) {
    const range = afterCursor(view, cursor)
    const walk =
      role === undefined
        ? view.state(members).range(range)
        : view.state(members).index('byRole', { prefix: [role], ...range })
    return page(
      view,
      placed(
        walk,
        (id) => [id],
        (member) => member,
      ),
      limit,
    )
  },
})
