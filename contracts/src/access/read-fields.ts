/* What part of a section a read asks for, and whether every grant of its chain allows it. */
import type { Grant } from './records.ts'

/** Fields or a question, as a read names them. */
export interface AskedPart {
  readonly fields?: readonly string[] | undefined
  readonly question?: string | undefined
}

/** Whether each grant opens the fields that are asked for; without any, each must open whole sections. */
export function coversFields(
  chain: readonly Grant[],
  { fields, question }: AskedPart,
  isRows: boolean,
): boolean {
  // Rows are one piece each: there is nothing to tear off.
  if (isRows && fields !== undefined) return false
  return chain.every(({ fields: own, use }) => {
    if (use === 'ANSWER' || own === null) return true
    // A question opens nothing; which fields it reads was checked when the grant was made.
    if (question !== undefined) return true
    return fields?.every((field) => own.includes(field)) === true
  })
}

/** Whether a grant for answers is asked one of its questions, and every other grant none. */
export function coversQuestion(chain: readonly Grant[], question: string | undefined): boolean {
  const [grant] = chain
  if (grant?.use !== 'ANSWER') return question === undefined
  return question !== undefined && findQuestion(chain, question) !== undefined
}

/** The question of that name that every grant of the chain which gives answers allows, or undefined. */
export function findQuestion(
  chain: readonly Grant[],
  name: string,
): NonNullable<Grant['issued']>['questions'][number] | undefined {
  const found = chain[0]?.issued?.questions.find((question) => question.name === name)
  if (found === undefined) return undefined
  const isAllowed = chain.every(
    ({ use, issued }) =>
      use !== 'ANSWER' ||
      issued?.questions.some(
        (own) => own.name === name && own.is === found.is && `${own.bands}` === `${found.bands}`,
      ) === true,
  )
  return isAllowed ? found : undefined
}
