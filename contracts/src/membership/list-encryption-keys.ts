import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { Digest, MemberId } from '../vocabulary/schemas.ts'
import { EncryptionKey, encryptionKeys } from './records.ts'

/** Keys that others seal to, for one member: what its node and its partners use. */
export const listEncryptionKeys = query({
  name: 'membership.listEncryptionKeys',
  summary: 'Lists the keys of a member that others seal to.',
  input: Type.Object({ ...PageInput, member: MemberId }),
  output: pageOf(Type.Object({ holderKey: Digest, ...EncryptionKey.properties })),
  mayRead: (reader) => reader.member !== null,
  run(view, { member, limit, cursor }) {
    const range = { prefix: [member], ...afterCursor(view, cursor) }
    const found = placed(
      view.state(encryptionKeys).index('byMember', range),
      (_key, { notAfter, certificate }) => [notAfter, certificate],
      (record, holderKey) => ({ holderKey, ...record }),
    )
    return page(view, found, limit)
  },
})
