/*
 * Key certificates: reading them, finding who issued them, writing the records that signing checks.
 */
import {
  type Bytes,
  type CertificateProfile,
  CertificateRefused,
  checkAuthorityPath,
  checkCertificatePath,
  EncodingRefused,
  fromBase64Url,
  type KeyAlgorithm,
  type PathRefusalCode,
  parseCertificate,
  sha256,
  toBase64Url,
  toHex,
  type Certificate as X509,
} from '@renshe/crypto'
import { authorities, type Context, certificates, type StateView } from '@renshe/kernel'
import {
  authorityDocuments,
  type Chain,
  chains,
  encryptionKeys,
  nodeCertificates,
} from './records.ts'
import { membershipRefusal } from './refusals.ts'

/** Facts of the chain; present since block 0. */
export function chainFacts(view: StateView): Chain {
  return view.state(chains).get('chain')
}

const ALGORITHMS_OF_SUITE: Readonly<Record<string, readonly KeyAlgorithm[]>> = {
  'RS-INTL-1': ['p256', 'ed25519'],
  'RS-GM-1': ['sm2'],
}

function isInSuites(algorithm: KeyAlgorithm, suites: readonly string[]): boolean {
  return suites.some((suite) => ALGORITHMS_OF_SUITE[suite]?.includes(algorithm) === true)
}

/** Reads base64url DER; refuses `CERTIFICATE_MALFORMED`. */
export function readCertificate(ctx: Context, der: string, arc: string): X509 {
  try {
    return parseCertificate(fromBase64Url(der), arc)
  } catch (error) {
    if (error instanceof CertificateRefused) {
      ctx.refuse(membershipRefusal({ code: 'CERTIFICATE_MALFORMED', reason: error.code }))
    }
    if (error instanceof EncodingRefused) {
      ctx.refuse(membershipRefusal({ code: 'CERTIFICATE_MALFORMED', reason: 'ENCODING' }))
    }
    throw error
  }
}

/** Entry of an authority in a genesis document or a proposal. */
export interface NewAuthority {
  /** base64url */
  readonly der: string
  readonly profile: 'member-ca' | 'officer-ca'
}

/**
 * Registers a certification authority of a member. A self-issued one must have signed itself; one
 * that a root issued is vouched for by those who vote: contracts know no root.
 *
 * @returns its fingerprint
 */
export function registerAuthority(ctx: Context, member: string, entry: NewAuthority): string {
  const { name, arc } = chainFacts(ctx)
  const authority = readCertificate(ctx, entry.der, arc)
  const { fingerprint } = authority
  if (ctx.state(authorities).has(fingerprint)) {
    ctx.refuse(membershipRefusal({ code: 'AUTHORITY_EXISTS', authority: fingerprint }))
  }
  const reason = findAuthorityFault(authority, entry.profile, {
    member,
    chainName: name,
    timeMs: ctx.time,
  })
  if (reason !== undefined) {
    ctx.refuse(membershipRefusal({ code: 'CERTIFICATE_REFUSED', certificate: fingerprint, reason }))
  }
  refuseOtherSuites(ctx, authority)
  const { notBefore, notAfter } = authority
  ctx.state(authorities).put(fingerprint, {
    v: 1,
    member,
    notAfter,
    notBefore,
    profile: entry.profile,
    revokedAt: null,
  })
  ctx.state(authorityDocuments).put(fingerprint, { v: 1, der: entry.der })
  return fingerprint
}

type Expected = { member: string; chainName: string; timeMs: number }

function findAuthorityFault(
  authority: X509,
  profile: NewAuthority['profile'],
  expected: Expected,
): PathRefusalCode | undefined {
  if (sameBytes(authority.issuer.der, authority.subject.der)) {
    const outcome = checkAuthorityPath({ authority, profiles: [profile], ...expected })
    return outcome.ok ? undefined : outcome.code
  }
  if (authority.profile !== profile) return 'PATH_PROFILE'
  if (!authority.isCa || authority.pathLength !== 0) return 'PATH_LENGTH'
  if (!authority.keyUsage.includes('keyCertSign')) return 'PATH_KEY_USAGE'
  if (authority.member !== expected.member) return 'PATH_MEMBER'
  if (authority.subject.member !== expected.member) return 'PATH_SUBJECT'
  if (authority.chainName !== expected.chainName) return 'PATH_CHAIN_NAME'
  if (expected.timeMs < authority.notBefore) return 'PATH_NOT_YET'
  return expected.timeMs >= authority.notAfter ? 'PATH_EXPIRED' : undefined
}

function refuseOtherSuites(ctx: Context, { publicKey }: X509): void {
  const { algorithm } = publicKey
  if (!isInSuites(algorithm, chainFacts(ctx).suites)) {
    ctx.refuse(membershipRefusal({ code: 'KEY_NOT_IN_SUITES', algorithm }))
  }
}

