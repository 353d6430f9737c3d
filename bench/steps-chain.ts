/*
 * The chain that case steps are measured on: a school that opens cases, a library whose officers decide
 * them, a bank that witnesses. Keys are of one algorithm; the reading card is published at its founding.
 */
import { randomBytes } from 'node:crypto'
import { createContracts, PROTOCOL, packageBytes, packageHash } from '@renshe/contracts'
import {
  type Bytes,
  buildCertificate,
  type Certificate,
  type CertificateProfile,
  canonicalJson,
  generateKeyPair,
  type JsonObject,
  type KeyAlgorithm,
  type PrivateKey,
  sign,
  toBase64Url,
} from '@renshe/crypto'
import { type Contracts, makeBody, signTransaction } from '@renshe/kernel'
import {
  type CheckpointSigner,
  type FoundingPackages,
  genesisMessage,
  makeGenesisFile,
  publicKeysOf,
  readGenesisFile,
} from '@renshe/ledger'
import { READING_CARD } from './steps-package.ts'

const HOUR_MS = 3_600_000
/** Officers of the library that sign in turn. */
const OFFICERS = 8
const NAME = 'demo-bench'

/** A key and the fingerprint of its certificate. */
export interface Signatory {
  readonly key: PrivateKey
  readonly certificate: string
}

/** A founded chain with the keys of those who act on it. */
export interface StepsChain {
  readonly chain: string
  readonly genesisFile: Bytes
  readonly packages: FoundingPackages
  readonly operatorKeys: CheckpointSigner
  readonly witnessKeys: CheckpointSigner
  /** The school's system: opens cases. */
  readonly opener: Signatory
  /** The library's officers: decide them. */
  readonly officers: readonly Signatory[]
}

/** The member that keeps a copy, executes every block again and cosigns. */
export const WITNESS_MEMBER = 'bank'

/** Rule books as every copy of the ledger executes them. */
export function stepsContracts(): ReadonlyMap<number, Contracts> {
  return new Map([[PROTOCOL, createContracts()]])
}

function random(length: number): Bytes {
  return new Uint8Array(randomBytes(length))
}

/** A member's authority and what it certifies, all in the suite of the chain. */
class Founder {
  readonly id: string
  readonly #algorithm: KeyAlgorithm
  readonly #key: PrivateKey
  readonly #authority: Certificate
  readonly #now: number
  readonly #certificates: JsonObject[] = []
  readonly #roles: readonly string[]
  readonly system: Signatory

