/* An issuer of somebody else on the loopback, small and, when told so, dishonest. */
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What it does wrong. */
export interface Fault {
  /** Claims of the ID token that are others than they should be; null leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** `iss` of the answer; null: none. */
  readonly iss?: string | null
  /** Signs with a key that it does not publish. */
  readonly wrongKey?: boolean
  /** Leads the token endpoint elsewhere. */
  readonly redirects?: boolean
  readonly refuses?: boolean
}

interface Asked {
  readonly nonce: string
  readonly challenge: string
}

const base64Url = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString('base64url')

function jwt(key: KeyObject, header: object, claims: object): string {
  const text = `${base64Url({ alg: 'ES256', kid: 'one', ...header })}.${base64Url(claims)}`
  const value = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${value.toString('base64url')}`
}

/** The issuer; it knows one client by the public key that the test gives it. */
export class OtherIssuer {
  readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly #client = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly #asked = new Map<string, Asked>()
  #server!: Server
  issuer = ''
  fault: Fault = {}
  subject = ''
  /** What the client sent to the token endpoint last. */
  proof: Readonly<Record<string, unknown>> = {}

  /** PEM of the client's key, as the node's settings take it. */
  get privateKey(): string {
    return this.#client.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  }

  async start(): Promise<this> {
    this.#server = createServer((request, response) => void this.#answer(request, response))
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return this
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer)
    const json = (status: number, content: object) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(content))
    }
    if (url.pathname === '/.well-known/openid-configuration') return json(200, this.#metadata())
    if (url.pathname === '/jwks') return json(200, { keys: [this.#publicKey()] })
    if (url.pathname === '/auth') return this.#authorize(url.searchParams, response)
    let body = ''
    for await (const part of request) body += String(part)
    if (this.fault.redirects === true) {
      response.writeHead(307, { location: 'http://127.0.0.1:1/token' }).end()
      return
    }
    const given = new URLSearchParams(body)
    const tokens = this.#tokens(given)
    if (tokens === undefined) json(400, { error: 'invalid_grant' })
    else json(200, tokens)
  }

  #metadata(): object {
    const { issuer } = this
    return {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    }
  }

  #publicKey(): object {
    const jwk = createPublicKey(this.#pair.publicKey.export({ type: 'spki', format: 'pem' }))
    return { ...jwk.export({ format: 'jwk' }), kid: 'one', alg: 'ES256', use: 'sig' }
  }

  #authorize(query: URLSearchParams, response: ServerResponse): void {
    const { iss = this.issuer, refuses = false } = this.fault
    const code = `code-${this.#asked.size}`
    const challenge = query.get('code_challenge') ?? ''
    this.#asked.set(code, { nonce: query.get('nonce') ?? '', challenge })
    const back = new URL(query.get('redirect_uri') ?? '')
    back.searchParams.set('state', query.get('state') ?? '')
    if (refuses) back.searchParams.set('error', 'access_denied')
    else back.searchParams.set('code', code)
    if (iss !== null) back.searchParams.set('iss', iss)
    response.writeHead(302, { location: back.href }).end()
  }

  #tokens(given: URLSearchParams): object | undefined {
    const asked = this.#asked.get(given.get('code') ?? '')
    const verifier = given.get('code_verifier') ?? ''
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    this.proof = this.#readProof(given.get('client_assertion') ?? '')
    if (asked === undefined || asked.challenge !== challenge) return undefined
    const now = Math.floor(Date.now() / 1000)
    const right = { iss: this.issuer, aud: 'the-node', iat: now, exp: now + 300 }
    const claims = { ...right, nonce: asked.nonce, sub: this.subject, ...this.fault.claims }
    const kept = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null))
    const key = this.fault.wrongKey === true ? this.#client.privateKey : this.#pair.privateKey
    return { access_token: 'x', token_type: 'bearer', id_token: jwt(key, {}, kept) }
  }

  /** Claims of the client's proof, if it is signed with the client's key. */
  #readProof(text: string): Readonly<Record<string, unknown>> {
    const [header = '', claims = '', value = ''] = text.split('.')
    const key = { key: this.#client.publicKey, dsaEncoding: 'ieee-p1363' as const }
    const signed = Buffer.from(`${header}.${claims}`)
    const holds = verify('sha256', signed, key, Buffer.from(value, 'base64url'))
    return holds ? JSON.parse(Buffer.from(claims, 'base64url').toString()) : {}
  }
}
