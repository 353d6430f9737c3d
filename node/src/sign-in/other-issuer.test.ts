// Goal: another issuer takes the place of the embedded one by settings alone, and is trusted with nothing but
// what it can prove.
// Method: the club's node, on a chain that is no demonstration, with an issuer on the loopback that signs its
// tokens itself and does one thing wrong at a time.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CookieJar } from '../api/cookie-jar.fixture.ts'
import type { LogLine } from '../api/log-line.ts'
import { type Served, serve } from '../api/serve.ts'
import { clubTerms } from '../found/club-consortium.fixture.ts'
import { foundConsortium } from '../found/found-consortium.ts'
import { type Host, openHost } from '../host.ts'
import { type Fault, OtherIssuer } from './other-issuer.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'renshe-issuer-'))
const log: LogLine[] = []
let issuer: OtherIssuer
let host: Host
let served: Served

beforeAll(async () => {
  // One member: keys of a chain that is no demonstration are costly to open.
  const terms = clubTerms(folder)
  const members = terms.members
    .filter(({ id }) => id === 'overseer')
    .map((member) => ({ ...member, officers: [{ number: 'one', roles: ['clerk'], unit: null }] }))
  await foundConsortium({ ...terms, name: 'club', members, packages: [] })
  host = await openHost({ dataFolder: folder, blockDelayMs: 0, verifyThreads: 0 })
  issuer = await new OtherIssuer().start()
  served = await serve(host, {
    port: 0,
    accounts: [{ name: 'the-subject', member: 'overseer', officer: 'one' }],
    signIn: { issuer: issuer.issuer, clientId: 'the-node', privateKey: issuer.privateKey },
    onLog: (line) => log.push(line),
  })
}, 60_000)

afterAll(async () => {
  await served?.stop()
  await host?.stop()
  issuer?.stop()
  rmSync(folder, { recursive: true, force: true })
})

afterEach(() => {
  issuer.fault = {}
})

async function signIn(fault: Fault = {}, subject = 'the-subject') {
  issuer.fault = fault
  issuer.subject = subject
  const jar = new CookieJar()
  const last = await jar.follow(`${served.url}/api/v1/sign-in?return=/work`, (address) =>
    address.endsWith('/work'),
  )
  return { status: last.status, text: await last.text(), names: jar.names() }
}

describe('another issuer', () => {
  it('signs an officer in, proves the client by its key, and leaves no issuer of our own', async () => {
    const { status, names } = await signIn()
    expect(status).toBe(302)
    expect(names).toContain('__Host-renshe')
    expect(issuer.proof).toMatchObject({ iss: 'the-node', sub: 'the-node', aud: issuer.issuer })
    const own = await fetch(`${served.url}/oidc/.well-known/openid-configuration`)
    expect(own.status).toBe(404)
  })

  const now = Math.floor(Date.now() / 1000)
  it.each<[string, Fault, string]>([
    ['names another nonce', { claims: { nonce: 'x' } }, 'TOKEN'],
    ['names no nonce', { claims: { nonce: null } }, 'TOKEN'],
    ['names another issuer in the token', { claims: { iss: 'https://id.example' } }, 'TOKEN'],
    ['speaks to another client', { claims: { aud: 'another' } }, 'TOKEN'],
    ['gives a token of six minutes', { claims: { iat: now, exp: now + 360 } }, 'TOKEN'],
    ['gives a token that is over', { claims: { iat: now - 900, exp: now - 600 } }, 'TOKEN'],
    ['signs with a key that it does not publish', { wrongKey: true }, 'TOKEN'],
    ['names another issuer in the answer', { iss: 'https://id.example' }, 'ISSUER'],
    ['names no issuer in the answer', { iss: null }, 'ISSUER'],
    ['knows somebody whom we do not', { claims: { sub: 'a stranger' } }, 'ACCOUNT'],
  ])('that %s is refused', async (_, fault, reason) => {
    const { status, text, names } = await signIn(fault)
    expect(status).toBe(401)
    expect(JSON.parse(text)).toMatchObject({ code: 'SIGN_IN_REFUSED', facts: { reason } })
    expect(names).not.toContain('__Host-renshe')
  })

  it('that leads its token endpoint elsewhere is not followed', async () => {
    const { status, text } = await signIn({ redirects: true })
    expect([status, JSON.parse(text).code]).toEqual([503, 'SIGN_IN_UNAVAILABLE'])
  })

  it('that says no leads back to where the person was, as the public', async () => {
    const { status, names } = await signIn({ refuses: true })
    expect([status, names]).toEqual([302, ['__Host-renshe-browser']])
  })
})

describe('a chain that is no demonstration', () => {
  it('takes no name in the address and tells of no accounts', async () => {
    const named = await fetch(`${served.url}/api/v1/sign-in?account=the-subject`)
    expect(await named.json()).toMatchObject({ code: 'INPUT_INVALID', facts: { path: '/account' } })
    const listed = await fetch(`${served.url}/api/v1/accounts`)
    expect(listed.status).toBe(404)
  })

  it('takes no sample accounts and no sample persons', async () => {
    const sample = {
      name: 'overseer/one',
      member: 'school',
      officer: 'school-1',
      isSample: true,
    }
    await expect(serve(host, { port: 0, accounts: [sample] })).rejects.toThrow(
      'sample accounts are for demonstrations only',
    )
  })

  it('asks for a password where the embedded issuer serves it, also when a name is given', async () => {
    const account = { name: 'own/desk', member: 'overseer', officer: 'one' }
    const own = await serve(host, { port: 0, accounts: [account] })
    const jar = new CookieJar()
    const page = await jar.follow(`${own.url}/api/v1/sign-in`, () => false)
    const text = await page.text()
    expect(text).not.toContain('name="sample"')
    const sent = await jar.ask(jar.trail.at(-1) ?? '', {
      method: 'POST',
      body: 'sample=own%2Fdesk',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: own.url },
    })
    await own.stop()
    expect(sent.status).toBe(401)
  })
})

describe('an issuer that is away', () => {
  it('is told as such, and asked again by the next sign-in', async () => {
    const settings = { clientId: 'the-node', privateKey: issuer.privateKey }
    const signIn = { ...settings, issuer: 'http://127.0.0.1:1' }
    const other = await serve(host, { port: 0, signIn })
    const asked = [1, 2].map(() => fetch(`${other.url}/api/v1/sign-in`))
    for (const answer of await Promise.all(asked)) {
      expect([answer.status, (await answer.json()).code]).toEqual([503, 'SIGN_IN_UNAVAILABLE'])
    }
    await other.stop()
  })
})

describe('settings of an issuer', () => {
  const start = (issuerAt: string, more: object = {}) =>
    serve(host, {
      port: 0,
      signIn: { issuer: issuerAt, clientId: 'x', privateKey: issuer.privateKey, ...more },
    })

  it('without TLS are for the loopback only', async () => {
    await expect(start('http://id.example')).rejects.toThrow('signIn.issuer must be https')
    await expect(start('https://id.example', { privateKey: 'x' })).rejects.toThrow(
      'signIn.privateKey must be a P-256 key',
    )
    await expect(start('https://id.example', { privateRanges: ['10.0.0.0'] })).rejects.toThrow(
      'a range of addresses',
    )
  })
})
