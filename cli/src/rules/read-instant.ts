import { usage } from '../shell/failure.ts'

const FORM = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/

/**
 * UTC ms of a day or instant; without an offset it is in UTC+08:00, a day alone is its beginning.
 *
 * @throws CommandFailure if there is no such instant
 */
export function readInstant(text: string | undefined): number {
  if (text === undefined) return Date.now()
  const [, day, time = '00:00', offset = '+08:00'] = FORM.exec(text) ?? []
  const instant = day === undefined ? Number.NaN : Date.parse(`${day}T${time}${offset}`)
  // The date must be that day: 2026-02-30 is not 2026-03-02.
  const isDay = day !== undefined && new Date(`${day}T00:00Z`).getUTCDate() === Number(day.slice(8))
  if (Number.isNaN(instant) || !isDay) {
    throw usage(
      `--on 应为时刻，如 2026-08-31T10:00:00+08:00；实为 ${text}。`,
      `--on must be an instant such as 2026-08-31T10:00:00+08:00; came ${text}.`,
    )
  }
  return instant
}
