import { useQuery } from '@tanstack/react-query'
import { textsOf } from '../../../package/package-texts.ts'
import { usePackage } from '../../../package/use-package.ts'
import { useSession } from '../../../session/session.tsx'
import { useLocale } from '../../../words/locale.tsx'
import { alertInWords } from './alert-parts.tsx'

/** What an alert is about, as a text. */
export function useAlertName(code: string, caseId: string | null): string {
  const { locale } = useLocale()
  const loaded = useLoadedOfCase(caseId)
  return alertInWords(code, loaded === undefined ? null : textsOf(loaded, locale), locale)
}

/** The package of a case; undefined until it is there, and without a case. */
export function useLoadedOfCase(caseId: string | null) {
  const { ask, slot, account } = useSession()
  const { data } = useQuery({
    queryKey: ['opened', slot, account, caseId],
    enabled: caseId !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await ask('cases.getCase', { case: caseId ?? '' })).data.case,
  })
  return usePackage(data?.package ?? null).data
}
