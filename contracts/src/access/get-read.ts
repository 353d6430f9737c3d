import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { Digest } from '../vocabulary/schemas.ts'
import { Grant, grants, Read, reads } from './records.ts'
import { accessRefusal } from './refusals.ts'
import { mayShowReadOf } from './warrant-grants.ts'

/** One read with its grant: what a receipt says. */
export const getRead = query({
  name: 'access.getRead',
  summary: 'Shows one read with its grant, as its receipt tells it.',
  input: Type.Object({ read: Digest }),
  output: Type.Object({ read: Read, grant: Grant }),
  mayRead: (reader, { read }, view) => {
    const found = view.state(reads).find(read)
    if (reader.member === null) return false
    return found === undefined || mayShowReadOf(view, found.grant, reader)
  },
  run(view, { read: id }) {
    const read =
      view.state(reads).find(id) ?? view.refuse(accessRefusal({ code: 'READ_NOT_FOUND', read: id }))
    return { read, grant: view.state(grants).get(read.grant) }
  },
})
