/**
 * Goal: the ten public calculators answer what the clauses say, in the judgement of two hands.
 * Method: 10,000 random people each put their questions to the published rules and to the second
 * computation, which was written in Python from the clauses without a look at the rules. Every
 * answer is compared exactly, and every refusal by its reason and the fact it names.
 */
import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calculators, questionsOf } from './random-people.ts'
import type { Question } from './spoil-question.ts'

const PEOPLE = 10_000
const SEED = 20_261_124
const DIFFERENCES_SHOWN = 5

interface Answer {
  readonly outputs?: Readonly<Record<string, unknown>>
  readonly error?: { readonly code: string; readonly field: string | null }
}

interface Pair {
  readonly question: Question
  readonly published: Answer
  readonly second: Answer
}

const scratch = mkdtempSync(join(tmpdir(), 'renshe-second-'))
const pairsOf = new Map<string, Pair[]>()

/** Runs a program over the questions; its answers go through a file, they are some 40 MB. */
async function answersOf(name: string, command: string, args: string[]): Promise<Answer[]> {
  const file = join(scratch, `${name}.ndjson`)
  const output = openSync(file, 'w')
  const input = openSync(join(scratch, 'questions.ndjson'), 'r')
  const child = spawn(command, args, { stdio: [input, output, 'pipe'] })
  let told = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    told += text
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve)
  })
  closeSync(input)
  closeSync(output)
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${told.slice(-2_000)}`)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as Answer)
}

/** The same outputs, or a refusal for the same reason about the same fact. */
function agree({ published, second }: Pair): boolean {
  if (published.error === undefined || second.error === undefined) {
    return isDeepStrictEqual(published.outputs, second.outputs)
  }
  // A parameter that no fact replaces is called as the publisher likes: the second hand names none.
  const isSameField = second.error.field === null || published.error.field === second.error.field
  return published.error.code === second.error.code && isSameField
}

beforeAll(async () => {
  const asked = Object.entries(calculators).map(
    ([name, ask], at) => [name, questionsOf(ask, PEOPLE, SEED + at)] as const,
  )
  const questions = asked.flatMap(([, ofCalculator]) => ofCalculator)
  const lines = questions.map((question) => `${JSON.stringify(question)}\n`)
  writeFileSync(join(scratch, 'questions.ndjson'), lines.join(''))

  const renshe = fileURLToPath(new URL('../../cli/bin/renshe.mjs', import.meta.url))
  const answer = fileURLToPath(new URL('answer.py', import.meta.url))
  const [published, second] = await Promise.all([
    answersOf('published', process.execPath, [renshe, 'rules', 'evaluate', '--batch', '-']),
    answersOf('second', 'python3', [answer]),
  ])
  expect([published.length, second.length]).toEqual([questions.length, questions.length])

  let at = 0
  for (const [name, ofCalculator] of asked) {
    const pairs = ofCalculator.map((question, own) => {
      const [first, other] = [published[at + own], second[at + own]]
      if (first === undefined || other === undefined) throw new Error('an answer is missing')
      return { question, published: first, second: other }
    })
    pairsOf.set(name, pairs)
    at += ofCalculator.length
  }
}, 300_000)
afterAll(() => rmSync(scratch, { recursive: true }))

describe('the published rules and the second computation', () => {
  it.each(Object.keys(calculators))('agree over 10,000 people: %s', (name) => {
    const pairs = pairsOf.get(name) ?? []
    const differing = pairs.filter((pair) => !agree(pair))
    expect(differing.slice(0, DIFFERENCES_SHOWN)).toEqual([])
  })

  it.each(Object.keys(calculators))(
    'are asked what has an answer, and what has none: %s',
    (name) => {
      const pairs = pairsOf.get(name) ?? []
      for (const id of new Set(pairs.map(({ question }) => question.id))) {
        const ofRule = pairs.filter(({ question }) => question.id === id)
        const answered = ofRule.filter(({ published }) => published.outputs !== undefined)
        const reasons = new Set(ofRule.map(({ published }) => published.error?.code))
        expect([id, ofRule.length]).toEqual([id, PEOPLE])
        expect(answered.length, id).toBeGreaterThan(PEOPLE / 4)
        expect([...reasons], id).toEqual(
          expect.arrayContaining(['FACT_UNKNOWN', 'FACT_MISSING', 'FACT_TYPE', 'FACT_RANGE']),
        )
      }
    },
  )

  it('differ when one of them tells another value, reason or fact', () => {
    const question = { id: 'contribution.late-fee', on: '2026-08-31', facts: {} }
    const told = { outputs: { daysLate: 10, lateFee: '12.00' } }
    const wrong = { error: { code: 'FACT_RANGE', field: 'daysLate' } }
    for (const second of [
      { outputs: { daysLate: 10, lateFee: '12.01' } },
      { outputs: { daysLate: '10', lateFee: '12.00' } },
      { outputs: { lateFee: '12.00' } },
      wrong,
    ]) {
      expect(agree({ question, published: told, second })).toBe(false)
    }
    for (const second of [
      { error: { code: 'FACT_TYPE', field: 'daysLate' } },
      { error: { code: 'FACT_RANGE', field: 'arrears' } },
      told,
    ]) {
      expect(agree({ question, published: wrong, second })).toBe(false)
    }
  })
})
