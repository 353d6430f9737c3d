import type { RuleDocument } from '../rule/rule-document.ts'
import { isJsonObject, isPlainDecimal, type Json } from '../value/json.ts'
import type {
  ExplainedDetermination,
  ExplainedRounding,
  ExplainedStep,
} from './explain-determination.ts'
import { findLastFen } from './last-fen.ts'
import {
  fillSentence,
  type Language,
  type PackageTexts,
  sentenceOfStep,
  textOf,
  wordsOfValue,
} from './step-sentence.ts'

/** What a step is told with where the package has no words of its own. */
const DEFAULTS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  zh: {
    determination: '按 {on} 施行的规则计算{title}（{rule}，地区 {region}）。',
    step: '{title} = {expression} = {numbers} = {before}（{clause}）。',
    plain: '{title} = {expression} = {before}（{clause}）。',
    table: '{title}：按{expression}，{numbers}，为 {before}（{clause}）。',
    rounded: '{direction}，保留 {places} 位小数：{before} → {after}（{roundingClause}）。',
    fallback: '{asked} 没有自己的“{parameter}”，采用 {used} 的值。',
    calendar: '该年的工作日历未公布，只扣除周末。',
    noClause: '无条文',
    lastFen: '{title} {total}；不取整时为 {exact}，相差 {gap}：{moved}。',
    lastFenNone: '{title} {total}，没有因取整而多出或少去。',
    moved: '{step} {direction}（{roundingClause}）{before} → {after}，使总数变动 {amount}',
    HALF_UP: '四舍五入',
    HALF_DOWN: '五舍六入',
    HALF_EVEN: '四舍六入五成双',
    UP: '进一',
    DOWN: '舍去尾数',
    FLOOR: '向下取整',
    CEILING: '向上取整',
    separator: '；',
    practice: '通行做法',
  },
  en: {
    determination: '{title} by the rule in force on {on} ({rule}, region {region}).',
    step: '{title} = {expression} = {numbers} = {before} ({clause}).',
    plain: '{title} = {expression} = {before} ({clause}).',
    table: '{title}: {expression}, {numbers}, gives {before} ({clause}).',
    rounded: 'Rounded {direction} to {places} places: {before} → {after} ({roundingClause}).',
    fallback: '{asked} has no value of its own for "{parameter}": that of {used} is used.',
    calendar: 'No working calendar of that year is published: only weekends are taken out.',
    noClause: 'no clause',
    lastFen: '{title} {total}; without rounding {exact}, a difference of {gap}: {moved}.',
    lastFenNone: '{title} {total}: no rounding added or took anything.',
    moved:
      '{step} rounded {direction} ({roundingClause}) {before} → {after} moves the total by {amount}',
    HALF_UP: 'half up',
    HALF_DOWN: 'half down',
    HALF_EVEN: 'half to even',
    UP: 'away from zero',
    DOWN: 'towards zero',
    FLOOR: 'down',
    CEILING: 'up',
    separator: '; ',
    practice: 'practice',
  },
}

/**
 * Plain sentences of a determination, what comes first first.
 *
 * A package says it better in its texts: `rule.<id>` for the first sentence, `rule.<id>.<step>` for
 * a step, `rule.<id>.<step>.<value>` where one value of it has a sentence of its own (`sentenceOfStep`),
 * `rule.<id>.<step>.title` or `field.<step>` for the name of a step. In them stand, in braces, `title`,
 * `expression`, `numbers`, `before`, `value`, `clause`, and every input of the step by its name. Codes,
 * yes and no, and nothing stand there in words.
 */
export function tellDetermination(
  document: RuleDocument,
  explanation: ExplainedDetermination,
  texts: PackageTexts,
  language: Language,
): string[] {
  return new Teller(document, explanation, texts, language).tell()
}

/** The sentence of one step by itself, as `tellDetermination` tells it; rounding and the steps below are not in it. */
export function tellStep(
  document: RuleDocument,
  explanation: ExplainedDetermination,
  step: ExplainedStep,
  texts: PackageTexts,
  language: Language,
): string {
  return new Teller(document, explanation, texts, language).sentenceOf(step)
}

/** One sentence that says where the last fen of an output went; undefined where it is no number. */
export function tellLastFen(
  document: RuleDocument,
  explanation: ExplainedDetermination,
  name: string,
  texts: PackageTexts,
  language: Language,
): string | undefined {
  return new Teller(document, explanation, texts, language).lastFen(name)
}

type Words = Readonly<Record<string, string>>

class Teller {
  private readonly document: RuleDocument
  private readonly explanation: ExplainedDetermination
  private readonly texts: PackageTexts
  private readonly language: Language
  private readonly words: Words
  private readonly sentences: string[] = []

