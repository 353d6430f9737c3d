/*
 * The OpenID Connect issuer inside the node: knows the accounts of the settings, and one client, the node
 * itself. Another issuer takes its place by configuration; the client does not know the difference.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Configuration, Interaction, Provider } from 'oidc-provider'
import {
  languageOf,
  type OfferedAccount,
  overPage,
  PAGE_POLICY,
  type PageLanguage,
  type PageNotice,
  signInPage,
} from './issuer-page.ts'
import { IssuerStore } from './issuer-store.ts'

type Incoming = FastifyRequest['raw']
type Outgoing = FastifyReply['raw']

/** Path below which the issuer answers. */
export const ISSUER_PATH = '/oidc'
/** How the node is called by its own issuer. */
export const OWN_CLIENT = 'renshe-node'

const MOST_FORM_BYTES = 4_096

/** What the issuer asks about accounts. */
export interface IssuerAccounts {
  /** Those that are offered without a password; none unless the chain is a demonstration. */
  readonly offered: () => readonly OfferedAccount[]
  /** Whether a name is one that is offered. */
  readonly isOffered: (name: string) => boolean
  /** Judges a password. */
  readonly judge: (name: string, password: string) => Promise<'RIGHT' | PageNotice>
}

/** What an issuer is made of. */
export interface EmbeddedIssuerTerms {
  /** Origin at which browsers see this node, for example `http://127.0.0.1:8080`. */
  readonly origin: string
  readonly redirectUri: string
  /** Public key of the one client. */
  readonly clientJwk: Readonly<Record<string, unknown>>
  readonly accounts: IssuerAccounts
}

/** One issuer for one origin. */
export class EmbeddedIssuer {
  readonly #origin: URL
  readonly #provider: Provider
  readonly #accounts: IssuerAccounts
  readonly #answer: (request: Incoming, response: Outgoing) => unknown

  private constructor(provider: Provider, { origin, accounts }: EmbeddedIssuerTerms) {
    this.#origin = new URL(origin)
    this.#provider = provider
    this.#accounts = accounts
    this.#answer = provider.callback()
  }

  /** Opens the issuer of an origin; its keys are new, and signatures of minutes need no older ones. */
  static async open(terms: EmbeddedIssuerTerms): Promise<EmbeddedIssuer> {
    // Loaded when somebody signs in: a node with another issuer never does.
    const { Provider, interactionPolicy } = await import('oidc-provider')
    const policy = interactionPolicy.base()
    // The one client is the node itself: there is nothing to consent to.
    policy.remove('consent')
    const issuer = new Provider(terms.origin + ISSUER_PATH, configurationOf(terms, policy))
    // The scheme is the one of the origin, also where TLS ends before this process; see `answer`.
    issuer.proxy = true
    return new EmbeddedIssuer(issuer, terms)
  }

  /** Answers a request below `ISSUER_PATH`; its body must not have been read. */
  async answer(request: Incoming, response: Outgoing): Promise<void> {
    const { headers } = request
    headers.host = this.#origin.host
    for (const name of ['forwarded', 'x-forwarded-host', 'x-forwarded-for']) delete headers[name]
    headers['x-forwarded-proto'] = this.#origin.protocol.slice(0, -1)
    forgetSession(headers)
    response.setHeader('content-security-policy', PAGE_POLICY)
    // With `no-referrer` a browser would send the form with `Origin: null`.
    response.setHeader('referrer-policy', 'same-origin')
    const path = request.url ?? ''
    if (path.startsWith(`${ISSUER_PATH}/interaction/`)) return this.#interact(request, response)
    const mounted = request as Incoming & { originalUrl?: string }
    mounted.originalUrl = path
    request.url = path.slice(ISSUER_PATH.length) || '/'
    await this.#answer(request, response)
  }

