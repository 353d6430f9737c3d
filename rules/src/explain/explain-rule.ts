import type { WorkingCalendar } from '../calendar/working-calendar.ts'
import { startOfLegalDay } from '../replay/replay-determination.ts'
import { type CompiledRule, compileRule } from '../rule/compile-rule.ts'
import { evaluateRule, type RuleAnswer } from '../rule/evaluate-rule.ts'
import type { ParameterLookup } from '../rule/parameters.ts'
import { type PublishedSeries, publishedLookup } from '../rule/published-series.ts'
import type { RuleDocument } from '../rule/rule-document.ts'
import type { JsonObject } from '../value/json.ts'
import { type ExplainedDetermination, explainDetermination } from './explain-determination.ts'
import { type CheckedSum, checkSums } from './last-fen.ts'
import type { Language, PackageTexts } from './step-sentence.ts'
import { tellDetermination, tellLastFen } from './tell-determination.ts'

/** A number that somebody wants explained: which rule, on which day, with which facts. */
export interface RuleQuestion {
  /** As `catalogue.getRule` shows it. */
  readonly document: RuleDocument
  /** Law date, `YYYY-MM-DD`. */
  readonly on: string
  /** 6 digits; `000000` when left out. */
  readonly region?: string
  readonly facts: JsonObject
  /** A lookup, or the items of `catalogue.listParameters`. */
  readonly parameters: ParameterLookup | readonly PublishedSeries[]
  /** The evaluation instant, UTC ms; the beginning of the law date in UTC+08:00 when left out. */
  readonly now?: number
  readonly calendar?: WorkingCalendar
  /** Texts of the package, where it says things better than the sentences of this room. */
  readonly texts?: Readonly<Partial<Record<Language, PackageTexts>>>
}

/** Everything there is to say about an answer, or why there is none. */
export type RuleExplanation =
  | ((RuleAnswer & { readonly ok: true }) & {
      /** The trace as a tree: clause, expression, numbers put in, value, rounding before → after. */
      readonly tree: ExplainedDetermination
      /** Plain sentences, what comes first first. */
      readonly sentences: Readonly<Record<Language, readonly string[]>>
      /** Every sum with its parts and what is left over: `0` on every good slip. */
      readonly sums: readonly CheckedSum[]
      /** By output: where its last fen went. Outputs that are no number are left out. */
      readonly lastFen: Readonly<Record<string, Readonly<Record<Language, string>>>>
    })
  | (RuleAnswer & { readonly ok: false })

function isLookup(parameters: RuleQuestion['parameters']): parameters is ParameterLookup {
  return !Array.isArray(parameters)
}

/** Documents are immutable and asked often. */
const compiledDocuments = new WeakMap<RuleDocument, CompiledRule>()

/**
 * Answers a question by a published rule and explains the answer, in a browser as on a member: nothing but
 * the question is read.
 *
 * @returns the answer of `evaluateRule` with its explanation, or its refusal
 * @throws RuleRefused for a document that no catalogue would have published
 */
export function explainRule(question: RuleQuestion): RuleExplanation {
  const { document, on, region, facts, parameters, calendar, now, texts = {} } = question
  const rule = compiledDocuments.get(document) ?? compileRule(document)
  compiledDocuments.set(document, rule)
  const request = { on, ...(region === undefined ? {} : { region }) }
  const answer = evaluateRule(rule, {
    ...request,
    facts,
    parameters: isLookup(parameters) ? parameters : publishedLookup(parameters),
    now: now ?? startOfLegalDay(on),
    ...(calendar === undefined ? {} : { calendar }),
    trace: true,
  })
  if (!answer.ok) return answer
  const tree = explainDetermination(rule, request, answer)
  const tell = (language: Language) =>
    tellDetermination(document, tree, texts[language] ?? {}, language)
  const lastFen: Record<string, Record<Language, string>> = {}
  for (const { name } of document.outputs) {
    const [zh, en] = (['zh', 'en'] as const).map((language) =>
      tellLastFen(document, tree, name, texts[language] ?? {}, language),
    )
    if (zh !== undefined && en !== undefined) lastFen[name] = { zh, en }
  }
  const sentences = { zh: tell('zh'), en: tell('en') }
  return { ...answer, tree, sentences, sums: checkSums(tree), lastFen }
}
