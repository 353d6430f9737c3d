/* Who signs: the registry of keys as inclusion asks it. */
import { fromBase64Url, importPublicKey } from '@renshe/crypto'
import { authorities, certificates, type SignerResolution, type StateView } from '@renshe/kernel'
import { keyholders, members } from './records.ts'

/**
 * Resolves a fingerprint to the signer as of this state and block time, or says why not, in the
 * order of inclusion.
 *
 * @source ledger-bytes.md section 4
 */
export function resolveSigner(
  view: StateView,
  fingerprint: string,
  time: number,
): SignerResolution {
  const record = view.state(certificates).read(fingerprint)
  if (record === undefined || record.kind === 'subject') return refused('SIGNER_UNKNOWN')
  if (time < record.notBefore) return refused('SIGNER_NOT_YET')
  if (time >= record.notAfter) return refused('SIGNER_EXPIRED')
  const { member, kind, name } = record
  const holder = view.state(keyholders).read([member, kind, name])
  const isRevoked =
    record.revokedAt !== null ||
    isAuthorityRevoked(view, record.issuer) ||
    view.state(members).read(member)?.status !== 'ACTIVE' ||
    holder?.status !== 'ACTIVE'
  if (isRevoked) return refused('SIGNER_REVOKED')
  const { roles, unit } = holder
  return {
    ok: true,
    signer: { certificate: fingerprint, kind, member, name, roles, unit },
    key: { spki: record.spki, publicKey: importPublicKey(fromBase64Url(record.spki)) },
  }
}

function refused(code: 'SIGNER_UNKNOWN' | 'SIGNER_NOT_YET' | 'SIGNER_EXPIRED' | 'SIGNER_REVOKED') {
  return { ok: false, code } as const
}

function isAuthorityRevoked(view: StateView, issuer: string | null): boolean {
  return issuer !== null && view.state(authorities).read(issuer)?.revokedAt !== null
}
