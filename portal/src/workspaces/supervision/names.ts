/* Members and cases in both languages: what is signed is said in both. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { textsOf } from '../../package/package-texts.ts'
import { usePackage } from '../../package/use-package.ts'
import { useAsk } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import type { Bilingual } from '../../shell/workspace.ts'
import { titleOfCase } from '../institution/case-label.tsx'

/** Names of members in both languages; one that is not known by its id. */
export function useMemberNames(): (id: string) => Bilingual {
  const { data } = useAsk('membership.listMembers', { limit: 200 })
  return useMemo(() => {
    const names = new Map(data?.data.items.map(({ id, name }) => [id, name]))
    return (id) => names.get(id) ?? { zh: id, en: id }
  }, [data])
}

/** A case as sentences name it. */
export interface CaseNamed {
  readonly title: Bilingual
  readonly section: (name: string) => Bilingual
  readonly step: (name: string) => Bilingual
  readonly clause: (id: string) => Bilingual & { readonly quotation: string | null }
}

/** Title of a case and words of its package; null until they are loaded. */
export function useCaseNamed(caseId: string | null): CaseNamed | null {
  const { ask, slot, account } = useSession()
  const { data: shown = null } = useQuery({
    queryKey: ['opened', slot, account, caseId],
    enabled: caseId !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await ask('cases.getCase', { case: caseId ?? '' })).data.case,
  })
  const { data: loaded } = usePackage(shown?.package ?? null)
  return useMemo(() => {
    if (shown === null || loaded === undefined) return null
    const [zh, en] = [textsOf(loaded, 'zh'), textsOf(loaded, 'en')]
    const clauseIn = (id: string) => zh.clause(id)
    return {
      title: { zh: titleOfCase(shown, loaded, 'zh'), en: titleOfCase(shown, loaded, 'en') },
      section: (name) => ({ zh: zh.section(name), en: en.section(name) }),
      step: (name) => ({ zh: zh.step(name), en: en.step(name) }),
      clause: (id) => ({
        zh: clauseIn(id).name,
        en: en.clause(id).name,
        quotation: clauseIn(id).quotation,
      }),
    }
  }, [shown, loaded])
}
