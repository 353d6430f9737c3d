/* Certificates of this member's machines are renewed with the same key before they end (threat 11). */
import {
  buildCertificate,
  type Certificate,
  type CertificateProfile,
  toBase64Url,
} from '@renshe/crypto'
import type { CertifiedKeyName } from '../keys/key-names.ts'
import type { Member } from '../member.ts'
import type { Relay } from './relay.ts'

/** Days before its end at which a certificate is renewed. */
export const RENEW_DAYS = 30
const DAY_MS = 86_400_000

/**
 * Keys whose certificates the member's node renews where it holds the authority's key. The encryption key is
 * not among them: the chain names it by the key itself, so another life needs another key.
 */
const RENEWED: readonly { name: CertifiedKeyName; profile: CertificateProfile; days: number }[] = [
  { name: 'system', profile: 'application', days: 365 },
]

/**
 * Renews what ends within {@link RENEW_DAYS}. The chain takes the new certificate from the old key while
 * that is still good; only then does the new one lie in the folder of keys.
 */
export function renewals(member: Member): Relay {
  return {
    name: 'renewals',
    followsTime: true,
    wakes: () => false,
    async run() {
      for (const { name, profile, days } of RENEWED) {
        const current = member.keys.certificate(name)
        if (current.notAfter - member.clock.now() > RENEW_DAYS * DAY_MS) continue
        // An authority's key that is kept apart signs by hand: `doctor` says so in time.
        if (!member.keys.has('ca')) continue
        const renewed = await certifyAnew(member, current, profile, days)
        const input = { der: toBase64Url(renewed.der) }
        await member.act('membership.presentCertificate', input)
        member.keys.putCertificate(name, renewed)
      }
      return false
    },
  }
}

async function certifyAnew(
  { keys, clock, random }: Member,
  current: Certificate,
  profile: CertificateProfile,
  days: number,
): Promise<Certificate> {
  const notBefore = Math.floor(clock.now() / 1000) * 1000
  const issuer = keys.certificate('ca')
  const notAfter = Math.min(notBefore + days * DAY_MS, issuer.notAfter)
  const { subject, publicKey, chainName } = current
  return buildCertificate(
    {
      profile,
      member: subject.member,
      name: subject.name,
      chainName: chainName ?? '',
      publicKey,
      notBefore,
      notAfter,
      issuer,
    },
    await keys.privateKey('ca'),
    random,
  )
}
