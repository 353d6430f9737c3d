/*
 * What an owner's node answers to its own data steward about a warrant that seeks persons: where they lie.
 * The answer on chain is `supervision.nameWarrantRows`, which the steward signs.
 */
import { DATA_STEWARD, type Warrant, warrants } from '@renshe/contracts'
import type { PersonName } from '@renshe/crypto'
import { Type } from 'typebox'
import { findPersonRows } from '../vault/person-rows.ts'
import { absent } from './problem.ts'
import { API_BASE, type ApiRoute, type Call, HexDigest, type Reply, sessionOf } from './route.ts'

/** The warrant of the path, if it seeks persons in a batch of this session's member and is not answered. */
function findSeeking({ session, params }: Call): (Warrant & { scope: Seeking }) | undefined {
  if (session === null || !session.roles.includes(DATA_STEWARD)) return undefined
  const { member } = session
  const view = member.ledger.view()
  const warrant = view.state(warrants).find(params.id ?? '')
  if (warrant === undefined || warrant.owner !== member.id) return undefined
  const { state, scope, named, notAfter } = warrant
  const isOpen = state === 'confirmed' && named === null && view.time < notAfter
  return isOpen && scope.kind === 'PERSONS' ? { ...warrant, scope } : undefined
}

type Seeking = Extract<Warrant['scope'], { readonly kind: 'PERSONS' }>

function findRows(call: Call): Reply {
  const warrant = findSeeking(call)
  if (warrant === undefined) throw absent()
  const { batch, persons } = warrant.scope
  const { vault } = sessionOf(call).member
  const sought = call.body.persons as unknown as PersonName[]
  const places = new Set<number>()
  // The same work for each, also for those who are not there.
  for (const person of sought.slice(0, persons)) {
    for (const place of findPersonRows(vault, batch, person) ?? []) places.add(place)
  }
  return { status: 200, json: { batch, places: [...places].sort((a, b) => a - b) } }
}

const Person = Type.Object({
  idType: Type.Union([Type.Literal('cn-id'), Type.Literal('passport'), Type.Literal('name-birth')]),
  id: Type.String({ minLength: 1, maxLength: 256 }),
})

/** Routes about warrants beside their actions and queries. */
export const warrantRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: `${API_BASE}/warrants/{id}/rows`,
    operationId: 'warrants.findRows',
    summary:
      'Finds, for the owner’s data steward, the rows of the persons that a warrant seeks; opens none.',
    access: 'session',
    mayRead: (call) => findSeeking(call) !== undefined,
    body: Type.Object({ persons: Type.Array(Person, { minItems: 1, maxItems: 100 }) }),
    replies: {
      /** Input of `supervision.nameWarrantRows`: places from 0, ascending; none: not there. */
      200: Type.Object({ batch: HexDigest, places: Type.Array(Type.Integer()) }),
    },
    run: findRows,
  },
]
