// Goal: TLS 1.3 ends at the node when told so, and a system proves itself by its connection.
// Method: real TLS on the loopback; the server has a certificate of the club's system, clients those of members'
// systems, of an authority, and one that no chain has.
import { request } from 'node:https'
import type { ConnectionOptions } from 'node:tls'
import { type Certificate, exportPrivateKey } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiWorld } from './api-world.fixture.ts'
import { CookieJar } from './cookie-jar.fixture.ts'
import { type Served, serve } from './serve.ts'

let world: ApiWorld
let served: Served

function pem(kind: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`, ''].join('\n')
}

async function identityOf(member: string, name: 'system' | 'ca' | 'encryption') {
  const { keys } = world.host.member(member)
  const certificate: Certificate = keys.certificate(name)
  const key = exportPrivateKey(await keys.privateKey(name))
  return { cert: pem('CERTIFICATE', certificate.der), key: pem('PRIVATE KEY', key) }
}

beforeAll(async () => {
  world = await ApiWorld.create(1)
  const tls = { ...(await identityOf('club', 'system')), takesClientCertificates: true }
  served = await serve(world.host, {
    port: 0,
    tls,
    accounts: [{ name: 'club/one', member: 'club', officer: 'club-1', isSample: true }],
  })
}, 60_000)

afterAll(async () => {
  await served?.stop()
  await world?.close()
})

function ask(path: string, options: ConnectionOptions & { headers?: Record<string, string> } = {}) {
  return new Promise<{ status: number; json: Record<string, unknown> }>((resolve, reject) => {
    const { port } = served
    const given = { port, host: '127.0.0.1', path, rejectUnauthorized: false, ...options }
    request({ ...given, agent: false }, (response) => {
      let text = ''
      response.on('data', (part) => {
        text += String(part)
      })
      response.on('end', () => {
        const json = text.startsWith('{') ? JSON.parse(text) : {}
        resolve({ status: response.statusCode ?? 0, json })
      })
    })
      .on('error', reject)
      .end()
  })
}

describe('TLS', () => {
  it('is 1.3 at least', async () => {
    expect(served.url).toMatch(/^https:/)
    expect((await ask('/healthz')).status).toBe(200)
    await expect(ask('/healthz', { maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version/)
  })

  it('does not begin with a key of another certificate, or with none', async () => {
    const { cert } = await identityOf('club', 'system')
    const { key } = await identityOf('school', 'system')
    for (const wrong of [
      { cert, key },
      { cert: '', key: '' },
      { cert, key: 'x' },
    ]) {
      await expect(serve(world.host, { port: 0, tls: wrong })).rejects.toThrow('tls: expected')
    }
  })

  it('lets a system in by the certificate that the chain has of it', async () => {
    const { json } = await ask('/api/v1/session', await identityOf('school', 'system'))
    expect(json).toMatchObject({ kind: 'system', member: 'school', name: 'system' })
    expect((await ask('/api/v1/session')).status).toBe(401)
  })

  it('lets nobody in by another certificate of a member', async () => {
    for (const name of ['ca', 'encryption'] as const) {
      const { status, json } = await ask('/api/v1/session', await identityOf('school', name))
      expect([name, status, json.code]).toEqual([name, 401, 'CLIENT_CERTIFICATE'])
    }
  })

  it('takes no certificate from a browser, whose pages could use it unasked', async () => {
    const identity = await identityOf('school', 'system')
    for (const name of ['origin', 'sec-fetch-site', 'cookie']) {
      const came = await ask('/api/v1/session', { ...identity, headers: { [name]: 'x' } })
      expect([name, came.status]).toEqual([name, 401])
    }
  })

  it('is where people sign in, too', async () => {
    const metadata = await ask('/oidc/.well-known/openid-configuration')
    expect(metadata.json.issuer).toBe(`https://127.0.0.1:${served.port}/oidc`)
    const begun = await ask('/api/v1/sign-in?account=club/one')
    expect(begun.status).toBe(302)
  })
})

describe('behind a proxy that ends TLS', () => {
  it('people sign in at the address that browsers know, with secure cookies, by no other name', async () => {
    const known = 'https://node.example'
    const accounts = [{ name: 'club/one', member: 'club', officer: 'club-1', isSample: true }]
    const inner = await serve(world.host, { port: 0, publicUrl: known, accounts })
    const jar = new CookieJar([known, `http://127.0.0.1:${inner.port}`])
    const last = await jar.follow(
      `${known}/api/v1/sign-in?account=club/one`,
      (address) => address === `${known}/`,
    )
    await inner.stop()
    expect(last.status).toBe(302)
    expect(jar.trail.filter((address) => !address.startsWith(`${known}/`))).toEqual([])
    expect(jar.lines.length).toBeGreaterThan(4)
    for (const line of jar.lines) expect(line).toMatch(/; secure/i)
  })

  it('needs an origin for that address', async () => {
    for (const publicUrl of ['https://node.example/', 'node.example', 'https://node.example/x']) {
      await expect(serve(world.host, { port: 0, publicUrl })).rejects.toThrow('publicUrl: expected')
    }
  })
})
