import { BAD_CONTEXT, type FeelReply, feelRefusal, readContext } from './feel-answer.ts'
import { ELEMENT_KINDS, type ModelAnswerer } from './model-answerer.ts'

/**
 * Answers one line `{model, decision, kind?, context?}` of a batch.
 *
 * @param usual  the model where a line names none
 */
export function answerModelLine(
  answerer: ModelAnswerer,
  usual: string | undefined,
  question: Readonly<Record<string, unknown>>,
): FeelReply {
  const { model = usual, decision, kind = 'decision', context } = question
  const known = ELEMENT_KINDS.find((one) => one === kind)
  if (typeof model !== 'string') return malformed('model, the path of a file')
  if (typeof decision !== 'string') return malformed('decision, a text')
  if (known === undefined) return malformed(`kind, one of ${ELEMENT_KINDS.join(', ')}`)
  if (context !== undefined && typeof context !== 'string') {
    return malformed('context, a text that is a FEEL literal')
  }
  const scope = readContext(context)
  return scope === undefined ? BAD_CONTEXT : answerer.answer(model, known, decision, scope)
}

function malformed(expected: string): FeelReply {
  return feelRefusal('REQUEST_MALFORMED', `expected ${expected}`)
}
