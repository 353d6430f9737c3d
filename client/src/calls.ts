/* One request to a node, signed where a system asks, and what came back. */
import { type JsonObject, utf8 } from '@renshe/crypto'
import type { TrustedChain } from '@renshe/proof'
import { signatureHeaders } from './signed-request.ts'
import type { ClientSigner } from './signer.ts'

/** How a client asks. */
export interface ClientSettings {
  /** Where the node answers, for example `https://node.example`. */
  readonly url: string
  /** Name of the chain with its hash: nothing is signed for another. */
  readonly chain: string
  /** Key that signs transactions, and, without a session, the requests too. */
  readonly signer?: ClientSigner
  /** Token of a session whose cookie the browser keeps. */
  readonly sessionToken?: string
  /** What evidence is judged by; without it no evidence is asked for. */
  readonly trusted?: readonly TrustedChain[]
  readonly fetch?: typeof fetch
  /** UTC ms of a right clock. */
  readonly now?: () => number
}

/** A problem document of the node. */
export class NodeRefused extends Error {
  readonly status: number
  readonly code: string
  readonly facts: JsonObject
  /** Of the transaction that a block has with this refusal; null where nothing was recorded. */
  readonly txId: string | null

  constructor(status: number, document: JsonObject) {
    super(String(document.code ?? status))
    this.name = 'NodeRefused'
    this.status = status
    this.code = String(document.code ?? 'UNKNOWN')
    this.facts = (document.facts ?? {}) as JsonObject
    this.txId = typeof document.txId === 'string' ? document.txId : null
  }
}

/** What came back; `json` is empty where the answer is none. */
export interface Answered {
  readonly status: number
  readonly bytes: Uint8Array
  readonly json: JsonObject
}

/** What is sent: JSON, or bytes of another kind; `isPatient` takes a ticket for long work. */
export interface Sent {
  readonly body?: JsonObject
  readonly bytes?: Uint8Array
  readonly takesTicket?: boolean
}

/** Asks a node. */
export type Ask = (method: string, path: string, sent?: Sent) => Promise<Answered>

/**
 * Makes the function that asks.
 *
 * @returns one that throws NodeRefused for every problem document
 */
export function askerOf(settings: ClientSettings): Ask {
  const { sessionToken, signer, fetch: fetched = fetch, now = Date.now } = settings
  return async (method, path, { body, bytes, takesTicket = false } = {}) => {
    const url = new URL(`/api/v1${path}`, settings.url)
    const content = bytes ?? (body === undefined ? new Uint8Array() : utf8(JSON.stringify(body)))
    const headers: Record<string, string> =
      sessionToken !== undefined
        ? { 'x-renshe-token': sessionToken }
        : signer === undefined
          ? {}
          : await signatureHeaders({ method, url, content }, signer, now())
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (bytes !== undefined) headers['content-type'] = 'application/octet-stream'
    if (takesTicket) headers.prefer = 'respond-async'
    const given = content.length === 0 ? {} : { body: Uint8Array.from(content) }
    const response = await fetched(url, { method, headers, redirect: 'error', ...given })
    const came = new Uint8Array(await response.arrayBuffer())
    const isJson = response.headers.get('content-type') !== 'application/pdf'
    const json = isJson ? (JSON.parse(new TextDecoder().decode(came)) as JsonObject) : {}
    if (!response.ok) throw new NodeRefused(response.status, json)
    return { status: response.status, bytes: came, json }
  }
}

/** How often a ticket is asked about, and how often in all. */
const POLL_MS = 500
const POLLS = 240

/**
 * Asks about a ticket until it is settled.
 *
 * @param settled  the result, or undefined while it is not known
 * @throws NodeRefused `STILL_PENDING`
 */
export async function untilSettled<Result>(
  ask: () => Promise<Result | undefined>,
  facts: JsonObject,
): Promise<Result> {
  for (let poll = 0; poll < POLLS; poll++) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    const result = await ask()
    if (result !== undefined) return result
  }
  throw new NodeRefused(504, { code: 'STILL_PENDING', facts })
}
