import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { HolderName, MemberId } from '../vocabulary/schemas.ts'
import { Grant, GrantKind, grants } from './records.ts'

/** What a person or officer gave: consents to take back, grants to look after, oldest first; a ward's too. */
export const listGivenGrants = query({
  name: 'access.listGivenGrants',
  summary: 'Lists the grants that a person or officer of your member gave: consents and others.',
  input: Type.Object({
    ...PageInput,
    member: MemberId,
    /** Name of the subject, or number of the officer. */
    name: HolderName,
    kind: Type.Optional(GrantKind),
  }),
  output: pageOf(Grant),
  mayRead: (reader, { member }) => reader.member === member,
  run(view, { member, name, kind, limit, cursor }) {
    const range = { prefix: [member, name], ...afterCursor(view, cursor) }
    const found = placed(
      view.state(grants).index('byGiver', range),
      (id, grant) =>
        kind === undefined || grant.kind === kind ? [grant.issued?.givenBy.at ?? 0, id] : undefined,
      (grant) => grant,
    )
    return page(view, found, limit)
  },
})
