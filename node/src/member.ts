/* One member at work: what it can do on the chain, with its own keys, vault and copy of the ledger. */
import { encryptionKeys, type Step } from '@renshe/contracts'
import {
  type Bytes,
  type Certificate,
  canonicalText,
  type Json,
  type JsonObject,
  type PrivateKey,
  type RandomSource,
  type SuiteId,
  sha256,
  toBase64Url,
  toHex,
} from '@renshe/crypto'
import { type Answer, certificates, makeBody, type Reader } from '@renshe/kernel'
import { determinationTask } from './determine/determination-task.ts'
import { type Determined, determine } from './determine/determine.ts'
import { DeterminingRefused } from './determine/determining-refused.ts'
import type { HostClock } from './host-clock.ts'
import { type CertifiedKeyName, officerKey } from './keys/key-names.ts'
import type { KeyStore } from './keys/key-store.ts'
import {
  certifyDemonstrationOfficer,
  signedBundle,
  type TransactionSigner,
  transactionSigner,
} from './keys/member-keys.ts'
import type { SubmitOutcome } from './ledger-port.ts'
import type { Peers } from './peer.ts'
import {
  type ActToPrepare,
  type PreparedAct,
  prepareAct,
  submitAct,
} from './prepare/prepare-act.ts'
import type { MemberLedger } from './real-ledger.ts'
import type { Reading } from './vault/read-sections.ts'
import type { Vault } from './vault/vault.ts'

/** In whose name a member acts: its system, or one of its officers by number. */
export type ActingAs = 'system' | { readonly officer: string }

/** What became of an act that was done. */
export interface Acted {
  readonly txId: string
  readonly height: number
  /** What the action returned. */
  readonly data: JsonObject
}

/** An act that was not done; nothing was written. */
export class ActRefused extends Error {
  readonly action: string
  readonly code: string
  /** Facts of the refusal. */
  readonly facts: JsonObject
  /** Null where no block has it. */
  readonly height: number | null
  readonly txId: string | null

  constructor(action: string, outcome: SubmitOutcome) {
    const facts = outcome.included ? ((outcome.data ?? {}) as JsonObject) : {}
    const told = Object.keys(facts).length === 0 ? '' : ` ${JSON.stringify(facts)}`
    super(`${action} was refused: ${outcome.code}${told}`)
    this.name = 'ActRefused'
    this.action = action
    this.code = outcome.code
    this.facts = facts
    this.height = outcome.included ? outcome.height : null
    this.txId = outcome.txId
  }
}

/** What a member is made of. */
export interface MemberParts {
  readonly id: string
  /** Name of the chain without its hash. */
  readonly chainName: string
  readonly keys: KeyStore
  readonly ledger: MemberLedger
  readonly clock: HostClock
  readonly random: RandomSource
  /** Whether this node may keep and renew the keys of officers. */
  readonly isDemonstration: boolean
  readonly vault: Vault
  /** Nodes of other members, and of this one. */
  readonly peers: Peers
  /** Suites that sections of this chain may have. */
  readonly suites: readonly SuiteId[]
  readonly encryption: PrivateKey
  /** K, for blind indexes and entry keys. */
  readonly indexKey: Bytes
}

/** Content of an act that is sealed at its owners before anything is signed. */
export interface SealedContent {
  /** Section → values of its fields. */
  readonly sections?: ActToPrepare['sections']
  readonly batch?: ActToPrepare['batch']
  /** Case and step that it belongs to; those of the input if left out. */
  readonly case?: string
  readonly step?: string
}

/** How long a body may wait for its block. */
const BODY_LIFE_MS = 10 * 60_000
/** An officer's certificate with less than this left is renewed before it is used. */
const OFFICER_LEAST_MS = 60_000 + BODY_LIFE_MS

/** Does what a member may do, and waits until it is final. */
export class Member {
  readonly id: string
  readonly keys: KeyStore
  readonly ledger: MemberLedger
  readonly clock: HostClock
  readonly random: RandomSource
  readonly vault: Vault
  /** Hex SHA-256 of the SPKI of its encryption key: how the chain names it. */
  readonly holderKey: string
  /** K: what it makes of a person or a bank's reference, nobody else can make. */
  readonly indexKey: Bytes
  readonly #parts: MemberParts
  readonly #presenting = new Map<string, Promise<void>>()
  readonly #running = new Set<Promise<unknown>>()

