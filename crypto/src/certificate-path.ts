import { type Bytes, equalBytes } from './bytes.ts'
import type { Certificate } from './certificate.ts'
import {
  type CertificateProfile,
  isCertificateProfile,
  PROFILE_RULES,
  type ProfileRule,
} from './certificate-profile.ts'
import type { PublicKey } from './public-key.ts'

/** Why a certificate is not accepted from its issuer, in checking order. */
export type PathRefusalCode =
  | 'PATH_ISSUER_NAME'
  | 'PATH_ISSUER_NOT_CA'
  | 'PATH_KEY_ID'
  | 'PATH_SIGNATURE'
  | 'PATH_PROFILE'
  | 'PATH_ISSUER_PROFILE'
  | 'PATH_KEY_USAGE'
  | 'PATH_LENGTH'
  | 'PATH_MEMBER'
  | 'PATH_SUBJECT'
  | 'PATH_CHAIN_NAME'
  | 'PATH_DOMAIN'
  | 'PATH_LIFETIME'
  | 'PATH_NOT_YET'
  | 'PATH_EXPIRED'
  | 'PATH_REVOKED'

/** Outcome of a path check; a refusal names the certificate at fault. */
export type PathOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: PathRefusalCode; readonly fingerprint: string }

/** What a path is checked against. Nothing here comes from the certificates themselves. */
export interface PathExpectation {
  /** The member that the chain's registry names for the CA. */
  readonly member: string
  /** Name of the chain, without its hash. */
  readonly chainName: string
  /** UTC milliseconds: block time for contracts, the wall clock for TLS. */
  readonly timeMs: number
  /** Profiles that are acceptable for this use. */
  readonly profiles: readonly CertificateProfile[]
  /** Whether a fingerprint was revoked at the height that counts; nothing is revoked if left out. */
  readonly isRevoked?: (fingerprint: string) => boolean
}

/** A leaf, the CA registered on chain, and the root where it serves (TLS, outside verifiers). */
export interface CertificatePath extends PathExpectation {
  readonly leaf: Certificate
  readonly authority: Certificate
  readonly root?: Certificate
}

/** A CA about to be registered or trusted, and its root unless it signed itself. */
export interface AuthorityPath extends PathExpectation {
  readonly authority: Certificate
  readonly root?: Certificate
}

type Verify = (key: PublicKey, message: Bytes, value: Bytes) => boolean

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((entry) => b.includes(entry))
}

