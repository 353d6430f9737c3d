import {
  type Bytes,
  type Certificate,
  CertificateRefused,
  equalBytes,
  fromBase64Url,
  type JsonObject,
  parseCertificate,
  toBase64Url,
  verify,
} from '@renshe/crypto'
import { type Finding, green, red } from './check.ts'
import { headersOf, writeFault } from './check-inclusion.ts'
import type { EvidenceAct, EvidenceFile, EvidenceRecord } from './evidence-file.ts'
import { base64Url, count, name, nullable, oneOf, ShapeRefused, text } from './shape.ts'
import type { TransactionBody } from './transaction.ts'

/**
 * `authority`: member, unit and roles are those of the result; the signer's record and its CA's,
 * written at or below the act's height, name the same member, kind and name and cover the act's
 * time; the CA signed the certificate. A passkey has no CA: its record suffices.
 */
export function checkAuthority(file: EvidenceFile, bodies: readonly TransactionBody[]): Finding {
  const headers = headersOf(file)
  for (const [i, record] of file.registry.entries()) {
    const code = writeFault(record, headers)
    if (code !== null) return red(code, { registry: i, height: record.height })
  }
  const used = new Set<EvidenceRecord | string>()
  for (const [i, act] of file.acts.entries()) {
    const code = signerFault(file, act, bodies[i]!, headers.get(act.height)!.time, used)
    if (code !== null) return red(code, { act: i })
  }
  // A record or CA that no signature leads to would be bytes without meaning.
  const unused = [...file.registry, ...file.authorities].some((item) => !used.has(item))
  if (unused) return red('REGISTRY_UNUSED')
  return green('AUTHORIZED', {
    signers: file.acts.map(({ result: { signer } }) => ({ ...signer, roles: [...signer.roles] })),
  })
}

type AuthorityFault =
  | 'SIGNER_RECORD_MISSING'
  | 'SIGNER_RECORD_OTHER'
  | 'SIGNER_NOT_IN_FORCE'
  | 'AUTHORITY_RECORD_MISSING'
  | 'AUTHORITY_RECORD_OTHER'
  | 'AUTHORITY_CERTIFICATE_MISSING'
  | 'AUTHORITY_SIGNATURE_WRONG'

type Used = Set<EvidenceRecord | string>

function signerFault(
  file: EvidenceFile,
  act: EvidenceAct,
  body: TransactionBody,
  time: number,
  used: Used,
): AuthorityFault | null {
  const { signer } = act.result
  const isPasskey = act.signature.kind === 'webauthn'
  const found = findRecord(file, 'membership/certificate', body.signer, act.height, used)
  if (found === null) return 'SIGNER_RECORD_MISSING'
  const record = readCertificateRecord(found)
  if (record === null || record.member !== signer.member) return 'SIGNER_RECORD_OTHER'
  if (record.kind !== signer.kind || record.name !== signer.name) return 'SIGNER_RECORD_OTHER'
  if ((record.issuer === null) !== isPasskey) return 'SIGNER_RECORD_OTHER'
  if (!isInForce(record, time)) return 'SIGNER_NOT_IN_FORCE'
  const certificate = fromBase64Url(act.certificate)
  if (isPasskey) {
    if (record.spki !== act.certificate) return 'SIGNER_RECORD_OTHER'
    return countersignerFault(file, act, time, used)
  }
  return issuerFault(file, record, certificate, act.height, time, used)
}

/** The member that signed beside a passkey with SM2: its certificate is registered like any other. */
function countersignerFault(
  file: EvidenceFile,
  act: EvidenceAct,
  time: number,
  used: Used,
): AuthorityFault | null {
  if (act.signature.kind !== 'webauthn' || act.signature.sm2 === undefined) return null
  const fingerprint = act.signature.sm2.certificate
  const found = findRecord(file, 'membership/certificate', fingerprint, act.height, used)
  if (found === null) return 'SIGNER_RECORD_MISSING'
  const record = readCertificateRecord(found)
  if (record === null || record.member !== act.result.signer.member) return 'SIGNER_RECORD_OTHER'
  if (!isInForce(record, time)) return 'SIGNER_NOT_IN_FORCE'
  const certificate = findCertificate(file, fingerprint, used)
  if (certificate === null) return 'AUTHORITY_CERTIFICATE_MISSING'
  return issuerFault(file, record, certificate.der, act.height, time, used)
}

