// Goal: every operation of the document answers every kind of asker as it should, and nothing else is served.
// Method: walk the document with the public, each member's system, an officer of each and a sample person; ids
// that do not exist, ids of others, wrong types, unknown members; afterwards the chain stands where it stood.
import type { JsonObject } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiWorld, type SignedIn } from './api-world.fixture.ts'

let world: ApiWorld
let officers: SignedIn[]
let person: SignedIn
let document: JsonObject

interface Operation {
  readonly path: string
  readonly method: string
  readonly id: string
  readonly isPublic: boolean
  readonly types: readonly string[]
}

beforeAll(async () => {
  const account = { plan: 'C-1', account: 'a'.repeat(32) }
  const reader = { name: 'reader', kind: 'person' as const, member: 'club', person: account }
  world = await ApiWorld.create(5, [{ ...reader, isSample: true }])
  officers = []
  for (const member of ROLES) officers.push(await world.signIn(`${member}/${member}-1`))
  person = await world.signIn('reader')
  document = (await world.ask('/api/v1/openapi.json')).json
}, 60_000)

afterAll(() => world?.close())

function operations(): Operation[] {
  const paths = document.paths as Record<string, Record<string, JsonObject>>
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      id: String(operation.operationId),
      isPublic: JSON.stringify(operation.security).startsWith('[{}'),
      types: Object.keys(((operation.requestBody ?? {}) as JsonObject).content ?? {}),
    })),
  )
}

const FOREIGN: Readonly<Record<string, string>> = {
  case: '0'.repeat(26),
  step: 'send',
  section: 'fees',
  number: '1',
  handle: 'A'.repeat(22),
  id: 'A'.repeat(22),
  page: '0',
  txId: 'f'.repeat(64),
  height: '999999',
}

const filled = (path: string, values: Readonly<Record<string, string>> = FOREIGN): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

const ROLES = ['club', 'overseer', 'school', 'treasury']

