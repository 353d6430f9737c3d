/* The published calendar as the ledger has it, and the version that it is. */
import { useMemo } from 'react'
import { useAsk } from '../../session/asking.ts'
import type { CalendarMarks } from './working-days.ts'

/** The calendar, and the package that published it. */
export interface PublishedCalendar {
  readonly marks: CalendarMarks
  /** For example `calendar 2c9f…`; null while it is not known. */
  readonly version: string | null
}

/** Days that published notices name; later publications stand above earlier ones. */
export function usePublishedCalendar(): PublishedCalendar {
  const asked = useAsk('catalogue.listParameters', { parameter: 'calendar.day', limit: 100 })
  const items = asked.data?.data.items
  return useMemo(() => {
    const marks = new Map<string, 'HOLIDAY' | 'WORKDAY'>()
    const inOrder = [...(items ?? [])].sort((a, b) => a.publishedHeight - b.publishedHeight)
    for (const { rows } of inOrder) {
      for (const { value, effectiveFrom } of rows) {
        if (value === 'HOLIDAY' || value === 'WORKDAY') marks.set(effectiveFrom, value)
      }
    }
    const newest = inOrder.at(-1)
    const version =
      newest === undefined ? null : `${newest.packageName} ${newest.package.slice(0, 8)}`
    return { marks, version }
  }, [items])
}
