import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { EntryKey } from '../vocabulary/schemas.ts'
import { getBookOf, isOfChain } from './reading.ts'
import { Journal, journals } from './records.ts'

/** Journals of a book in the order of posting; `postings`: only those with a sub-ledger. */
export const listJournals = query({
  name: 'funds.listJournals',
  summary: 'Lists the journals of a book, oldest first or newest first.',
  input: Type.Object({
    ...PageInput,
    book: EntryKey,
    postings: Type.Optional(Type.Boolean()),
    newestFirst: Type.Optional(Type.Boolean()),
  }),
  output: pageOf(Journal),
  mayRead: isOfChain,
  run(view, { book, postings = false, newestFirst = false, limit, cursor }) {
    getBookOf(view, book)
    const range = { prefix: [book], reverse: newestFirst, ...afterCursor(view, cursor) }
    const walk = view.state(journals).index(postings ? 'postings' : 'byBook', range)
    const found = placed(
      walk,
      (_, { seq }) => [seq],
      (journal) => journal,
    )
    return page(view, found, limit)
  },
})
