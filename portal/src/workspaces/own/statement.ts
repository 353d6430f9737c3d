/* The statement of the person who is signed in: fetched as evidence, verified here, read from what was verified. */
import type { EvidenceSummary } from '@renshe/proof'
import { useQuery } from '@tanstack/react-query'
import {
  keptHeadOf,
  keptHeads,
  useFirstHead,
  useTrust,
  verify,
} from '../../patterns/verify-panel/verify.ts'
import { useSession } from '../../session/session.tsx'

/** A verified statement. */
export interface OwnStatement {
  readonly bytes: Uint8Array
  readonly green: number
  readonly isTrustworthy: boolean
  readonly statement: EvidenceSummary['statement']
}

/** What the routes of statements are asked. */
export function statementBody(
  { plan, account }: { readonly plan: string; readonly account: string },
  form: 'json' | 'pdf',
  chain: string,
) {
  // The file proves that it continues the head which this browser keeps.
  const since = keptHeadOf(chain)?.size
  return { book: plan, account, from: null, form, ...(since === undefined ? {} : { since }) }
}

/** Asks for the statement and verifies it in this browser; null if nothing was posted yet. */
export function useOwnStatement() {
  const { api, chain, session, account: key } = useSession()
  useFirstHead()
  const trust = useTrust()
  const person = session?.person
  return useQuery({
    queryKey: ['chain', key, 'statement'],
    enabled: person !== undefined && person !== null && trust !== undefined,
    queryFn: async (): Promise<OwnStatement | null> => {
      if (person === undefined || person === null || trust === undefined) return null
      const { bytes } = await api.download(
        '/statements',
        statementBody(person, 'json', chain.chain),
      )
      const reader = { trusted: [trust], savedHeads: keptHeads() }
      const { verification, verdict } = await verify(bytes, reader)
      const green = verification.checks.filter(({ state }) => state === 'green').length
      const statement = verification.file === 'not-evidence' ? null : verification.summary.statement
      return { bytes, green, isTrustworthy: verdict === 'trustworthy', statement }
    },
  })
}
