import { createHmac, hash } from 'node:crypto'
import { type Bytes, concatBytes } from './bytes.ts'

/** Plain memory instead of a Buffer, whose `slice` shares where that of `Uint8Array` copies. */
function plain(buffer: Buffer): Bytes {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length)
}

/** SHA-256 (FIPS 180-4) of the parts joined. */
export function sha256(...parts: readonly Bytes[]): Bytes {
  const joined = parts.length === 1 ? (parts[0] as Bytes) : concatBytes(...parts)
  return plain(hash('sha256', joined, 'buffer'))
}

/** SM3 (GB/T 32905) of the parts joined. */
export function sm3(...parts: readonly Bytes[]): Bytes {
  const joined = parts.length === 1 ? (parts[0] as Bytes) : concatBytes(...parts)
  return plain(hash('sm3', joined, 'buffer'))
}

/** HMAC (RFC 2104) with SHA-256 over the parts joined. */
export function hmacSha256(key: Bytes, ...parts: readonly Bytes[]): Bytes {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return plain(mac.digest())
}

/** HMAC (RFC 2104) with SM3 over the parts joined. */
export function hmacSm3(key: Bytes, ...parts: readonly Bytes[]): Bytes {
  const mac = createHmac('sm3', key)
  for (const part of parts) mac.update(part)
  return plain(mac.digest())
}
