import {
  type Bytes,
  CertificateRefused,
  fromBase64Url,
  fromHex,
  importPublicKey,
  kindFitsKey,
  type PublicKey,
  PublicKeyRefused,
  parseCertificate,
  sha256,
  toHex,
  verify,
  verifyWebauthn,
} from '@renshe/crypto'
import { type Finding, green, red } from './check.ts'
import { type EvidenceAct, type EvidenceFile, memberOf } from './evidence-file.ts'
import {
  type PasskeySignature,
  passkeyFingerprint,
  signedMessage,
  type TransactionBody,
} from './transaction.ts'

/**
 * `signature`: the certificate (passkey) is the one that the body names, and the signature over the
 * body holds under its key.
 */
export function checkSignature(file: EvidenceFile, bodies: readonly TransactionBody[]): Finding {
  for (const [i, act] of file.acts.entries()) {
    const code = actFault(file, act, bodies[i]!)
    if (code !== null) return red(code, { act: i })
  }
  return green('SIGNATURE_HOLDS', { kinds: file.acts.map(({ signature }) => signature.kind) })
}

type SignatureFault =
  | 'CERTIFICATE_OTHER'
  | 'CERTIFICATE_UNREADABLE'
  | 'SIGNATURE_KIND'
  | 'SIGNATURE_WRONG'
  | 'PASSKEY_UNREGISTERED'
  | 'COUNTERSIGNATURE_WRONG'

function actFault(
  file: EvidenceFile,
  act: EvidenceAct,
  body: TransactionBody,
): SignatureFault | null {
  const certificate = fromBase64Url(act.certificate)
  const { signature } = act
  const isPasskey = signature.kind === 'webauthn'
  const fingerprint = isPasskey ? passkeyFingerprint(certificate) : sha256(certificate)
  if (toHex(fingerprint) !== body.signer) return 'CERTIFICATE_OTHER'
  const key = isPasskey ? readKey(certificate) : certificateKey(certificate)
  if (key === null) return 'CERTIFICATE_UNREADABLE'
  if (!kindFitsKey(signature.kind, key.algorithm)) return 'SIGNATURE_KIND'
  const message = signedMessage(fromBase64Url(act.body))
  if (signature.kind === 'webauthn') return passkeyFault(file, act, signature, key, message)
  return verify(key, message, fromBase64Url(signature.value)) ? null : 'SIGNATURE_WRONG'
}

/** Origin and rpId are those of the passkey's record, whose place in the ledger `authority` proves. */
function passkeyFault(
  file: EvidenceFile,
  act: EvidenceAct,
  signature: PasskeySignature,
  publicKey: PublicKey,
  message: Bytes,
): SignatureFault | null {
  const fingerprint = toHex(passkeyFingerprint(publicKey.spki))
  const record = file.registry.find(
    ({ collection, key }) => collection === 'membership/certificate' && key[0] === fingerprint,
  )
  const rpId = memberOf(record?.value ?? undefined, 'rpId')
  const origins = memberOf(record?.value ?? undefined, 'origins')
  if (typeof rpId !== 'string' || !Array.isArray(origins)) return 'PASSKEY_UNREGISTERED'
  const holds = verifyWebauthn({
    publicKey,
    txId: fromHex(act.txId),
    rpId,
    origins: origins.filter((origin) => typeof origin === 'string'),
    authenticatorData: fromBase64Url(signature.authenticatorData),
    clientDataJSON: fromBase64Url(signature.clientDataJSON),
    value: fromBase64Url(signature.value),
  })
  if (!holds) return 'SIGNATURE_WRONG'
  return countersignatureFault(file, signature, message)
}

function countersignatureFault(
  file: EvidenceFile,
  { sm2 }: PasskeySignature,
  message: Bytes,
): SignatureFault | null {
  if (sm2 === undefined) return null
  const certificate = file.authorities
    .map((der) => fromBase64Url(der))
    .find((der) => toHex(sha256(der)) === sm2.certificate)
  const key = certificate && certificateKey(certificate)
  if (key?.algorithm !== 'sm2') return 'COUNTERSIGNATURE_WRONG'
  return verify(key, message, fromBase64Url(sm2.value)) ? null : 'COUNTERSIGNATURE_WRONG'
}

function certificateKey(der: Bytes): PublicKey | null {
  try {
    return parseCertificate(der).publicKey
  } catch (error) {
    if (error instanceof CertificateRefused) return null
    throw error
  }
}

function readKey(spki: Bytes): PublicKey | null {
  try {
    return importPublicKey(spki)
  } catch (error) {
    if (error instanceof PublicKeyRefused) return null
    throw error
  }
}
