/* How long there is, in words: until when, how much is left, and what running out means. */
import { dayInWords, isoDay, listMoment, spanInWords } from '../../format/moments.ts'
import type { Locale } from '../../words/words.ts'

/** How urgent a clock is; two days are the last that are not calm. */
export type Urgency = 'calm' | 'soon' | 'overdue'

/** A due moment in words. */
export interface ClockInWords {
  readonly urgency: Urgency
  /** `今天 15:00 前`, `11月24日前`. */
  readonly until: string
  /** `剩 2 小时 14 分`, `已逾期 1 天`. */
  readonly left: string
}

const SOON_MS = 2 * 86_400_000
/** Clocks of the law end with the last instant of a day. */
const LAST_INSTANT_MS = 1

/**
 * Says a due moment.
 *
 * @param dueAt  UTC ms, the last moment that is in time
 * @param now    block time, UTC ms
 */
export function clockInWords(dueAt: number, now: number, locale: Locale): ClockInWords {
  const left = dueAt - now
  const span = spanInWords(left, locale)
  const isOverdue = left < 0
  const zh = isOverdue ? `已逾期 ${span}` : `剩 ${span}`
  const en = isOverdue ? `${span} overdue` : `${span} left`
  return {
    urgency: isOverdue ? 'overdue' : left <= SOON_MS ? 'soon' : 'calm',
    until: untilInWords(dueAt, now, locale),
    left: locale === 'zh' ? zh : en,
  }
}

function untilInWords(dueAt: number, now: number, locale: Locale): string {
  const [day, today] = [isoDay(dueAt), isoDay(now)]
  const isWholeDay = isoDay(dueAt + LAST_INSTANT_MS) !== day
  const time = listMoment(dueAt, dueAt).slice(-5)
  if (day === today) {
    if (locale === 'zh') return isWholeDay ? '今天之内' : `今天 ${time} 前`
    return isWholeDay ? 'by the end of today' : `by ${time} today`
  }
  const isThisYear = day.slice(0, 4) === today.slice(0, 4)
  const words = dayInWords(day, locale)
  const date = isThisYear ? (locale === 'zh' ? words.slice(5) : words.slice(0, -5)) : words
  const at = isWholeDay ? date : `${date} ${time}`
  return locale === 'zh' ? `${at}前` : `by ${at}`
}
