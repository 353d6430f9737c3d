import { type ExitCode, type Given, textArgument, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import type { Session } from '../shell/session.ts'
import { BAD_CONTEXT, FeelAnswerer, readContext } from './feel-answer.ts'
import { runFeelBatch } from './feel-batch.ts'
import { ModelAnswerer } from './model-answerer.ts'
import { answerModelLine } from './model-line.ts'
import { readInstant } from './read-instant.ts'
import { tellFeelReply } from './tell-feel-reply.ts'

/** Evaluates one FEEL expression, or a batch. */
export async function feel(session: Session, given: Given): Promise<ExitCode> {
  const batch = textOption(given, 'batch')
  const now = readInstant(textOption(given, 'on'))
  const expression = textArgument(given, 0)
  if (batch !== undefined) {
    if (expression !== undefined || textOption(given, 'context') !== undefined) {
      throw usage(
        '用 --batch 时表达式和 --context 在每一行里给出。',
        'With --batch, expression and context are given on each line.',
      )
    }
    const models = new ModelAnswerer(session.terminal.folder, now)
    return runFeelBatch(session, batch, now, {
      model: (question) => answerModelLine(models, undefined, question),
    })
  }
  if (expression === undefined) {
    throw usage('要给出一个表达式，或 --batch。', 'Give an expression, or --batch.')
  }
  const context = readContext(textOption(given, 'context'))
  const reply =
    context === undefined ? BAD_CONTEXT : new FeelAnswerer(now).answer(expression, context)
  return tellFeelReply(session, reply)
}
