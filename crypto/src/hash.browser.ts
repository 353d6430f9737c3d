import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { type Bytes, concatBytes } from './bytes.ts'
import { sm3OfMessage } from './sm3.ts'

/** SHA-256 (FIPS 180-4) of the parts joined. */
export function sha256(...parts: readonly Bytes[]): Bytes {
  return nobleSha256(concatBytes(...parts))
}

/** SM3 (GB/T 32905) of the parts joined. */
export function sm3(...parts: readonly Bytes[]): Bytes {
  return sm3OfMessage(concatBytes(...parts))
}
