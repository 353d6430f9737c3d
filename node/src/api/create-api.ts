/* The HTTP server of a host: every declared route, the issuer, the pages, and nothing else. */
import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { createContracts } from '@renshe/contracts'
import type { Contracts } from '@renshe/kernel'
import fastify, { type FastifyInstance } from 'fastify'
import { Drafts } from '../drafts/drafts.ts'
import type { Host } from '../host.ts'
import type { Member } from '../member.ts'
import type { IssuerSettings } from '../sign-in/open-id-client.ts'
import { SignIn } from '../sign-in/sign-in.ts'
import { type Account, requireAccounts } from './accounts.ts'
import { allRoutes } from './all-routes.ts'
import { askInside, serveIssuer } from './issuer-server.ts'
import { API_LIMITS } from './limits.ts'
import { LOG_EVENTS, type LogLine } from './log-line.ts'
import { ApiMetrics } from './metrics.ts'
import { openApiOf } from './openapi.ts'
import { readPages, servePages } from './pages.ts'
import { PendingTransactions } from './pending-transactions.ts'
import { PreparedActs } from './prepared-acts.ts'
import { absent } from './problem.ts'
import { Rate } from './rate.ts'
import type { ApiParts, ApiRoute } from './route.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { addRoute, problemFor, type Serving, sendProblem } from './serve-route.ts'
import { Sessions } from './session.ts'
import { SeenNonces } from './signed-request.ts'
import { StoredAnswers } from './stored-answers.ts'

/** How an API is made. */
export interface ApiSettings {
  readonly host: Host
  /** Who may sign in, as the issuer calls them; sample accounts are for demonstrations only. */
  readonly accounts?: readonly Account[]
  /** Another OpenID Connect issuer in place of the embedded one. */
  readonly signIn?: IssuerSettings
  /**
   * Where browsers see this node, for example `https://node.example`. Without it people sign in on the
   * loopback only.
   */
  readonly publicUrl?: string
  /** Further origins whose pages may use the cookie, for example behind a proxy. */
  readonly origins?: readonly string[]
  /** Folder of the built pages: `index.html` and what it loads. */
  readonly pages?: string
  /** Routes beside those of the node, for example of a demonstration; the document shows them too. */
  readonly extraRoutes?: readonly ApiRoute[]
  /** Holds each answer against its declaration; one that does not fit is a bug and answered so. */
  readonly checksReplies?: boolean
  /** Certificate chain and key in PEM: then TLS 1.3 ends here. */
  readonly tls?: TlsSettings
  /** Hears each line of the log. */
  readonly onLog?: (line: LogLine) => void
  /** UTC ms of a real clock; that of this machine unless told. */
  readonly now?: () => number
}

/** TLS of the server itself. */
export interface TlsSettings {
  readonly cert: string | Uint8Array
  readonly key: string | Uint8Array
  /**
   * Whether systems may prove themselves by the client certificate of the connection (mTLS): their system
   * certificate that the chain has.
   */
  readonly takesClientCertificates?: boolean
}

/**
 * Makes the server of a host; `listen` starts it, `close` ends it gracefully.
 *
 * @throws RangeError for accounts that contradict themselves, sample accounts on a chain that is no
 *   demonstration, a `publicUrl` that is no origin, pages without an `index.html`, TLS without a key
 */
export function createApi(settings: ApiSettings): FastifyInstance {
  const { host, accounts = [], onLog = () => undefined, extraRoutes = [] } = settings
  requireAccounts(accounts, host.report.genesis.isDemonstration)
  const now = settings.now ?? Date.now
  const contracts = createContracts()
  const routes = [...allRoutes(contracts), ...extraRoutes]
  const app = makeServer(settings.tls)
  const metrics = new ApiMetrics(contracts)
  const log: Serving['log'] = (line) => {
    if (line.event !== 'request') metrics.countEvent(line.event)
    onLog({ time: new Date(now()).toISOString(), ...line })
  }
  const parts = partsOf({ settings, app, contracts, routes, now, log, metrics })
  app.addHook('onClose', async () => parts.metrics.stop())
  const own = parts.publicOrigin === null ? [] : [parts.publicOrigin]
  const serving: Serving = {
    parts,
    nonces: new SeenNonces(),
    answers: new StoredAnswers(now),
    origins: [...(settings.origins ?? []), ...own],
    checksReplies: settings.checksReplies === true,
    log,
  }
  app.setErrorHandler((error, request, reply) => {
    sendProblem(reply, problemFor(serving, error, request.id))
  })
  for (const route of routes) addRoute(app, serving, route)
  if (settings.signIn === undefined) serveIssuer(app, serving)
  if (settings.pages !== undefined) servePages(app, readPages(settings.pages))
  return app
}

