import { type Bytes, concatBytes, type SuiteId, sha256, sm3, toHex, utf8 } from '@renshe/crypto'

const HEADER_AT = 6
/** `T("header")` of sealed-data section 4. */
const HEADER_TAG = concatBytes(utf8('renshe/sealed/1/header'), Uint8Array.of(0))
const DIGESTS = { 'RS-INTL-1': sha256, 'RS-GM-1': sm3 } as const

function headerBytesOf(sealed: Bytes): Bytes {
  const length = (sealed[4] ?? 0) * 256 + (sealed[5] ?? 0)
  return sealed.subarray(HEADER_AT, HEADER_AT + length)
}

/**
 * Hex of the header hash of a sealed section, straight from its bytes: half A of a row depends on it.
 *
 * @param suite  of the chain; a section of another one does not open anyway
 */
export function headerHashOf(suite: SuiteId, sealed: Bytes): string {
  return toHex(DIGESTS[suite](HEADER_TAG, headerBytesOf(sealed)))
}
