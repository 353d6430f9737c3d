import { type KeyPart, query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { MemberId } from '../vocabulary/schemas.ts'
import { type Erasure, erasures, missingOf } from './erasure-records.ts'
import { ShownErasure } from './get-erasure.ts'

/** Erasures, oldest first: of an owner, or those that a member has still to confirm. */
export const listErasures = query({
  name: 'access.listErasures',
  summary: 'Lists erasures with the confirmations that came and those that are missing.',
  input: Type.Object({
    ...PageInput,
    owner: Type.Optional(MemberId),
    /** Only those that this member has still to confirm. */
    toConfirm: Type.Optional(MemberId),
  }),
  output: pageOf(ShownErasure),
  mayRead: (reader) => reader.member !== null,
  run(view, { owner, toConfirm, limit, cursor }) {
    const [index, prefix] = indexOf(owner, toConfirm)
    const range = { prefix, ...afterCursor(view, cursor) }
    const found = placed(
      view.state(erasures).index(index, range),
      (id, erasure) =>
        owner === undefined || erasure.owner === owner ? [erasure.at, id] : undefined,
      (erasure: Erasure) => ({ ...erasure, missing: missingOf(erasure) }),
    )
    return page(view, found, limit)
  },
})

function indexOf(owner?: string, toConfirm?: string): [string, readonly KeyPart[]] {
  if (toConfirm !== undefined) return ['unconfirmed', [toConfirm]]
  return owner === undefined ? ['byTime', []] : ['byOwner', [owner]]
}