  constructor(parts: MemberParts) {
    this.#parts = parts
    this.id = parts.id
    this.keys = parts.keys
    this.ledger = parts.ledger
    this.clock = parts.clock
    this.random = parts.random
    this.vault = parts.vault
    this.indexKey = parts.indexKey
    this.holderKey = toHex(sha256(parts.encryption.publicKey.spki))
  }

  get chain(): string {
    return this.ledger.chain
  }

  /**
   * Signs an act and waits until it is final. Content that is to be sealed goes to its owners first, and
   * everything that comes back is recomputed before the signature.
   *
   * @throws ActRefused with the contract's code and facts; PeerRefused or SigningRefused if an owner does
   *         not seal, or sealed something else
   */
  async act(
    action: string,
    input: JsonObject,
    as: ActingAs = 'system',
    sealed: SealedContent | null = null,
  ): Promise<Acted> {
    const outcome =
      sealed === null
        ? await this.tryAct(action, input, as)
        : await this.submitPrepared(await this.prepare(action, input, sealed), as)
    if (outcome.included && outcome.code === 'OK') {
      const { txId, height, data } = outcome
      return { txId, height, data: (data ?? {}) as JsonObject }
    }
    throw new ActRefused(action, outcome)
  }

  /** Has the sealed parts of an act sealed, recomputes them, and says in words what is to be signed. */
  async prepare(action: string, input: JsonObject, sealed: SealedContent): Promise<PreparedAct> {
    const { ledger } = this
    const { peers } = this.#parts
    const { sections, batch } = sealed
    const act: ActToPrepare = {
      action: action as ActToPrepare['action'],
      input,
      case: sealed.case ?? String(input.case ?? ''),
      step: sealed.step ?? String(input.step ?? ''),
      ...(sections === undefined ? {} : { sections }),
      ...(batch === undefined ? {} : { batch }),
    }
    return this.#track(prepareAct({ ledger, peers, suite: this.vault.suite }, act))
  }

