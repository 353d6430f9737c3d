import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { CaseId, MemberId } from '../vocabulary/schemas.ts'
import { isOfChain } from './reading.ts'
import { Expectation, ExpectationState, expectations } from './records.ts'

/** Money that is or was waited for: of a case, or of a teller (what a bank connector asks for). */
export const listExpectations = query({
  name: 'funds.listExpectations',
  summary: 'Lists expected credits of a case, of the member that tells them, or in a state.',
  input: Type.Object({
    ...PageInput,
    case: Type.Optional(CaseId),
    by: Type.Optional(MemberId),
    state: Type.Optional(ExpectationState),
  }),
  output: pageOf(Expectation),
  mayRead: isOfChain,
  run(view, { case: caseId, by, state, limit, cursor }) {
    const { index, prefix, partsOf } = walkOf(caseId, by)
    const walk = view.state(expectations).index(index, { prefix, ...afterCursor(view, cursor) })
    const isAsked = (one: Expectation) =>
      (state === undefined || one.state === state) && (by === undefined || one.by === by)
    const found = placed(
      walk,
      (_, one) => (isAsked(one) ? partsOf(one) : undefined),
      (one) => one,
    )
    return page(view, found, limit)
  },
})

function walkOf(caseId: string | undefined, by: string | undefined) {
  if (caseId !== undefined) {
    const partsOf = ({ name, occasion }: Expectation) => [name, occasion]
    return { index: 'byCase', prefix: [caseId], partsOf }
  }
  const prefix = by === undefined ? [] : [by]
  const partsOf = (one: Expectation) => [
    ...(by === undefined ? [one.by] : []),
    one.account,
    one.at,
    one.id,
  ]
  return { index: 'byTeller', prefix, partsOf }
}
