/* A request that a system signs (RFC 9421), as a node takes it. */
import { type Bytes, sha256, toBase64Url, utf8 } from '@renshe/crypto'
import type { ClientSigner } from './signer.ts'

const ALGORITHMS = { p256: 'ecdsa-p256-sha256', ed25519: 'ed25519', sm2: 'sm2-sm3' } as const
const COMPONENTS = '("@method" "@authority" "@request-target" "content-digest")'

/** A request before it is signed. */
export interface UnsignedRequest {
  readonly method: string
  readonly url: URL
  readonly content: Bytes
}

/**
 * Headers that sign a request.
 *
 * @param createdMs  UTC ms of a right clock
 */
export async function signatureHeaders(
  { method, url, content }: UnsignedRequest,
  signer: ClientSigner,
  createdMs: number,
): Promise<Record<string, string>> {
  const nonce = toBase64Url(crypto.getRandomValues(new Uint8Array(16)))
  const digest = `sha-256=:${base64(sha256(content))}:`
  const { certificate, kind } = signer
  const created = Math.floor(createdMs / 1000)
  const parameters = `${COMPONENTS};created=${created};nonce="${nonce}";keyid="${certificate}";alg="${ALGORITHMS[kind]}"`
  const base = [
    `"@method": ${method}`,
    `"@authority": ${url.host}`,
    `"@request-target": ${url.pathname}${url.search}`,
    `"content-digest": ${digest}`,
    `"@signature-params": ${parameters}`,
  ].join('\n')
  const value = await signer.sign(utf8(base))
  return {
    'content-digest': digest,
    'signature-input': `sig1=${parameters}`,
    signature: `sig1=:${base64(value)}:`,
  }
}

function base64(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes))
}
