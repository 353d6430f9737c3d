/*
 * Requests to an OpenID Connect issuer of somebody else: discovery, keys, token endpoint. Only to hosts that
 * are named, resolved once, never inside this machine or network unless that was said, no redirects.
 */
import { lookup as resolve } from 'node:dns/promises'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { BlockList, isIP } from 'node:net'

const MOST_BYTES = 1024 * 1024
const PATIENCE_MS = 10_000

/** Addresses that are nobody's server: this machine, private and link-local networks, multicast. */
const CLOSED_RANGES = [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24',
  '192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24',
  '224.0.0.0/4 240.0.0.0/4 ::/127 ::ffff:0:0/96 64:ff9b::/96 fc00::/7 fe80::/10 ff00::/8',
].flatMap((line) => line.split(' '))

/** Which addresses an issuer may have. */
export interface IssuerPlaces {
  readonly issuer: string
  /** Further hosts of its endpoints. */
  readonly hosts?: readonly string[]
  /** Ranges of a private network in which it may lie. */
  readonly privateRanges?: readonly string[]
  /** How long an answer may take in all; ten seconds unless told. */
  readonly patienceMs?: number
}

/** How a request is told. */
export interface IssuerRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Thrown for a request that is not made, or an answer that is not taken. */
export class IssuerUnreachable extends Error {
  constructor(why: string) {
    super(`the issuer cannot be asked: ${why}`)
    this.name = 'IssuerUnreachable'
  }
}

/**
 * Makes the one function by which an issuer is asked.
 *
 * @throws RangeError for a range that is none
 */
export function issuerRequests(
  places: IssuerPlaces,
): (address: string, request: IssuerRequest) => Promise<Response> {
  const { issuer, hosts = [], privateRanges = [], patienceMs = PATIENCE_MS } = places
  const own = new URL(issuer)
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(own.hostname)
  const named = new Set([own.host, ...hosts])
  const closed = rangesOf(CLOSED_RANGES)
  const opened = rangesOf([...privateRanges, ...(isLocal ? ['127.0.0.0/8', '::1/128'] : [])])
  return async (address, asked) => {
    const url = new URL(address)
    if (!named.has(url.host)) throw new IssuerUnreachable(`host ${url.host} is not named`)
    const isPlain = url.protocol === 'http:' && isLocal && url.host === own.host
    if (url.protocol !== 'https:' && !isPlain) throw new IssuerUnreachable('it has no TLS')
    const name = url.hostname.replaceAll(/[[\]]/g, '')
    const { address: ip, family } = await resolve(name)
    const kind = family === 6 ? 'ipv6' : 'ipv4'
    if (closed.check(ip, kind) && !opened.check(ip, kind)) {
      throw new IssuerUnreachable('its address is inside a closed range')
    }
    return exchange(url, asked, { ip, family, patienceMs })
  }
}

function rangesOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [net = '', bits = ''] = range.split('/')
    const family = isIP(net)
    if (family === 0 || !/^[0-9]{1,3}$/.test(bits)) {
      throw new RangeError(`a range of addresses as 10.1.0.0/16 was expected; came ${range}`)
    }
    list.addSubnet(net, Number(bits), family === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

interface Judged {
  readonly ip: string
  readonly family: number
  readonly patienceMs: number
}

function exchange(url: URL, asked: IssuerRequest, judged: Judged): Promise<Response> {
  const { ip, family, patienceMs } = judged
  const { method, headers, body } = asked
  const content =
    body === undefined || body === null ? Buffer.alloc(0) : Buffer.from(`${String(body)}`)
  return new Promise((resolveWith, reject) => {
    const ask = url.protocol === 'https:' ? tlsRequest : plainRequest
    const sent = ask(
      url,
      {
        method,
        headers: { ...headers, 'content-length': content.length },
        signal: AbortSignal.timeout(patienceMs),
        // The address that was judged is the one that is connected to.
        lookup: (_name, options, found) => {
          if (options.all === true) found(null, [{ address: ip, family }])
          else found(null, ip, family)
        },
      },
      (answer) => {
        takeAnswer(answer).then(resolveWith, (error: unknown) => {
          reject(error instanceof IssuerUnreachable ? error : unanswered())
        })
      },
    )
    sent.on('error', () => reject(unanswered()))
    sent.end(content)
  })
}

function unanswered(): IssuerUnreachable {
  return new IssuerUnreachable('it does not answer')
}

async function takeAnswer(answer: IncomingMessage): Promise<Response> {
  const status = answer.statusCode ?? 502
  if (status >= 300 && status < 400) {
    answer.destroy()
    throw new IssuerUnreachable('it leads elsewhere')
  }
  const parts: Buffer[] = []
  let length = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MOST_BYTES) throw new IssuerUnreachable('its answer is too long')
    parts.push(part)
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) {
    if (typeof value === 'string') headers.set(name, value)
  }
  return new Response(status === 204 ? null : Buffer.concat(parts), { status, headers })
}
