/* Dates and times as people read them, always in Beijing time. */
import type { Locale } from '../words/words.ts'

const BEIJING_MS = 8 * 3_600_000
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function civil(ms: number): Date {
  return new Date(ms + BEIJING_MS)
}

/** `2026-11-23` of UTC ms. */
export function isoDay(ms: number): string {
  return civil(ms).toISOString().slice(0, 10)
}

/** `11-23 14:06`: in lists of this year; with the year in another one. */
export function listMoment(ms: number, now: number): string {
  const text = civil(ms).toISOString()
  const isThisYear = text.slice(0, 4) === civil(now).toISOString().slice(0, 4)
  return text.slice(isThisYear ? 5 : 0, 16).replace('T', ' ')
}

/** `2026-11-23 14:06:31`: in evidence. */
export function exactMoment(ms: number): string {
  return civil(ms).toISOString().slice(0, 19).replace('T', ' ')
}

/** A civil day in a sentence: `2026年11月23日`, `23 Nov 2026`. */
export function dayInWords(day: string, locale: Locale): string {
  const [year = '', month = '', date = ''] = day.split('-')
  if (locale === 'zh') return `${year}年${Number(month)}月${Number(date)}日`
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`
}

/** A month: `2026年11月`, `Nov 2026`. */
export function monthInWords(month: string, locale: Locale): string {
  const [year = '', number = ''] = month.split('-')
  return locale === 'zh' ? `${year}年${Number(number)}月` : `${MONTHS[Number(number) - 1]} ${year}`
}

/** Time left or gone, in the two largest units: `2 小时 14 分`, `2 h 14 min`. */
export function spanInWords(ms: number, locale: Locale): string {
  const minutes = Math.max(0, Math.round(Math.abs(ms) / 60_000))
  const [days, hours, rest] = [
    Math.floor(minutes / 1440),
    Math.floor((minutes % 1440) / 60),
    minutes % 60,
  ]
  const [d, h, m] = locale === 'zh' ? ['天', '小时', '分'] : ['d', 'h', 'min']
  if (days > 0) return hours === 0 ? `${days} ${d}` : `${days} ${d} ${hours} ${h}`
  return hours > 0 ? `${hours} ${h} ${rest} ${m}` : `${rest} ${m}`
}
