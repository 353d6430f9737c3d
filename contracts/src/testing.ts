/**
 * A consortium for tests: members with their own certification authority, a system and officers, on
 * the real contracts in memory. Keys come from fixed seeds, so that every run has the same chain.
 */
import {
  type Bytes,
  buildCertificate,
  type Certificate,
  type CertificateProfile,
  generateKeyPair,
  type JsonObject,
  type KeyPair,
  ledgerHash,
  type RandomSource,
  sha256,
  toBase64Url,
  toHex,
  utf8,
} from '@renshe/crypto'
import type { Contracts, Signer } from '@renshe/kernel'
import { createTestWorld, TEST_TIME, type TestWorld } from '@renshe/kernel/testing'
import { packageBytes, packageHash } from './catalogue/catalogue-hash.ts'
import type { PackageDocument } from './catalogue/package-document.ts'
import { createContracts } from './protocol.ts'

const DAY_MS = 86_400_000

/** A member of a test consortium. */
export interface TestMember {
  readonly id: string
  readonly roles: readonly string[]
  /** Default true. */
  readonly voting?: boolean
  /** Officer number → roles; each has a certificate of 12 hours from the start. */
  readonly officers?: Readonly<Record<string, readonly string[]>>
  /** Roles of its system; default administrator, governance and data-steward. */
  readonly systemRoles?: readonly string[]
}

/** How a test consortium begins. */
export interface TestConsortiumSettings {
  readonly members: readonly TestMember[]
  readonly packages?: readonly PackageDocument[]
  /** Name of the chain; `demo…` waits for nothing. Default `demo-test`. */
  readonly name?: string
  readonly time?: number
  readonly governance?: readonly JsonObject[]
  readonly parameters?: readonly { readonly name: string; readonly value: number | string }[]
  readonly contracts?: Contracts
}

/** Bytes that follow from a text: not random, and each text its own. */
export function seeded(text: string): RandomSource {
  let drawn = 0
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; at += 32) {
      const next = sha256(utf8(`${text} ${drawn++}`))
      bytes.set(next.subarray(0, length - at), at)
    }
    return bytes
  }
}

/** Keys and certificates of one member. */
export class TestAuthority {
  readonly member: string
  readonly chainName: string
  readonly certificate: Certificate
  readonly #keys: KeyPair
  readonly #start: number

  constructor(member: string, chainName: string, start: number) {
    this.member = member
    this.chainName = chainName
    this.#start = start
    // Ed25519 signs without randomness, so that certificates are the same in every run.
    this.#keys = generateKeyPair('ed25519', seeded(`${chainName} ${member} ca`))
    this.certificate = buildCertificate(
      {
        profile: 'member-ca',
        member,
        name: 'CA 1',
        chainName,
        publicKey: this.#keys.publicKey,
        notBefore: start,
        notAfter: start + 5 * 365 * DAY_MS,
      },
      this.#keys.privateKey,
      seeded(`${member} ca serial`),
    )
  }

  /** Issues a certificate; officers' end after 12 hours, others after a year. */
  issue(
    profile: CertificateProfile,
    name: string,
    terms: { readonly member?: string; readonly from?: number; readonly chainName?: string } = {},
  ): { readonly certificate: Certificate; readonly der: string; readonly keys: KeyPair } {
    const notBefore = terms.from ?? this.#start
    const life = profile === 'officer' ? DAY_MS / 2 : 365 * DAY_MS
    const keys = generateKeyPair('p256', seeded(`${this.member} ${profile} ${name} ${notBefore}`))
    const certificate = buildCertificate(
      {
        profile,
        member: terms.member ?? this.member,
        name,
        chainName: terms.chainName ?? this.chainName,
        publicKey: keys.publicKey,
        notBefore,
        notAfter: notBefore + life,
        issuer: this.certificate,
      },
      this.#keys.privateKey,
      seeded(`${this.member} ${profile} ${name} ${notBefore} serial`),
    )
    return { certificate, der: toBase64Url(certificate.der), keys }
  }
}

/** A chain with members, as tests use it. */
export class TestConsortium {
  readonly world: TestWorld
  readonly genesis: JsonObject
  readonly authorities: ReadonlyMap<string, TestAuthority>
  readonly #fingerprints = new Map<string, string>()

