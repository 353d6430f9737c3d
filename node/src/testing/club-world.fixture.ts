/*
 * Members of the reading club, each with its own keys and vault on disk, on the real contracts in memory.
 * Their nodes call each other through the peer port, which copies everything.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encryptionKeys } from '@renshe/contracts'
import { seeded, TestConsortium } from '@renshe/contracts/testing'
import {
  type Bytes,
  type Json,
  type JsonObject,
  type PrivateKey,
  type RandomSource,
  toHex,
} from '@renshe/crypto'
import {
  type Answer,
  makeBody,
  type Reader,
  Refused,
  readTransaction,
  signatureHolds,
  splitBundle,
  type Transaction,
} from '@renshe/kernel'
import type { TestWorld } from '@renshe/kernel/testing'
import { type KeyStore, openKeyStore } from '../keys/key-store.ts'
import { signedBundle, type TransactionSigner } from '../keys/member-keys.ts'
import { demonstrationPassphrases } from '../keys/passphrase.ts'
import type { LedgerPort, LedgerView, SubmitOutcome } from '../ledger-port.ts'
import { type PeerService, type Peers, peersInProcess } from '../peer.ts'
import { peerServiceOf } from '../peer-service.ts'
import { type ActToPrepare, prepareAct, submitAct } from '../prepare/prepare-act.ts'
import type { AtCrashPoint } from '../vault/crash-points.ts'
import type { Reading } from '../vault/read-sections.ts'
import { openVault, type Vault } from '../vault/vault.ts'
import { CLUB_ENROLMENT, CLUB_FEES, CLUB_FOUNDING, CLUB_RULES } from './club-packages.fixture.ts'

/** Everything a member of the club has. */
export interface ClubMember {
  readonly id: string
  readonly ledger: LedgerPort
  readonly vault: Vault
  readonly keys: KeyStore
  readonly encryption: PrivateKey
  readonly holderKey: string
  readonly signer: TransactionSigner
  readonly answerKey: () => Promise<TransactionSigner>
  readonly peers: Peers
  readonly reading: Reading
}

/** The ledger port of a test: one transaction per block, final at once unless the test says not. */
export class ClubLedger implements LedgerPort {
  readonly #consortium: TestConsortium
  /** Blocks that are not final yet. */
  unfinalBlocks = 0
  /** Everything that was handed in: what every member keeps in its block log. */
  readonly bundles: Bytes[] = []

  constructor(consortium: TestConsortium) {
    this.#consortium = consortium
  }

  get #world(): TestWorld {
    return this.#consortium.world
  }

  get chain(): string {
    return this.#world.chain
  }

  async submit(bundle: Bytes): Promise<readonly SubmitOutcome[]> {
    this.bundles.push(bundle)
    const parts = splitBundle(bundle)
    if (parts === undefined) return [{ included: false, txId: null, code: 'TX_MALFORMED' }]
    return parts.map((part) => this.#one(readTransaction(part)))
  }

  #one(transaction: Transaction | { readonly txId: string; readonly code: string }): SubmitOutcome {
    if ('code' in transaction) return { included: false, ...transaction }
    const { txId, body } = transaction
    const found = this.#world.contracts.resolveSigner(this.#world, body.signer, this.#world.time)
    if (!found.ok) return { included: false, txId, code: found.code }
    const resolved = { signer: found.signer, key: found.key, countersigner: null }
    if (!signatureHolds(transaction, resolved)) {
      return { included: false, txId, code: 'SIGNATURE_INVALID' }
    }
    if (this.#world.time >= body.expiresAt) return { included: false, txId, code: 'TX_EXPIRED' }
    const outcome = this.#world.run(found.signer, body.action, body.input)
    if (outcome.fault !== undefined) throw new Error(body.action, { cause: outcome.fault })
    const { height, code, data } = outcome
    // The test world numbers its transactions itself: state knows them by that id.
    return { included: true, txId: outcome.txId, height, code, data }
  }

  query(name: string, input: Json, reader: Reader): Answer {
    return this.#world.ask(reader, name, input as never)
  }

  view(): LedgerView {
    const world = this.#world
    return {
      chain: world.chain,
      height: world.height,
      time: world.time,
      finalHeight: world.height - this.unfinalBlocks,
      state: (collection) => world.state(collection),
      refuse: (reason) => {
        throw new Refused(reason)
      },
    }
  }
}

/** Members of the club: who writes, who owns, who recomputes, and one that has no business here. */
export const CLUB_MEMBERS = ['club', 'school', 'stranger', 'treasury'] as const

/** The club, its folders in a temporary place. */
export class ClubWorld {
  readonly consortium: TestConsortium
  readonly ledger: ClubLedger
  readonly folder: string
  readonly members = new Map<string, ClubMember>()
  readonly #random: RandomSource

  private constructor(random: RandomSource) {
    this.folder = mkdtempSync(join(tmpdir(), 'renshe-club-'))
    this.#random = random
    this.consortium = new TestConsortium({
      members: CLUB_MEMBERS.map((id) => ({ id, roles: id === 'club' ? ['LIB'] : [] })),
      packages: [CLUB_RULES, CLUB_FOUNDING, CLUB_ENROLMENT, CLUB_FEES],
    })
    this.ledger = new ClubLedger(this.consortium)
  }

