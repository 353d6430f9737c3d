import { statSync } from 'node:fs'
import type { ExitCode } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'
import {
  BAD_CONTEXT,
  FeelAnswerer,
  type FeelReply,
  feelRefusal,
  readContext,
} from './feel-answer.ts'
import { readJsonText } from './json-text.ts'
import { type LineFault, runBatch } from './run-batch.ts'

/** Answers a question to a model; made by the command for models. */
export type ModelAnswerer = (question: Readonly<Record<string, unknown>>) => FeelReply

/**
 * Answers lines `{expression, context?}` and, where a model can be asked, `{model, decision, kind?, context?}`.
 */
export async function runFeelBatch(
  session: Session,
  batch: string,
  now: number,
  { model }: { readonly model?: ModelAnswerer },
): Promise<ExitCode> {
  const answerer = new FeelAnswerer(now)
  if (batch !== '-' && statSync(pathOf(session, batch), { throwIfNoEntry: false }) === undefined) {
    throw usage(`应为一个文件；没有 ${batch}。`, `Expected a file; there is no ${batch}.`)
  }
  const input = batch === '-' ? session.terminal.input : pathOf(session, batch)
  await runBatch(session, input, (_, text, fault) => answerLine(answerer, model, text, fault))
  return 0
}

function answerLine(
  answerer: FeelAnswerer,
  model: ModelAnswerer | undefined,
  text: string | undefined,
  fault: LineFault | undefined,
): FeelReply {
  if (text === undefined) {
    return malformed(fault === 'TOO_LONG' ? 'a shorter line' : 'UTF-8 text')
  }
  const { fault: jsonFault, value } = readJsonText(text)
  if (jsonFault !== null || typeof value !== 'object' || value === null) {
    return malformed('one JSON object with each name once')
  }
  const question = value as Record<string, unknown>
  if (question.expression === undefined && model !== undefined) return model(question)
  const { expression, context } = question
  if (typeof expression !== 'string') return malformed('expression, a text')
  if (context !== undefined && typeof context !== 'string') {
    return malformed('context, a text that is a FEEL literal')
  }
  const scope = readContext(context)
  return scope === undefined ? BAD_CONTEXT : answerer.answer(expression, scope)
}

function malformed(expected: string): FeelReply {
  return feelRefusal('REQUEST_MALFORMED', `expected ${expected}`)
}
