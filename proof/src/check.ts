import type { FindingCode } from './check-sentences.ts'
import type { Facts } from './facts.ts'

/** The seven checks of an evidence file, in the order in which they are told. */
export const CHECK_NAMES = [
  'content',
  'signature',
  'finality',
  'inclusion',
  'authority',
  'consistency',
  'status',
] as const

/** Name of a check. */
export type CheckName = (typeof CHECK_NAMES)[number]

/**
 * Which checks must be green before this one is asked. Two checks that read the same byte are always
 * ordered by this graph: hence one changed byte makes exactly one check red.
 *
 * @source ledger-bytes.md section 14
 */
export const DEPENDS_ON: Readonly<Record<CheckName, readonly CheckName[]>> = {
  content: [],
  signature: ['content'],
  finality: [],
  inclusion: ['content', 'signature', 'finality'],
  authority: ['inclusion'],
  consistency: ['finality'],
  status: ['inclusion'],
}

/** A check before its reason is put into words. */
export type Finding = {
  readonly state: 'green' | 'red' | 'grey'
  readonly code: FindingCode
  readonly facts: Facts
}

/** The check holds. */
export function green(code: FindingCode, facts: Facts = {}): Finding {
  return { state: 'green', code, facts }
}

/** The check's own bytes are wrong. */
export function red(code: FindingCode, facts: Facts = {}): Finding {
  return { state: 'red', code, facts }
}

/** No answer is possible: never drawn as green. */
export function grey(code: FindingCode, facts: Facts = {}): Finding {
  return { state: 'grey', code, facts }
}
