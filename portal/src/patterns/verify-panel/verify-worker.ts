/* Checks evidence beside the page, so that it stays usable. Opens no connection. */
import {
  type Reader,
  type Verdict,
  type Verification,
  verdictOf,
  verifyEvidence,
} from '@renshe/proof'

/** One file to check. */
export interface VerifyTask {
  readonly id: number
  readonly bytes: Uint8Array
  readonly reader: Reader
}

/** What came of it. */
export interface VerifyOutcome {
  readonly id: number
  readonly verification: Verification
  readonly verdict: Verdict
}

addEventListener('message', ({ data }: MessageEvent<VerifyTask>) => {
  const { id, bytes, reader } = data
  const verification = verifyEvidence(bytes, reader)
  const outcome: VerifyOutcome = { id, verification, verdict: verdictOf(verification) }
  postMessage(outcome)
})
