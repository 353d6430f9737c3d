/* Every query of the contracts: what is searched for never lies in a path. */
import type { JsonObject } from '@renshe/crypto'
import type { Query } from '@renshe/kernel'
import { Type } from 'typebox'
import { pathOfName } from './operation-names.ts'
import { ProblemThrown } from './problem.ts'
import { API_BASE, type ApiRoute, type Call, everyone, type Reply, readingMember } from './route.ts'
import { readerOf } from './session.ts'

/** Routes of all queries. */
export function queryRoutes(queries: Iterable<Query<never>>): readonly ApiRoute[] {
  return [...queries].map(queryRoute)
}

function queryRoute({ name, summary, input, output }: Query<never>): ApiRoute {
  return {
    method: 'POST',
    path: `${API_BASE}/queries/${pathOfName(name)}`,
    operationId: name,
    summary,
    access: 'public',
    // `mayRead` of the query itself decides; it answers the public too, as far as it may.
    mayRead: everyone,
    body: Type.Object({
      input,
      asOf: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
    }),
    replies: { 200: Type.Object({ height: Type.Integer(), data: output }) },
    run: (call) => answer(call, name),
  }
}

function answer(call: Call, name: string): Reply {
  const { body, session } = call
  const { ledger } = readingMember(call)
  const asOf = body.asOf as number | undefined
  if (asOf !== undefined && asOf > ledger.finalHeight) {
    throw new ProblemThrown('HEIGHT_UNKNOWN', { height: asOf, finalHeight: ledger.finalHeight })
  }
  if (asOf !== undefined && ledger.copy.history.at(asOf) === undefined) {
    throw new ProblemThrown('HEIGHT_NOT_KEPT', { height: asOf })
  }
  const reply = ledger.query(name, body.input as JsonObject, readerOf(session), asOf)
  if (reply.ok) return { status: 200, json: { height: reply.height, data: reply.data } }
  if (reply.fault !== undefined) throw reply.fault
  throw new ProblemThrown(reply.code, reply.data)
}
