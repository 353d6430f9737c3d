import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { PackageRecord, packages } from './records.ts'

/** Packages with their status; public, as rules that contracts execute are. */
export const listPackages = query({
  name: 'catalogue.listPackages',
  summary: 'Lists service packages and libraries, of one status where asked.',
  input: Type.Object({ ...PageInput, status: Type.Optional(PackageRecord.properties.status) }),
  output: pageOf(PackageRecord),
  mayRead: () => true,
  run(view, { status, limit, cursor }) {
    const prefix = status === undefined ? [] : [status]
    const range = { prefix, ...afterCursor(view, cursor) }
    const found = placed(
      view.state(packages).index('byStatus', range),
      (hash, record) =>
        status === undefined ? [record.status, record.name, hash] : [record.name, hash],
      (record) => record,
    )
    return page(view, found, limit)
  },
})