interface PartsGiven {
  readonly settings: ApiSettings
  readonly app: FastifyInstance
  readonly contracts: Contracts
  readonly routes: readonly ApiRoute[]
  readonly now: () => number
  readonly log: Serving['log']
  readonly metrics: ApiMetrics
}

function partsOf({ settings, app, contracts, routes, now, log, metrics }: PartsGiven): ApiParts {
  const { host, accounts = [] } = settings
  const drafts = new Map<string, Drafts>()
  return {
    host,
    contracts,
    accounts,
    now,
    sessions: new Sessions(now),
    signIn: signInOf(settings, app, now),
    publicOrigin: originOfUrl(settings.publicUrl),
    isTls: settings.tls !== undefined,
    keyRate: new Rate(API_LIMITS.keysOfOfficer, API_LIMITS.keyRateMs, now),
    tell: (line) => log({ level: LOG_EVENTS[line.event].level, ...line }),
    prepared: new PreparedActs(now),
    pending: new PendingTransactions(),
    metrics,
    document: openApiOf(routes),
    draftsOf(member: Member) {
      const own = drafts.get(member.id) ?? new Drafts(member.vault.store, () => member.clock.now())
      drafts.set(member.id, own)
      return own
    },
  }
}

function signInOf(settings: ApiSettings, app: FastifyInstance, now: () => number): SignIn {
  const { host, accounts = [], signIn } = settings
  return new SignIn({
    accounts,
    isDemonstration: host.report.genesis.isDemonstration,
    ...(signIn === undefined ? {} : { issuer: signIn }),
    nameOf: (member) => memberName(host, member),
    askOwnIssuer: askInside(app),
    now,
  })
}

/** A member's name as the chain has it. */
function memberName(host: Host, id: string): { readonly zh: string; readonly en: string } {
  const member = host.members.find((each) => each.id === id)
  const shown = member?.ask('membership.getMember', { member: id }) as
    | { readonly name?: { readonly zh: string; readonly en: string } }
    | undefined
  return shown?.name ?? { zh: id, en: id }
}

function originOfUrl(url: string | undefined): string | null {
  if (url === undefined) return null
  const origin = URL.canParse(url) ? new URL(url).origin : ''
  if (origin !== url) {
    throw new RangeError(`publicUrl: expected an origin as https://node.example; came ${url}`)
  }
  return origin
}

/** Ids of requests: told apart within a run and between runs; nobody's secret. */
function requestIds(): () => string {
  const run = randomBytes(4).toString('hex')
  let count = 0
  return () => {
    count = (count + 1) % 0x1_0000_0000
    return run + count.toString(16).padStart(8, '0')
  }
}

function makeServer(tls: TlsSettings | undefined): FastifyInstance {
  const secured = tls && { https: secureOptions(tls) }
  const app = fastify({
    logger: false,
    bodyLimit: API_LIMITS.bodyBytes,
    requestTimeout: API_LIMITS.requestMs,
    // Streams of events end when the server does.
    forceCloseConnections: true,
    http: { maxHeaderSize: API_LIMITS.headerBytes },
    genReqId: requestIds(),
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 128 },
    ...secured,
  } as Parameters<typeof fastify>[0]) as unknown as FastifyInstance
  app.removeAllContentTypeParsers()
  // Every type is read as bytes: what a route takes, it says itself.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onSend', async (request, reply) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!reply.hasHeader(name)) reply.header(name, value)
    }
    reply.header('x-request-id', request.id)
  })
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, absent()))
  return app
}

/** Who issued a client's certificate does not count: it must be one that the chain has. */
function secureOptions({ cert, key, takesClientCertificates: asks = false }: TlsSettings): object {
  const own = { cert: pem(cert), key: pem(key), minVersion: 'TLSv1.3' } as const
  if (!isPair(own.cert, own.key)) {
    throw new RangeError('tls: expected a certificate chain and its key in PEM')
  }
  return { ...own, requestCert: asks, rejectUnauthorized: false }
}

function isPair(cert: string, key: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

function pem(given: string | Uint8Array): string {
  return typeof given === 'string' ? given : Buffer.from(given).toString('utf8')
}
