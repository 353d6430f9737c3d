/* Answers as facts, and why an answer cannot be one: what was expected, what came. */
import type { JsonObject } from '@renshe/crypto'
import { dayInWords, monthInWords } from '../../format/moments.ts'
import { grouped } from '../../format/money.ts'
import type { Bilingual } from '../../shell/workspace.ts'
import type { Answers, Question } from './calculator.ts'

const both = (zh: string, en: string): Bilingual => ({ zh, en })

/** What is wrong with an answer, as a sentence; null if it is one. */
export function answerFault(question: Question, value: string): Bilingual | null {
  const expected = EXPECTED[question.kind]
  const isWellFormed = SPELLING[question.kind].test(value) && isReal(question, value)
  const came = (locale: 'zh' | 'en') => shownAnswer(question, value, locale)
  if (!isWellFormed) {
    return both(
      `这里要${expected.zh}；现在是“${came('zh')}”。`,
      `This should be ${expected.en}; it is “${came('en')}”.`,
    )
  }
  const { least = 0, most = Number.POSITIVE_INFINITY } = question
  const isSpan = question.kind.startsWith('span')
  const number = isSpan ? monthsOf(value) : Number(value)
  if (Number.isNaN(number) || (number >= least && number <= most)) return null
  const told = (count: number, locale: 'zh' | 'en') =>
    isSpan ? yearsText(count, locale) : String(count)
  const [bound, zh, en] = number < least ? [least, '小', 'below'] : [most, '大', 'above']
  return both(
    `不能${zh}于 ${told(bound, 'zh')}；现在是 ${told(number, 'zh')}。`,
    `Not ${en} ${told(bound, 'en')}; it is ${told(number, 'en')}.`,
  )
}

const SPELLING: Readonly<Record<Question['kind'], RegExp>> = {
  choice: /^[A-Z0-9_]{1,64}$/,
  month: /^(19|2[01])\d\d-(0[1-9]|1[0-2])$/,
  date: /^(19|2[01])\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  money: /^\d{1,11}(\.\d{1,2})?$/,
  decimal: /^\d{1,6}(\.\d{1,12})?$/,
  count: /^\d{1,9}$/,
  span: /^\d{1,2}-(\d|1[01])$/,
  'span-days': /^\d{1,2}-(\d|1[01])-([12]?\d|30)$/,
  ladder: /^\d{1,3}-(\d{1,2}|100)(_\d{1,3}-(\d{1,2}|100)){0,9}$/,
}

const EXPECTED: Readonly<Record<Question['kind'], Bilingual>> = {
  choice: both('从列出的几项里选一项', 'one of the choices'),
  month: both('填年和月，例如 1979 年 3 月', 'a year and a month, for example March 1979'),
  date: both('填一个日历上有的日子', 'a day that the calendar has'),
  money: both('填金额（元），最多两位小数', 'an amount in yuan with at most two decimals'),
  decimal: both('填一个数，例如 0.85', 'a number, for example 0.85'),
  count: both('填整数', 'a whole number'),
  span: both('填年数和月数（月数 0 至 11）', 'years and months (months 0 to 11)'),
  'span-days': both(
    '填年、月（0 至 11）、天（0 至 30）',
    'years, months (0 to 11) and days (0 to 30)',
  ),
  ladder: both('填满几年归属百分之几', 'after how many years how many per cent'),
}

function isReal({ kind, choices = [] }: Question, value: string): boolean {
  if (kind === 'choice') return choices.some((choice) => choice.value === value)
  if (kind !== 'date') return true
  const [year, month, day] = value.split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}

/** An answer as people read it, also one that is wrong. */
export function shownAnswer(question: Question, value: string, locale: 'zh' | 'en'): string {
  const { kind, choices = [], unit } = question
  if (kind === 'choice') {
    return choices.find((choice) => choice.value === value)?.label[locale] ?? value
  }
  if (kind === 'ladder') {
    const steps = stepsOf(value).map(([months, percent]) =>
      locale === 'zh'
        ? `满 ${yearsText(months, 'zh')} ${percent}%`
        : `${percent}% after ${yearsText(months, 'en')}`,
    )
    return steps.join(locale === 'zh' ? '，' : ', ')
  }
  if (kind === 'span' || kind === 'span-days') {
    const units = locale === 'zh' ? ['年', '个月', '天'] : [' y', ' m', ' d']
    const all = value.split('-').map((part, at) => ({ part, said: `${part}${units[at] ?? ''}` }))
    const some = all.filter(({ part }) => part !== '0')
    const parts = (some.length === 0 ? all.slice(0, 1) : some).map(({ said }) => said)
    return parts.join(locale === 'zh' ? '' : ' ')
  }
  const isWhole = SPELLING[kind].test(value)
  if (kind === 'month' && isWhole) return monthInWords(value, locale)
  if (kind === 'date' && isWhole) return dayInWords(value, locale)
  const amount = kind === 'money' && isWhole ? grouped(value) : value
  return unit === undefined ? amount : `${amount} ${unit[locale]}`
}

/** `3 年`, `30 个月`: whole years as years. */
export function yearsText(months: number, locale: 'zh' | 'en'): string {
  const [years, rest] = [Math.floor(months / 12), months % 12]
  if (locale === 'zh') {
    return years === 0 ? `${rest} 个月` : `${years} 年${rest === 0 ? '' : ` ${rest} 个月`}`
  }
  const yearPart = `${years} ${years === 1 ? 'year' : 'years'}`
  const monthPart = `${rest} ${rest === 1 ? 'month' : 'months'}`
  if (years === 0) return monthPart
  return rest === 0 ? yearPart : `${yearPart} ${monthPart}`
}

/** Whole months of a span. */
export function monthsOf(span: string): number {
  const [years = 0, months = 0] = span.split('-').map(Number)
  return years * 12 + months
}

/** Days of a span beyond its whole months. */
export function daysOf(span: string): number {
  return Number(span.split('-')[2] ?? 0)
}

/** A span of months. */
export function spanOf(months: number): string {
  return `${Math.floor(months / 12)}-${months % 12}`
}

/** Steps of a ladder: months and per cent. */
export function stepsOf(ladder: string): readonly (readonly [months: number, percent: string])[] {
  return ladder.split('_').map((step) => {
    const [months = '', percent = ''] = step.split('-')
    return [Number(months), percent]
  })
}

/** Steps of a ladder as the facts of a rule. */
export function ladderFacts(ladder: string): JsonObject[] {
  return stepsOf(ladder).map(([tenureMonths, percent]) => ({
    tenureMonths,
    ratio: percent === '100' ? '1' : shareOf(percent),
  }))
}

/** `50` per cent as `0.5`. */
function shareOf(percent: string): string {
  const digits = percent.padStart(2, '0').replace(/0+$/, '')
  return digits === '' ? '0' : `0.${digits}`
}

/** An answer that must be there: calls are made only when every question has its answer. */
export function given(answers: Answers, name: string): string {
  const value = answers[name]
  if (value === undefined) throw new Error(`no answer to ${name}`)
  return value
}
