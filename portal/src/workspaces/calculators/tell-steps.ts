/* Steps of an answer for people: title, sentence, boxes, clause, rounding; and what in them is not certain. */
import type { Json, JsonObject } from '@renshe/crypto'
import { fillSentence, sentenceOfStep } from '@renshe/rules'
import { monthInWords } from '../../format/moments.ts'
import { grouped } from '../../format/money.ts'
import type { Locale } from '../../words/words.ts'
import type { Answered } from './calculate.ts'
import { type Piece, piecesOf } from './formula.ts'
import type { KnownRule, ParameterSeries } from './law.ts'

/** One step as it is drawn. */
export interface ToldStep {
  readonly name: string
  readonly title: string
  readonly isOutput: boolean
  /** Undefined where its package says none: then it stands among the small ones. */
  readonly sentence?: string
  readonly pieces: readonly Piece[] | null
  readonly value: string
  readonly isNumber: boolean
  readonly expression: string
  readonly clause: string | null
  readonly rounding: {
    readonly mode: string
    readonly places: number
    readonly before: string
  } | null
}

type TraceStep = Answered['explained']['trace'][number]

/** What the package calls a value, a step or a parameter. */
export function labelOf({ texts }: KnownRule, rule: string, name: string, locale: Locale): string {
  const words = texts[locale]
  const known = words[`rule.${rule}.${name}.title`] ?? words[`field.${name}`]
  return known ?? words[`parameter.${name}`] ?? (name.includes('.') ? '' : name)
}

/** A value as people read it. */
export function shownValue(
  { texts }: KnownRule,
  name: string,
  value: Json | undefined,
  locale: Locale,
): string {
  if (value === null || value === undefined) return locale === 'zh' ? '没有' : 'none'
  if (typeof value === 'boolean') return YES_NO[locale][value ? 0 : 1]
  if (typeof value === 'object') {
    return listText(value, locale, (code) => texts[locale][`code.${name}.${code}`] ?? code)
  }
  const text = String(value)
  if (/^-?\d+(\.\d+)?$/.test(text)) return grouped(shortened(text))
  // A month is the date of its first day inside a rule.
  if (/^\d{4}-\d\d(-01)?$/.test(text) && MONTHS.test(name)) {
    return monthInWords(text.slice(0, 7), locale)
  }
  return texts[locale][`code.${name}.${text}`] ?? text
}

/** Names of values that are months: inside a rule a month and its first day look alike. */
const MONTHS = /[mM]onth$|^start/
const YES_NO = { zh: ['是', '否'], en: ['yes', 'no'] } as const

function listText(value: Json, locale: Locale, ofCode: (code: string) => string): string {
  if (!Array.isArray(value)) return JSON.stringify(value)
  if (value.length === 0) return locale === 'zh' ? '没有' : 'none'
  return value
    .map((one) => (typeof one === 'string' ? ofCode(one) : JSON.stringify(one)))
    .join(' · ')
}

/** Decimals beyond the eighth are told to go on. */
function shortened(text: string): string {
  const [whole = '', fraction = ''] = text.split('.')
  return fraction.length <= 8 ? text : `${whole}.${fraction.slice(0, 8)}`
}

/** Steps of one answered call in the order in which they were computed. */
export function toldSteps(
  { call, explained }: Answered,
  rule: KnownRule,
  locale: Locale,
): readonly ToldStep[] {
  return explained.trace.map((step) => {
    const name = step.output ?? step.name ?? ''
    const template = sentenceOfStep(rule.texts[locale], call.rule, name, step.value as Json)
    const inputs = step.inputs as JsonObject
    return {
      name,
      title: labelOf(rule, call.rule, name, locale),
      isOutput: step.output !== undefined,
      ...(template === undefined ? {} : { sentence: filled(template, step, rule, locale) }),
      pieces: piecesOf(step.expression, inputs),
      value: shownValue(rule, name, step.value as Json, locale),
      isNumber: /^-?\d+(\.\d+)?$/.test(String(step.value)),
      expression: step.expression,
      clause: step.clause,
      rounding: roundingOf(step),
    }
  })
}