  /** Founds the club. Randomness follows from `seed`. */
  static async create(seed = 'club'): Promise<ClubWorld> {
    const world = new ClubWorld(seeded(seed))
    for (const id of CLUB_MEMBERS) world.members.set(id, await world.openMember(id))
    const founding = { service: 'club-founding', fields: { number: 'C-1', treasurer: 'treasury' } }
    const opened = await world.does('club', 'cases.openCase', founding)
    await world.does('club', 'cases.actOnStep', { case: opened.case as string, step: 'found' })
    return world
  }

  /** Opens a member's vault; again after a crash, on what lies on disk. */
  async openMember(id: string, atCrashPoint?: AtCrashPoint): Promise<ClubMember> {
    const keys = openKeyStore({
      folder: join(this.folder, id, 'keys'),
      suite: 'RS-INTL-1',
      demonstration: true,
      passphrases: demonstrationPassphrases(id),
      random: this.#random,
    })
    for (const name of ['vault', 'index', 'release'] as const) {
      if (!keys.has(name)) await keys.createSymmetric(name)
    }
    const vault = await openVault({
      chain: this.ledger.chain,
      member: id,
      suite: 'RS-INTL-1',
      folder: join(this.folder, id, 'vault'),
      releaseFolder: join(this.folder, id, 'release'),
      keys,
      random: this.#random,
      ...(atCrashPoint === undefined ? {} : { atCrashPoint }),
    })
    const authority = this.consortium.authority(id)
    const system = authority.issue('application', 'application 1')
    const encryption = authority.issue('encryption', 'encryption 1')
    const peers = peersInProcess(id, (member) => this.serviceOf(member))
    const holderKey = this.consortium.holderKey(id)
    const { privateKey } = encryption.keys
    const signer = { certificate: system.certificate.fingerprint, key: system.keys.privateKey }
    return {
      id,
      ledger: this.ledger,
      vault,
      keys,
      encryption: privateKey,
      holderKey,
      signer,
      answerKey: async () => signer,
      peers,
      reading: {
        ledger: this.ledger,
        peers,
        vault,
        suites: ['RS-INTL-1'],
        encryption: privateKey,
        holderKey,
        act: (action, input) => this.tries(id, action, input),
      },
    }
  }

  /** What a member's node answers; a test may put another service in its place. */
  readonly services = new Map<string, PeerService>()

  serviceOf(id: string): PeerService | undefined {
    const replaced = this.services.get(id)
    const member = this.members.get(id)
    return replaced ?? (member && peerServiceOf({ ...member, suites: ['RS-INTL-1'] }))
  }

  /** Makes, signs and submits an act with sealed content. */
  async acts(id: string, act: ActToPrepare): Promise<SubmitOutcome> {
    const { ledger, peers, signer } = this.member(id)
    const prepared = await prepareAct({ ledger, peers, suite: 'RS-INTL-1' }, act)
    const now = this.consortium.world.time
    return submitAct(ledger, prepared, { signer, random: this.#random, now, lifeMs: 600_000 })
  }

  /** Bytes of this world's source. */
  random(length: number): Bytes {
    return this.#random(length)
  }

  member(id: string): ClubMember {
    const found = this.members.get(id)
    if (found === undefined) throw new RangeError(`no member ${id}`)
    return found
  }

  /** Submits an act of a member's system, whatever comes of it. */
  async tries(member: string, action: string, input: JsonObject): Promise<SubmitOutcome> {
    const { signer } = this.member(member)
    const body = makeBody({
      chain: this.ledger.chain,
      action,
      input,
      signer: signer.certificate,
      nonce: this.#random(16),
      expiresAt: this.consortium.world.time + 600_000,
    })
    const [outcome] = await this.ledger.submit(signedBundle(body, signer))
    return outcome as SubmitOutcome
  }

  /** Submits an act that must succeed; gives its data. */
  async does(member: string, action: string, input: JsonObject): Promise<JsonObject> {
    const outcome = await this.tries(member, action, input)
    if (outcome.included && outcome.code === 'OK') return outcome.data as JsonObject
    throw new Error(`${action}: ${JSON.stringify(outcome)}`)
  }

  /** Whether the chain knows the key: a fixture that is wrong should say so early. */
  knowsKey(holderKey: string): boolean {
    return this.ledger.view().state(encryptionKeys).has(holderKey)
  }

  async close(): Promise<void> {
    for (const { vault } of this.members.values()) await vault.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Eighteen characters with a right check digit, different for each number. */
export function residentId(number: number): string {
  const digits = `99999919900101${String(number % 1000).padStart(3, '0')}`
  const day = String((Math.floor(number / 1000) % 28) + 1).padStart(2, '0')
  const month = String((Math.floor(number / 28_000) % 12) + 1).padStart(2, '0')
  const whole = `${digits.slice(0, 10)}${month}${day}${digits.slice(14)}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(whole[at]), 0)
  return whole + '10X98765432'[sum % 11]
}

/** Hex of fresh bytes, for ids that must not exist. */
export function hexOf(random: RandomSource, length: number): string {
  return toHex(random(length))
}
