import { EncodingRefused, fromBase64Url } from '@renshe/crypto'
import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { requireVoter } from '../governance/proposals.ts'
import { Digest } from '../vocabulary/schemas.ts'
import { packageHash } from './catalogue-hash.ts'
import { parts } from './records.ts'
import { catalogueRefusal } from './refusals.ts'

/** Most bytes of a part: base64url must fit a transaction body. */
export const PART_BYTES = 131_072

/** Puts bytes of a package under their hash; the same bytes again change nothing. */
export const putPart = action({
  name: 'catalogue.putPart',
  summary: 'Puts a part of a package under its hash, to be named by a proposal.',
  input: Type.Object({
    part: Digest,
    bytes: Type.String({ minLength: 2, maxLength: 174_763, description: 'base64url' }),
  }),
  run(ctx: Context, { part, bytes }) {
    // Parts stay for ever, so only those who may propose put them.
    requireVoter(ctx)
    const content = read(ctx, bytes)
    if (packageHash(content) !== part) ctx.refuse(catalogueRefusal({ code: 'PART_HASH', part }))

    if (!ctx.state(parts).has(part)) {
      ctx.state(parts).put(part, { v: 1, size: content.length, bytes })
    }
    return { part, size: content.length }
  },
})

function read(ctx: Context, bytes: string): Uint8Array {
  try {
    return fromBase64Url(bytes)
  } catch (error) {
    if (error instanceof EncodingRefused) {
      return ctx.refuse(catalogueRefusal({ code: 'PART_ENCODING' }))
    }
    throw error
  }
}
