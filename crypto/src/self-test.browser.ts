/** The self-test of the browser build: both suites as far as a browser verifies. */
import { sha256, sm3 } from './hash.browser.ts'
import { publicKeyOfRaw } from './in-browser.ts'
import { commonSelfTests, runTests, type SelfTestLine } from './self-test.ts'
import { sm2Identity, verify } from './verify.browser.ts'

export type { SelfTestLine } from './self-test.ts'

/** Runs every test of this build; a line passed when `came` is `expected`. */
export function runSelfTests(): readonly SelfTestLine[] {
  return runTests(commonSelfTests({ sha256, sm3, sm2Identity, publicKeyOfRaw, verify }))
}
