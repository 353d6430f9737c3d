import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { Watch, watches } from './records.ts'

/** What had to happen by now, did not, and has no alert yet: what a relay raises. */
export const listMissed = query({
  name: 'supervision.listMissed',
  summary: 'Lists what alert rules say must have happened by now and did not.',
  input: Type.Object(PageInput),
  output: pageOf(Watch),
  mayRead: (reader) => reader.member !== null,
  run(view, { limit, cursor }) {
    const range = { prefix: ['rule'], ...afterCursor(view, cursor) }
    const found = placed(
      overdue(view.state(watches).index('byDue', range), view.time),
      (_, watch) =>
        watch.raised === null && watch.due !== null
          ? [watch.due, watch.case, watch.name, watch.number]
          : undefined,
      (watch) => watch,
    )
    return page(view, found, limit)
  },
})

/** The part of a walk in order of time that lies before now. */
export function* overdue<Key>(
  walk: Iterable<readonly [Key, Watch]>,
  now: number,
): Iterable<readonly [Key, Watch]> {
  for (const [key, watch] of walk) {
    if (watch.due === null || watch.due >= now) return
    yield [key, watch]
  }
}