  async #interact(request: Incoming, response: Outgoing): Promise<void> {
    const asked = request.headers['accept-language']
    let interaction: Interaction
    try {
      interaction = await this.#provider.interactionDetails(request, response)
    } catch {
      return send(response, 400, overPage(languageOf(asked)))
    }
    const { ui_locales: locales, login_hint: hint } = interaction.params
    const language = languageOf(typeof locales === 'string' ? locales : asked)
    if (request.method === 'POST') return this.#take(request, response, language)
    if (typeof hint === 'string' && this.#accounts.isOffered(hint)) {
      return this.#finish(request, response, hint)
    }
    const typed = typeof hint === 'string' ? hint : ''
    this.#show(response, 200, { language, notice: null, typed })
  }

  async #take(request: Incoming, response: Outgoing, language: PageLanguage): Promise<void> {
    const form = await readForm(request)
    const { origin } = request.headers
    if (form === undefined || origin !== this.#origin.origin) {
      return send(response, 400, overPage(language))
    }
    if (form.has('leave')) {
      const error = { error: 'access_denied', error_description: 'the person left' }
      return this.#provider.interactionFinished(request, response, error)
    }
    const sample = form.get('sample')
    if (sample !== null && this.#accounts.isOffered(sample)) {
      return this.#finish(request, response, sample)
    }
    const typed = form.get('account') ?? ''
    const judged = await this.#accounts.judge(typed, form.get('password') ?? '')
    if (judged === 'RIGHT') return this.#finish(request, response, typed)
    const status = judged === 'PAUSED' ? 429 : 401
    this.#show(response, status, { language, notice: judged, typed: typed.slice(0, 64) })
  }

  #finish(request: Incoming, response: Outgoing, accountId: string): Promise<void> {
    // Nothing is remembered beyond this sign-in: the session is the node's, not the issuer's.
    const login = { accountId, remember: false }
    return this.#provider.interactionFinished(request, response, { login })
  }

  #show(
    response: Outgoing,
    status: number,
    shown: { language: PageLanguage; notice: PageNotice | null; typed: string },
  ): void {
    send(response, status, signInPage({ ...shown, accounts: this.#accounts.offered() }))
  }
}

/**
 * Each sign-in stands for itself: an issuer that remembered the last person would ask the next one to sign
 * out first. The session is the node's.
 */
function forgetSession(headers: Incoming['headers']): void {
  const kept = (headers.cookie ?? '')
    .split(';')
    .filter((part) => !part.trim().startsWith(`${SESSION_NAME}=`))
  headers.cookie = kept.join(';')
}

const SESSION_NAME = 'renshe-issuer'

function send(response: Outgoing, status: number, html: string): void {
  response.statusCode = status
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(html)
}

async function readForm(request: Incoming): Promise<URLSearchParams | undefined> {
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/x-www-form-urlencoded(;|$)/i.test(type)) return undefined
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MOST_FORM_BYTES) return undefined
    parts.push(part)
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'))
}

/** Off by name: what the library opens unless it is told otherwise. */
const CLOSED = [
  'devInteractions',
  'dPoP',
  'rpInitiatedLogout',
  'pushedAuthorizationRequests',
  'resourceIndicators',
  'userinfo',
] as const

/** Seconds. An ID token lives five minutes at most; codes are exchanged at once. */
const LIFE_S = {
  AccessToken: 60,
  AuthorizationCode: 60,
  Grant: 300,
  IdToken: 300,
  Interaction: 600,
  Session: 600,
}

function cookieSettings(): NonNullable<Configuration['cookies']> {
  return {
    keys: [randomBytes(32).toString('base64url')],
    names: {
      session: SESSION_NAME,
      interaction: `${SESSION_NAME}-interaction`,
      resume: `${SESSION_NAME}-resume`,
    },
    long: { httpOnly: true, sameSite: 'lax', signed: true, path: ISSUER_PATH },
    short: { httpOnly: true, sameSite: 'lax', signed: true },
  }
}

function configurationOf(
  { redirectUri, clientJwk }: EmbeddedIssuerTerms,
  policy: NonNullable<NonNullable<Configuration['interactions']>['policy']>,
): Configuration {
  const store = new IssuerStore()
  const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const jwk = { ...signing.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' }
  return {
    adapter: (kind) => store.adapterOf(kind),
    clients: [
      {
        client_id: OWN_CLIENT,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        id_token_signed_response_alg: 'ES256',
        jwks: { keys: [clientJwk] },
      },
    ],
    jwks: { keys: [jwk] },
    scopes: ['openid'],
    claims: { openid: ['sub'] },
    responseTypes: ['code'],
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: {
      clientAuthSigningAlgValues: ['ES256'],
      idTokenSigningAlgValues: ['ES256'],
    },
    pkce: { required: () => true },
    features: Object.fromEntries(CLOSED.map((name) => [name, { enabled: false }])),
    ttl: LIFE_S,
    cookies: cookieSettings(),
    interactions: {
      policy,
      url: (_context, { uid }) => `${ISSUER_PATH}/interaction/${uid}`,
    },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    async loadExistingGrant({ oidc }) {
      const { client, session } = oidc
      if (client === undefined || session?.accountId === undefined) return undefined
      const { Grant } = oidc.provider
      const grant = new Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    renderError(context) {
      context.type = 'text/html; charset=utf-8'
      context.body = overPage(languageOf(context.get('accept-language')))
    },
    // Nothing here is told by other sites: no request of the issuer leaves this process.
    fetch: () => Promise.reject(new Error('the embedded issuer asks nobody')),
  }
}
