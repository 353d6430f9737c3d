import {
  type Bytes,
  parseSectionHeader,
  SealBroken,
  type SectionHeader,
  SectionRefused,
} from '@renshe/crypto'

const HEADER_AT = 6

/**
 * The header of a sealed section, before it is opened. Nothing in it is proven yet.
 *
 * @throws SealBroken if the bytes hold no header
 */
export function headerOfSealed(sealed: Bytes): SectionHeader {
  const length = (sealed[4] ?? 0) * 256 + (sealed[5] ?? 0)
  try {
    return parseSectionHeader(sealed.subarray(HEADER_AT, HEADER_AT + length))
  } catch (error) {
    if (error instanceof SectionRefused) throw new SealBroken('header')
    throw error
  }
}
