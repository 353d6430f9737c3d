import { type Bytes, concatBytes, equalBytes, fromHex, type RandomSource, toHex } from './bytes.ts'
import { SealBroken, type SuiteId, sealedTag } from './suite.ts'
import { suiteDigests } from './suite-hashes.ts'

const SECRET_BYTES = 32
/** Bytes of one share: 32 bytes y, 1 byte x. */
export const SHARE_BYTES: number = SECRET_BYTES + 1
/** x is one byte, and 0 is where the secret lies. */
const MOST_SHARES = 255

/**
 * Product in GF(2⁸) modulo x⁸ + x⁴ + x³ + x + 1. The same steps for every operand: a table would be read
 * at places that follow from the secret.
 */
function times(a: number, b: number): number {
  let [product, factor] = [0, a]
  for (let bit = 0; bit < 8; bit++) {
    product ^= factor & -((b >> bit) & 1)
    factor = (factor << 1) ^ (0x11b & -(factor >> 7))
  }
  return product & 0xff
}

/** a⁻¹ = a²⁵⁴. */
function inverse(a: number): number {
  let result = 1
  for (let bit = 7; bit >= 0; bit--) {
    result = times(result, result)
    if (bit > 0) result = times(result, a)
  }
  return result
}

/** How a secret is split: any `need` of `count` shares give it back, fewer tell nothing. */
export interface ShareTerms {
  readonly need: number
  readonly count: number
}

/**
 * Splits a secret by Shamir over GF(2⁸), byte by byte (sealed-data section 8, L4).
 *
 * @param secret  32 bytes: half B, or a recovery key
 * @returns       shares of 33 bytes, y and then x = 1 … count
 * @throws RangeError unless 2 ≤ need ≤ count ≤ 255
 */
export function splitSecret(
  secret: Bytes,
  { need, count }: ShareTerms,
  random: RandomSource,
): Bytes[] {
  if (secret.length !== SECRET_BYTES) throw new RangeError('a secret is 32 bytes')
  const isFitting = Number.isInteger(need) && Number.isInteger(count) && need >= 2
  if (!isFitting || need > count || count > MOST_SHARES) {
    throw new RangeError(`shares: 2 ≤ need ≤ count ≤ ${MOST_SHARES}, not ${need} of ${count}`)
  }
  const coefficients = random((need - 1) * SECRET_BYTES)
  return Array.from({ length: count }, (_, at) => {
    const x = at + 1
    const share = new Uint8Array(SHARE_BYTES)
    for (let byte = 0; byte < SECRET_BYTES; byte++) {
      let y = 0
      for (let power = need - 2; power >= 0; power--) {
        y = times(y ^ (coefficients[power * SECRET_BYTES + byte] as number), x)
      }
      share[byte] = y ^ (secret[byte] as number)
    }
    share[SECRET_BYTES] = x
    return share
  })
}

/**
 * What the chain holds of a share: `H(T("share") ‖ commitment ‖ share)`.
 *
 * @param subject  hex of what is shared: the commitment of the section, or the id of a recovery key
 * @returns        hex of 32 bytes
 */
export function shareCommitment(suite: SuiteId, subject: string, share: Bytes): string {
  return toHex(suiteDigests[suite](sealedTag('share'), fromHex(subject), share))
}

/** Shares to be put together, and what the chain says of them. */
export interface SharesToCombine {
  readonly suite: SuiteId
  /** As in {@link shareCommitment}. */
  readonly subject: string
  readonly need: number
  /** Commitment of each share on chain, in the order of x = 1 … n. */
  readonly commitments: readonly string[]
  readonly shares: readonly Bytes[]
}

/**
 * Puts shares together. Every share is compared with the chain first: one wrong share would give a wrong
 * secret and no error.
 *
 * @returns the 32 bytes that were split
 * @throws SealBroken for a share of another length or place, one that comes twice or is not what the chain
 *         says, and for fewer than `need`
 */
export function combineShares(given: SharesToCombine): Bytes {
  const { suite, subject, need, commitments, shares } = given
  const seen = new Set<number>()
  for (const share of shares) {
    const x = share[SECRET_BYTES] ?? 0
    const expected = commitments[x - 1]
    if (share.length !== SHARE_BYTES || expected === undefined || seen.has(x)) {
      throw new SealBroken('share')
    }
    const came = fromHex(shareCommitment(suite, subject, share))
    if (!equalBytes(came, fromHex(expected))) throw new SealBroken('share commitment')
    seen.add(x)
  }
  if (shares.length < need) throw new SealBroken('shares missing')
  return interpolate(shares.slice(0, need))
}

/** The value at x = 0 of the polynomial through the shares. */
function interpolate(shares: readonly Bytes[]): Bytes {
  const secret = new Uint8Array(SECRET_BYTES)
  const places = shares.map((share) => share[SECRET_BYTES] as number)
  shares.forEach((share, at) => {
    const own = places[at] as number
    let weight = 1
    places.forEach((x, other) => {
      if (other !== at) weight = times(weight, times(x, inverse(x ^ own)))
    })
    for (let byte = 0; byte < SECRET_BYTES; byte++) {
      secret[byte] = (secret[byte] as number) ^ times(weight, share[byte] as number)
    }
  })
  return concatBytes(secret)
}