  constructor(
    document: RuleDocument,
    explanation: ExplainedDetermination,
    texts: PackageTexts,
    language: Language,
  ) {
    this.document = document
    this.explanation = explanation
    this.texts = texts
    this.language = language
    this.words = DEFAULTS[language]
  }

  tell(): string[] {
    const { rule, on, region, steps } = this.explanation
    const title = this.document.title[this.language]
    const first = this.text(`rule.${rule}`) ?? this.word('determination')
    this.sentences.push(fill(first, { title, rule, on, region }))
    for (const step of steps) this.step(step)
    return this.sentences
  }

  lastFen(name: string): string | undefined {
    const found = findLastFen(this.explanation, name)
    if (found === undefined) return undefined
    const { total } = found
    const [exact, gap] = [shortened(found.exact), shortened(found.gap)]
    const moved = found.moved.map((one) =>
      fill(this.word('moved'), {
        ...this.roundingWords(one),
        step: this.title(one.step),
        amount: shortened(one.moved),
      }),
    )
    const title = this.title(name)
    const template = this.word(moved.length === 0 ? 'lastFenNone' : 'lastFen')
    return fill(template, { title, total, exact, gap, moved: moved.join(this.word('separator')) })
  }

  private step(step: ExplainedStep): void {
    for (const below of step.steps) if (!('isTold' in below)) this.step(below)
    const { rounding, regionFallback = [], calendarAssumed } = step
    this.sentences.push(this.sentenceOf(step))
    if (rounding !== null && rounding.before !== rounding.after) {
      this.sentences.push(fill(this.word('rounded'), this.roundingWords(rounding)))
    }
    for (const { parameter, asked, used } of regionFallback) {
      this.sentences.push(fill(this.word('fallback'), { parameter, asked, used }))
    }
    if (calendarAssumed === true) this.sentences.push(this.word('calendar'))
  }

  sentenceOf(step: ExplainedStep): string {
    const own = sentenceOfStep(this.texts, this.document.id, step.name, step.value)
    const words = this.wordsOf(step)
    const wordOf = (one: string) => (Object.hasOwn(words, one) ? words[one] : undefined)
    return fillSentence(own ?? this.usual(step), Object.keys(words), wordOf)
  }

  private usual({ expression, withNumbers }: ExplainedStep): string {
    if (expression.startsWith('table')) return this.word('table')
    return this.word(expression === withNumbers ? 'plain' : 'step')
  }

  private wordsOf(step: ExplainedStep): Words {
    const inputs = [...Object.entries(step.inputs), ...step.steps.map(valueOfStep)]
    const words = (name: string, value: Json): string =>
      wordsOfValue(this.texts, name, plain(value), this.language)
    return {
      ...Object.fromEntries(inputs.map(([name, value]) => [name, shortened(words(name, value))])),
      title: this.title(step.name),
      expression: step.expression,
      numbers: step.withNumbers,
      before: shortened(step.rounding?.before ?? words(step.name, step.value)),
      value: shortened(words(step.name, step.value)),
      clause: step.clause ?? this.word('noClause'),
    }
  }

  private roundingWords({ mode, places, before, after, clause }: ExplainedRounding): Words {
    return {
      direction: this.word(mode),
      places: String(places),
      before: shortened(before),
      after: withPlaces(after, places),
      roundingClause: clause === 'practice' ? this.word('practice') : clause,
    }
  }

  private title(step: string): string {
    const { id } = this.document
    const own = this.text(`rule.${id}.${step}.title`)
    return own ?? this.text(`field.${step}`) ?? step
  }

  private text(key: string): string | undefined {
    return textOf(this.texts, key)
  }

  private word(key: string): string {
    return this.words[key] ?? key
  }
}

function valueOfStep({ name, value }: { name: string; value: Json }): [string, Json] {
  return [name, value]
}

/** A parameter stands in a trace with its dates; its value is what is told. */
function plain(value: Json): Json {
  return isJsonObject(value) && Object.hasOwn(value, 'parameter') ? (value.value ?? null) : value
}

/** A sentence tells no more places than this; the tree has them all. */
const MOST_PLACES = 8

function shortened(number: string): string {
  const point = isPlainDecimal(number) ? number.indexOf('.') : -1
  if (point < 0 || number.length - point - 1 <= MOST_PLACES) return number
  return `${number.slice(0, point + 1 + MOST_PLACES)}…`
}

/** A step on the way loses the zeros at its end; that it was rounded to the fen is shown all the same. */
function withPlaces(number: string, places: number): string {
  if (places <= 0) return number
  const whole = number.includes('.') ? number : `${number}.`
  return whole.padEnd(whole.indexOf('.') + 1 + places, '0')
}

/** Puts values in the place of `{name}`. */
function fill(template: string, words: Words): string {
  const wordOf = (name: string) => (Object.hasOwn(words, name) ? words[name] : undefined)
  return fillSentence(template, [], wordOf)
}
