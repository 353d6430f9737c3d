/* Questions to the contracts as React state, kept fresh by the events of the chain. */
import type { Queries } from '@renshe/client'
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Api } from './api.ts'
import { useSession } from './session.tsx'

/** An answer and the height that it speaks of. */
export interface Answered<Name extends keyof Queries> {
  readonly height: number
  readonly data: Queries[Name]['output']
}

/**
 * Asks a query of the contracts; asked anew when blocks become final.
 *
 * @param input  null: not yet known, nothing is asked
 * @param asOf   height whose answer is wanted; then it never changes
 */
export function useAsk<Name extends keyof Queries>(
  name: Name,
  input: Queries[Name]['input'] | null,
  asOf?: number,
): UseQueryResult<Answered<Name>> {
  const { slot, account, ask } = useSession()
  return useQuery({
    queryKey: ['chain', slot, account, name, input, asOf ?? null],
    enabled: input !== null,
    queryFn: () => ask(name, input as Queries[Name]['input'], asOf),
    ...(asOf === undefined ? {} : { staleTime: Number.POSITIVE_INFINITY }),
  })
}

/** Reads a route of the node; asked anew when blocks become final, unless `isFixed`. */
export function useRoute<Answer>(
  path: string | null,
  { isFixed = false }: { readonly isFixed?: boolean } = {},
): UseQueryResult<Answer> {
  const { slot, account, api } = useSession()
  return useQuery({
    queryKey: [isFixed ? 'fixed' : 'chain', slot, account, path],
    enabled: path !== null,
    queryFn: () => api.get<Answer>(path as string),
    ...(isFixed ? { staleTime: Number.POSITIVE_INFINITY } : {}),
  })
}

/** How the page hears of new blocks. */
export type Liveness = 'live' | 'reconnecting' | 'off'

/** At most so often are all open questions asked anew. */
const FRESH_MS = 250
const RECONNECT_MS = 2_000

/** Keeps open questions fresh while blocks become final; `off` for the public, who has no stream. */
export function useLiveness(): Liveness {
  const { api, session } = useSession()
  const queries = useQueryClient()
  const [liveness, setLiveness] = useState<Liveness>('off')
  const isSignedIn = session !== null && session.kind !== 'person'
  useEffect(() => {
    if (!isSignedIn) return
    const ended = new AbortController()
    let planned: ReturnType<typeof setTimeout> | null = null
    const refresh = (): void => {
      planned ??= setTimeout(() => {
        planned = null
        void queries.invalidateQueries({ queryKey: ['chain'] })
      }, FRESH_MS)
    }
    void listen(api, ended.signal, setLiveness, refresh)
    return () => {
      ended.abort()
      if (planned !== null) clearTimeout(planned)
    }
  }, [isSignedIn, api, queries])
  return liveness
}

/**
 * Listens until aborted. Read with `fetch`, because a browser's `EventSource` hears only events whose names
 * it was told, and names a slot in no header.
 */
async function listen(
  api: Api,
  signal: AbortSignal,
  tell: (liveness: Liveness) => void,
  heard: () => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await api.fetch('/api/v1/events', { method: 'GET', signal })
      if (!response.ok || response.body === null) throw new Error('no stream')
      tell('live')
      heard()
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        if (value.includes('data:')) heard()
      }
    } catch {
      if (signal.aborted) return
    }
    tell('reconnecting')
    await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS))
  }
}

/** Queries that answer in pages. */
type PagedQuery = {
  [Name in keyof Queries]: Queries[Name] extends {
    readonly output: { readonly items: readonly unknown[]; readonly next: string | null }
  }
    ? Name
    : never
}[keyof Queries]

/** Pages of one answer that are asked for at once; a longer list is told to be cut. */
const MOST_PAGES = 50

/** Asks a query page after page, and gives all items. */
export function useAskAll<Name extends PagedQuery>(
  name: Name,
  input: Queries[Name]['input'] | null,
): UseQueryResult<readonly Queries[Name]['output']['items'][number][]> {
  const { slot, account, ask } = useSession()
  return useQuery({
    queryKey: ['chain', slot, account, 'all', name, input],
    enabled: input !== null,
    queryFn: async () => {
      const items: Queries[Name]['output']['items'][number][] = []
      let cursor: string | null = null
      for (let page = 0; page < MOST_PAGES; page++) {
        const place: { cursor?: string } = cursor === null ? {} : { cursor }
        const asked = { ...input, limit: 200, ...place } as Queries[Name]['input']
        const { data }: { data: Queries[Name]['output'] } = await ask(name, asked)
        items.push(...data.items)
        cursor = data.next
        if (cursor === null) break
      }
      return items
    },
  })
}
