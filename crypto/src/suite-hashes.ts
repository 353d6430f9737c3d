import { hmacSha256, hmacSm3, sha256, sm3 } from './hash.ts'
import type { Mac } from './hkdf.ts'
import type { SuiteDigests, SuiteId } from './suite.ts'

/** H of each suite, by Node. */
export const suiteDigests: SuiteDigests = { 'RS-INTL-1': sha256, 'RS-GM-1': sm3 }

/** HMAC of each suite, by Node. */
export const suiteMacs: Readonly<Record<SuiteId, Mac>> = {
  'RS-INTL-1': hmacSha256,
  'RS-GM-1': hmacSm3,
}
