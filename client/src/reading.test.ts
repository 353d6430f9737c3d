// Goal: what a client reads is opened only by the read that it signed, and is what the chain registered; a
// determination goes through without any key of the node; one changed byte of an answer stops it.
// Method: the fictional reading club served on the loopback; a fetch in between changes single members.
import { grants } from '@renshe/contracts'
import {
  canonicalJson,
  exportPrivateKey,
  type JsonObject,
  parseCanonicalJson,
  toBase64Url,
} from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiWorld } from '../../node/src/api/api-world.fixture.ts'
import { sendFees } from '../../node/src/found/club-consortium.fixture.ts'
import { feeRows } from '../../node/src/testing/club-flows.fixture.ts'
import { ownLooks } from '../../node/src/vault/own-looks.ts'
import { Client, OpenedRefused, PreparedRefused, webCryptoSigner } from './index.ts'

let world: ApiWorld
let month: { readonly case: string; readonly txId: string }
let root = ''

beforeAll(async () => {
  world = await ApiWorld.create()
  month = await sendFees(world.host, '2026-01', feeRows(5))
  const { data } = await (await clientOf('school')).query('access.listBatches', {
    case: month.case,
  })
  root = data.items[0]?.root ?? ''
}, 60_000)

afterAll(() => world?.close())

async function clientOf(member: string, fetched: typeof fetch = fetch): Promise<Client> {
  const { keys } = world.host.member(member)
  const pkcs8 = exportPrivateKey(await keys.privateKey('system'))
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await crypto.subtle.importKey('pkcs8', Uint8Array.from(pkcs8), algorithm, false, [
    'sign',
  ])
  const signer = webCryptoSigner(key, keys.certificate('system').fingerprint)
  return new Client({ url: world.served.url, chain: world.host.chain, signer, fetch: fetched })
}

function grantOf(member: string, section: string, caseId = month.case): string {
  const view = world.host.member(member).ledger.view()
  for (const [id, grant] of view.state(grants).index('byHolder', { prefix: [member] })) {
    if (grant.case === caseId && grant.sections.includes(section)) return id
  }
  throw new RangeError(`${member} has no grant over ${section}`)
}

const rowsOf = (from: number, count: number) => ({
  grant: grantOf('school', 'fees'),
  case: month.case,
  batch: { root, count: 5 },
  rows: { section: 'fees', from, count },
})

async function note() {
  const { data } = await (await clientOf('treasury')).query('access.listSections', {
    case: month.case,
  })
  const { record, version, section } = data.items.find(({ section: name }) => name === 'note') ?? {}
  const item = { record: record ?? '', version: version ?? 0, section: section ?? '' }
  return { grant: grantOf('treasury', 'note'), case: month.case, items: [item] }
}

const height = () => world.host.engine.status().height
const opening = (as: string, body: unknown) => world.ask('/api/v1/opened', { as, body })

