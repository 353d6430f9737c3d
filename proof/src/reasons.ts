import type { CheckName } from './check.ts'
import { type FindingCode, SENTENCES, type Sentence } from './check-sentences.ts'
import type { Facts, Words } from './facts.ts'

/** Why a check is as it is: a stable code, and the sentence for people. */
export type Reason = Words & { readonly code: FindingCode }

/** What each check is called. @source portal/README.md section 4.2 */
export const CHECK_TITLES: Readonly<Record<CheckName, Words>> = {
  content: { zh: '内容没有改动', en: 'Content is unchanged' },
  signature: { zh: '签名有效', en: 'Signature holds' },
  finality: { zh: '已经定案', en: 'Final' },
  inclusion: { zh: '已记入共同账本', en: 'Recorded in the shared ledger' },
  authority: { zh: '签发人当时有权', en: 'The signer was entitled at that time' },
  consistency: { zh: '历史没有被改写', en: 'History was not rewritten' },
  status: { zh: '现在仍然有效', en: 'Still in force' },
}

/** Puts a finding into words. */
export function reasonOf(code: FindingCode, facts: Facts): Reason {
  const sentence: Sentence = SENTENCES[code]
  return { code, ...sentence(facts) }
}
