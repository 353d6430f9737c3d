import { type KeyPart, query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { MemberId } from '../vocabulary/schemas.ts'
import { Grant, grants } from './records.ts'

/** Emergencies with their reviews, oldest first: of one member, or only those that nobody reviewed. */
export const listEmergencies = query({
  name: 'access.listEmergencies',
  summary: 'Lists emergency grants with their reviews, oldest first.',
  input: Type.Object({
    ...PageInput,
    member: Type.Optional(MemberId),
    unreviewed: Type.Optional(Type.Boolean()),
  }),
  output: pageOf(Grant),
  mayRead: (reader) => reader.member !== null,
  run(view, { member, unreviewed, limit, cursor }) {
    const prefix: readonly KeyPart[] = member === undefined ? [] : [member]
    const range = { prefix, ...afterCursor(view, cursor) }
    const found = placed(
      view.state(grants).index('byEmergency', range),
      (id, { holder, issued }) => {
        if (unreviewed === true && issued?.review?.state !== 'WAITING') return undefined
        const at = issued?.givenBy.at ?? 0
        return member === undefined ? [holder.member, at, id] : [at, id]
      },
      (grant) => grant,
    )
    return page(view, found, limit)
  },
})
