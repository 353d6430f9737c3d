import { type KeyPart, query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { Digest, GrantId, MemberId, RecordId } from '../vocabulary/schemas.ts'
import { Read, reads } from './records.ts'
import { mayShowReadOf } from './warrant-grants.ts'

const ListReads = Type.Object({
  ...PageInput,
  grant: Type.Optional(GrantId),
  owner: Type.Optional(MemberId),
  member: Type.Optional(MemberId),
  record: Type.Optional(RecordId),
  batch: Type.Optional(Digest),
  /** Only reads that the owner has not confirmed. */
  unconfirmed: Type.Optional(Type.Boolean()),
})

/**
 * Reads, oldest first, by the first filter that is given: of one grant, owner, reader, record or
 * batch. Those of a warrant with delayed disclosure show only at its holder until their day.
 */
export const listReads = query({
  name: 'access.listReads',
  summary: 'Lists reads by grant, owner, reading member, record or batch, oldest first.',
  input: ListReads,
  output: pageOf(Read),
  mayRead: (reader) => reader.member !== null,
  run(view, input, reader) {
    const { limit, cursor } = input
    const [index, prefix] = indexOf(input)
    const range = { prefix, ...afterCursor(view, cursor) }
    const found = placed(
      view.state(reads).index(index, range),
      (id, read) => (isWanted(read) ? [read.at, id] : undefined),
      (read) => read,
    )
    return page(view, found, limit)

    function isWanted({ owner, member, confirmation, grant }: Read): boolean {
      if (!mayShowReadOf(view, grant, reader)) return false
      if (input.unconfirmed === true && confirmation !== null) return false
      if (input.owner !== undefined && owner !== input.owner) return false
      return input.member === undefined || member === input.member
    }
  },
})

function indexOf({
  grant,
  owner,
  member,
  record,
  batch,
}: {
  grant?: string
  owner?: string
  member?: string
  record?: string
  batch?: string
}): [string, readonly KeyPart[]] {
  if (grant !== undefined) return ['byGrant', [grant]]
  if (record !== undefined) return ['byRecord', [record]]
  if (batch !== undefined) return ['byBatch', [batch]]
  if (member !== undefined) return ['byMember', [member]]
  return owner === undefined ? ['byTime', []] : ['byOwner', [owner]]
}
