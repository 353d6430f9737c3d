import { Certificate, certificates, query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { Digest, MemberId } from '../vocabulary/schemas.ts'

/** Signing keys of a member. Public, as evidence needs them. */
export const listCertificates = query({
  name: 'membership.listCertificates',
  summary: 'Lists the signing keys of a member: who holds them, from when until when.',
  input: Type.Object({ ...PageInput, member: MemberId }),
  output: pageOf(Type.Object({ certificate: Digest, ...Certificate.properties })),
  mayRead: () => true,
  run(view, { member, limit, cursor }) {
    const range = { prefix: [member], ...afterCursor(view, cursor) }
    const found = placed(
      view.state(certificates).index('byMember', range),
      (certificate, { kind }) => [kind, certificate],
      (record, certificate) => ({ certificate, ...record }),
    )
    return page(view, found, limit)
  },
})
