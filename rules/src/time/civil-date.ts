/** A day of the proleptic Gregorian calendar; year 0 exists (ISO 8601). */
export class FeelDate {
  readonly year: number
  readonly month: number
  readonly day: number

  /** Use {@link makeDate}: the constructor trusts its fields. */
  constructor(year: number, month: number, day: number) {
    this.year = year
    this.month = month
    this.day = day
  }
}

/** Years a FEEL date can have, either sign (DMN 1.5 §10.3.2.3.4). */
export const GREATEST_YEAR = 999_999_999

const MONTH_DAYS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const DAYS_OF_ERA = 146_097

/** Whether February of that year has 29 days. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Days of a month, 1 = January. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] as number)
}

/** A date, or undefined when there is no such day or the year is out of range. */
export function makeDate(year: number, month: number, day: number): FeelDate | undefined {
  if (!Number.isInteger(year) || year < -GREATEST_YEAR || year > GREATEST_YEAR) return undefined
  if (!Number.isInteger(month) || month < 1 || month > 12) return undefined
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return undefined
  return new FeelDate(year, month, day)
}

/** Days since 1970-01-01. */
export function toEpochDay(date: FeelDate): number {
  // Years begin in March here, so that the leap day is the last of its year.
  const year = date.month <= 2 ? date.year - 1 : date.year
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear =
    Math.floor((153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5) + date.day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_OF_ERA + dayOfEra - 719_468
}

/** The day that many days after 1970-01-01; undefined beyond the range of years. */
export function fromEpochDay(epochDay: number): FeelDate | undefined {
  const shifted = epochDay + 719_468
  const era = Math.floor(shifted / DAYS_OF_ERA)
  const dayOfEra = shifted - era * DAYS_OF_ERA
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return makeDate(year, month, day)
}

/** Same day number some months later (or earlier), else the last day of that month. */
export function addMonths(date: FeelDate, months: number): FeelDate | undefined {
  const index = date.year * 12 + (date.month - 1) + months
  const year = Math.floor(index / 12)
  const month = index - year * 12 + 1
  return makeDate(year, month, Math.min(date.day, daysInMonth(year, month)))
}

/** Some days later (or earlier). */
export function addDays(date: FeelDate, days: number): FeelDate | undefined {
  return fromEpochDay(toEpochDay(date) + days)
}

/** -1, 0 or 1 as left is before, on or after right. */
export function compareDates(left: FeelDate, right: FeelDate): number {
  const difference = left.year - right.year || left.month - right.month || left.day - right.day
  return difference < 0 ? -1 : difference > 0 ? 1 : 0
}

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export function dayOfWeek(date: FeelDate): number {
  const shifted = toEpochDay(date) + 3
  return shifted - Math.floor(shifted / 7) * 7 + 1
}

/** 1 = 1 January. */
export function dayOfYear(date: FeelDate): number {
  return toEpochDay(date) - toEpochDay(new FeelDate(date.year, 1, 1)) + 1
}

/** ISO 8601 week: the week belongs to the year of its Thursday. */
export function weekOfYear(date: FeelDate): number {
  const thursday = fromEpochDay(toEpochDay(date) - dayOfWeek(date) + 4)
  if (thursday === undefined) return 1
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1
}

/** `2027-03-08`; years beyond four digits as XML Schema writes them. */
export function formatDate(date: FeelDate): string {
  const size = Math.abs(date.year).toString().padStart(4, '0')
  return `${date.year < 0 ? '-' : ''}${size}-${twoDigits(date.month)}-${twoDigits(date.day)}`
}

/** Two digits with a leading zero. */
export function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`
}

/** Reads `[-]YYYY-MM-DD`; undefined when it is not one or does not exist. */
export function parseDate(text: string): FeelDate | undefined {
  const isNegative = text[0] === '-'
  const yearStart = isNegative ? 1 : 0
  let at = yearStart
  while (isDigit(text, at)) at += 1
  const size = at - yearStart
  if (size < 4 || size > 9 || (size > 4 && text[yearStart] === '0')) return undefined
  if (text.length !== at + 6 || text[at] !== '-' || text[at + 3] !== '-') return undefined
  const month = readTwoDigits(text, at + 1)
  const day = readTwoDigits(text, at + 4)
  if (month === undefined || day === undefined) return undefined
  const year = Number(text.slice(yearStart, at))
  return makeDate(isNegative ? -year : year, month, day)
}

/** Whether there is an ASCII digit at that place. */
export function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/** The two digits at that place as a number. */
export function readTwoDigits(text: string, at: number): number | undefined {
  if (!isDigit(text, at) || !isDigit(text, at + 1)) return undefined
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
}
