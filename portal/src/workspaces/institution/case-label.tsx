/* A case in one line: its service, and the fields that it was opened with. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { monthInWords } from '../../format/moments.ts'
import type { LoadedPackage } from '../../package/package-document.ts'
import { textsOf } from '../../package/package-texts.ts'
import { usePackage } from '../../package/use-package.ts'
import type { CaseShown } from '../../patterns/step-clock/case-shown.ts'
import { useSession } from '../../session/session.tsx'
import { useLocale } from '../../words/locale.tsx'
import type { Locale } from '../../words/words.ts'
import { SERVICES } from './annuity.ts'

/** Where the page of a case lies. */
export function caseAddress({
  service,
  id,
}: {
  readonly service: string
  readonly id: string
}): string {
  return service === SERVICES.contribution
    ? `/institution/contributions/${id}`
    : `/institution/cases/${id}`
}

/** What a case is about: values of its opening never change, so they are asked for once. */
export function useCaseOpened(caseId: string): CaseShown | null {
  const { ask, slot, account } = useSession()
  const asked = useQuery({
    queryKey: ['opened', slot, account, caseId],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await ask('cases.getCase', { case: caseId })).data.case,
  })
  return asked.data ?? null
}

/** Title of a case: `企业年金缴费 2026年11月`. */
export function titleOfCase(shown: CaseShown, loaded: LoadedPackage, locale: Locale): string {
  const texts = textsOf(loaded, locale)
  const fields = Object.keys(loaded.document.service?.opens.fields ?? {})
  const named = fields.flatMap((field) => {
    const value = shown.values[field]
    if (typeof value !== 'string' || /^[0-9a-f]{32,}$/.test(value)) return []
    const type = loaded.document.service?.opens.fields[field]?.type
    if (type === 'month') return [monthInWords(value, locale)]
    if (type === 'date') return [value]
    return []
  })
  return [texts.title, ...named].join(' ')
}

/** A case by its title, as a link. */
export function CaseLink({
  caseId,
  service,
}: {
  readonly caseId: string
  readonly service: string
}) {
  const { locale } = useLocale()
  const shown = useCaseOpened(caseId)
  const { data: loaded } = usePackage(shown?.package ?? null)
  const title = shown === null || loaded === undefined ? '…' : titleOfCase(shown, loaded, locale)
  return <Link to={caseAddress({ service, id: caseId })}>{title}</Link>
}

/** Name of a step of a case. */
export function StepName({ caseId, step }: { readonly caseId: string; readonly step: string }) {
  const { locale } = useLocale()
  const shown = useCaseOpened(caseId)
  const { data: loaded } = usePackage(shown?.package ?? null)
  return <>{loaded === undefined ? '…' : textsOf(loaded, locale).step(step)}</>
}
