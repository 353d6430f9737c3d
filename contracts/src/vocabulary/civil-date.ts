import { isDigitCode } from './spelling.ts'

const MS_PER_DAY = 86_400_000
/** A legal day is one of UTC+08:00, fixed: no time-zone data, which differ between versions. */
const MS_EAST = 28_800_000
const DAYS_OF_ERA = 146_097
const EPOCH_SHIFT = 719_468
const MONTH_DAYS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Year, month and day of one civil date. */
export interface CivilParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

function number(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (!isDigitCode(code)) return Number.NaN
    value = value * 10 + code - 48
  }
  return value
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Days of a month, 1 = January. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] as number)
}

/** The parts of `YYYY-MM-DD`, years 1 … 9999, or undefined if there is no such day. */
export function findCivilParts(text: string): CivilParts | undefined {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return undefined
  const year = number(text, 0, 4)
  const month = number(text, 5, 7)
  const day = number(text, 8, 10)
  if (!(year >= 1) || !(month >= 1 && month <= 12)) return undefined
  return day >= 1 && day <= daysInMonth(year, month) ? { year, month, day } : undefined
}

/** Whether the text is an existing day, `YYYY-MM-DD`. */
export function isCivilDate(text: string): boolean {
  return findCivilParts(text) !== undefined
}

/** Whether the text is a month, `YYYY-MM`. */
export function isMonth(text: string): boolean {
  return text.length === 7 && isCivilDate(`${text}-01`)
}

/**
 * The parts of a date.
 *
 * @throws RangeError for text that is not {@link isCivilDate}
 */
export function civilParts(date: string): CivilParts {
  const parts = findCivilParts(date)
  if (parts === undefined) throw new RangeError('a date is YYYY-MM-DD')
  return parts
}

/** Spells a date; the day must exist. */
export function civilDate(year: number, month: number, day: number): string {
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
  if (!isCivilDate(text)) throw new RangeError('there is no such day')
  return text
}

function pad(value: number, size: number): string {
  return `${value}`.padStart(size, '0')
}

/** Days since 1970-01-01. */
export function epochDay(date: string): number {
  const { year: civilYear, month, day } = civilParts(date)
  // Years begin in March here, so that the leap day is the last of its year.
  const year = month <= 2 ? civilYear - 1 : civilYear
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * DAYS_OF_ERA + yearOfEra * 365 + leaps + dayOfYear - EPOCH_SHIFT
}

/** The date so many days after 1970-01-01. */
export function dateOfEpochDay(days: number): string {
  const shifted = days + EPOCH_SHIFT
  const era = Math.floor(shifted / DAYS_OF_ERA)
  const ofEra = shifted - era * DAYS_OF_ERA
  const leaps = Math.floor(ofEra / 1460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096)
  const yearOfEra = Math.floor((ofEra - leaps) / 365)
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const march = Math.floor((5 * ofYear + 2) / 153)
  const month = march < 10 ? march + 3 : march - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return civilDate(year, month, ofYear - Math.floor((153 * march + 2) / 5) + 1)
}

/** The legal day of an instant: `⌊(ms + 28,800,000) / 86,400,000⌋` (UTC+08:00). */
export function legalDay(ms: number): string {
  return dateOfEpochDay(Math.floor((ms + MS_EAST) / MS_PER_DAY))
}

/** First instant (UTC ms) of a legal day. */
export function startOfDay(date: string): number {
  return epochDay(date) * MS_PER_DAY - MS_EAST
}

/** Last instant (UTC ms) of a legal day: an act at it is still in time. */
export function endOfDay(date: string): number {
  return startOfDay(date) + MS_PER_DAY - 1
}

/** The date some days later, or earlier. */
export function addDays(date: string, days: number): string {
  return dateOfEpochDay(epochDay(date) + days)
}

/** Same day number some months later or earlier, else the last day of that month. */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = civilParts(date)
  const index = year * 12 + month - 1 + months
  const toYear = Math.floor(index / 12)
  const toMonth = index - toYear * 12 + 1
  return civilDate(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

/** 1 = Monday … 7 = Sunday. */
export function dayOfWeek(date: string): number {
  const shifted = epochDay(date) + 3
  return shifted - Math.floor(shifted / 7) * 7 + 1
}
