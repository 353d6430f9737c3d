import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import {
  type AcceptedCertificate,
  acceptCertificate,
  storeEncryptionKey,
  storeNodeCertificate,
  storeSigner,
} from './certificates.ts'
import { keyholders } from './records.ts'
import { membershipRefusal } from './refusals.ts'

/**
 * Puts a key certificate of the signer's member on chain, once; later acts name its fingerprint.
 */
export const presentCertificate = action({
  name: 'membership.presentCertificate',
  summary: 'Puts a key certificate of your member on chain, so that its key can sign.',
  input: Type.Object({
    der: Type.String({ maxLength: 11_000, description: 'the certificate (DER) in base64url' }),
  }),
  run(ctx: Context, { der }) {
    const { member } = ctx.signer
    const accepted = acceptCertificate(ctx, member, der)
    store(ctx, accepted)
    return { certificate: accepted.certificate.fingerprint }
  },
})

function store(ctx: Context, accepted: AcceptedCertificate): void {
  const { profile, subject } = accepted.certificate
  if (profile === 'encryption') {
    storeEncryptionKey(ctx, accepted)
  } else if (profile === 'consensus' || profile === 'tls' || profile === 'witness') {
    storeNodeCertificate(ctx, accepted, profile)
  } else {
    const kind = profile === 'officer' ? 'officer' : 'system'
    refuseUnregistered(ctx, kind, subject.name)
    storeSigner(ctx, accepted, kind)
  }
}

function refuseUnregistered(ctx: Context, kind: 'officer' | 'system', name: string): void {
  const holder =
    ctx.state(keyholders).find([ctx.signer.member, kind, name]) ??
    ctx.refuse(membershipRefusal({ code: 'KEYHOLDER_NOT_FOUND', kind, name }))
  if (holder.status !== 'ACTIVE') {
    const { status } = holder
    ctx.refuse(membershipRefusal({ code: 'KEYHOLDER_NOT_ACTIVE', kind, name, status }))
  }
}
