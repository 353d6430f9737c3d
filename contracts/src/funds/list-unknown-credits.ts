import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { isOfChain } from './reading.ts'
import { Credit, credits } from './records.ts'

/** Money in suspense that nobody has placed, oldest first. */
export const listUnknownCredits = query({
  name: 'funds.listUnknownCredits',
  summary: 'Lists credits that answer no expectation yet.',
  input: Type.Object(PageInput),
  output: pageOf(Credit),
  mayRead: isOfChain,
  run(view, { limit, cursor }) {
    const found = placed(
      view.state(credits).index('unknown', afterCursor(view, cursor)),
      (_, { at, by, entry }) => [at, by, entry],
      (credit) => credit,
    )
    return page(view, found, limit)
  },
})
