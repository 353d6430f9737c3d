/* The reading club served over HTTP on the loopback: its systems sign requests, its officers sign in. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromBase64Url, type JsonObject, sign, toBase64Url, utf8 } from '@renshe/crypto'
import { signedMessage } from '@renshe/kernel'
import { clubTerms, enrolReaders } from '../found/club-consortium.fixture.ts'
import { foundConsortium } from '../found/found-consortium.ts'
import { type Host, openHost } from '../host.ts'
import { type Account, sampleAccounts } from './accounts.ts'
import { CookieJar } from './cookie-jar.fixture.ts'
import type { LogLine } from './log-line.ts'
import { type Served, serve } from './serve.ts'
import { contentDigest, signatureBase } from './signed-request.ts'

/** What came back. */
export interface Came {
  readonly status: number
  readonly type: string
  readonly headers: Headers
  readonly json: JsonObject
  readonly text: string
}

/** An officer or person who is signed in, as headers that its page sends. */
export interface SignedIn {
  readonly headers: Readonly<Record<string, string>>
  readonly token: string
}

/** How a test asks. */
export interface Ask {
  readonly method?: string
  readonly body?: unknown
  /** Member whose system signs the request. */
  readonly as?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly nonce?: string
  readonly createdMs?: number
}

/** Password of every sample account. */
export const PASSWORD = 'sample password'

/** A served club. */
export class ApiWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'renshe-api-'))
  readonly log: LogLine[] = []
  host!: Host
  served!: Served
  now = Date.now()

  /** Founds the club with three officers and enrols readers. */
  static async create(readers = 5, more: readonly Account[] = []): Promise<ApiWorld> {
    const world = new ApiWorld()
    const terms = clubTerms(world.folder)
    const members = terms.members.map((member) => ({
      ...member,
      officers: [{ number: `${member.id}-1`, roles: ['clerk'], unit: null }],
    }))
    await foundConsortium({ ...terms, members })
    world.host = await openHost({ dataFolder: world.folder, blockDelayMs: 0, verifyThreads: 0 })
    await enrolReaders(world.host, readers)
    const accounts = await sampleAccounts(world.host, PASSWORD)
    world.served = await serve(world.host, {
      port: 0,
      accounts: [...accounts, ...more],
      checksReplies: true,
      onLog: (line) => world.log.push(line),
      now: () => world.now,
    })
    return world
  }

  /** Sends one request. */
  async ask(path: string, asked: Ask = {}): Promise<Came> {
    const { body, as } = asked
    const method = asked.method ?? (body === undefined ? 'GET' : 'POST')
    const content = contentOf(body)
    const headers: Record<string, string> = { ...asked.headers }
    if (content.length > 0) headers['content-type'] ??= 'application/json'
    if (as !== undefined) Object.assign(headers, await this.signed(path, { ...asked, method }))
    const given = content.length === 0 ? {} : { body: Buffer.from(content) }
    const response = await fetch(this.served.url + path, { method, headers, ...given })
    const text = await response.text()
    const type = response.headers.get('content-type') ?? ''
    const json = /json/.test(type) ? (JSON.parse(text) as JsonObject) : {}
    return { status: response.status, type, headers: response.headers, json, text }
  }

  /** Signs in through the issuer as a sample account, the way a browser does. */
  async signIn(account: string, slot: 'a' | 'b' = 'a', jar = new CookieJar()): Promise<SignedIn> {
    const { url } = this.served
    const query = new URLSearchParams({ account, slot })
    await jar.follow(`${url}/api/v1/sign-in?${query}`, (to) => new URL(to).pathname === '/')
    const headers = { cookie: jar.header(), origin: url, 'x-renshe-slot': slot }
    const { json } = await this.ask('/api/v1/session', { headers })
    const token = String(json.token)
    return { headers: { ...headers, 'x-renshe-token': token }, token }
  }

  /** Headers by which a member's system signs a request. */
  async signed(path: string, asked: Ask): Promise<Record<string, string>> {
    const { as = '', method = 'GET', body, nonce, createdMs = this.now } = asked
    const content = contentOf(body)
    const { keys } = this.host.member(as)
    const keyId = keys.certificate('system').fingerprint
    const unique = nonce ?? randomBytes(16).toString('base64url')
    const components = '("@method" "@authority" "@request-target" "content-digest")'
    const created = Math.floor(createdMs / 1000)
    const parameters = `${components};created=${created};nonce="${unique}";keyid="${keyId}";alg="ecdsa-p256-sha256"`
    const authority = new URL(this.served.url).host
    const base = signatureBase(
      { method, authority, target: path, content, headers: {} },
      parameters,
    )
    const value = sign(await keys.privateKey('system'), utf8(base))
    return {
      'content-digest': contentDigest(content),
      'signature-input': `sig1=${parameters}`,
      signature: `sig1=:${Buffer.from(value).toString('base64')}:`,
    }
  }

  /** Prepares, signs with the system's key, and hands in. */
  async act(as: string, path: string, body: JsonObject): Promise<Came> {
    const prepared = await this.ask(`/api/v1/actions/${path}/prepare`, { as, body })
    if (prepared.status !== 201) return prepared
    return this.submit(as, String(prepared.json.body))
  }

  /** Signs a prepared body with the system's key, and hands it in. */
  async submit(as: string, bodyText: string, headers: Record<string, string> = {}): Promise<Came> {
    const key = await this.host.member(as).keys.privateKey('system')
    const value = toBase64Url(sign(key, signedMessage(fromBase64Url(bodyText))))
    const signature = { kind: 'p256', value }
    return this.ask('/api/v1/transactions', { as, body: { body: bodyText, signature }, headers })
  }

  /** Opens a month of fees at the school; gives the case. */
  async openMonth(month: string): Promise<string> {
    const input = { service: 'club-fees', fields: { number: 'C-1', month } }
    const came = await this.act('school', 'cases/open-case', { input })
    const [item] = came.json.items as unknown as [{ data: { case: string } }]
    return item.data.case
  }

  async close(): Promise<void> {
    await this.served?.stop()
    await this.host?.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function contentOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array()
  return body instanceof Uint8Array ? body : utf8(JSON.stringify(body))
}
