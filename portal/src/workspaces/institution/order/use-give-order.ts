/* Gives an order: its number is registered first, then its one row is sealed and signed. */
import { useState } from 'react'
import { type LoadedPackage, packageToSay, serviceOf } from '../../../package/package-document.ts'
import { usePackageTexts } from '../../../package/use-package.ts'
import { useAskToSign } from '../../../patterns/sign-dialog/asked-signature.ts'
import { followsOf, followsOfOpening } from '../../../patterns/sign-dialog/consequences.ts'
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
interface NextOrder {
  readonly case: string | null
  readonly number: number
}

/** How an order is given, and which one is next. */
export function useGiveOrder({ plan, portfolio, day, loaded, orders, onGiven }: GivenOrder) {
  const { ask, session } = useSession()
  const toSign = useAskToSign()
  const texts = usePackageTexts(loaded)
  const [isBusy, setIsBusy] = useState(false)
  const begun = orders.items?.find(
    ({ status, done, values, opener, batches }) =>
      status === 'OPEN' &&
      done === 0 &&
      batches.orders === undefined &&
      values.valuationDay === day &&
      opener.member === session?.member,
  )
  const next: NextOrder = {
    case: begun?.id ?? null,
    number: begun === undefined ? orders.nextNumber(day) : Number(begun.values.orderNo ?? 0),
  }

  const giveRow = async (caseId: string, typed: OrderTyped): Promise<void> => {
    setIsBusy(true)
    try {
      const { data } = await ask('cases.getCase', { case: caseId })
      const step = data.steps.find(({ step: name, status }) => name === STEP && status === 'open')
      if (step === undefined) return
      const rows = [rowOf(typed)]
      toSign(
        {
          id: `${caseId}/${step.n}`,
          title: { zh: `下达第 ${next.number} 号指令`, en: `Give order no. ${next.number}` },
          terms: packageToSay(loaded),
          texts,
          follows: followsOf(serviceOf(loaded), data.case.parties, STEP, null),
          prepare: (client) =>
            client.prepare(
              'cases.actOnStep',
              { case: caseId, step: STEP, n: step.n },
              { batch: { section: 'orders', rows } },
            ),
        },
        (isRecorded) => {
          if (isRecorded) onGiven()
        },
      )
    } finally {
      setIsBusy(false)
    }
  }

  const give = async (typed: OrderTyped): Promise<void> => {
    if (next.case !== null) return giveRow(next.case, typed)
    const fields = { planKey: plan, portfolio, valuationDay: day, orderNo: next.number }
    let opened: string | null = null
    toSign(
      {
        id: `open/${ORDER_SERVICE}/${plan}/${portfolio}/${day}/${next.number}`,
        title: { zh: `登记第 ${next.number} 号指令`, en: `Register order no. ${next.number}` },
        terms: packageToSay(loaded),
        texts,
        follows: followsOfOpening(serviceOf(loaded), session?.member ?? null),
        clauseOf: (code) => {
          const { checks } = serviceOf(loaded).opens
          const clause = checks.find(({ refuse }) => refuse === code)?.clause
          return clause === undefined ? null : texts.clause(clause).name
        },
        prepare: (client) => client.prepare('cases.openCase', { service: ORDER_SERVICE, fields }),
        onRecorded: ({ data }) => {
          opened = String(data.case ?? '')
        },
      },
      (isRecorded) => {
        if (isRecorded && opened !== null) void giveRow(opened, typed)
      },
    )
  }
  return { give, next, isBusy }
}
