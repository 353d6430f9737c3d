import { type Bytes, toHex, utf8 } from './bytes.ts'
import { type SuiteId, sealedTag } from './suite.ts'
import { suiteMacs } from './suite-hashes.ts'

/** How a person is named in the blind index of one member (sealed-data section 9). */
export interface PersonName {
  /** Chinese ID number, `<country>:<number>`, or `<name as registered>|<YYYY-MM-DD>`. */
  readonly idType: 'cn-id' | 'passport' | 'name-birth'
  /** Hashed as it comes; the X of an ID number must be upper case already. */
  readonly id: string
}

const ZERO = Uint8Array.of(0)

/**
 * Blind index of a person: HMAC under the member's index key, so that nobody else can try ID numbers.
 * It stays in the vault and never enters a chain.
 *
 * @param key  K, 32 bytes
 * @returns    hex of 32 bytes
 */
export function personIndex(suite: SuiteId, key: Bytes, { idType, id }: PersonName): string {
  if (key.length !== 32) throw new RangeError('an index key is 32 bytes')
  return toHex(suiteMacs[suite](key, sealedTag('person'), utf8(idType), ZERO, utf8(id)))
}