function sameBytes(a: Bytes, b: Bytes): boolean {
  return toHex(a) === toHex(b)
}

/** Profiles that a member may present, by what they become on chain. */
const PRESENTED = ['officer', 'application', 'signing', 'encryption', 'consensus', 'tls', 'witness']

/** A certificate whose path holds, and the authority that issued it. */
export interface AcceptedCertificate {
  readonly certificate: X509
  readonly issuer: string
}

/** Reads a certificate and checks its path for a member; refuses what does not hold. */
export function acceptCertificate(ctx: Context, member: string, der: string): AcceptedCertificate {
  const { name, arc } = chainFacts(ctx)
  const certificate = readCertificate(ctx, der, arc)
  if (isKnown(ctx, certificate)) {
    ctx.refuse(
      membershipRefusal({ code: 'CERTIFICATE_EXISTS', certificate: certificate.fingerprint }),
    )
  }
  const authority =
    findIssuer(ctx, member, certificate, arc) ??
    ctx.refuse(membershipRefusal({ code: 'AUTHORITY_UNKNOWN', member }))
  const outcome = checkCertificatePath({
    leaf: certificate,
    authority,
    member,
    chainName: name,
    timeMs: ctx.time,
    profiles: PRESENTED as readonly CertificateProfile[],
    isRevoked: (fingerprint) => isRevoked(ctx, fingerprint),
  })
  if (!outcome.ok) {
    ctx.refuse(
      membershipRefusal({
        code: 'CERTIFICATE_REFUSED',
        certificate: outcome.fingerprint,
        reason: outcome.code,
      }),
    )
  }
  refuseOtherSuites(ctx, certificate)
  return { certificate, issuer: authority.fingerprint }
}

function isKnown(view: StateView, { fingerprint, publicKey }: X509): boolean {
  return (
    view.state(certificates).has(fingerprint) ||
    view.state(nodeCertificates).has(fingerprint) ||
    view.state(encryptionKeys).has(toHex(sha256(publicKey.spki)))
  )
}

/** An authority of the member with the issuer's name, and its key id where the leaf names one. */
function findIssuer(ctx: Context, member: string, leaf: X509, arc: string): X509 | undefined {
  for (const [fingerprint] of ctx.state(authorities).index('byMember', { prefix: [member] })) {
    const document = ctx.state(authorityDocuments).get(fingerprint)
    const authority = readCertificate(ctx, document.der, arc)
    if (!sameBytes(authority.subject.der, leaf.issuer.der)) continue
    const { authorityKeyId } = leaf
    if (authorityKeyId === null || authorityKeyId === authority.subjectKeyId) return authority
  }
  return undefined
}

/** Whether a key certificate or authority was revoked up to this transaction. */
function isRevoked(view: StateView, fingerprint: string): boolean {
  const authority = view.state(authorities).find(fingerprint)
  return authority !== undefined && authority.revokedAt !== null
}

/** Writes the record of an accepted signing certificate. */
export function storeSigner(
  ctx: Context,
  accepted: AcceptedCertificate,
  kind: 'officer' | 'system',
): void {
  const { certificate, issuer } = accepted
  const { fingerprint, notAfter, notBefore, publicKey, subject } = certificate
  ctx.state(certificates).put(fingerprint, {
    v: 1,
    issuer,
    kind,
    member: subject.member,
    name: subject.name,
    notAfter,
    notBefore,
    revokedAt: null,
    spki: toBase64Url(publicKey.spki),
  })
}

/** Writes the record of an accepted encryption certificate, under the hash of its key. */
export function storeEncryptionKey(ctx: Context, accepted: AcceptedCertificate): void {
  const { publicKey, fingerprint } = accepted.certificate
  ctx.state(encryptionKeys).put(toHex(sha256(publicKey.spki)), {
    ...otherRecord(accepted),
    certificate: fingerprint,
  })
}

/** Writes the record of an accepted certificate of a node. */
export function storeNodeCertificate(
  ctx: Context,
  accepted: AcceptedCertificate,
  profile: 'consensus' | 'tls' | 'witness',
): void {
  const { fingerprint } = accepted.certificate
  ctx.state(nodeCertificates).put(fingerprint, { ...otherRecord(accepted), profile })
}

function otherRecord({ certificate, issuer }: AcceptedCertificate) {
  const { notAfter, notBefore, publicKey, subject } = certificate
  return {
    v: 1 as const,
    issuer,
    member: subject.member,
    name: subject.name,
    notAfter,
    notBefore,
    revokedAt: null,
    spki: toBase64Url(publicKey.spki),
  }
}