describe('a read', () => {
  it('opens rows, each under the root that was signed', async () => {
    const { items } = await (await clientOf('school')).read(rowsOf(1, 3))
    expect(items.map(({ index }) => index)).toEqual([1, 2, 3])
    const contents = items.map(({ content }) => parseCanonicalJson(content ?? new Uint8Array()))
    expect(contents).toEqual(feeRows(3, 1).map((row) => ({ ...row })))
  })

  it('opens a section of a record, and comes in pages', async () => {
    const { items } = await (await clientOf('treasury')).read(await note())
    const content = parseCanonicalJson(items[0]?.content ?? new Uint8Array())
    expect({ ...content }).toEqual({ noteText: 'for 𠮷野家' })
    const { read } = await (await clientOf('school')).read(rowsOf(0, 5))
    const page = await opening('school', { read, from: 3, limit: 1 })
    expect(page.json).toMatchObject({ count: 5, next: 4, items: [{ proof: { index: 3 } }] })
  })

  it('is opened by nobody but its signer, and only in its window; nothing is written', async () => {
    const input = { ...rowsOf(0, 5), holderKey: world.host.member('school').holderKey }
    const as = { officer: 'school-1' }
    const { txId } = await world.host.member('school').act('access.readSections', input, as)
    const { read } = await (await clientOf('school')).read(rowsOf(0, 2))
    const before = height()
    const unknown = await opening('school', { read: 'f'.repeat(64) })
    // Another officer's read, another member's, and a transaction that is no read.
    const others = [
      await opening('school', { read: txId }),
      await opening('treasury', { read }),
      await opening('school', { read: month.txId }),
    ]
    for (const came of others) expect([came.status, came.text]).toEqual([404, unknown.text])
    expect((await opening('school', { read: 7 })).json).toMatchObject({ code: 'INPUT_INVALID' })
    expect((await opening('school', {})).json).toMatchObject({ code: 'INPUT_INVALID' })
    const first = await opening('school', { read })
    expect((await opening('school', { read })).json).toEqual(first.json)
    expect(height()).toBe(before)
    await world.host.advanceTo(world.host.clock.now() + 601_000)
    const late = await opening('school', { read })
    expect(late.json).toMatchObject({ status: 410, code: 'READ_TOO_OLD' })
  })

  it('is done by an officer in a browser, whose key the node never had', async () => {
    const { headers, token } = await world.signIn('school/school-1')
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
    ])
    const spki = toBase64Url(new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)))
    const { json } = await world.ask('/api/v1/session/key', { body: { spki }, headers })
    const browser: typeof fetch = (input, init) =>
      fetch(input, { ...init, headers: { ...(init?.headers as object), ...headers } })
    const officer = new Client({
      url: world.served.url,
      chain: world.host.chain,
      signer: webCryptoSigner(pair.privateKey, String(json.certificate)),
      sessionToken: token,
      fetch: browser,
    })
    const { read, items } = await officer.read(rowsOf(0, 1))
    expect(parseCanonicalJson(items[0]?.content ?? new Uint8Array()).name).toBe('王小明')
    // The system of the same member did not sign it.
    expect((await opening('school', { read })).status).toBe(404)
  })

  it('of one’s own is noted before it is shown, and shows nothing of another’s', async () => {
    const own = { root, section: 'fees', from: 1, count: 2 }
    const came = await opening('club', { own })
    expect(came.json).toMatchObject({ read: null, owner: 'club', case: month.case, count: 2 })
    const { ledger, vault } = world.host.member('club')
    const day = String(came.json.note).slice(0, 10)
    expect(ownLooks(vault, day)).toMatchObject([{ of: root, rows: 2, at: ledger.view().time }])
    const told = await world.ask(`/api/v1/own-looks?day=${day}`, { as: 'club' })
    expect(told.json.items).toMatchObject([{ of: root, section: 'fees' }])
    const clerk = await world.signIn('club/club-1')
    const path = `/api/v1/own-looks?day=${day}`
    expect((await world.ask(path, { headers: clerk.headers })).json.code).toBe('ROLE_REQUIRED')
    const foreign = await opening('school', { own })
    const none = await opening('school', { own: { ...own, root: 'f'.repeat(64) } })
    expect([foreign.status, foreign.text]).toEqual([404, none.text])
    expect((await opening('club', { own: { ...own, count: 10_001 } })).status).toBe(422)
  })
})

/** A node that lies: each answer of what was opened is changed on its way. */
function lying(change: (item: JsonObject) => JsonObject): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (!/opened$/.test(String(input)) || !response.ok) return response
    const json = (await response.json()) as JsonObject
    const items = (json.items as unknown as JsonObject[]).map(change)
    return new Response(JSON.stringify({ ...json, items }), { status: response.status })
  }
}

const other = 'a'.repeat(64)
const openingOf = (item: JsonObject) => item.opening as JsonObject
const lies: readonly (readonly [string, (item: JsonObject) => JsonObject])[] = [
  [
    'content',
    (item) => {
      const content = toBase64Url(canonicalJson({ ...feeRows(1)[0], fee: '1.00' }))
      return { ...item, opening: { ...openingOf(item), content } }
    },
  ],
  ['a commitment', (item) => ({ ...item, commitment: other })],
  ['a record', (item) => ({ ...item, record: 'b'.repeat(32) })],
  ['a root', (item) => ({ ...item, proof: { ...(item.proof as JsonObject), root: other } })],
  ['a place', (item) => ({ ...item, proof: { ...(item.proof as JsonObject), index: 4 } })],
  [
    'an owner',
    (item) => {
      const header = { ...(openingOf(item).header as JsonObject), owner: 'overseer' }
      return { ...item, opening: { ...openingOf(item), header } }
    },
  ],
]

