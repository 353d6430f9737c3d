import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { Proposal, proposals } from './records.ts'

/** Proposals, newest last; of one status where asked. */
export const listProposals = query({
  name: 'governance.listProposals',
  summary: 'Lists proposals with their status, oldest first.',
  input: Type.Object({ ...PageInput, status: Type.Optional(Proposal.properties.status) }),
  output: pageOf(Proposal),
  mayRead: (reader) => reader.member !== null,
  run(view, { status, limit, cursor }) {
    const range = afterCursor(view, cursor)
    const walk =
      status === undefined
        ? view.state(proposals).index('byTime', range)
        : view.state(proposals).index('byStatus', { prefix: [status], ...range })
    const found = placed(
      walk,
      (id, { proposedAt }) => [proposedAt, id],
      (proposal) => proposal,
    )
    return page(view, found, limit)
  },
})
