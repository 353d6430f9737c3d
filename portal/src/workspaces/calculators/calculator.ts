/*
 * What a calculator is: questions in plain words, which rules they become facts of, and how the outputs are said.
 * One generic page asks, computes and explains; a calculator adds no code of its own to it.
 */
import type { JsonObject } from '@renshe/crypto'
import type { Bilingual } from '../../shell/workspace.ts'

/** What was filled in, by question; in the spelling of {@link QuestionKind}. A question without answer is absent. */
export type Answers = Readonly<Record<string, string>>

/**
 * How a question is answered, and how the answer is spelled: `month` 1979-03 · `date` 2026-03-08 · `money` 8000.50
 * · `decimal` 0.85 · `count` 12 · `span` years-months 30-3 · `span-days` years-months-days 3-5-10 ·
 * `ladder` months-percent, ascending, 12-20_24-50_36-100 · `choice` one of its values.
 */
export type QuestionKind =
  | 'choice'
  | 'month'
  | 'date'
  | 'money'
  | 'decimal'
  | 'count'
  | 'span'
  | 'span-days'
  | 'ladder'

/** One question. */
export interface Question {
  readonly name: string
  readonly kind: QuestionKind
  readonly label: Bilingual
  /** Where somebody finds the answer. */
  readonly hint?: Bilingual
  readonly unit?: Bilingual
  /** May stay without answer. */
  readonly isOptional?: boolean
  /** Answer that stands until another is given. */
  readonly initial?: string
  readonly choices?: readonly { readonly value: string; readonly label: Bilingual }[]
  readonly least?: number
  readonly most?: number
  /** Whether it is asked at all, by the answers to others; else always. */
  readonly isAsked?: (answers: Answers) => boolean
  /** Parameter whose published values are offered to be taken over; none is taken over unasked. */
  readonly published?: string
}

/** Outputs by the name of their call; a call that was left out has none. */
export type Outcomes = Readonly<Record<string, JsonObject | undefined>>

/** One question to one rule. */
export interface Call {
  readonly name: string
  /** Id of the rule. */
  readonly rule: string
  /** What is computed here, where the title of the rule does not say it. */
  readonly title?: Bilingual
  /** What the answer does not stand on first: its steps lie behind a line. */
  readonly isAside?: boolean
  /** Facts; null leaves the call out. */
  readonly facts: (answers: Answers, before: Outcomes, on: string) => JsonObject | null
}

/** One line below the answer: a label and a value. */
export interface AnswerRow {
  readonly label: Bilingual
  readonly value: Bilingual
}

/** The answer in words. */
export interface Told {
  /** The large sentence. */
  readonly headline: Bilingual
  /** The answer within another sentence, for example beside a variation. */
  readonly short: Bilingual
  readonly rows?: readonly AnswerRow[]
  readonly notes: readonly Bilingual[]
  /** A lawful no: said in amber. */
  readonly isNo?: boolean
}

/** Another situation worth seeing. */
export interface Variation {
  readonly label: Bilingual
  /** Null where it does not apply. */
  readonly change: (answers: Answers) => Answers | null
}

/** One calculator. */
export interface Calculator {
  /** Part of its address. */
  readonly id: string
  /** What it is called. */
  readonly title: Bilingual
  /** The question as people ask it. */
  readonly question: Bilingual
  readonly about: Bilingual
  readonly questions: readonly Question[]
  readonly calls: readonly Call[]
  readonly tell: (answers: Answers, outcomes: Outcomes) => Told
  readonly variations: readonly Variation[]
  /** What could change the answer, in words. */
  readonly changes: readonly Bilingual[]
}

/** Questions that are asked, given the answers so far. */
export function askedQuestions(calculator: Calculator, answers: Answers): readonly Question[] {
  return calculator.questions.filter(({ isAsked }) => isAsked?.(answers) ?? true)
}

/** Ids of its rules, each once. */
export function rulesOf({ calls }: Calculator): readonly string[] {
  return [...new Set(calls.map(({ rule }) => rule))]
}

/** Answers with those that stand until others are given, and without those that are not asked. */
export function completed(calculator: Calculator, answers: Answers): Answers {
  const all: Record<string, string> = {}
  for (const { name, initial } of calculator.questions) {
    const value = answers[name] ?? initial
    if (value !== undefined && value !== '') all[name] = value
  }
  const asked = new Set(askedQuestions(calculator, all).map(({ name }) => name))
  return Object.fromEntries(Object.entries(all).filter(([name]) => asked.has(name)))
}
