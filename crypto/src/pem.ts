import type { Bytes } from './bytes.ts'

/** What a PEM file of ours may hold; OpenSSL reads a list only under `X509 CRL`. */
export type PemLabel = 'CERTIFICATE' | 'CERTIFICATE REQUEST' | 'X509 CRL' | 'PUBLIC KEY'

/** Writes DER as PEM, in lines of 64 characters. */
export function pemOf(label: PemLabel, der: Bytes): string {
  const text = Buffer.from(der).toString('base64')
  const lines = text.match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
