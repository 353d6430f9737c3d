// Goal: a session is what its cookie and token say, ends when it should, and signs with one browser key.
// Method: the fictional club over HTTP; officers and a sample person sign in through the issuer; keys are real
// WebCrypto keys, not extractable.
import { fromBase64Url, parseCertificate } from '@renshe/crypto'
import { certificates } from '@renshe/kernel'
import { parseBody, signedMessage } from '@renshe/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiWorld, type SignedIn } from './api-world.fixture.ts'
import { API_LIMITS } from './limits.ts'

let world: ApiWorld

beforeAll(async () => {
  world = await ApiWorld.create()
}, 60_000)

afterAll(() => world?.close())

const openMonth = (month: string) => ({
  input: { service: 'club-fees', fields: { number: 'C-1', month } },
})

const PREPARE = '/api/v1/actions/cases/open-case/prepare'

async function browserKey(curve = 'P-256') {
  const algorithm = { name: 'ECDSA', namedCurve: curve }
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign'])
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', pair.publicKey))
  return { key: pair.privateKey, spki: spki.toString('base64url') }
}

const certify = ({ headers }: SignedIn, spki: string) =>
  world.ask('/api/v1/session/key', { body: { spki }, headers })

async function signAndSend({ headers }: SignedIn, key: CryptoKey, month: string) {
  const prepared = await world.ask(PREPARE, { body: openMonth(month), headers })
  const message = Uint8Array.from(signedMessage(fromBase64Url(String(prepared.json.body))))
  const value = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, message)
  const signature = { kind: 'p256', value: Buffer.from(value).toString('base64url') }
  const body = { body: prepared.json.body, signature }
  const sent = await world.ask('/api/v1/transactions', { body, headers })
  return { prepared, sent }
}

describe('the key of a browser', () => {
  it('is certified for at most twelve hours by the officers’ authority, and signs', async () => {
    const officer = await world.signIn('school/school-1')
    const { key, spki } = await browserKey()
    const certified = await certify(officer, spki)
    expect(certified.status).toBe(201)
    const certificate = parseCertificate(fromBase64Url(String(certified.json.der)))
    expect(certificate.notAfter - certificate.notBefore).toBe(12 * 3_600_000)
    expect(certificate.issuer).toEqual(
      world.host.member('school').keys.certificate('officer-ca').subject,
    )
    const { prepared, sent } = await signAndSend(officer, key, '2026-08')
    expect(parseBody(fromBase64Url(String(prepared.json.body))).signer).toBe(
      certified.json.certificate,
    )
    expect(sent.status).toBe(200)
    expect(world.log.filter(({ event }) => event === 'key-certified')).toHaveLength(1)
  })

  it('is one per session: the same again changes nothing, another revokes the first', async () => {
    const officer = await world.signIn('school/school-1')
    const [first, second] = [await browserKey(), await browserKey()]
    const one = await certify(officer, first.spki)
    const { height } = world.host.engine.status()
    expect((await certify(officer, first.spki)).json).toEqual(one.json)
    expect(world.host.engine.status().height).toBe(height)
    const two = await certify(officer, second.spki)
    expect(two.json.certificate).not.toBe(one.json.certificate)
    const shown = await world.ask('/api/v1/session', { headers: officer.headers })
    expect(shown.json.certificate).toBe(two.json.certificate)
    const as = { ...openMonth('2026-11'), as: one.json.certificate }
    const old = await world.ask(PREPARE, { body: as, headers: officer.headers })
    expect(old.json.code).toBe('SIGNER_REVOKED')
  })

  it('is one also when many are asked for at once, and not too many', async () => {
    const officer = await world.signIn('overseer/overseer-1')
    const keys = await Promise.all(
      Array.from({ length: API_LIMITS.keysOfSession + 1 }, () => browserKey()),
    )
    const came = await Promise.all(keys.map(({ spki }) => certify(officer, spki)))
    const made = came.flatMap(({ status, json }) => (status === 201 ? [json.certificate] : []))
    expect(made).toHaveLength(API_LIMITS.keysOfSession)
    expect(came.at(-1)?.json).toMatchObject({ status: 429, code: 'TOO_MANY' })
    const view = world.host.member('overseer').ledger.view()
    const inForce = made.filter(
      (one) => view.state(certificates).find(String(one))?.revokedAt === null,
    )
    expect(inForce).toEqual([made.at(-1)])
  })

  it('is P-256 and nothing else; what is refused leaves no block', async () => {
    const officer = await world.signIn('club/club-1')
    const ed25519 = await crypto.subtle.generateKey('Ed25519', false, ['sign'])
    const { publicKey } = ed25519 as CryptoKeyPair
    const other = Buffer.from(await crypto.subtle.exportKey('spki', publicKey))
    const right = Buffer.from((await browserKey()).spki, 'base64url')
    const longer = Buffer.concat([right, Buffer.from([0])])
    const offCurve = Buffer.from(right)
    offCurve[90] = (offCurve[90] ?? 0) ^ 1
    const { height } = world.host.engine.status()
    const wrong = [other, longer, offCurve].map((bytes) => bytes.toString('base64url'))
    for (const spki of [...wrong, (await browserKey('P-384')).spki, 'AAAA', '']) {
      const { json } = await certify(officer, spki)
      expect(json).toMatchObject({ code: 'INPUT_INVALID', facts: { path: '/spki' } })
    }
    expect(world.host.engine.status().height).toBe(height)
  })
})

