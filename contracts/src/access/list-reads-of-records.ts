import { type QueryView, query, type Reader } from '@renshe/kernel'
import { Type } from 'typebox'
import { Count, Digest, RecordId } from '../vocabulary/schemas.ts'
import { Read, reads } from './records.ts'
import { accessRefusal } from './refusals.ts'
import { mayShowReadOf } from './warrant-grants.ts'

const MOST_SHOWN = 200
/** Most reads that one answer goes through, over all that it names. */
const MOST_VISITED = 20_000

/**
 * Who looked at one person: reads of its records and of its places in batches, newest first, each once. A
 * bulk read of a batch shows to each person in it.
 */
export const listReadsOfRecords = query({
  name: 'access.listReadsOfRecords',
  summary: 'Lists the newest reads of the records and rows of one person, bulk reads among them.',
  input: Type.Object({
    records: Type.Array(RecordId, { maxItems: 100 }),
    rows: Type.Optional(
      Type.Array(Type.Object({ batch: Digest, index: Count }), { maxItems: 100 }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_SHOWN })),
  }),
  output: Type.Object({
    items: Type.Array(Read, { maxItems: MOST_SHOWN }),
    /** Reads in all, also those that are not shown. */
    total: Count,
  }),
  mayRead: (reader) => reader.member !== null,
  run(view, { records, rows = [], limit = 50 }, reader) {
    const found = new Map<string, Read>()
    const walk = walker(view, reader, found)
    for (const record of records) walk('byRecord', record, () => true)
    for (const { batch, index } of rows) {
      walk(
        'byBatch',
        batch,
        ({ rows: run }) => run !== null && index >= run.from && index < run.from + run.count,
      )
    }
    const newest = [...found.values()].sort((a, b) => b.at - a.at || (a.read < b.read ? -1 : 1))
    return { items: newest.slice(0, limit), total: newest.length }
  },
})

function walker(view: QueryView, reader: Reader, found: Map<string, Read>) {
  let visited = 0
  return (index: string, of: string, isWanted: (read: Read) => boolean): void => {
    for (const [id, read] of view.state(reads).index(index, { prefix: [of] })) {
      visited += 1
      if (visited > MOST_VISITED) {
        view.refuse(accessRefusal({ code: 'PERIOD_TOO_BUSY', most: MOST_VISITED }))
      }
      if (isWanted(read) && mayShowReadOf(view, read.grant, reader)) found.set(id, read)
    }
  }
}
