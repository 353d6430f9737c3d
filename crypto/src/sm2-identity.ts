import { type Bytes, concatBytes, utf8 } from './bytes.ts'
import type { Digest } from './ledger-hash.ts'
import { bytesOfNumber, type PublicKey, SM2 } from './public-key.ts'

/** The user id that every SM2 signature of the ledger is bound to (GB/T 35276). */
const SM2_USER_ID = '1234567812345678'

/**
 * Makes the function that computes Z of GB/T 32918.2 section 5.5: user id, curve and public key
 * under SM3. A signature is over `Z ‖ M`.
 */
export function createSm2Identity(sm3: Digest): (key: PublicKey) => Bytes {
  const id = utf8(SM2_USER_ID)
  const fixed = concatBytes(
    Uint8Array.of((id.length * 8) >> 8, (id.length * 8) & 0xff),
    id,
    ...[SM2.a, SM2.b, SM2.gx, SM2.gy].map((value) => bytesOfNumber(value, 32)),
  )
  const known = new WeakMap<PublicKey, Bytes>()
  return (key) => {
    let z = known.get(key)
    if (z === undefined) {
      z = sm3(fixed, key.raw.subarray(1))
      known.set(key, z)
    }
    return z
  }
}