describe('the document', () => {
  it('has an operation per action and query, each with its own id', () => {
    const ids = operations().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => id.endsWith('.prepare')).length).toBeGreaterThan(40)
    expect(ids.length).toBeGreaterThan(100)
  })

  it('asks for a session wherever it says so', async () => {
    for (const { path, method, id, isPublic } of operations()) {
      if (isPublic) continue
      const { status, json } = await world.ask(filled(path), { method })
      expect([id, status, json.code]).toEqual([id, 401, 'SIGN_IN_REQUIRED'])
    }
  })

  it('answers every role alike about what does not exist', async () => {
    // Published rules are everyone's: who asks for one that is none is told so, in the words of determinations.
    const withIds = operations().filter(
      ({ path }) => path.includes('{') && !path.startsWith('/api/v1/rules/'),
    )
    expect(withIds.length).toBeGreaterThan(10)
    const bodies = new Set<string>()
    for (const { path, method, isPublic } of withIds) {
      const systems = ROLES.map((as) => ({ as }))
      const people = [...officers, person].map(({ headers }) => ({ headers }))
      for (const who of [...systems, ...people, ...(isPublic ? [{}] : [])]) {
        const came = await world.ask(filled(path), { method, ...who })
        expect([path, who, came.status]).toEqual([path, who, 404])
        bodies.add(came.text)
      }
    }
    expect(bodies.size).toBe(1)
  })

  it('answers every role alike about what is another’s', async () => {
    const id = await world.openMonth('2026-09')
    const input = { service: 'club-fees', fields: { number: 'C-1', month: '2026-10' } }
    const prepared = await world.ask('/api/v1/actions/cases/open-case/prepare', {
      as: 'school',
      body: { input },
    })
    const own = { ...FOREIGN, case: id, id: String(prepared.json.preparedId) }
    const bodies = new Set<string>()
    for (const { path, method } of operations()) {
      if (!/\/(drafts|prepared)\//.test(path)) continue
      const systems = ['club', 'overseer', 'treasury'].map((as) => ({ as }))
      const people = officers.filter((_, at) => ROLES[at] !== 'school')
      for (const who of [...systems, ...[...people, person].map(({ headers }) => ({ headers }))]) {
        const came = await world.ask(filled(path, own), { method, ...who })
        expect([path, who, came.status]).toEqual([path, who, 404])
        bodies.add(came.text)
      }
    }
    expect(bodies.size).toBe(1)
  })

  it('shows a person its own, and the rest as to the public or as absent', async () => {
    const own = ['session.get', 'session.list', 'person.listReads', 'statements.make']
    const { headers } = person
    const bodies = new Set<string>()
    for (const { path, method, id, isPublic } of operations()) {
      if (isPublic || own.includes(id)) continue
      const came = await world.ask(filled(path), { method, headers })
      expect([id, came.status]).toEqual([id, 404])
      bodies.add(came.text)
    }
    expect(bodies.size).toBe(1)
    const shown = await world.ask('/api/v1/session', { headers })
    expect(shown.json).toMatchObject({ kind: 'person', name: 'a'.repeat(32), roles: [] })
    expect((await world.ask('/api/v1/person/reads', { headers })).json).toEqual({ items: [] })
    expect((await world.ask('/api/v1/chain', { headers })).json.isSignedIn).toBe(true)
    const listed = await world.ask('/api/v1/sessions', { headers })
    expect(listed.json.items).toHaveLength(1)
    for (const name of ['cases/list-cases', 'access/list-reads', 'access/list-grants']) {
      const path = `/api/v1/queries/${name}`
      const body = { input: name === 'cases/list-cases' ? { service: 'club-fees' } : {} }
      const [asPerson, asPublic] = [
        await world.ask(path, { body, headers }),
        await world.ask(path, { body }),
      ]
      expect([name, asPerson.json]).toEqual([name, asPublic.json])
    }
  })

  it('refuses other types, broken JSON, unknown members and what is too large; nothing is written', async () => {
    const { height } = world.host.engine.status()
    for (const { path, method, id, types } of operations()) {
      // A system has no browser whose key could be certified: for it that operation is absent.
      if (!types.includes('application/json') || /\{|session\/key/.test(path)) continue
      const asked = { method, as: 'school' }
      const headers = { 'content-type': 'application/xml' }
      const bytes = (text: string) => new TextEncoder().encode(text)
      const code = async (body: Uint8Array, more = {}) =>
        (await world.ask(path, { ...asked, body, ...more })).json.code
      expect([id, await code(bytes('<a/>'), { headers })]).toEqual([id, 'MEDIA_TYPE'])
      expect([id, await code(bytes('{"input":'))]).toEqual([id, 'BODY_MALFORMED'])
      const unknown = bytes('{"input":{},"unknownMember":1}')
      expect([id, await code(unknown)]).toEqual([id, 'INPUT_INVALID'])
    }
    const large = new Uint8Array(1024 * 1024 + 1).fill(32)
    const path = '/api/v1/queries/cases/list-cases'
    expect((await world.ask(path, { body: large, as: 'school' })).status).toBe(413)
    expect(world.host.engine.status().height).toBe(height)
  })

  it('says what was expected where another type came, operation by operation; nothing is written', async () => {
    const { height } = world.host.engine.status()
    for (const { path, method, id, types } of operations()) {
      if (!types.includes('application/json') || !/\/(actions|queries)\//.test(path)) continue
      const { status, json } = await world.ask(path, { method, as: 'school', body: { input: 7 } })
      const { expected } = json.facts as { expected?: unknown }
      expect([id, status, json.code, typeof expected]).toEqual([id, 422, 'INPUT_INVALID', 'string'])
    }
    expect(world.host.engine.status().height).toBe(height)
  })

  it('refuses what expired before it was handed in; nothing is written', async () => {
    const input = { service: 'club-fees', fields: { number: 'C-1', month: '2026-11' } }
    const path = '/api/v1/actions/cases/open-case/prepare'
    const prepared = await world.ask(path, { as: 'school', body: { input } })
    expect(prepared.status).toBe(201)
    await world.host.advanceTo(Number(prepared.json.expiresAt) + 1)
    const { height } = world.host.engine.status()
    const late = await world.submit('school', String(prepared.json.body))
    expect([late.status, late.json.code]).toEqual([409, 'TX_EXPIRED'])
    expect(world.host.engine.status().height).toBe(height)
  })

  it('names everything that is served', async () => {
    const none = ['/', '/api', '/api/v1', '/api/v1/actions/cases/open-case', '/api/v1/queries']
    for (const path of none) expect((await world.ask(path)).status).toBe(404)
    const query = '/api/v1/queries/cases/list-cases'
    expect((await world.ask(query, { method: 'GET' })).status).toBe(404)
    expect((await world.ask(query, { method: 'PATCH', as: 'club' })).status).toBe(404)
  })

  it('is answered with the headers that browsers need', async () => {
    const { headers } = await world.ask('/api/v1/chain')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
