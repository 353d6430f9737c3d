/* Working days between two days of the ledger, by the published calendar: the portal only counts. */

/** Days that a published notice names: `HOLIDAY`, or `WORKDAY` at a weekend. */
export type CalendarMarks = ReadonlyMap<string, 'HOLIDAY' | 'WORKDAY'>

const DAY_MS = 86_400_000

function timeOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}

/** Whether a civil day is a working day. */
export function isWorkingDay(day: string, marks: CalendarMarks): boolean {
  const mark = marks.get(day)
  if (mark !== undefined) return mark === 'WORKDAY'
  const weekday = new Date(timeOf(day)).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** Most cells of a clock bar; a longer limit is told in words alone. */
const MOST_DAYS = 400

/**
 * Working days after a day, up to and including another: the first day does not count (民法典 art. 201).
 *
 * @returns the days in order, none if the last is not after the first
 */
export function workingDaysAfter(
  first: string,
  last: string,
  marks: CalendarMarks,
): readonly string[] {
  const days: string[] = []
  const end = timeOf(last)
  for (let time = timeOf(first) + DAY_MS; time <= end && days.length < MOST_DAYS; time += DAY_MS) {
    const day = new Date(time).toISOString().slice(0, 10)
    if (isWorkingDay(day, marks)) days.push(day)
  }
  return days
}
