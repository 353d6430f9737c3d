import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { CaseId, MemberId } from '../vocabulary/schemas.ts'
import { isOfChain } from './reading.ts'
import { Payment, PaymentState, payments } from './records.ts'

/** Payment orders: of a case, or of a member that ordered them or tells about them. */
export const listPayments = query({
  name: 'funds.listPayments',
  summary: 'Lists payment orders of a case, or of a payer or its bank, all or in one state.',
  input: Type.Object({
    ...PageInput,
    case: Type.Optional(CaseId),
    member: Type.Optional(MemberId),
    state: Type.Optional(PaymentState),
  }),
  output: pageOf(Payment),
  mayRead: isOfChain,
  run(view, input) {
    const { index, prefix, partsOf } = walkOf(input)
    const range = { prefix, ...afterCursor(view, input.cursor) }
    const found = placed(
      view.state(payments).index(index, range),
      (_, payment) => (isAsked(payment, input) ? partsOf(payment) : undefined),
      (payment) => payment,
    )
    return page(view, found, input.limit)
  },
})

interface Asked {
  readonly case?: string
  readonly member?: string
  readonly state?: PaymentState
}

function isAsked(payment: Payment, { member, state }: Asked): boolean {
  if (state !== undefined && payment.state !== state) return false
  return member === undefined || payment.by === member || payment.tellers.includes(member)
}

/** The narrowest walk: a connector asks for what is `ordered`, among years of settled payments. */
function walkOf({ case: caseId, member, state }: Asked) {
  if (caseId !== undefined) {
    const partsOf = ({ name, occasion }: Payment) => [name, occasion]
    return { index: 'byCase', prefix: [caseId], partsOf }
  }
  const prefix = [
    ...(member === undefined ? [] : [member]),
    ...(state === undefined ? [] : [state]),
  ]
  const partsOf = (payment: Payment) =>
    state === undefined ? [payment.state, payment.id] : [payment.id]
  return { index: member === undefined ? 'byState' : 'byMember', prefix, partsOf }
}
