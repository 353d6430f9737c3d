/* One look: the read is signed with the key of this browser, and everything that it opens is recomputed. */
import { type JsonObject, parseCanonicalJson } from '@renshe/crypto'
import { useState } from 'react'
import { useAsk } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import type { WarrantShown } from './warrant-sentences.ts'

/** What came of a look. */
export type Look =
  | {
      readonly kind: 'opened'
      readonly read: string
      /** Null where the person had it erased. */
      readonly content: JsonObject | null
    }
  | { readonly kind: 'refused'; readonly code: string; readonly facts: JsonObject }

/** Looks at rows of the batch of a warrant. */
export function useLook(warrant: WarrantShown, onLooked?: () => void) {
  const { signing } = useSession()
  const batches = useAsk('access.listBatches', { case: warrant.case })
  const [look, setLook] = useState<Look | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const { scope, grant } = warrant
  const root = scope.kind === 'RECORDS' ? null : scope.batch
  const count = batches.data?.data.items.find((batch) => batch.root === root)?.count
  const begin = async (place: number): Promise<void> => {
    if (root === null || grant === null || count === undefined) return
    setIsBusy(true)
    setLook(null)
    try {
      const client = await signing()
      const { read, items } = await client.read({
        grant,
        case: warrant.case,
        batch: { root, count },
        rows: { section: warrant.section, from: place, count: 1 },
      })
      const bytes = items[0]?.content ?? null
      const content = bytes === null ? null : (parseCanonicalJson(bytes) as JsonObject)
      onLooked?.()
      setLook({ kind: 'opened', read, content })
    } catch (error) {
      setLook(refusalOf(error))
    } finally {
      setIsBusy(false)
    }
  }
  return { look, begin, isBusy }
}

/** A refusal of contract or node; content that does not recompute is one of this browser. */
function refusalOf(error: unknown): Look {
  const { name, code, facts, part } = error as Error & {
    readonly code?: string
    readonly facts?: JsonObject
    readonly part?: string
  }
  if (name === 'OpenedRefused') {
    return { kind: 'refused', code: 'CONTENT_CHANGED', facts: { part: part ?? '' } }
  }
  return { kind: 'refused', code: code ?? String(error), facts: facts ?? {} }
}
