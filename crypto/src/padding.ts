import { SectionRefused } from './section-header.ts'

/** Smallest frame. */
const FRAME_LEAST = 256

/**
 * Padmé: the length to which a frame is padded, at most 12 % more and at least 256.
 *
 * @param length  bytes of the frame before padding
 * @param padTo   fixed size of the catalogue entry, if it fixes one
 * @throws SectionRefused if the frame does not fit the fixed size
 * @source sealed-data section 10; Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", 2019
 */
export function paddedLength(length: number, padTo?: number): number {
  if (padTo !== undefined) {
    if (length > padTo) throw new SectionRefused('size', 'larger than the fixed size')
    return padTo
  }
  if (length <= FRAME_LEAST) return FRAME_LEAST
  // ⌊log2 n⌋ of a 32-bit number is exact by counting leading zeros; Math.log2 is not.
  const exponent = 31 - Math.clz32(length)
  const mantissaBits = 31 - Math.clz32(exponent) + 1
  const unit = 2 ** (exponent - mantissaBits)
  return Math.ceil(length / unit) * unit
}
