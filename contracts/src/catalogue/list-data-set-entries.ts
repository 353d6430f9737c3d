import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { KebabName } from '../vocabulary/schemas.ts'
import { DataSet, dataSets } from './data-set-records.ts'

/** Published entries of the data catalogue, or every version of one, with duties and clocks. */
export const listDataSetEntries = query({
  name: 'catalogue.listDataSetEntries',
  summary: 'Lists published entries of the data catalogue, or all versions of one.',
  input: Type.Object({ ...PageInput, id: Type.Optional(KebabName) }),
  output: pageOf(DataSet),
  mayRead: (reader) => reader.member !== null,
  run(view, { id, limit, cursor }) {
    const prefix = id === undefined ? [] : [id]
    const range = { prefix, ...afterCursor(view, cursor) }
    const index = id === undefined ? 'published' : 'byId'
    const found = placed(
      view.state(dataSets).index(index, range),
      (hash, { content }) => (id === undefined ? [content.id, hash] : [content.version, hash]),
      (dataSet) => dataSet,
    )
    return page(view, found, limit)
  },
})
