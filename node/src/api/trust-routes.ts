/* What a reader trusts to judge evidence of this chain; to be compared once with what members publish. */
import type { Json } from '@renshe/crypto'
import { Type } from 'typebox'
import { pinOf } from '../evidence/save-evidence.ts'
import { AnyObject, API_BASE, type ApiRoute, everyone, HexDigest } from './route.ts'

/** Routes of trust. */
export const trustRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: `${API_BASE}/trust`,
    operationId: 'trust.get',
    summary: 'Gives genesis hash, founding policy and names of members, to judge evidence by.',
    access: 'public',
    mayRead: everyone,
    replies: {
      200: Type.Object({
        chain: Type.String(),
        genesisHash: HexDigest,
        policies: Type.Array(HexDigest),
        members: AnyObject,
      }),
    },
    run: ({ parts }) => ({
      status: 200,
      json: pinOf(parts.host.report.genesis) as unknown as Json,
    }),
  },
]
