// Goal: a client prepares, recomputes, signs and verifies against a real node; one changed byte of what the
// node prepared stops it before the signature.
// Method: the fictional reading club served on the loopback; a fetch in between changes single members.
import { exportPrivateKey, fromBase64Url, type JsonObject, toBase64Url } from '@renshe/crypto'
import { parseBody } from '@renshe/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiWorld } from '../../node/src/api/api-world.fixture.ts'
import { feeRows } from '../../node/src/testing/club-flows.fixture.ts'
import {
  Client,
  type ClientSigner,
  NodeRefused,
  PreparedRefused,
  webCryptoSigner,
} from './index.ts'

let world: ApiWorld
let signer: ClientSigner
let client: Client

beforeAll(async () => {
  world = await ApiWorld.create()
  const { keys } = world.host.member('school')
  const pkcs8 = exportPrivateKey(await keys.privateKey('system'))
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await crypto.subtle.importKey('pkcs8', Uint8Array.from(pkcs8), algorithm, false, [
    'sign',
  ])
  signer = webCryptoSigner(key, keys.certificate('system').fingerprint)
  client = clientWith(fetch)
}, 60_000)

afterAll(() => world?.close())

function clientWith(fetched: typeof fetch): Client {
  const { chain } = world.host
  const policy = world.host.member('club').ledger.copy.policy
  const trusted = [{ chain, policies: [policy] }]
  return new Client({ url: world.served.url, chain, signer, trusted, fetch: fetched })
}

/** A node that lies: each JSON answer to a matching path is changed on its way. */
function lying(path: RegExp, change: (json: JsonObject) => JsonObject): Client {
  return clientWith(async (input, init) => {
    const response = await fetch(input, init)
    if (!path.test(String(input)) || !response.ok) return response
    const json = change((await response.json()) as JsonObject)
    return new Response(JSON.stringify(json), { status: response.status })
  })
}

const sealed = () => ({
  sections: { note: { noteText: 'for 𠮷野家' } },
  batch: { section: 'fees', rows: feeRows(5) },
})

async function month(name: string) {
  const input = { service: 'club-fees', fields: { number: 'C-1', month: name } }
  const { data } = await client.act('cases.openCase', input)
  return { case: String(data.case), step: 'send', fields: { month: name, place: 'HALL' } }
}

describe('a client', () => {
  it('acts, asks, and verifies the evidence of what it did', async () => {
    const input = await month('2026-01')
    const done = await client.act('cases.actOnStep', input, sealed())
    const { data } = await client.query('cases.getCase', { case: input.case })
    expect(data).toMatchObject({ case: { id: input.case } })
    const { verdict } = await client.evidence(done.txId)
    expect(verdict).toBe('trustworthy')
  })

  it('tells refusals with their code', async () => {
    const refused = await client
      .act('cases.withdrawCase', { case: '0'.repeat(26) })
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(NodeRefused)
    expect(refused).toMatchObject({ status: 404, code: 'CASE_NOT_FOUND' })
  })

  const changed = (text: unknown, change: (body: JsonObject) => void): string => {
    const body = parseBody(fromBase64Url(String(text))) as unknown as JsonObject
    const copy = JSON.parse(JSON.stringify(body)) as JsonObject
    change(copy)
    return toBase64Url(new TextEncoder().encode(JSON.stringify(copy)))
  }

  const lies: readonly (readonly [string, RegExp, (json: JsonObject) => JsonObject])[] = [
    [
      'another action',
      /prepare$/,
      (json) => ({
        ...json,
        body: changed(json.body, (body) => Object.assign(body, { action: 'cases.withdrawCase' })),
      }),
    ],
    [
      'another chain',
      /prepare$/,
      (json) => ({
        ...json,
        body: changed(json.body, (body) => Object.assign(body, { chain: 'demo-other-00000000' })),
      }),
    ],
    [
      'another field',
      /prepare$/,
      (json) => ({
        ...json,
        body: changed(json.body, ({ input }) => {
          Object.assign((input as JsonObject).fields as JsonObject, { place: 'YARD' })
        }),
      }),
    ],
    [
      'a commitment of other content',
      /prepare$/,
      (json) => ({
        ...json,
        body: changed(json.body, ({ input }) => {
          const [first] = (input as JsonObject).sections as unknown as [JsonObject]
          Object.assign(first, { commitment: 'a'.repeat(64) })
        }),
      }),
    ],
    [
      'another root',
      /prepare$/,
      (json) => ({
        ...json,
        body: changed(json.body, ({ input }) => {
          Object.assign((input as JsonObject).batch as JsonObject, { root: 'a'.repeat(64) })
        }),
      }),
    ],
    [
      'two rows exchanged',
      /openings\/0$/,
      ({ items }) => {
        const [first, second, ...rest] = items as unknown as JsonObject[]
        return { items: [second ?? null, first ?? null, ...rest] }
      },
    ],
    [
      'a row left out',
      /openings\/0$/,
      ({ items }) => ({
        items: (items as unknown as JsonObject[]).slice(1),
      }),
    ],
  ]

  it.each(lies)('signs nothing where the node prepared %s', async (_what, path, change) => {
    const input = await month(`20${10 + lies.findIndex(([what]) => what === _what)}-01`)
    const { height } = world.host.engine.status()
    const refused = await lying(path, change)
      .act('cases.actOnStep', input, sealed())
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(PreparedRefused)
    expect(world.host.engine.status().height).toBe(height)
  })
})
