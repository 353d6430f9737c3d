/* Gives an order: its number is registered first, then its one row is sealed and signed. */
import { useState } from 'react'
import { type LoadedPackage, packageToSay, serviceOf } from '../../../package/package-document.ts'
import { usePackageTexts } from '../../../package/use-package.ts'
import { useAskToSign } from '../../../patterns/sign-dialog/asked-signature.ts'
import { followsOf, followsOfOpening } from '../../../patterns/sign-dialog/consequences.ts'
import type { SigningRequest } from '../../../patterns/sign-dialog/signing.ts'
import type { CaseShown } from '../../../patterns/step-clock/case-shown.ts'
import { useSession } from '../../../session/session.tsx'
import { type OrderTyped, rowOf } from './order-check.ts'
import { ORDER_SERVICE, type Orders } from './use-orders.ts'

interface GivenOrder {
  readonly plan: string
  readonly portfolio: number
  readonly day: string
  readonly loaded: LoadedPackage
  readonly orders: Orders
  /** Called once the order is given. */
  readonly onGiven: () => void
}

const STEP = 'order'

/** An order that is registered and has no content yet, else the number that a new one takes. */
export interface NextOrder {
  readonly case: string | null
  readonly number: number
}

/** How an order is given, and which one is next. */
export function useGiveOrder(given: GivenOrder) {
  const { ask, session } = useSession()
  const toSign = useAskToSign()
  const [isBusy, setIsBusy] = useState(false)
  const next = nextOf(given, session?.member ?? null)
  const { opening, row } = useRequests(given, next.number)

  const giveRow = async (caseId: string, typed: OrderTyped): Promise<void> => {
    setIsBusy(true)
    try {
      const { data } = await ask('cases.getCase', { case: caseId })
      const step = data.steps.find(({ step: name, status }) => name === STEP && status === 'open')
      if (step === undefined) return
      toSign(row(data.case, step.n, typed), (isRecorded) => {
        if (isRecorded) given.onGiven()
      })
    } finally {
      setIsBusy(false)
    }
  }

  const give = async (typed: OrderTyped): Promise<void> => {
    if (next.case !== null) return giveRow(next.case, typed)
    let opened: string | null = null
    const request = opening((caseId) => {
      opened = caseId
    })
    toSign(request, (isRecorded) => {
      if (isRecorded && opened !== null) void giveRow(opened, typed)
    })
  }
  return { give, next, isBusy }
}

/** An order of ours that was registered and has no content, else a new one. */
function nextOf({ orders, day }: GivenOrder, member: string | null): NextOrder {
  const begun = orders.items?.find(
    ({ status, done, values, opener, batches }) =>
      status === 'OPEN' &&
      done === 0 &&
      batches.orders === undefined &&
      values.valuationDay === day &&
      opener.member === member,
  )
  return begun === undefined
    ? { case: null, number: orders.nextNumber(day) }
    : { case: begun.id, number: Number(begun.values.orderNo ?? 0) }
}

/** The two requests: the number of the order, and its one sealed row. */
function useRequests({ plan, portfolio, day, loaded }: GivenOrder, number: number) {
  const { session } = useSession()
  const texts = usePackageTexts(loaded)
  const service = serviceOf(loaded)
  const terms = packageToSay(loaded)
  const opening = (onOpened: (caseId: string) => void): SigningRequest => ({
    id: `open/${ORDER_SERVICE}/${plan}/${portfolio}/${day}/${number}`,
    title: { zh: `登记第 ${number} 号指令`, en: `Register order no. ${number}` },
    terms,
    texts,
    follows: followsOfOpening(service, session?.member ?? null),
    clauseOf: (code) => {
      const clause = service.opens.checks.find(({ refuse }) => refuse === code)?.clause
      return clause === undefined ? null : texts.clause(clause).name
    },
    prepare: (client) => {
      const fields = { planKey: plan, portfolio, valuationDay: day, orderNo: number }
      return client.prepare('cases.openCase', { service: ORDER_SERVICE, fields })
    },
    onRecorded: ({ data }) => onOpened(String(data.case ?? '')),
  })
  const row = (found: CaseShown, n: number, typed: OrderTyped): SigningRequest => ({
    id: `${found.id}/${n}`,
    title: { zh: `下达第 ${number} 号指令`, en: `Give order no. ${number}` },
    terms,
    texts,
    follows: followsOf(service, found.parties, STEP, null),
    prepare: (client) =>
      client.prepare(
        'cases.actOnStep',
        { case: found.id, step: STEP, n },
        { batch: { section: 'orders', rows: [rowOf(typed)] } },
      ),
  })
  return { opening, row }
}
