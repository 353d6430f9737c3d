/* One member at work: what it can do on the chain, with its own keys, vault and copy of the ledger. */
import { encryptionKeys } from '@renshe/contracts'
import {
  type Certificate,
  type Json,
  type JsonObject,
  type RandomSource,
  sha256,
  toBase64Url,
  toHex,
} from '@renshe/crypto'
import { type Answer, certificates, makeBody, type Reader } from '@renshe/kernel'
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
import type { MemberLedger } from './real-ledger.ts'

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
  }

  get chain(): string {
    return this.ledger.chain
  }

  /**
   * Signs an act without sealed content and waits until it is final.
   *
   * @throws ActRefused with the contract's code and facts
   */
  async act(action: string, input: JsonObject, as: ActingAs = 'system'): Promise<Acted> {
    const outcome = await this.tryAct(action, input, as)
    if (outcome.included && outcome.code === 'OK') {
      const { txId, height, data } = outcome
      return { txId, height, data: (data ?? {}) as JsonObject }
    }
    throw new ActRefused(action, outcome)
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
      expiresAt: this.clock.now() + BODY_LIFE_MS,
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
    const now = this.clock.now()
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