  /** Signs what was prepared, and waits until it is final. */
  async submitPrepared(prepared: PreparedAct, as: ActingAs = 'system'): Promise<SubmitOutcome> {
    const signer = await this.signer(as)
    const { random } = this
    const signing = { signer, random, now: this.#now(), lifeMs: BODY_LIFE_MS }
    return this.#track(submitAct(this.ledger, prepared, signing))
  }

  /** What this member reads with, in the name of its system or an officer. */
  reading(as: ActingAs = 'system'): Reading {
    const { peers, suites, encryption } = this.#parts
    const { ledger, vault, holderKey } = this
    const act: Reading['act'] = (action, input) => this.tryAct(action, input, as)
    return { ledger, peers, vault, suites, encryption, holderKey, act }
  }

  /**
   * Computes the determination of an open step from rows that this member may open, with a receipt for
   * each read; nothing is submitted.
   *
   * @throws DeterminingRefused, ReadRefused, PeerRefused, DeterminationFailed
   */
  async determine(
    place: { readonly case: string; readonly step: string },
    as: ActingAs = 'system',
  ): Promise<Determined> {
    const task = determinationTask(this.ledger, this.id, place.case, place.step)
    const owner = task.subledger?.head.owner ?? this.id
    // What the owner posted on balances that a journal has changed since is void, and must come anew.
    if (owner !== this.id && task.submissions.some(({ member }) => member === owner)) {
      const known = task.submissions.find(({ member }) => member === owner)
      if (!isSame(known?.parts.inputs, task.inputs)) {
        throw new DeterminingRefused('OWNER_FIRST', owner)
      }
    }
    return this.#track(determine(this.reading(as), place))
  }

  /** Whether a member's submission for an open step starts from what is no longer so. */
  isVoid({ case: id, n, submissions }: Step, member: string): boolean {
    const known = submissions.find((submission) => submission.member === member)
    const { determination } = this.ask('cases.getStep', { case: id, n }) as unknown as {
      determination: { readonly inputs: Json } | null
    }
    return known !== undefined && !isSame(known.inputs as Json, determination?.inputs ?? null)
  }

  /** Computes the determination of an open step and submits it. */
  async determineStep(
    place: { readonly case: string; readonly step: string },
    as: ActingAs = 'system',
  ): Promise<Acted & { readonly determined: Determined }> {
    const determined = await this.determine(place, as)
    const acted = await this.act('cases.determineStep', determined.input, as)
    return { ...acted, determined }
  }

  /** As {@link Member.act}, but tells a refusal instead of throwing it. */
  async tryAct(action: string, input: JsonObject, as: ActingAs = 'system'): Promise<SubmitOutcome> {
    const signer = await this.signer(as)
    return this.#track(this.#submit(action, input, signer))
  }

  /** Asks a query of the contracts as this member. */
  query(name: string, input: JsonObject = {}, asOf?: number): Answer {
    return this.ledger.query(name, input, this.reader(), asOf)
  }

  /**
   * The data of a query that must be answered.
   *
   * @throws RangeError with code and facts of its refusal
   */
  ask(name: string, input: JsonObject = {}, asOf?: number): Json {
    const answer = this.query(name, input, asOf)
    if (answer.ok) return answer.data
    const { code, data, fault } = answer
    throw new RangeError(`${name}: ${code} ${JSON.stringify(data)}`, { cause: fault })
  }

  /** This member as a reader: its system, or one of its officers. */
  reader(officer: { name: string; roles: readonly string[]; unit: string | null } | null = null) {
    const reader: Reader = {
      member: this.id,
      name: officer?.name ?? 'system',
      roles: officer?.roles ?? [],
      unit: officer?.unit ?? null,
    }
    return reader
  }

  /** The key that signs; its certificate is renewed and presented first where that is needed. */
  async signer(as: ActingAs): Promise<TransactionSigner> {
    const name = as === 'system' ? 'system' : officerKey(as.officer)
    if (as !== 'system') await this.#renewOfficer(as.officer)
    await this.present(name as CertifiedKeyName)
    return transactionSigner(this.keys, name)
  }

  /** Puts a certificate of this member on chain if it is not there yet; once, however many ask. */
  async present(name: CertifiedKeyName): Promise<void> {
    const certificate = this.keys.certificate(name)
    if (this.#isPresented(certificate, name)) return
    const { fingerprint } = certificate
    const running =
      this.#presenting.get(fingerprint) ??
      this.#present(certificate).finally(() => this.#presenting.delete(fingerprint))
    this.#presenting.set(fingerprint, running)
    await running
  }

  /** Waits for the acts that are under way. */
  async quiet(): Promise<void> {
    await Promise.allSettled(this.#running)
  }

  /** A clock that was set back must not make bodies that block time has already left behind. */
  #now(): number {
    return Math.max(this.clock.now(), this.ledger.view().time)
  }

  async #submit(
    action: string,
    input: JsonObject,
    signer: TransactionSigner,
  ): Promise<SubmitOutcome> {
    const body = makeBody({
      chain: this.chain,
      action,
      input,
      signer: signer.certificate,
      nonce: this.random(16),
      expiresAt: this.#now() + BODY_LIFE_MS,
    })
    const [outcome] = await this.ledger.submit(signedBundle(body, signer))
    if (outcome === undefined) throw new Error('a bundle of one has one outcome')
    return outcome
  }

  async #present(certificate: Certificate): Promise<void> {
    const signer = await transactionSigner(this.keys, 'system')
    const input = { der: toBase64Url(certificate.der) }
    const action = 'membership.presentCertificate'
    const outcome = await this.#submit(action, input, signer)
    // Another process of this member may have been quicker.
    if (outcome.code !== 'OK' && outcome.code !== 'CERTIFICATE_EXISTS') {
      throw new ActRefused(action, outcome)
    }
  }

  #isPresented(certificate: Certificate, name: CertifiedKeyName): boolean {
    const view = this.ledger.view()
    if (name === 'system' || name.startsWith('officer-')) {
      return view.state(certificates).has(certificate.fingerprint)
    }
    return view.state(encryptionKeys).has(toHex(sha256(certificate.publicKey.spki)))
  }

  async #renewOfficer(officer: string): Promise<void> {
    const name = officerKey(officer) as CertifiedKeyName
    const current = this.keys.certificate(name)
    const now = this.#now()
    if (current.notBefore <= now && now + OFFICER_LEAST_MS < current.notAfter) return
    if (!this.#parts.isDemonstration) return
    await certifyDemonstrationOfficer(this.keys, {
      member: this.id,
      chainName: this.#parts.chainName,
      notBefore: Math.floor(now / 1000) * 1000,
      random: this.random,
      officer,
      unit: current.subject.unit ?? null,
    })
  }

  async #track<Result>(work: Promise<Result>): Promise<Result> {
    this.#running.add(work)
    try {
      return await work
    } finally {
      this.#running.delete(work)
    }
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalText((one ?? null) as Json) === canonicalText((other ?? null) as Json)
}
