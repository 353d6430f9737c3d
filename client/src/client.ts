/* A node as a program sees it: questions, acts, evidence. */
import { type Json, type JsonObject, toBase64Url, toHex, utf8 } from '@renshe/crypto'
import {
  signedMessage,
  type TrustedChain,
  transactionId,
  type Verdict,
  type Verification,
  verdictOf,
  verifyEvidence,
} from '@renshe/proof'
import { checkPrepared, type MeantAct } from './check-prepared.ts'
import type { ActionInputs, Queries } from './operations.gen.ts'
import type { PreparedAct, SealedContent, SpelledOpening } from './prepared.ts'
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

  constructor(status: number, document: JsonObject) {
    super(String(document.code ?? status))
    this.name = 'NodeRefused'
    this.status = status
    this.code = String(document.code ?? 'UNKNOWN')
    this.facts = (document.facts ?? {}) as JsonObject
  }
}

/** What became of an act. */
export interface ActDone {
  readonly txId: string
  readonly height: number
  readonly data: JsonObject
}

/** How often a ticket is asked about, and how long. */
const POLL_MS = 500
const POLLS = 240

/** Calls one node in the name of one signer, or of the public. */
export class Client {
  readonly #settings: ClientSettings

  constructor(settings: ClientSettings) {
    this.#settings = settings
  }

  /** Asks a query; `height` is the one that the answer speaks of. Throws NodeRefused. */
  async query<Name extends keyof Queries>(
    name: Name,
    input: Queries[Name]['input'],
    asOf?: number,
  ): Promise<{ readonly height: number; readonly data: Queries[Name]['output'] }> {
    const body = { input, ...(asOf === undefined ? {} : { asOf }) } as unknown as JsonObject
    const answer = await this.#ask('POST', `/queries/${pathOf(name)}`, body)
    return answer.json as unknown as { height: number; data: Queries[Name]['output'] }
  }

  /**
   * Has an act prepared, and checks it; nothing is signed yet. The words are for whoever signs.
   *
   * @throws NodeRefused; PreparedRefused if the node prepared anything else
   */
  async prepare<Name extends keyof ActionInputs>(
    action: Name,
    input: ActionInputs[Name],
    sealed: SealedContent | null = null,
  ): Promise<{ readonly prepared: PreparedAct; readonly body: Uint8Array }> {
    const { certificate } = this.#signer()
    const given = { as: certificate, input, ...(sealed === null ? {} : { sealed: sent(sealed) }) }
    const path = `/actions/${pathOf(action)}/prepare`
    const { json } = await this.#ask('POST', path, given as unknown as JsonObject)
    const prepared = json as unknown as PreparedAct
    const openings = await this.#openings(prepared)
    const meant: MeantAct = {
      chain: this.#settings.chain,
      action,
      input: input as unknown as JsonObject,
      signer: certificate,
      sealed,
    }
    return { prepared, body: checkPrepared(prepared, meant, openings) }
  }

  /** Signs a body that {@link Client.prepare} checked, hands it in, and waits until it is final. */
  async submit(body: Uint8Array): Promise<ActDone> {
    const signer = this.#signer()
    const value = toBase64Url(await signer.sign(signedMessage(body)))
    const given = { body: toBase64Url(body), signature: { kind: signer.kind, value } }
    const { status, json } = await this.#ask('POST', '/transactions', given)
    if (status === 200) return (json.items as unknown as [ActDone])[0]
    return this.#untilFinal(toHex(transactionId(body)))
  }

  /** Prepares, checks, signs, hands in, and waits. */
  async act<Name extends keyof ActionInputs>(
    action: Name,
    input: ActionInputs[Name],
    sealed: SealedContent | null = null,
  ): Promise<ActDone> {
    const { body } = await this.prepare(action, input, sealed)
    return this.submit(body)
  }

  /** Evidence of a transaction, verified here: inclusion, finality, signature and authority. */
  async evidence(txId: string): Promise<{
    readonly bytes: Uint8Array
    readonly verification: Verification
    readonly verdict: Verdict
  }> {
    const { trusted } = this.#settings
    if (trusted === undefined) throw new RangeError('no chain is trusted')
    const { bytes } = await this.#ask('GET', `/transactions/${txId}/evidence`)
    const verification = verifyEvidence(bytes, { trusted })
    return { bytes, verification, verdict: verdictOf(verification) }
  }

  async #untilFinal(txId: string): Promise<ActDone> {
    for (let poll = 0; poll < POLLS; poll++) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      const { json } = await this.#ask('GET', `/transactions/${txId}`)
      if (json.status === 'pending') continue
      if (json.status === 'final' && json.code === 'OK') return json as unknown as ActDone
      throw new NodeRefused(422, { code: json.code ?? 'UNKNOWN', facts: json.data ?? {} })
    }
    throw new NodeRefused(504, { code: 'STILL_PENDING', facts: { txId } })
  }

  async #openings({ preparedId, batch }: PreparedAct): Promise<SpelledOpening[]> {
    const openings: SpelledOpening[] = []
    for (let page = 0; page < (batch?.pages ?? 0); page++) {
      const { json } = await this.#ask('GET', `/prepared/${preparedId}/openings/${page}`)
      openings.push(...(json.items as unknown as SpelledOpening[]))
    }
    return openings
  }

  #signer(): ClientSigner {
    const { signer } = this.#settings
    if (signer === undefined) throw new RangeError('this client has no signer')
    return signer
  }

  async #ask(method: string, path: string, body?: JsonObject) {
    const { sessionToken, signer, fetch: fetched = fetch, now = Date.now } = this.#settings
    const url = new URL(`/api/v1${path}`, this.#settings.url)
    const content = body === undefined ? new Uint8Array() : utf8(JSON.stringify(body))
    const headers: Record<string, string> =
      sessionToken !== undefined
        ? { 'x-renshe-token': sessionToken }
        : signer === undefined
          ? {}
          : await signatureHeaders({ method, url, content }, signer, now())
    if (body !== undefined) headers['content-type'] = 'application/json'
    const given = body === undefined ? {} : { body: Uint8Array.from(content) }
    const response = await fetched(url, { method, headers, redirect: 'error', ...given })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const json = JSON.parse(new TextDecoder().decode(bytes)) as JsonObject
    if (!response.ok) throw new NodeRefused(response.status, json)
    return { status: response.status, bytes, json }
  }
}

function sent({ batch, ...more }: SealedContent): Json {
  const rows = batch === undefined ? {} : { batch: { section: batch.section, rows: batch.rows } }
  return { ...more, ...rows } as unknown as Json
}

function pathOf(name: string): string {
  const [module = '', verb = ''] = name.split('.')
  return `${module}/${verb.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
