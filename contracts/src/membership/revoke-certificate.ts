import {
  action,
  amendments,
  authorities,
  type Certificate,
  type Collection,
  type Context,
  certificates,
} from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { Digest } from '../vocabulary/schemas.ts'
import { encryptionKeys, nodeCertificates } from './records.ts'
import { membershipRefusal } from './refusals.ts'
import { ADMINISTRATOR, requireRole } from './roles.ts'

/**
 * Revokes a key certificate or authority of the signer's member, from this transaction on. Its
 * administrator does it; a holder may always revoke its own key. What it signed before stays valid.
 */
export const revokeCertificate = action({
  name: 'membership.revokeCertificate',
  summary: 'Revokes a key certificate or certification authority of your member.',
  input: Type.Object({ certificate: Digest }),
  run(ctx: Context, { certificate }) {
    const own = ctx.state(certificates).find(certificate)
    if (!isOwnKey(ctx, own)) requireRole(ctx, ADMINISTRATOR)
    const found = findRevocable(ctx, certificate)
    if (found === undefined || found.member !== ctx.signer.member) {
      ctx.refuse(membershipRefusal({ code: 'CERTIFICATE_NOT_FOUND', certificate }))
    }
    if (found.revokedAt !== null) {
      ctx.refuse(membershipRefusal({ code: 'CERTIFICATE_REVOKED', certificate }))
    }

    found.revoke()
    ctx.state(amendments).put(certificate, { v: 1, at: ctx.time, by: ctx.txId, kind: 'revoked' })
    ctx.emit('CertificateRevoked', { certificate, member: ctx.signer.member })
    return { certificate }
  },
})

function isOwnKey(ctx: Context, own: Static<typeof Certificate> | undefined): boolean {
  const { member, kind, name } = ctx.signer
  return own !== undefined && own.member === member && own.kind === kind && own.name === name
}

interface Revocable {
  readonly member: string
  readonly revokedAt: number | null
  revoke(): void
}

function findRevocable(ctx: Context, fingerprint: string): Revocable | undefined {
  return (
    findIn(ctx, certificates, fingerprint) ??
    findIn(ctx, authorities, fingerprint) ??
    findIn(ctx, nodeCertificates, fingerprint) ??
    findEncryption(ctx, fingerprint)
  )
}

function findIn<Value extends { member: string; revokedAt: number | null }>(
  ctx: Context,
  collection: Collection<string, Value>,
  key: string,
): Revocable | undefined {
  const found = ctx.state(collection).find(key)
  if (found === undefined) return undefined
  const { member, revokedAt } = found
  const revoke = () => ctx.state(collection).put(key, { ...found, revokedAt: ctx.time })
  return { member, revokedAt, revoke }
}

/** Encryption keys lie under the hash of their key; people name the certificate. */
function findEncryption(ctx: Context, fingerprint: string): Revocable | undefined {
  const ofMember = { prefix: [ctx.signer.member] }
  for (const [key, found] of ctx.state(encryptionKeys).index('byMember', ofMember)) {
    if (found.certificate === fingerprint) return findIn(ctx, encryptionKeys, key)
  }
  return undefined
}
