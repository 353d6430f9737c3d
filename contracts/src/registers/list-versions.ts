import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { EntryKey, KebabName } from '../vocabulary/schemas.ts'
import { EntryVersion, entryVersions } from './records.ts'

/** Every version of one entry, the first one first: who made it, by which case. */
export const listVersions = query({
  name: 'registers.listVersions',
  summary: 'Lists every version of a register entry with the transaction that made it.',
  input: Type.Object({ ...PageInput, register: KebabName, key: EntryKey }),
  output: pageOf(EntryVersion),
  mayRead: (reader) => reader.member !== null,
  run(view, { register, key, limit, cursor }) {
    const range = { prefix: [register, key], ...afterCursor(view, cursor) }
    const found = placed(
      view.state(entryVersions).range(range),
      ([, , version]) => [version],
      (version) => version,
    )
    return page(view, found, limit)
  },
})
