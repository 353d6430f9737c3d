/* Making the keys of a member and certifying them; who may sign what. */
import {
  type Bytes,
  buildCertificate,
  type Certificate,
  type CertificateProfile,
  type PrivateKey,
  type PublicKey,
  type RandomSource,
} from '@renshe/crypto'
import { frameBundle, signTransaction } from '@renshe/kernel'
import type { CertifiedKeyName, KeyName } from './key-names.ts'
import { officerKey } from './key-names.ts'
import { type KeyStore, KeyStoreRefused } from './key-store.ts'

/** Whom certificates speak of, and for how long. */
export interface CertifyingTerms {
  readonly member: string
  /** Name of the chain, without its hash. */
  readonly chainName: string
  /** UTC ms, whole seconds. */
  readonly notBefore: number
  readonly random: RandomSource
  /** Arc of our certificate extensions; that of tests if left out. */
  readonly arc?: string
  /** Names of this member's machines: `tls` is for them, and `ca` may name no machine outside. */
  readonly dnsNames?: readonly string[]
}

const YEAR_MS = 365 * 86_400_000
const HOUR_MS = 3_600_000
/** Longest life of an officer's certificate (credentials-and-sign-in section 5). */
const OFFICER_MS = 12 * HOUR_MS

const PROFILES: Readonly<Record<string, CertificateProfile>> = {
  system: 'application',
  encryption: 'encryption',
  witness: 'witness',
  consensus: 'consensus',
  tls: 'tls',
}

const YEARS: Readonly<Record<string, number>> = { ca: 5, 'officer-ca': 5, encryption: 3 }

/** The keys that every member has from its first day. */
export const MEMBER_KEYS = ['ca', 'officer-ca', 'system', 'encryption', 'witness'] as const

/**
 * Makes every key of a member that is not there yet, V, K and R too, and certifies those that have
 * certificates: the member's own authorities sign themselves, everything else is issued by `ca`.
 *
 * Safe to run again after a crash: what exists stays.
 *
 * @param also  further keys, for example `consensus`, `tls`
 */
export async function createMemberKeys(
  keys: KeyStore,
  terms: CertifyingTerms,
  also: readonly CertifiedKeyName[] = [],
): Promise<void> {
  for (const name of [...MEMBER_KEYS, ...also]) {
    const key = keys.has(name) ? await keys.privateKey(name) : await keys.createPair(name)
    if (!hasCertificate(keys, name)) {
      keys.putCertificate(name, await certify(keys, terms, name, key.publicKey))
    }
  }
  for (const name of ['vault', 'index', 'release'] as const) {
    if (!keys.has(name)) await keys.createSymmetric(name)
  }
}

function hasCertificate(keys: KeyStore, name: CertifiedKeyName): boolean {
  try {
    keys.certificate(name)
    return true
  } catch (error) {
    if (error instanceof KeyStoreRefused && error.code === 'CERTIFICATE_MISSING') return false
    throw error
  }
}

async function certify(
  keys: KeyStore,
  terms: CertifyingTerms,
  name: CertifiedKeyName,
  publicKey: PublicKey,
): Promise<Certificate> {
  const { member, chainName, notBefore, random, arc } = terms
  const isAuthority = name === 'ca' || name === 'officer-ca'
  const content = {
    member,
    chainName,
    publicKey,
    notBefore,
    notAfter: notBefore + (YEARS[name] ?? 1) * YEAR_MS,
    name: isAuthority ? `${member} ${name}` : name,
    ...(arc === undefined ? {} : { arc }),
  }
  const { dnsNames = [] } = terms
  if (isAuthority) {
    const profile = name === 'ca' ? 'member-ca' : 'officer-ca'
    const domains = name === 'ca' && dnsNames.length > 0 ? { permittedDomains: dnsNames } : {}
    const own = { ...content, ...domains, profile } as const
    return buildCertificate(own, await keys.privateKey(name), random)
  }
  const profile = PROFILES[name]
  if (profile === undefined) throw new RangeError(`${name} has no certificate of its own`)
  const issuer = keys.certificate('ca')
  const issued = { ...content, profile, issuer, ...(name === 'tls' ? { dnsNames } : {}) }
  return buildCertificate(issued, await keys.privateKey('ca'), random)
}

/** An officer for whom a certificate is issued. */
export interface OfficerTerms extends CertifyingTerms {
  /** Officer number; never a person's name. */
  readonly officer: string
  readonly unit: string | null
  /** Key that the officer's browser or card made. */
  readonly publicKey: PublicKey
  /** UTC ms, whole seconds, at most 12 hours after `notBefore`; the most if left out. */
  readonly notAfter?: number
}

/** Certifies an officer's key with the member's officer authority, for at most 12 hours. */
export async function certifyOfficer(keys: KeyStore, terms: OfficerTerms): Promise<Certificate> {
  const { member, chainName, notBefore, random, arc, officer, unit, publicKey } = terms
  const notAfter = terms.notAfter ?? notBefore + OFFICER_MS
  if (notAfter <= notBefore || notAfter > notBefore + OFFICER_MS) {
    throw new RangeError('an officer is certified for at most 12 hours')
  }
  const issuer = keys.certificate('officer-ca')
  const content = {
    profile: 'officer' as const,
    member,
    chainName,
    publicKey,
    notBefore,
    notAfter,
    name: officer,
    issuer,
    ...(unit === null ? {} : { unit }),
    ...(arc === undefined ? {} : { arc }),
  }
  return buildCertificate(content, await keys.privateKey('officer-ca'), random)
}

/**
 * Certifies the key of a demonstration's officer, which the node itself keeps; makes the key if there is
 * none. A renewal has the same key.
 */
export async function certifyDemonstrationOfficer(
  keys: KeyStore,
  terms: Omit<OfficerTerms, 'publicKey'>,
): Promise<Certificate> {
  const name = officerKey(terms.officer) as CertifiedKeyName
  const key = keys.has(name) ? await keys.privateKey(name) : await keys.createPair(name)
  const certificate = await certifyOfficer(keys, { ...terms, publicKey: key.publicKey })
  keys.putCertificate(name, certificate)
  return certificate
}

/** One who signs transactions: the private key, and the fingerprint by which the chain knows it. */
export interface TransactionSigner {
  readonly certificate: string
  readonly key: PrivateKey
}

/**
 * The key that signs in the name of the member's system, or of a demonstration's officer. No other key of
 * the store signs transactions.
 *
 * @throws RangeError for the name of another key
 */
export async function transactionSigner(keys: KeyStore, name: KeyName): Promise<TransactionSigner> {
  if (name !== 'system' && !name.startsWith('officer-')) {
    throw new RangeError(`${name} does not sign transactions`)
  }
  if (name === 'officer-ca') throw new RangeError('an authority does not sign transactions')
  const certified = name as CertifiedKeyName
  const { fingerprint } = keys.certificate(certified)
  return { certificate: fingerprint, key: await keys.privateKey(certified) }
}

/** Signs one body and frames it as a bundle of one. */
export function signedBundle(bodyBytes: Bytes, { key }: TransactionSigner): Bytes {
  return frameBundle([signTransaction(bodyBytes, key)])
}
