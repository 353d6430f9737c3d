/** Why no evidence file can be made of something; `facts` hold nothing personal. */
export type EvidenceRefusalCode =
  | 'ACT_UNKNOWN'
  | 'JOURNAL_UNKNOWN'
  | 'READ_UNKNOWN'
  | 'PACKAGE_UNKNOWN'
  | 'PACKAGE_FOUNDED'
  | 'NOTHING_FINAL'
  | 'CERTIFICATE_UNKNOWN'
  | 'ACCOUNT_UNKNOWN'
  | 'SUBLEDGER_ELSEWHERE'
  | 'SECTION_NOT_HERE'
  | 'SECTION_ERASED'
  | 'ROW_UNKNOWN'

/** What was asked for is not on chain, or not in this member's vault. */
export class EvidenceRefused extends Error {
  readonly code: EvidenceRefusalCode
  readonly facts: Readonly<Record<string, string | number>>

  constructor(code: EvidenceRefusalCode, facts: Readonly<Record<string, string | number>> = {}) {
    super([code, ...Object.entries(facts).map(([name, fact]) => `${name} ${fact}`)].join(' '))
    this.name = 'EvidenceRefused'
    this.code = code
    this.facts = facts
  }
}