  constructor(settings: TestConsortiumSettings) {
    const name = settings.name ?? 'demo-test'
    const time = settings.time ?? TEST_TIME
    const members = [...settings.members].sort((a, b) => (a.id < b.id ? -1 : 1))
    this.authorities = new Map(
      members.map(({ id }) => [id, new TestAuthority(id, name, time - DAY_MS)]),
    )
    const packages = new Map<string, Bytes>()
    for (const document of settings.packages ?? []) {
      const bytes = packageBytes(document)
      packages.set(packageHash(bytes), bytes)
    }
    const hashes = [...packages.keys()].sort()
    this.genesis = {
      v: 1,
      name,
      time,
      demonstration: name.startsWith('demo'),
      protocol: 1,
      suites: ['RS-INTL-1'],
      members: members.map((member) => this.#founder(member)),
      packages: hashes.map((hash) => ({ hash, size: packages.get(hash)?.length ?? 0 })),
      parameters: [...(settings.parameters ?? [])].map((row) => ({ ...row })),
      governance: [...(settings.governance ?? [])],
      finality: policyOf(members.map(({ id }) => id)),
    }
    this.world = createTestWorld({
      contracts: settings.contracts ?? createContracts(),
      genesis: this.genesis,
      packages,
      chain: `${name}-00000000`,
      time,
    })
  }

  #founder(member: TestMember): JsonObject {
    const authority = this.authorities.get(member.id) as TestAuthority
    const system = authority.issue('application', 'application 1')
    this.#fingerprints.set(`${member.id} system`, system.certificate.fingerprint)
    const certificates: JsonObject[] = [
      {
        der: system.der,
        kind: 'system',
        name: 'application 1',
        roles: [...(member.systemRoles ?? ['administrator', 'data-steward', 'governance'])],
        unit: null,
      },
      {
        der: authority.issue('encryption', 'encryption 1').der,
        kind: 'encryption',
        name: 'encryption 1',
        roles: [],
        unit: null,
      },
    ]
    for (const [name, roles] of Object.entries(member.officers ?? {})) {
      const officer = authority.issue('officer', name, {
        from: authority.certificate.notBefore + DAY_MS,
      })
      this.#fingerprints.set(`${member.id} ${name}`, officer.certificate.fingerprint)
      const { der } = officer
      certificates.push({ der, kind: 'officer', name, roles: [...roles], unit: null })
    }
    return {
      id: member.id,
      name: { zh: `示例·${member.id}`, en: `Sample ${member.id}` },
      roles: [...member.roles],
      voting: member.voting ?? true,
      authorities: [{ der: toBase64Url(authority.certificate.der), profile: 'member-ca' }],
      certificates,
    }
  }

  /** Authority of a member. */
  authority(member: string): TestAuthority {
    const found = this.authorities.get(member)
    if (found === undefined) throw new RangeError(`no member ${member}`)
    return found
  }

  /**
   * The founding signer of a member: its system, or an officer by number, as inclusion resolves it.
   */
  signer(member: string, officer?: string): Signer {
    const fingerprint = this.#fingerprints.get(`${member} ${officer ?? 'system'}`)
    if (fingerprint === undefined) throw new RangeError(`no signer ${member} ${officer}`)
    return this.resolve(fingerprint)
  }

  /** The signer behind a fingerprint in this state; throws the code of inclusion. */
  resolve(fingerprint: string): Signer {
    const { contracts } = this.world
    const found = contracts.resolveSigner(this.world, fingerprint, this.world.time)
    if (!found.ok) throw new Error(found.code)
    return found.signer
  }

  /** Hash under which a member's founding encryption key is registered. */
  holderKey(member: string): string {
    const { certificate } = this.authority(member).issue('encryption', 'encryption 1')
    return toHex(sha256(certificate.publicKey.spki))
  }

  /** Votes of members for a proposal, in order. */
  vote(proposal: string, members: readonly string[], choice: 'FOR' | 'AGAINST' = 'FOR'): void {
    for (const member of members) {
      this.world.does(this.signer(member), 'governance.castVote', { proposal, choice })
    }
  }
}

function policyOf(members: readonly string[]): JsonObject {
  const keysOf = (member: string, use: string): JsonObject => ({
    member,
    ed25519: toBase64Url(ledgerHash('value', utf8(`${member} ${use}`))),
    sm2: null,
  })
  return {
    v: 1,
    engine: 'embedded',
    suite: 'RS-INTL-1',
    operator: keysOf(members[0] as string, 'operator'),
    witnesses: members.map((member) => keysOf(member, 'witness')),
    threshold: members.length > 1 ? 1 : 0,
  }
}
