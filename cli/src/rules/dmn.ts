import type { ElementKind } from '@renshe/rules'
import { type ExitCode, type Given, textArgument, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import type { Session } from '../shell/session.ts'
import { BAD_CONTEXT, readContext } from './feel-answer.ts'
import { runFeelBatch } from './feel-batch.ts'
import { ModelAnswerer } from './model-answerer.ts'
import { answerModelLine } from './model-line.ts'
import { readInstant } from './read-instant.ts'
import { tellFeelReply } from './tell-feel-reply.ts'

/** Asks a DMN model one question, or a batch. */
export async function dmn(session: Session, given: Given): Promise<ExitCode> {
  const now = readInstant(textOption(given, 'on'))
  const answerer = new ModelAnswerer(session.terminal.folder, now)
  const model = textArgument(given, 0)
  const decision = textOption(given, 'decision')
  const batch = textOption(given, 'batch')
  if (batch !== undefined) {
    if (decision !== undefined || textOption(given, 'context') !== undefined) {
      throw usage(
        '用 --batch 时 --decision 和 --context 在每一行里给出。',
        'With --batch, decision and context are given on each line.',
      )
    }
    return runFeelBatch(session, batch, now, {
      model: (question) => answerModelLine(answerer, model, question),
    })
  }
  if (model === undefined) throw usage('要给出一个模型文件。', 'Give the file of a model.')
  if (decision === undefined)
    throw usage('必须给出 --decision。', 'The option --decision is required.')
  const kind = (textOption(given, 'kind') ?? 'decision') as ElementKind
  const context = readContext(textOption(given, 'context'))
  const reply =
    context === undefined ? BAD_CONTEXT : answerer.answer(model, kind, decision, context)
  return tellFeelReply(session, reply)
}
