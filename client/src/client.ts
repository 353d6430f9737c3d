/* A node as a program sees it: questions, acts, evidence. */
import { fromBase64Url, type Json, type JsonObject, toBase64Url, toHex } from '@renshe/crypto'
import {
  signedMessage,
  transactionId,
  type Verdict,
  type Verification,
  verdictOf,
  verifyEvidence,
} from '@renshe/proof'
import { type Ask, askerOf, type ClientSettings, NodeRefused, untilSettled } from './calls.ts'
import { checkDetermination } from './check-determination.ts'
import { checkOpened, type OpenedItem, type VerifiedItem } from './check-opened.ts'
import { checkPlace, type PlaceProof, type VerifiedPlace } from './check-place.ts'
import { BatchLeaves, checkPrepared, type MeantAct } from './check-prepared.ts'
import type { DeterminationPrepared, PreparedDetermination } from './determination.ts'
import type { ActionInputs, Queries } from './operations.gen.ts'
import type { ActPrepared, PreparedAct, SealedContent, SpelledOpening } from './prepared.ts'
import { termsOfRead } from './read-terms.ts'
import type { ClientSigner } from './signer.ts'
import { type DraftPlace, type Uploaded, type UploadOptions, uploadFile } from './upload.ts'

/** What became of an act. */
export interface ActDone {
  readonly txId: string
  readonly height: number
  readonly data: JsonObject
}

/** What is to be read; the key that opens it is the newest of the reader's member unless told. */
export type SectionsToRead = Omit<ActionInputs['access.readSections'], 'holderKey'> & {
  readonly holderKey?: string
}

/** What was read: the receipt, and everything that it opened. */
export interface ReadDone {
  /** Id of the read: the receipt. */
  readonly read: string
  readonly height: number
  readonly items: readonly VerifiedItem[]
}

/** A determination that was submitted, with the reads that it took. */
export interface DeterminationDone extends ActDone {
  readonly reads: readonly string[]
  readonly prepared: PreparedDetermination
}

/** Which statement. */
export interface StatementAsked {
  readonly book: string
  readonly account: string
  readonly from?: number | string | null
  readonly to?: number | string
  readonly form: 'json' | 'pdf'
  /** Size of a head that was saved. */
  readonly since?: number
}

/** How many rows are sealed 封存, and of how many; null where there is no batch. */
export interface SealingProgress {
  readonly rows: number
  readonly of: number | null
}

/** Sections in one page of what a read opens. */
const OPENED_PAGE = 1000
/** A determination is asked for so often: a journal may be posted in between, and takes another read. */
const DETERMINATION_ROUNDS = 4

/** Calls one node in the name of one signer, or of the public. */
export class Client {
  readonly #settings: ClientSettings
  readonly #ask: Ask

  constructor(settings: ClientSettings) {
    this.#settings = settings
    this.#ask = askerOf(settings)
  }

  /** Asks a query; `height` is the one that the answer speaks of. Throws NodeRefused. */
  async query<Name extends keyof Queries>(
    name: Name,
    input: Queries[Name]['input'],
    asOf?: number,
  ): Promise<{ readonly height: number; readonly data: Queries[Name]['output'] }> {
    const body = { input, ...(asOf === undefined ? {} : { asOf }) } as unknown as JsonObject
    const answer = await this.#ask('POST', `/queries/${pathOf(name)}`, { body })
    return answer.json as unknown as { height: number; data: Queries[Name]['output'] }
  }

  /**
   * Has an act prepared, and checks it; nothing is signed yet. The words are for whoever signs.
   *
   * @param told  while openings of rows arrive: how many pages have, of how many
   * @param onSealing  while the node seals rows: how many are, of how many
   * @throws NodeRefused; PreparedRefused if the node prepared anything else
   */
  async prepare<Name extends keyof ActionInputs>(
    action: Name,
    input: ActionInputs[Name],
    sealed: SealedContent | null = null,
    told: (pages: number, of: number) => void = () => undefined,
    onSealing: (progress: SealingProgress) => void = () => undefined,
  ): Promise<ActPrepared> {
    const { certificate } = this.#signer()
    const given = { as: certificate, input, ...(sealed === null ? {} : { sealed: sent(sealed) }) }
    const path = `/actions/${pathOf(action)}/prepare`
    const asked = { body: given as unknown as JsonObject, takesTicket: true }
    const answered = await this.#ask('POST', path, asked)
    const json =
      answered.status === 202 ? await this.#untilReady(answered.json, onSealing) : answered.json
    const prepared = json as unknown as PreparedAct
    const meant: MeantAct = {
      chain: this.#settings.chain,
      action,
      input: input as unknown as JsonObject,
      signer: certificate,
      sealed,
    }
    const leaves = sealed?.batch === undefined ? null : new BatchLeaves(meant, sealed.batch)
    const rows = await this.#openings(prepared, told, leaves)
    const body = checkPrepared(prepared, meant, leaves ?? rows)
    return { prepared, body, openings: { sections: prepared.sections, rows } }
  }