describe('a session', () => {
  it('threat 26: changes nothing without the token of the page, or from a page of another origin', async () => {
    const { headers } = await world.signIn('club/club-1')
    const body = openMonth('2026-09')
    const { 'x-renshe-token': token = '', ...bare } = headers
    const code = async (sent: Record<string, string>) =>
      (await world.ask(PREPARE, { body, headers: sent })).json.code
    expect(await code(bare)).toBe('SESSION_TOKEN')
    expect(await code({ ...bare, 'x-renshe-token': `${token.slice(1)}A` })).toBe('SESSION_TOKEN')
    expect(await code({ ...headers, origin: 'https://elsewhere.example' })).toBe('ORIGIN_REFUSED')
    expect(await code({ ...headers, 'sec-fetch-site': 'cross-site' })).toBe('ORIGIN_REFUSED')
    const { origin: _, ...noOrigin } = headers
    expect(await code(noOrigin)).toBe('ORIGIN_REFUSED')
    const events = world.log.map(({ event }) => event)
    expect(events).toContain('token-wrong')
    expect(events).toContain('origin-foreign')
  })

  it('ends when it is idle: an officer’s after 15 minutes, also if it was used before', async () => {
    const { headers } = await world.signIn('club/club-1')
    const status = async () => (await world.ask('/api/v1/session', { headers })).status
    world.now += 14 * 60_000
    expect(await status()).toBe(200)
    world.now += 14 * 60_000
    expect(await status()).toBe(200)
    world.now += 15 * 60_000
    expect(await status()).toBe(401)
  })

  it('ends after eight hours, however busy', async () => {
    const { headers } = await world.signIn('club/club-1')
    const status = async () => (await world.ask('/api/v1/session', { headers })).status
    for (let minutes = 10; minutes < 8 * 60; minutes += 10) {
      world.now += 10 * 60_000
      expect(await status()).toBe(200)
    }
    world.now += 10 * 60_000
    expect(await status()).toBe(401)
  })

  it('is nobody’s once the officer is dismissed on chain', async () => {
    const { headers } = await world.signIn('treasury/treasury-1')
    const status = async () => (await world.ask('/api/v1/session', { headers })).status
    expect(await status()).toBe(200)
    const dismissed = { kind: 'officer', name: 'treasury-1' }
    await world.host.member('treasury').act('membership.dismissKeyholder', dismissed)
    expect(await status()).toBe(401)
  })

  it('threat 26: is listed for its officer alone, and signed out by name', async () => {
    const [here, there] = [await world.signIn('club/club-1'), await world.signIn('club/club-1')]
    const other = await world.signIn('school/school-1')
    const listed = await world.ask('/api/v1/sessions', { headers: here.headers })
    const items = listed.json.items as unknown as { handle: string; isThis: boolean }[]
    expect(items.map(({ isThis }) => isThis)).toEqual([true, false])
    const place = `/api/v1/sessions/${items[1]?.handle}`
    const foreign = await world.ask(place, { method: 'DELETE', headers: other.headers })
    expect(foreign.status).toBe(404)
    const ended = await world.ask(place, { method: 'DELETE', headers: here.headers })
    expect(ended.headers.get('set-cookie')).toBeNull()
    expect((await world.ask('/api/v1/session', { headers: there.headers })).status).toBe(401)
    const own = `/api/v1/sessions/${items[0]?.handle}`
    const out = await world.ask(own, { method: 'DELETE', headers: here.headers })
    expect(out.headers.get('set-cookie')).toMatch(/^__Host-renshe=; .*Max-Age=0$/)
    expect((await world.ask('/api/v1/session', { headers: here.headers })).status).toBe(401)
    expect(world.log.filter(({ event }) => event === 'signed-out')).toHaveLength(2)
  })
})