  constructor(id: string, roles: readonly string[], algorithm: KeyAlgorithm, now: number) {
    this.id = id
    this.#roles = roles
    this.#algorithm = algorithm
    this.#now = now
    this.#key = generateKeyPair(algorithm, random).privateKey
    const notAfter = now + 365 * 24 * HOUR_MS
    const names = { member: id, name: 'CA 1', chainName: NAME }
    const span = { notBefore: now - HOUR_MS, notAfter }
    const { publicKey } = this.#key
    this.#authority = buildCertificate(
      { profile: 'member-ca', ...names, ...span, publicKey },
      this.#key,
      random,
    )
    this.system = this.certify('application', 'system', 'application 1', [])
  }

  certify(
    profile: CertificateProfile,
    kind: string,
    name: string,
    roles: readonly string[],
  ): Signatory {
    const { privateKey, publicKey } = generateKeyPair(this.#algorithm, random)
    const certificate = buildCertificate(
      {
        profile,
        member: this.id,
        name,
        chainName: NAME,
        publicKey,
        notBefore: this.#now - HOUR_MS,
        notAfter: this.#now + 11 * HOUR_MS,
        issuer: this.#authority,
      },
      this.#key,
      random,
    )
    const der = toBase64Url(certificate.der)
    this.#certificates.push({ der, kind, name, roles: [...roles], unit: null })
    return { key: privateKey, certificate: certificate.fingerprint }
  }

  document(): JsonObject {
    return {
      id: this.id,
      name: { zh: `示例·${this.id}`, en: `Sample ${this.id}` },
      roles: [...this.#roles],
      voting: true,
      authorities: [{ der: toBase64Url(this.#authority.der), profile: 'member-ca' }],
      certificates: this.#certificates,
    }
  }
}

function checkpointKeys(isChinese: boolean): CheckpointSigner {
  return {
    ed25519: generateKeyPair('ed25519', random).privateKey,
    sm2: isChinese ? generateKeyPair('sm2', random).privateKey : null,
  }
}

/** Founds a chain whose keys are of one algorithm: SM2 in RS-GM-1, the others in RS-INTL-1. */
export function foundStepsChain(algorithm: KeyAlgorithm): StepsChain {
  // Certificates carry whole seconds.
  const now = Math.floor(Date.now() / 1000) * 1000
  const suite = algorithm === 'sm2' ? 'RS-GM-1' : 'RS-INTL-1'
  const bank = new Founder(WITNESS_MEMBER, ['BANK'], algorithm, now)
  const library = new Founder('library', ['LIB'], algorithm, now)
  const school = new Founder('school', [], algorithm, now)
  const officers = Array.from({ length: OFFICERS }, (_, at) =>
    library.certify('officer', 'officer', `officer-${at + 1}`, ['librarian']),
  )
  const [operatorKeys, witnessKeys] = [
    checkpointKeys(suite === 'RS-GM-1'),
    checkpointKeys(suite === 'RS-GM-1'),
  ]
  const bytes = packageBytes(READING_CARD)
  const hash = packageHash(bytes)
  const document: JsonObject = {
    v: 1,
    name: NAME,
    time: now,
    demonstration: true,
    protocol: PROTOCOL,
    suites: [suite],
    members: [bank, library, school].map((founder) => founder.document()),
    packages: [{ hash, size: bytes.length }],
    parameters: [],
    governance: [],
    finality: {
      v: 1,
      engine: 'embedded',
      suite,
      operator: { ...publicKeysOf(library.id, operatorKeys) },
      witnesses: [{ ...publicKeysOf(bank.id, witnessKeys) }],
      threshold: 1,
    },
  }
  const message = genesisMessage(canonicalJson(document))
  const genesisFile = makeGenesisFile(
    document,
    [bank, library, school].map(({ id, system }) => ({
      certificate: system.certificate,
      kind: algorithm,
      member: id,
      value: toBase64Url(sign(system.key, message)),
    })),
  )
  return {
    chain: readGenesisFile(genesisFile).chain,
    genesisFile,
    packages: new Map([[hash, bytes]]),
    operatorKeys,
    witnessKeys,
    opener: school.system,
    officers,
  }
}

function signed(chain: string, by: Signatory, action: string, input: JsonObject): Bytes {
  const body = makeBody({
    chain,
    action,
    input,
    signer: by.certificate,
    nonce: random(16),
    expiresAt: Date.now() + 6 * HOUR_MS,
  })
  return signTransaction(body, by.key)
}

/** Signs the opening of a case; every number opens another. */
export function signOpening({ chain, opener }: StepsChain, number: number): Bytes {
  return signed(chain, opener, 'cases.openCase', {
    service: READING_CARD.name,
    fields: {
      number: `C-${number}`,
      kind: number % 3 === 0 ? 'CHILD' : 'ADULT',
      branch: 'library',
    },
  })
}

/** Signs the decision of a case, by one officer after the other. */
export function signDecision({ chain, officers }: StepsChain, id: string, number: number): Bytes {
  const officer = officers[number % officers.length] as Signatory
  return signed(chain, officer, 'cases.actOnStep', {
    case: id,
    step: 'decide',
    outcome: 'granted',
    fields: { loans: 1 + (number % 20), share: `0.${100 + (number % 900)}` },
  })
}
