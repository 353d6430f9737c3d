import type { Bytes } from '@renshe/crypto'
import { CHECK_NAMES, type CheckName, DEPENDS_ON, type Finding, grey } from './check.ts'
import { checkAuthority } from './check-authority.ts'
import { type ContentReading, checkContent } from './check-content.ts'
import { checkConsistency, checkFinality } from './check-finality.ts'
import { checkInclusion } from './check-inclusion.ts'
import { checkSignature } from './check-signature.ts'
import { checkStatus } from './check-status.ts'
import { type EvidenceFile, parseEvidence } from './evidence-file.ts'
import type { Facts } from './facts.ts'
import { CHECK_TITLES, type Reason, reasonOf } from './reasons.ts'
import { ShapeRefused } from './shape.ts'
import { type EvidenceSummary, summarize } from './summary.ts'
import type { Reader } from './trust.ts'

/** One of the seven checks, with its reason in words. */
export type Check = {
  readonly name: CheckName
  readonly state: 'green' | 'red' | 'grey'
  readonly reason: Reason
  readonly facts: Facts
}

/** What a file proves to this reader. Never a bare "valid": seven checks, each with its reason. */
export type Verification =
  | {
      readonly file: 'ok'
      readonly checks: readonly Check[]
      /** What the file says; only as good as the checks. */
      readonly summary: EvidenceSummary
    }
  | {
      readonly file: 'not-evidence'
      readonly reason: Reason
      readonly facts: Facts
      readonly checks: readonly []
      readonly summary: null
    }

/**
 * Verifies an evidence file with nothing but its bytes and what the reader trusts.
 *
 * One changed byte makes exactly one check red or the file no evidence at all, and never leaves
 * seven green: checks that read the same byte are ordered by {@link DEPENDS_ON}.
 *
 * @source ledger-bytes.md section 14
 */
export function verifyEvidence(bytes: Bytes, reader: Reader): Verification {
  let file: EvidenceFile
  try {
    file = parseEvidence(bytes)
  } catch (error) {
    if (!(error instanceof ShapeRefused)) throw error
    const facts = { at: error.at, expected: error.expected }
    const reason = reasonOf('NOT_EVIDENCE', facts)
    return { file: 'not-evidence', reason, facts, checks: [], summary: null }
  }
  const content = checkContent(file)
  const checks = runChecks(file, content, reader)
  return { file: 'ok', checks, summary: summarize(file, content) }
}

function runChecks(file: EvidenceFile, content: ContentReading, reader: Reader): Check[] {
  const { bodies } = content
  const run: Readonly<Record<CheckName, () => Finding>> = {
    content: () => content.finding,
    signature: () => checkSignature(file, bodies),
    finality: () => checkFinality(file, reader),
    inclusion: () => checkInclusion(file, bodies, reader),
    authority: () => checkAuthority(file, bodies),
    consistency: () => checkConsistency(file, reader),
    status: () => checkStatus(file, reader),
  }
  const states = new Map<CheckName, Finding['state']>()
  return CHECK_NAMES.map((name) => {
    const blocked = DEPENDS_ON[name].find((other) => states.get(other) !== 'green')
    const finding = blocked ? dependent(blocked) : run[name]()
    states.set(name, finding.state)
    const { state, code, facts } = finding
    return { name, state, reason: reasonOf(code, facts), facts }
  })
}

function dependent(on: CheckName): Finding {
  const { zh, en } = CHECK_TITLES[on]
  return grey('DEPENDS', { on, title: zh, titleEn: en })
}

/** One word for the whole: what a reader may do with the file. */
export type Verdict = 'trustworthy' | 'refused' | 'undecided' | 'not-evidence'

/**
 * `trustworthy` if the first five are green and the last two are not red; `refused` if any is red;
 * `undecided` if one of the first five found no answer (usually: no pinned policy).
 *
 * @source portal/README.md section 4.2
 */
export function verdictOf(verification: Verification): Verdict {
  if (verification.file === 'not-evidence') return 'not-evidence'
  const { checks } = verification
  if (checks.some(({ state }) => state === 'red')) return 'refused'
  return checks.slice(0, 5).every(({ state }) => state === 'green') ? 'trustworthy' : 'undecided'
}
