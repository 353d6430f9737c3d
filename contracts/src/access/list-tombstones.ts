import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { MemberId } from '../vocabulary/schemas.ts'
import { ErasureState, Tombstone, tombstones } from './erasure-records.ts'

/** Records of an owner that are erased or restricted: what a restored backup replays before it answers. */
export const listTombstones = query({
  name: 'access.listTombstones',
  summary: 'Lists the records of an owner that are erased or restricted.',
  input: Type.Object({ ...PageInput, owner: MemberId, state: Type.Optional(ErasureState) }),
  output: pageOf(Tombstone),
  mayRead: (reader) => reader.member !== null,
  run(view, { owner, state, limit, cursor }) {
    const range = { prefix: [owner], ...afterCursor(view, cursor) }
    const found = placed(
      view.state(tombstones).range(range),
      ([, record], stone) => (state === undefined || stone.state === state ? [record] : undefined),
      (stone) => stone,
    )
    return page(view, found, limit)
  },
})
