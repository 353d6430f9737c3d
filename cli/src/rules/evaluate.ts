import {
  type ExitCode,
  flagOption,
  type Given,
  textArgument,
  textOption,
} from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { pathOf, readInput, utf8Text } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'
import {
  answerQuestion,
  malformed,
  type Reading,
  type RuleQuestion,
  type RuleReply,
  readFacts,
  readQuestion,
} from './answer-question.ts'
import { MOST_LINE_BYTES } from './line-reader.ts'
import { openAskedRules, warnOfBroken } from './open-services.ts'
import type { RuleSource } from './rule-shelf.ts'
import { type LineFault, runBatch } from './run-batch.ts'
import { tellAnswer } from './tell-answer.ts'

const MOST_FACTS_BYTES = 8 << 20

/** Answers one question, or a batch. */
export async function evaluate(session: Session, given: Given): Promise<ExitCode> {
  const batch = textOption(given, 'batch')
  return batch === undefined ? evaluateOne(session, given) : evaluateMany(session, given, batch)
}

async function evaluateOne(session: Session, given: Given): Promise<ExitCode> {
  const id = textArgument(given, 0)
  const on = textOption(given, 'on')
  const facts = textOption(given, 'facts')
  if (id === undefined)
    throw usage('要给出规则编号，或 --batch。', 'Give the id of a rule, or --batch.')
  if (on === undefined) throw usage('必须给出 --on。', 'The option --on is required.')
  if (facts === undefined) throw usage('必须给出 --facts。', 'The option --facts is required.')
  const text = utf8Text(await readInput(session, facts, MOST_FACTS_BYTES))
  const read: Reading<RuleQuestion> =
    text === undefined
      ? malformed('facts', 'facts must be UTF-8 text')
      : questionOf(id, on, textOption(given, 'region') ?? '000000', text)
  const rules = openAskedRules(session, given)
  const reply: RuleReply = read.ok ? answerQuestion(rules, read.value, true) : read
  if (!reply.ok) warnOfBroken(session, rules)
  if (session.isJson) await session.json(reply)
  else await tellAnswer(session, rules.findRule(id), { on }, reply)
  return reply.ok ? 0 : 3
}

function questionOf(id: string, on: string, region: string, text: string): Reading<RuleQuestion> {
  const facts = readFacts(text)
  return facts.ok ? { ok: true, value: { id, on, region, facts: facts.value } } : facts
}

async function evaluateMany(session: Session, given: Given, batch: string): Promise<ExitCode> {
  const alone = ['on', 'region', 'facts'].find((name) => textOption(given, name) !== undefined)
  if (textArgument(given, 0) !== undefined || alone !== undefined) {
    const what = alone === undefined ? 'id' : `--${alone}`
    throw usage(
      `用 --batch 时 ${what} 在每一行里给出。`,
      `With --batch, ${what} is given on each line.`,
    )
  }
  if (batch !== '-') await requireFile(session, batch)
  const rules = openAskedRules(session, given)
  const withTrace = flagOption(given, 'trace')
  const input = batch === '-' ? session.terminal.input : pathOf(session, batch)
  await runBatch(session, input, (line, text, fault) => ({
    line,
    ...answerLine(rules, text, fault, withTrace),
  }))
  // Only now is it known which packages the questions needed.
  warnOfBroken(session, rules)
  return 0
}

async function requireFile(session: Session, path: string): Promise<void> {
  const { statSync } = await import('node:fs')
  const found = statSync(pathOf(session, path), { throwIfNoEntry: false })
  if (found?.isDirectory() === false) return
  throw usage(`应为一个文件；没有 ${path}。`, `Expected a file; there is no ${path}.`)
}

function answerLine(
  rules: RuleSource,
  text: string | undefined,
  fault: LineFault | undefined,
  withTrace: boolean,
): RuleReply {
  if (text === undefined) {
    return fault === 'TOO_LONG'
      ? malformed('', `expected a line of at most ${MOST_LINE_BYTES} bytes, got a longer one`)
      : malformed('', 'expected UTF-8 text, got other bytes')
  }
  const read = readQuestion(text)
  return read.ok ? answerQuestion(rules, read.value, withTrace) : read
}
