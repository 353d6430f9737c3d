import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { KebabName, MemberId } from '../vocabulary/schemas.ts'
import { Entry, entries } from './records.ts'

/** Entries of a register by key, or those of one owner. */
export const listEntries = query({
  name: 'registers.listEntries',
  summary: 'Lists the entries of a register by key, of one owner where asked.',
  input: Type.Object({ ...PageInput, register: KebabName, owner: Type.Optional(MemberId) }),
  output: pageOf(Entry),
  mayRead: (reader) => reader.member !== null,
  run(view, { register, owner, limit, cursor }) {
    const after = afterCursor(view, cursor)
    const walk =
      owner === undefined
        ? view.state(entries).range({ prefix: [register], ...after })
        : view.state(entries).index('byOwner', { prefix: [owner, register], ...after })
    const found = placed(
      walk,
      ([, key]) => [key],
      (entry) => entry,
    )
    return page(view, found, limit)
  },
})
