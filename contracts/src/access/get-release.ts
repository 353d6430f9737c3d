import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { EncryptionKey } from '../membership/records.ts'
import { Digest } from '../vocabulary/schemas.ts'
import { checkRelease } from './check-release.ts'
import { Grant, Read, reads, SealedBatch } from './records.ts'

const Refused = Type.Object({ ok: Type.Literal(false), code: Type.String() })
const Accepted = Type.Object({
  ok: Type.Literal(true),
  read: Read,
  grant: Grant,
  batch: Type.Union([SealedBatch, Type.Null()]),
  holderKey: EncryptionKey,
})

/** Whether a committed read may be released now, with all that the release service needs. */
export const getRelease = query({
  name: 'access.getRelease',
  summary: 'Tells the owner whether a committed read may be released now, and to which key.',
  input: Type.Object({ read: Digest }),
  output: Type.Union([Refused, Accepted]),
  mayRead: (reader, { read }, view) => {
    const found = view.state(reads).find(read)
    return found !== undefined && [found.owner, found.member].includes(reader.member ?? '')
  },
  run: (view, { read }) => checkRelease(view, read, view.time),
})
