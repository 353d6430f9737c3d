/* Problem documents and client faults as sentences. */
import type { NodeRefused } from '@renshe/client'
import { Problem } from '../../session/api.ts'
import type { Say } from '../../words/words.ts'
import type { stateWords } from './words.ts'

/** A problem as it is shown. */
export interface ProblemShown {
  readonly title: string
  readonly detail: string
  /** Whether the contract or the node refused, rather than something failing. */
  readonly isRefusal: boolean
  readonly reference: string | null
}

type StateKey = Extract<keyof (typeof stateWords)['zh'], string>

const KNOWN: Readonly<Record<string, StateKey>> = {
  NO_ANSWER: 'noAnswer',
  SIGN_IN_REQUIRED: 'signInRequired',
  NOT_FOUND: 'absent',
  ABSENT: 'absent',
  TOO_MANY: 'tooMany',
  STEP_NOT_YOURS: 'stepNotYours',
  STILL_PENDING: 'stillPending',
}

/** Says a problem. */
export function problemInWords(error: unknown, say: Say<StateKey>): ProblemShown {
  // By name: the client's code is loaded by the first who signs.
  if (error instanceof Error && error.name === 'PreparedRefused') {
    return { title: say('notWhatWasMeant'), detail: '', isRefusal: false, reference: null }
  }
  if (error instanceof Problem || isNodeRefused(error)) {
    const { status, code, facts } = error
    const key = KNOWN[code] ?? (code.endsWith('_NOT_FOUND') ? 'absent' : undefined)
    const title = key === undefined ? say('refusedWith', { code }) : say(key)
    const detail = Object.entries(facts)
      .map(
        ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
      )
      .join(' · ')
    const reference = error instanceof Problem ? error.reference : null
    return { title, detail, isRefusal: status >= 400 && status < 500, reference }
  }
  return { title: say('failed'), detail: String(error), isRefusal: false, reference: null }
}

function isNodeRefused(error: unknown): error is NodeRefused {
  return error instanceof Error && error.name === 'NodeRefused'
}
