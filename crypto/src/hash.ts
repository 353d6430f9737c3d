import { createHmac, hash } from 'node:crypto'
import { type Bytes, concatBytes } from './bytes.ts'

/** Plain memory instead of a Buffer, whose `slice` shares where that of `Uint8Array` copies. */
function plain(buffer: Buffer): Bytes {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length)
}

// Short inputs are joined in one place that is used again and again: fresh memory for every hash
// was a third of the time of sealing a row, most of it spent by the garbage collector.
const SCRATCH_BYTES = 4096
const scratch = new Uint8Array(SCRATCH_BYTES)

function joined(parts: readonly Bytes[]): Bytes {
  if (parts.length === 1) return parts[0] as Bytes
  let length = 0
  for (const part of parts) length += part.length
  if (length > SCRATCH_BYTES) return concatBytes(...parts)
  let at = 0
  for (const part of parts) {
    scratch.set(part, at)
    at += part.length
  }
  return scratch.subarray(0, length)
}

/** SHA-256 (FIPS 180-4) of the parts joined. */
export function sha256(...parts: readonly Bytes[]): Bytes {
  return plain(hash('sha256', joined(parts), 'buffer'))
}

/** SM3 (GB/T 32905) of the parts joined. */
export function sm3(...parts: readonly Bytes[]): Bytes {
  return plain(hash('sm3', joined(parts), 'buffer'))
}

/** HMAC (RFC 2104) with SHA-256 over the parts joined. */
export function hmacSha256(key: Bytes, ...parts: readonly Bytes[]): Bytes {
  return plain(createHmac('sha256', key).update(joined(parts)).digest())
}

/** HMAC (RFC 2104) with SM3 over the parts joined. */
export function hmacSm3(key: Bytes, ...parts: readonly Bytes[]): Bytes {
  return plain(createHmac('sm3', key).update(joined(parts)).digest())
}