it.each(lies)('refuses rows of which the node changed %s', async (_what, change) => {
  const refused = await (await clientOf('school', lying(change)))
    .read(rowsOf(0, 1))
    .catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(OpenedRefused)
})

describe('a determination', () => {
  const stepOf = async (id: string) => {
    const { data } = await (await clientOf('club')).query('cases.getCase', { case: id })
    return data.steps.find(({ step }) => step === 'allocate')
  }

  it('is computed and signed on both sides, each with the reads that it took', async () => {
    const place = { case: month.case, step: 'allocate' }
    const early = await (await clientOf('treasury')).determine(place).catch((e: unknown) => e)
    expect(early).toMatchObject({ status: 409, code: 'OWNER_FIRST' })
    const owner = await (await clientOf('club')).determine(place)
    expect(owner).toMatchObject({ reads: [], prepared: { differences: [], posting: null } })
    const asked: unknown[] = []
    const second = await (await clientOf('treasury')).determine(place, (prepared) => {
      asked.push(prepared.outputs)
      return true
    })
    // Copies of the rows were kept at the early try: the grant says STORE.
    expect(second.prepared.outputs).toEqual(owner.prepared.outputs)
    expect(asked).toEqual([owner.prepared.outputs])
    expect((await stepOf(month.case))?.status).toBe('done')
  })

  it('asks for its reads, signs nothing that was not agreed to, and is swept where it is not signed', async () => {
    const { case: id } = await sendFees(world.host, '2026-02', feeRows(5))
    const place = { case: id, step: 'allocate' }
    const club = await clientOf('club')
    const treasury = await clientOf('treasury')
    const before = height()
    await expect(club.determine(place, () => false)).rejects.toThrow('not agreed')
    const first = await treasury.prepareDetermination(place)
    expect('needs' in first && first.needs.length).toBeGreaterThan(0)
    expect(height()).toBe(before)
    const { store } = world.host.member('club').vault
    expect(store.unsettled()).not.toHaveLength(0)
    await world.host.advanceTo(world.host.clock.now() + 11 * 60_000)
    await (await clientOf('school')).act('cases.openCase', {
      service: 'club-fees',
      fields: { number: 'C-1', month: '2026-03' },
    })
    await world.host.quiet()
    expect(store.unsettled()).toHaveLength(0)
  })

  it('of another’s step, of no step, or with another’s reads is refused; nothing is written', async () => {
    const { case: id } = await sendFees(world.host, '2026-04', feeRows(5))
    const before = height()
    const ask = (as: string, body: JsonObject) =>
      world.ask('/api/v1/determinations/prepare', { as, body })
    const body = { case: id, step: 'allocate' }
    const codes = [
      await ask('school', body),
      await ask('club', { ...body, step: 'close' }),
      await ask('club', { ...body, case: '0'.repeat(26) }),
      await ask('club', { ...body, case: 7 }),
      await ask('treasury', { ...body, reads: ['f'.repeat(64)] }),
      await ask('treasury', { ...body, as: 'f'.repeat(64) }),
    ].map(({ json }) => json.code)
    expect(codes).toEqual([
      'STEP_NOT_OPEN',
      'STEP_NOT_DETERMINED',
      'STEP_NOT_OPEN',
      'INPUT_INVALID',
      'NOT_FOUND',
      'SIGNER_UNKNOWN',
    ])
    expect(height()).toBe(before)
  })

  it('is not signed where the body says other outputs than were shown', async () => {
    const { case: id } = await sendFees(world.host, '2026-05', feeRows(5))
    const liar = await clientOf('club', async (input, init) => {
      const response = await fetch(input, init)
      if (!/determinations/.test(String(input)) || response.status !== 201) return response
      const json = (await response.json()) as JsonObject
      const outputs = { ...(json.outputs as JsonObject), allocated: '1.00' }
      return new Response(JSON.stringify({ ...json, outputs }), { status: 201 })
    })
    const before = height()
    const refused = await liar
      .determine({ case: id, step: 'allocate' })
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(PreparedRefused)
    expect(height()).toBe(before)
  })
})
