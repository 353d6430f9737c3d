/* Questions that are answered where nothing is opened: yes, no, a band, or unknown. */
import { canonicalJson, ledgerHash, toHex } from '@renshe/crypto'
import { LimitExceeded, type WorkingCalendar } from '@renshe/rules'
import { compileText } from '../catalogue/compiled-text.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import type { PublicJson } from '../vocabulary/schemas.ts'
import { feelScope, findTextFault, GRANT_TEXT_STEPS } from './feel-text.ts'
import type { GrantQuestion } from './records.ts'

/** What a question may be answered with; `null`: unknown. */
export type Answer = boolean | string | null

/** What is wrong with a question over these fields, or undefined. */
export function findQuestionFault(
  { is }: Pick<GrantQuestion, 'is'>,
  fields: readonly string[],
): string | undefined {
  return findTextFault(is, [...fields, 'today'])?.fault
}

/**
 * Answers a question from the content of a section. Whatever is no answer of it is "unknown": a question
 * must not leak by a value that it was not meant to give.
 *
 * @param content  members of the section; amounts are text there, as sealed
 * @param time     block time of the read, UTC ms
 */
export function answerQuestion(
  question: GrantQuestion,
  content: { readonly [name: string]: PublicJson },
  time: number,
  calendar: WorkingCalendar,
): Answer {
  const scope = feelScope({ ...content, today: legalDay(time) })
  try {
    const environment = { now: time, calendar, limits: { steps: GRANT_TEXT_STEPS } }
    const { value } = compileText(question.is).evaluate(scope, environment)
    if (question.bands === null) return typeof value === 'boolean' ? value : null
    return typeof value === 'string' && question.bands.includes(value) ? value : null
  } catch (error) {
    if (error instanceof LimitExceeded) return null
    throw error
  }
}

/**
 * What the owner confirms of an answer.
 *
 * @param given.salt  hex of 32 random bytes that travel with the answer: without them a digest of yes or
 *                    no tells which
 * @returns hex of 32 bytes
 */
export function answerDigest(given: {
  readonly read: string
  readonly question: string
  readonly answer: Answer
  readonly salt: string
}): string {
  return toHex(ledgerHash('value', canonicalJson({ v: 1, kind: 'answer', ...given })))
}

/**
 * What the owner confirms of a person looked for.
 *
 * @param given.answer  hex SHA-256 of the sealed answer, which is as long for "unknown" as for a reference
 * @returns hex of 32 bytes
 */
export function findDigest(given: { readonly read: string; readonly answer: string }): string {
  return toHex(ledgerHash('value', canonicalJson({ v: 1, kind: 'find', ...given })))
}
