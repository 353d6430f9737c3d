/* Acts that were handed in and not answered: asked about until the chain has answered, also after a reload. */
import { useEffect } from 'react'
import { Problem } from '../../session/api.ts'
import { useSession } from '../../session/session.tsx'
import { forgetEntry, type KeptEntry, keepEntry } from './outbox-store.ts'

const POLL_MS = 3_000
/** A body may be handed in for so long; what the chain does not have by then, it never will. */
const GIVEN_UP_MS = 11 * 60_000

/** Asks about acts under way until each is recorded, refused, or known not to have been handed in. */
export function useSettling(entries: readonly KeptEntry[]): void {
  const { api } = useSession()
  const flying = entries.filter(({ state }) => state === 'in-flight')
  const ids = flying.map(({ id, txId }) => `${id} ${txId}`).join(' ')
  useEffect(() => {
    if (flying.length === 0) return
    const asking = setInterval(() => {
      for (const entry of flying) void ask(entry)
    }, POLL_MS)
    return () => clearInterval(asking)
  }, [ids, api])

  const ask = async (entry: KeptEntry): Promise<void> => {
    try {
      const found = await api.get(`/transactions/${entry.txId ?? ''}`)
      if (found.status !== 'final') return
      if (found.code === 'OK') keepEntry({ ...entry, state: 'recorded', input: null })
      else toDraft(entry)
    } catch (error) {
      const isAbsent = error instanceof Problem && error.status === 404
      if (isAbsent && Date.now() - entry.since > GIVEN_UP_MS) toDraft(entry)
    }
  }
}

/** What was typed is a draft again; what was computed alone is forgotten. */
function toDraft(entry: KeptEntry): void {
  if (entry.input === null) forgetEntry(entry.account, entry.id)
  else keepEntry({ ...entry, state: 'draft', txId: null })
}
