import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { MemberId } from '../vocabulary/schemas.ts'
import { Read, reads } from './records.ts'

/** Reads of a member that wait for their second officer, oldest first; those that came too late are left out. */
export const listWaitingReads = query({
  name: 'access.listWaitingReads',
  summary: 'Lists reads of your member that wait for a second officer, oldest first.',
  input: Type.Object({ ...PageInput, member: MemberId }),
  output: pageOf(Read),
  mayRead: (reader, { member }) => reader.member === member,
  run(view, { member, limit, cursor }) {
    const range = { prefix: [member], ...afterCursor(view, cursor) }
    const found = placed(
      view.state(reads).index('waiting', range),
      (id, { at, second }) => (second !== null && second.until >= view.time ? [at, id] : undefined),
      (read) => read,
    )
    return page(view, found, limit)
  },
})