function issuerFault(
  file: EvidenceFile,
  record: CertificateRecord,
  der: Bytes,
  height: number,
  time: number,
  used: Used,
): AuthorityFault | null {
  if (record.issuer === null) return 'SIGNER_RECORD_OTHER'
  const found = findRecord(file, 'membership/authority', record.issuer, height, used)
  if (found === null) return 'AUTHORITY_RECORD_MISSING'
  const authority = readAuthorityRecord(found)
  if (authority === null || authority.member !== record.member) return 'AUTHORITY_RECORD_OTHER'
  if (!isInForce(authority, time)) return 'SIGNER_NOT_IN_FORCE'
  const issuer = findCertificate(file, record.issuer, used)
  if (issuer === null) return 'AUTHORITY_CERTIFICATE_MISSING'
  const certificate = readCertificate(der)
  if (certificate === null || toBase64Url(certificate.publicKey.spki) !== record.spki) {
    return 'SIGNER_RECORD_OTHER'
  }
  const isIssued =
    issuer.isCa &&
    equalBytes(certificate.issuer.der, issuer.subject.der) &&
    certificate.signatureAlgorithm === issuer.publicKey.algorithm &&
    verify(issuer.publicKey, certificate.signedPart, certificate.signature)
  return isIssued ? null : 'AUTHORITY_SIGNATURE_WRONG'
}

type InForce = {
  readonly member: string
  readonly notBefore: number
  readonly notAfter: number
  readonly revokedAt: number | null
}
type CertificateRecord = InForce & {
  readonly issuer: string | null
  readonly kind: string
  readonly name: string
  readonly spki: string
}

function isInForce({ notBefore, notAfter, revokedAt }: InForce, time: number): boolean {
  return notBefore <= time && time < notAfter && (revokedAt === null || time < revokedAt)
}

/** The newest write of that key in the file, at or below the act's height. */
function findRecord(
  file: EvidenceFile,
  collection: string,
  key: string,
  height: number,
  used: Used,
): EvidenceRecord | null {
  const found = file.registry
    .filter((record) => record.collection === collection && record.height <= height)
    .filter((record) => record.key.length === 1 && record.key[0] === key)
    .sort((a, b) => b.height - a.height)[0]
  if (found === undefined) return null
  used.add(found)
  return found
}

function readCertificateRecord({ value }: EvidenceRecord): CertificateRecord | null {
  return readMembers(value, (members) => ({
    ...readInForce(members),
    issuer: nullable(text(64))(members.issuer ?? null, 'issuer'),
    kind: oneOf('officer', 'subject', 'system')(members.kind ?? null, 'kind'),
    name: text(256)(members.name ?? null, 'name'),
    spki: base64Url()(members.spki ?? null, 'spki'),
  }))
}

function readAuthorityRecord({ value }: EvidenceRecord): InForce | null {
  return readMembers(value, readInForce)
}

function readInForce(members: JsonObject): InForce {
  return {
    member: name(members.member ?? null, 'member'),
    notBefore: count(members.notBefore ?? null, 'notBefore'),
    notAfter: count(members.notAfter ?? null, 'notAfter'),
    revokedAt: nullable(count)(members.revokedAt ?? null, 'revokedAt'),
  }
}

/** Reads the members that a proof needs; the write proof has covered every other one. */
function readMembers<T>(value: JsonObject | null, read: (members: JsonObject) => T): T | null {
  if (value === null || value.v !== 1) return null
  try {
    return read(value)
  } catch (error) {
    if (error instanceof ShapeRefused) return null
    throw error
  }
}

function findCertificate(file: EvidenceFile, fingerprint: string, used: Used): Certificate | null {
  for (const der of file.authorities) {
    const certificate = readCertificate(fromBase64Url(der))
    if (certificate?.fingerprint !== fingerprint) continue
    used.add(der)
    return certificate
  }
  return null
}

function readCertificate(der: Bytes): Certificate | null {
  try {
    return parseCertificate(der)
  } catch (error) {
    if (error instanceof CertificateRefused) return null
    throw error
  }
}
