import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { isOfChain } from './reading.ts'
import { Book, books } from './records.ts'

/** Sets of accounts, ascending by the register key they are of. */
export const listBooks = query({
  name: 'funds.listBooks',
  summary: 'Lists the sets of accounts of this chain.',
  input: Type.Object(PageInput),
  output: pageOf(Book),
  mayRead: isOfChain,
  run(view, { limit, cursor }) {
    const walk = view.state(books).range(afterCursor(view, cursor))
    const found = placed(
      walk,
      (book) => [book],
      (book) => book,
    )
    return page(view, found, limit)
  },
})