function roundingOf({ rounding, value }: TraceStep): ToldStep['rounding'] {
  if (typeof rounding !== 'object' || rounding === null || Array.isArray(rounding)) return null
  const { mode, places, before } = rounding as unknown as {
    readonly mode: string
    readonly places: number
    readonly before: string
  }
  // Nothing was lost where the same number stands before and after.
  if (value === null || Number(before) === Number(value)) return null
  return { mode, places, before: grouped(shortened(String(before))) }
}

/** The sentence of a step; its clause stands beside it and is left out of it. */
function filled(template: string, step: TraceStep, rule: KnownRule, locale: Locale): string {
  const rounding = step.rounding as { readonly before?: string } | null
  const before = (rounding?.before ?? step.value) as Json
  const inputs = step.inputs as JsonObject
  const name = step.output ?? step.name ?? ''
  const open = template.replace(/ ?[（(]\{clause\}[）)]/g, '')
  return fillSentence(open, Object.keys(inputs), (key) => {
    if (key === 'value') return shownValue(rule, name, step.value as Json, locale)
    if (key === 'before') return shownValue(rule, name, before, locale)
    const input = inputs[key]
    if (input === undefined) return undefined
    const isParameter = typeof input === 'object' && input !== null && !Array.isArray(input)
    return shownValue(rule, key, isParameter ? input.value : input, locale)
  })
}

/** Something that an answer rests on and that is not certain. */
export interface Doubt {
  readonly what: string
  readonly certainty: string
  readonly source: string | null
}

/** Values and clauses of an answer that are less than certain, each once, the least certain first. */
export function doubtsOf(
  answered: readonly Answered[],
  rules: Readonly<Record<string, KnownRule>>,
  series: readonly ParameterSeries[],
  locale: Locale,
): readonly Doubt[] {
  const doubts = new Map<string, Doubt>()
  for (const { call, explained } of answered) {
    const rule = rules[call.rule]
    if (rule === undefined) continue
    for (const { clause, inputs, output, name = output ?? '' } of explained.trace) {
      const step = labelOf(rule, rule.id, name, locale)
      const label = call.title === undefined ? step : `${call.title[locale]} · ${step}`
      const values = doubtfulValues(inputs as JsonObject, rule, series, { label, locale })
      const clauses = clause === null ? [] : doubtfulClause(clause, rule)
      for (const doubt of [...clauses, ...values]) doubts.set(doubt.what, doubt)
    }
  }
  const rank = ({ certainty }: Doubt): number => MARKS.indexOf(certainty)
  return [...doubts.values()].sort((one, other) => rank(other) - rank(one))
}

/** From the surest to the least sure. */
const MARKS: readonly string[] = ['S', 'K-H', 'K-M', 'K-L', 'P']

/** A clause as it is cited: `国发〔2005〕38号 第6条`. */
export function clauseName(id: string): string {
  const [instrument = id, article = ''] = id.split('/')
  const place = /^\d+$/.test(article) ? `第${article}条` : article === '全文' ? '' : article
  return `${instrument} ${place}`.trim()
}

function doubtfulClause(id: string, { clauses }: KnownRule): readonly Doubt[] {
  const certainty = clauses.get(id)?.certainty ?? 'S'
  return certainty === 'S' ? [] : [{ what: clauseName(id), certainty, source: null }]
}

/** Values that are less sure than their clause, or whose source says why; others are told with the clause. */
function doubtfulValues(
  inputs: JsonObject,
  rule: KnownRule,
  series: readonly ParameterSeries[],
  { label, locale }: { readonly label: string; readonly locale: Locale },
): readonly Doubt[] {
  return Object.entries(inputs).flatMap(([name, input]) => {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) return []
    const { parameter, value, region, effectiveFrom, basis, certainty: own } = input
    if (typeof parameter !== 'string') return []
    const ofClause = rule.clauses.get(String(basis))?.certainty ?? 'S'
    const certainty = String(own ?? ofClause)
    if (certainty === 'S') return []
    const row = series
      .findLast((one) => one.parameter === parameter && one.region === region)
      ?.rows.find((one) => one.effectiveFrom === effectiveFrom)
    const source = row?.source ?? null
    if (certainty === ofClause && source === null) return doubtfulClause(String(basis), rule)
    const shown = shownValue(rule, name, value, locale)
    const what = `${label} ${shown}（${clauseName(String(basis))}）`
    return [{ what, certainty, source }]
  })
}
