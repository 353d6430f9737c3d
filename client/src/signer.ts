/* Who signs: a key of the browser, of Node, or of a device, behind one small interface. */
import type { Bytes } from '@renshe/crypto'

/** Signs with a key whose certificate the chain knows. */
export interface ClientSigner {
  /** Fingerprint of the key certificate, hex. */
  readonly certificate: string
  readonly kind: 'p256' | 'ed25519' | 'sm2'
  /** 64 bytes: r ‖ s, or a signature of Ed25519. */
  readonly sign: (message: Bytes) => Promise<Bytes>
}

/**
 * A signer over a P-256 key of Web Crypto, which browsers and Node have; the key need not be extractable.
 *
 * @param certificate  fingerprint of its certificate, hex
 */
export function webCryptoSigner(key: CryptoKey, certificate: string): ClientSigner {
  return {
    certificate,
    kind: 'p256',
    async sign(message) {
      const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
      return new Uint8Array(await crypto.subtle.sign(algorithm, key, Uint8Array.from(message)))
    },
  }
}
