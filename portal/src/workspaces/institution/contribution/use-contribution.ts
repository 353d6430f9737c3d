/* Everything that the page of a batch asks. */
import { useMemo } from 'react'
import { usePackageOfCase } from '../../../package/use-package.ts'
import type { CaseWithSteps } from '../../../patterns/step-clock/case-shown.ts'
import { valuesOf } from '../../../patterns/step-clock/case-shown.ts'
import { useAsk } from '../../../session/asking.ts'
import { fieldsOf, type PlanFields, REGISTERS, SERVICES } from '../annuity.ts'

/** Asks for a case and what its page shows beside it. */
export function useContribution(caseId: string) {
  const asked = useAsk('cases.getCase', { case: caseId })
  const found = asked.data?.data ?? null
  const loaded = usePackageOfCase(found?.case ?? null)
  const expectations = useAsk('funds.listExpectations', { case: caseId })
  const payments = useAsk('funds.listPayments', { case: caseId })
  const journals = useAsk('funds.listCaseJournals', { case: caseId, limit: 100 })
  const grants = useAsk('access.listGrants', { case: caseId, limit: 100 })
  const plan = usePlan(found)
  const book = plan.key
  const newest = useAsk(
    'funds.listJournals',
    book === null ? null : { book, newestFirst: true, limit: 100 },
  )
  const accounts = useAsk('funds.getBook', book === null ? null : { book })
  const valuation = useValuation(found)
  return {
    asked,
    found,
    loaded,
    plan,
    valuation,
    expectations: expectations.data?.data.items ?? [],
    payments: payments.data?.data.items ?? [],
    journals: journals.data?.data.items ?? [],
    grants: grants.data?.data.items ?? [],
    newest: newest.data?.data.items ?? [],
    carried: accounts.data?.data.carried ?? null,
  }
}

/** The plan that a case is about. */
export function usePlan(found: CaseWithSteps | null) {
  const key = found?.case.references.plan?.key ?? null
  const entry = useAsk(
    'registers.findEntry',
    key === null ? null : { register: REGISTERS.plan, key },
  )
  const fields = entry.data?.data.entry
  return { key, fields: fields ? fieldsOf<PlanFields>(fields) : null }
}

/** The valuation of the dealing day of a batch: the published one, else the one that is open. */
function useValuation(found: CaseWithSteps | null): CaseWithSteps | null {
  const plan = found?.case.references.plan?.key ?? null
  const day = useMemo(() => dealingDayOf(found), [found])
  const published = useAsk(
    'registers.findEntry',
    plan === null || day === null ? null : { register: REGISTERS.unitValue, key: `${plan}/${day}` },
  )
  const isPublished = published.data === undefined ? null : published.data.data.entry !== null
  const open = useAsk(
    'cases.listCases',
    plan === null || day === null || isPublished !== false
      ? null
      : {
          service: SERVICES.valuation,
          entry: { register: REGISTERS.plan, key: plan },
          status: 'OPEN',
          limit: 100,
        },
  )
  const openCase = open.data?.data.items.find(({ values }) => values.valuationDay === day)
  const caseId = published.data?.data.entry?.case ?? openCase?.id ?? null
  const asked = useAsk('cases.getCase', caseId === null ? null : { case: caseId })
  return asked.data?.data ?? null
}

function dealingDayOf(found: CaseWithSteps | null): string | null {
  if (found === null) return null
  const { dealingDay } = valuesOf(found)
  return typeof dealingDay === 'string' ? dealingDay : null
}
