/* Sample accounts of a demonstration: asked of the node, absent everywhere else. */

import { useRoute } from '../session/asking.ts'
import { useSession } from '../session/session.tsx'
import type { Bilingual } from './workspace.ts'

/** One who may sign in on a demonstration chain. */
export interface SampleAccount {
  readonly name: string
  readonly kind: 'officer' | 'person'
  readonly member: string
  readonly memberName: Bilingual
  /** Part in the annuity flow: employer, trustee, accountManager, custodian, investmentOne… */
  readonly party: string
  readonly officer: string | null
  readonly roles: readonly string[]
  readonly label: Bilingual
}

/** The sample accounts; none on a chain that is no demonstration. */
export function useSampleAccounts(): readonly SampleAccount[] {
  const { chain } = useSession()
  const path = chain.isDemonstration ? '/accounts' : null
  const { data } = useRoute<{ items: readonly SampleAccount[] }>(path, { isFixed: true })
  return data?.items ?? []
}
