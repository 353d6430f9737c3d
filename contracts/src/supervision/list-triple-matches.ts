import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { type Expectation, expectations } from '../funds/records.ts'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { CaseId } from '../vocabulary/schemas.ts'
import { findTripleMatch, MatchState, TripleMatch } from './triple-match.ts'

/** Bill, arrival and allocation of every case that expected money, ascending by case. */
export const listTripleMatches = query({
  name: 'supervision.listTripleMatches',
  summary: 'Compares bill, arrival and allocation of each case, to the fen.',
  input: Type.Object({
    ...PageInput,
    case: Type.Optional(CaseId),
    state: Type.Optional(MatchState),
  }),
  output: pageOf(TripleMatch),
  mayRead: (reader) => reader.member !== null,
  run(view, { case: caseId, state, limit, cursor }) {
    const prefix = caseId === undefined ? [] : [caseId]
    const walk = view.state(expectations).index('byCase', { prefix, ...afterCursor(view, cursor) })
    const matches = new Map<string, TripleMatch | undefined>()
    const matchOf = (one: Expectation) => {
      if (!matches.has(one.case)) matches.set(one.case, findTripleMatch(view, one.case))
      return matches.get(one.case)
    }
    const found = placed(
      walk,
      (_, one) => {
        // A case stands where its last expectation does, so that a page never ends inside one.
        const match = isLastOf(view, one) ? matchOf(one) : undefined
        if (match === undefined || (state !== undefined && match.state !== state)) return undefined
        const place = [one.name, one.occasion]
        return caseId === undefined ? [one.case, ...place] : place
      },
      (one) => matchOf(one) as TripleMatch,
    )
    return page(view, found, limit)
  },
})

function isLastOf(view: Parameters<typeof findTripleMatch>[0], one: Expectation): boolean {
  const last = { prefix: [one.case], reverse: true, limit: 1 }
  for (const [id] of view.state(expectations).index('byCase', last)) return id === one.id
  return false
}
