import { useMemo } from 'react'
import { useCaseNamed, useMemberNames } from '../names.ts'
import type { WarrantNames } from './warrant-sentences.ts'

/** Names of what a warrant over a case speaks of; ids until they are known. */
export function useWarrantNames(caseId: string | null): WarrantNames {
  const member = useMemberNames()
  const named = useCaseNamed(caseId)
  return useMemo(() => {
    const plain = (text: string) => ({ zh: text, en: text })
    return {
      member,
      title: named?.title ?? plain(caseId ?? ''),
      section: named?.section ?? plain,
      clause: named?.clause ?? plain,
    }
  }, [member, named, caseId])
}