function isInDomains(name: string, domains: readonly string[]): boolean {
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`))
}

/** Whether issuer and certificate belong together; the signature is checked last of these. */
function findIssueRefusal(
  verify: Verify,
  certificate: Certificate,
  issuer: Certificate,
): PathRefusalCode | undefined {
  if (!equalBytes(certificate.issuer.der, issuer.subject.der)) return 'PATH_ISSUER_NAME'
  if (!issuer.isCa || !issuer.keyUsage.includes('keyCertSign')) return 'PATH_ISSUER_NOT_CA'
  const { authorityKeyId } = certificate
  // The founding certificates of the vectors carry no key ids; where there is one it must fit.
  if (authorityKeyId !== null && authorityKeyId !== issuer.subjectKeyId) return 'PATH_KEY_ID'
  if (certificate.signatureAlgorithm !== issuer.publicKey.algorithm) return 'PATH_SIGNATURE'
  if (!verify(issuer.publicKey, certificate.signedPart, certificate.signature)) {
    return 'PATH_SIGNATURE'
  }
  return undefined
}

function ruleOf(certificate: Certificate): ProfileRule | undefined {
  const { profile } = certificate
  return profile !== null && isCertificateProfile(profile) ? PROFILE_RULES[profile] : undefined
}

/** Whether the certificate is what its profile demands. */
function findProfileRefusal(certificate: Certificate): PathRefusalCode | undefined {
  const rule = ruleOf(certificate)
  if (rule === undefined) return 'PATH_PROFILE'
  if (!isSameList(certificate.keyUsage, rule.keyUsage)) return 'PATH_KEY_USAGE'
  if (!isSameList(certificate.extendedKeyUsage, rule.extendedKeyUsage)) return 'PATH_KEY_USAGE'
  if (certificate.isCa !== (rule.pathLength !== null)) return 'PATH_KEY_USAGE'
  if (rule.pathLength !== null) {
    const { pathLength } = certificate
    if (pathLength === null || pathLength > rule.pathLength) return 'PATH_LENGTH'
  }
  if (certificate.notAfter - certificate.notBefore > rule.longestMs) return 'PATH_LIFETIME'
  return undefined
}

/** Member, chain, time and revocation: what the reader expects of every certificate of the path. */
function findExpectationRefusal(
  certificate: Certificate,
  expected: PathExpectation,
): PathRefusalCode | undefined {
  if (certificate.member !== expected.member) return 'PATH_MEMBER'
  if (certificate.subject.member !== expected.member) return 'PATH_SUBJECT'
  if (certificate.chainName !== expected.chainName) return 'PATH_CHAIN_NAME'
  return findTimeRefusal(certificate, expected)
}

function findTimeRefusal(
  certificate: Certificate,
  { timeMs, isRevoked }: PathExpectation,
): PathRefusalCode | undefined {
  if (timeMs < certificate.notBefore) return 'PATH_NOT_YET'
  if (timeMs >= certificate.notAfter) return 'PATH_EXPIRED'
  return isRevoked?.(certificate.fingerprint) === true ? 'PATH_REVOKED' : undefined
}

/** TLS names must lie in the domains of the CA; a CA without a constraint issues no TLS names. */
function findDomainRefusal(leaf: Certificate, authority: Certificate): PathRefusalCode | undefined {
  const domains = authority.permittedDomains
  if (leaf.profile !== 'tls') {
    return leaf.dnsNames.length + leaf.ipAddresses.length > 0 ? 'PATH_DOMAIN' : undefined
  }
  if (domains === null || leaf.dnsNames.length + leaf.ipAddresses.length === 0) return 'PATH_DOMAIN'
  return leaf.dnsNames.every((name) => isInDomains(name, domains)) ? undefined : 'PATH_DOMAIN'
}

function findLeafRefusal(verify: Verify, path: CertificatePath): PathRefusalCode | undefined {
  const { leaf, authority } = path
  const issue = findIssueRefusal(verify, leaf, authority)
  if (issue !== undefined) return issue
  if (!path.profiles.some((profile) => profile === leaf.profile)) return 'PATH_PROFILE'
  const issuers: readonly string[] = ruleOf(leaf)?.issuers ?? []
  if (!issuers.includes(authority.profile ?? '')) return 'PATH_ISSUER_PROFILE'
  return (
    findProfileRefusal(leaf) ??
    findDomainRefusal(leaf, authority) ??
    findExpectationRefusal(leaf, path)
  )
}

function findRootRefusal(
  verify: Verify,
  root: Certificate,
  expected: PathExpectation,
): PathRefusalCode | undefined {
  if (root.profile !== 'root') return 'PATH_PROFILE'
  if (root.chainName !== expected.chainName) return 'PATH_CHAIN_NAME'
  return (
    findIssueRefusal(verify, root, root) ??
    findProfileRefusal(root) ??
    findTimeRefusal(root, expected)
  )
}

function findAuthorityRefusal(
  verify: Verify,
  authority: Certificate,
  issuer: Certificate,
  expected: PathExpectation,
): PathRefusalCode | undefined {
  const issue = findIssueRefusal(verify, authority, issuer)
  if (issue !== undefined) return issue
  if (authority.profile !== 'member-ca' && authority.profile !== 'officer-ca') return 'PATH_PROFILE'
  return findProfileRefusal(authority) ?? findExpectationRefusal(authority, expected)
}

function outcome(code: PathRefusalCode | undefined, certificate: Certificate): PathOutcome {
  if (code === undefined) return { ok: true }
  return { ok: false, code, fingerprint: certificate.fingerprint }
}

/** The two path checks. */
export interface PathChecks {
  checkCertificatePath(path: CertificatePath): PathOutcome
  checkAuthorityPath(path: AuthorityPath): PathOutcome
}

/** Makes the path checks over one implementation of signature verification. */
export function createPathChecks(verify: Verify): PathChecks {
  function checkRoot(path: AuthorityPath): PathOutcome {
    if (path.root === undefined) return { ok: true }
    return outcome(findRootRefusal(verify, path.root, path), path.root)
  }

  function checkAuthorityPath(path: AuthorityPath): PathOutcome {
    const { authority, root, profiles } = path
    if (!profiles.some((profile) => profile === authority.profile)) {
      return outcome('PATH_PROFILE', authority)
    }
    const above = checkRoot(path)
    if (!above.ok) return above
    return outcome(findAuthorityRefusal(verify, authority, root ?? authority, path), authority)
  }

  function checkCertificatePath(path: CertificatePath): PathOutcome {
    const { authority } = path
    // Contracts trust the registered CA as it is; its own signature was checked at registration.
    const above =
      path.root === undefined
        ? outcome(
            findProfileRefusal(authority) ?? findExpectationRefusal(authority, path),
            authority,
          )
        : checkAuthorityPath({ ...path, profiles: ['member-ca', 'officer-ca'] })
    if (!above.ok) return above
    return outcome(findLeafRefusal(verify, path), path.leaf)
  }

  return { checkCertificatePath, checkAuthorityPath }
}
