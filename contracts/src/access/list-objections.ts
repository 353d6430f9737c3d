import { type KeyPart, query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { Digest, MemberId } from '../vocabulary/schemas.ts'
import { Objection, objections } from './objection-records.ts'

/** Objections, oldest first: to one read, to a member, or only those without an answer. */
export const listObjections = query({
  name: 'access.listObjections',
  summary: 'Lists objections to reads with their answers, oldest first.',
  input: Type.Object({
    ...PageInput,
    read: Type.Optional(Digest),
    member: Type.Optional(MemberId),
    /** Only those without an answer. */
    open: Type.Optional(Type.Boolean()),
  }),
  output: pageOf(Objection),
  mayRead: (reader) => reader.member !== null,
  run(view, { read, member, open, limit, cursor }) {
    const [index, prefix]: [string, readonly KeyPart[]] =
      read !== undefined
        ? ['byRead', [read]]
        : member === undefined
          ? ['byTime', []]
          : ['byMember', [member]]
    const range = { prefix, ...afterCursor(view, cursor) }
    const found = placed(
      view.state(objections).index(index, range),
      (id, { opened, answer, member: asked }) => {
        if (open === true && answer !== null) return undefined
        return member === undefined || asked === member ? [opened.at, id] : undefined
      },
      (objection) => objection,
    )
    return page(view, found, limit)
  },
})
