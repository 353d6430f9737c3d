const DAY_MS = 86_400_000
const BEIJING_MS = 28_800_000

/**
 * An instant as Beijing time, `YYYY-MM-DD HH:MM:SS` (UTC+08:00, as legal days are counted). Written
 * without Date or Intl, so that every reader prints the same characters.
 *
 * @param ms  UTC milliseconds, 0 or more
 */
export function beijingTime(ms: number): string {
  const local = ms + BEIJING_MS
  const [year, month, day] = civilDate(Math.floor(local / DAY_MS))
  const seconds = Math.floor((local % DAY_MS) / 1000)
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${[pad(year, 4), pad(month, 2), pad(day, 2)].join('-')} ${clock.map((n) => pad(n, 2)).join(':')}`
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

/**
 * Year, month and day of a day number since 1970-01-01.
 *
 * @source Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, civil_from_days
 */
function civilDate(days: number): [year: number, month: number, day: number] {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const leaps =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365)
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day]
}