  /** Sends a file into a draft, in pieces; what the node has of it already is not sent again. */
  upload(place: DraftPlace, content: Uint8Array, options: UploadOptions = {}): Promise<Uploaded> {
    return uploadFile(this.#ask, place, content, options)
  }

  /** Signs a body that {@link Client.prepare} checked, hands it in, and waits until it is final. */
  async submit(body: Uint8Array): Promise<ActDone> {
    const signer = this.#signer()
    const value = toBase64Url(await signer.sign(signedMessage(body)))
    const given = { body: toBase64Url(body), signature: { kind: signer.kind, value } }
    const { status, json } = await this.#ask('POST', '/transactions', { body: given })
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

  /**
   * Reads sealed sections: signs the read, which is the receipt, has it opened, and recomputes everything.
   *
   * @throws NodeRefused; OpenedRefused if one opening is not what the chain registered
   */
  async read(asked: SectionsToRead): Promise<ReadDone> {
    const holderKey = asked.holderKey ?? (await this.#holderKey())
    const { txId, height } = await this.act('access.readSections', { ...asked, holderKey })
    return { read: txId, height, items: await this.opened(txId) }
  }

  /**
   * Opens a read that this signer has committed, again while its window lasts.
   *
   * @throws NodeRefused; OpenedRefused
   */
  async opened(read: string): Promise<VerifiedItem[]> {
    const items: OpenedItem[] = []
    for (let from: number | null = 0; from !== null; ) {
      const asked: JsonObject = { read, from, limit: OPENED_PAGE }
      const { json } = await this.#ask('POST', '/opened', { body: asked })
      items.push(...(json.items as unknown as OpenedItem[]))
      from = json.next as number | null
    }
    const { json } = await this.#ask('GET', `/transactions/${read}`)
    const { data } = await this.query('access.getRead', { read })
    return checkOpened(items, termsOfRead(fromBase64Url(String(json.body)), read, data.read))
  }

  /**
   * Has a determination computed by the signer's node; nothing of it is signed yet.
   *
   * @param reads  ids of reads that were signed for it
   * @returns      what must be read first, or the prepared submission, whose body was checked
   */
  async prepareDetermination(
    place: { readonly case: string; readonly step: string },
    reads: readonly string[] = [],
  ): Promise<DeterminationPrepared> {
    const { certificate } = this.#signer()
    const given = { ...place, as: certificate, reads: [...reads] }
    const { status, json } = await this.#ask('POST', '/determinations/prepare', { body: given })
    if (status === 200) return { needs: json.needs } as unknown as DeterminationPrepared
    const prepared = json as unknown as PreparedDetermination
    const { chain } = this.#settings
    return {
      prepared,
      body: checkDetermination(prepared, { chain, signer: certificate, ...place }),
    }
  }

  /**
   * Reads what a determination takes, has it computed, signs and submits it.
   *
   * @param mayGoOn  asked before the submission is signed, with what it says; nothing is signed if not
   * @throws NodeRefused; PreparedRefused; RangeError if it was not to go on
   */
  async determine(
    place: { readonly case: string; readonly step: string },
    mayGoOn: (prepared: PreparedDetermination) => boolean | Promise<boolean> = () => true,
  ): Promise<DeterminationDone> {
    const reads: string[] = []
    for (let round = 0; round < DETERMINATION_ROUNDS; round++) {
      const made = await this.prepareDetermination(place, reads)
      if ('needs' in made) {
        for (const { input } of made.needs) {
          reads.push((await this.act('access.readSections', input)).txId)
        }
        continue
      }
      if (!(await mayGoOn(made.prepared))) throw new RangeError('the submission was not agreed to')
      return { ...(await this.submit(made.body)), reads, prepared: made.prepared }
    }
    throw new NodeRefused(409, { code: 'STILL_CHANGING', facts: { ...place } })
  }

  /**
   * A transaction as this signer, or the public, may see it, and its place, recomputed up to a signed head.
   *
   * @returns  `place` null while no block has it
   * @throws NodeRefused; PlaceRefused if the way to the head does not hold
   */
  async transaction(
    txId: string,
  ): Promise<{ readonly shown: JsonObject; readonly place: VerifiedPlace | null }> {
    const { json: shown } = await this.#ask('GET', `/transactions/${txId}`)
    if (shown.status !== 'final') return { shown, place: null }
    const proof = shown.proof as unknown as PlaceProof
    return { shown, place: checkPlace(this.#settings.chain, txId, proof) }
  }

  /** Blocks, the newest first; `before` is the `next` of the page before. */
  async blocks(before?: number): Promise<JsonObject> {
    const query = before === undefined ? '' : `?before=${before}`
    return (await this.#ask('GET', `/blocks${query}`)).json
  }

  /**
   * The statement of one account, verified here; `pdf` prints what it says and carries it.
   *
   * @param asked  `from` and `to` are UTC ms or legal days
   */
  async statement(
    asked: StatementAsked,
  ): Promise<{ readonly bytes: Uint8Array; readonly verdict: Verdict | null }> {
    const body = { ...asked } as unknown as JsonObject
    const { bytes } = await this.#ask('POST', '/statements', { body })
    const { trusted } = this.#settings
    if (asked.form === 'pdf' || trusted === undefined) return { bytes, verdict: null }
    return { bytes, verdict: verdictOf(verifyEvidence(bytes, { trusted })) }
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
    return untilSettled(
      async () => {
        const { json } = await this.#ask('GET', `/transactions/${txId}`)
        if (json.status === 'pending') return undefined
        if (json.status === 'final' && json.code === 'OK') return json as unknown as ActDone
        throw new NodeRefused(422, { code: json.code ?? 'UNKNOWN', facts: json.data ?? {} })
      },
      { txId },
    )
  }

  async #untilReady(
    begun: JsonObject,
    onProgress: (progress: SealingProgress) => void,
  ): Promise<JsonObject> {
    const path = `/prepared/${String(begun.preparedId)}`
    return untilSettled(async () => {
      const { json } = await this.#ask('GET', `${path}/progress`)
      onProgress({ rows: Number(json.rows), of: json.of as number | null })
      if (json.phase === 'failed') throw new NodeRefused(422, json.problem as JsonObject)
      return json.phase === 'ready' ? (await this.#ask('GET', path)).json : undefined
    }, {})
  }

  /** The newest encryption key of the signer's member that is in force. */
  async #holderKey(): Promise<string> {
    const { json } = await this.#ask('GET', '/session')
    const input = { member: String(json.member), limit: 200 }
    const { data } = await this.query('membership.listEncryptionKeys', input)
    const valid = data.items.filter(({ revokedAt }) => revokedAt === null)
    const newest = valid.reduce(
      (best, key) => (best === undefined || key.notBefore > best.notBefore ? key : best),
      undefined as (typeof valid)[number] | undefined,
    )
    if (newest === undefined) throw new NodeRefused(404, { code: 'HOLDER_KEY_UNKNOWN' })
    return newest.holderKey
  }

  async #openings(
    { preparedId, batch }: PreparedAct,
    told: (pages: number, of: number) => void,
    leaves: BatchLeaves | null,
  ): Promise<SpelledOpening[]> {
    const openings: SpelledOpening[] = []
    const pages = batch?.pages ?? 0
    for (let page = 0; page < pages; page++) {
      told(page, pages)
      const { json } = await this.#ask('GET', `/prepared/${preparedId}/openings/${page}`)
      const items = json.items as unknown as SpelledOpening[]
      leaves?.add(items)
      openings.push(...items)
    }
    return openings
  }

  #signer(): ClientSigner {
    const { signer } = this.#settings
    if (signer === undefined) throw new RangeError('this client has no signer')
    return signer
  }
}

function sent({ batch, ...more }: SealedContent): Json {
  const rows =
    batch === undefined
      ? {}
      : batch.draft === undefined
        ? { batch: { section: batch.section, rows: batch.rows } }
        : { draft: { section: batch.section, ...batch.draft } }
  return { ...more, ...rows } as unknown as Json
}

function pathOf(name: string): string {
  const [module = '', verb = ''] = name.split('.')
  return `${module}/${verb.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
