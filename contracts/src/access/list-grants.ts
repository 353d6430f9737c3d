import { type KeyPart, query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { CaseId, MemberId } from '../vocabulary/schemas.ts'
import { Grant, grants } from './records.ts'
import { mayShowGrant } from './warrant-grants.ts'

/** Grants of a case, of a holder or over an owner's data; their terms are L1. */
export const listGrants = query({
  name: 'access.listGrants',
  summary: 'Lists grants of a case, of a holder, or over the data of an owner.',
  input: Type.Object({
    ...PageInput,
    case: Type.Optional(CaseId),
    holder: Type.Optional(MemberId),
    owner: Type.Optional(MemberId),
  }),
  output: pageOf(Grant),
  mayRead: (reader) => reader.member !== null,
  run(view, { case: caseId, holder, owner, limit, cursor }, reader) {
    const [index, prefix]: [string, readonly KeyPart[]] =
      caseId !== undefined
        ? ['byCase', [caseId]]
        : holder !== undefined
          ? ['byHolder', [holder]]
          : ['byOwner', owner === undefined ? [] : [owner]]
    const range = { prefix, ...afterCursor(view, cursor) }
    const found = placed(
      view.state(grants).index(index, range),
      (id, grant) => {
        if (holder !== undefined && grant.holder.member !== holder) return undefined
        if (owner !== undefined && grant.owner !== owner) return undefined
        if (!mayShowGrant(grant, reader, view.time)) return undefined
        return prefix.length === 0 ? [grant.owner, id] : [id]
      },
      (grant) => grant,
    )
    return page(view, found, limit)
  },
})
