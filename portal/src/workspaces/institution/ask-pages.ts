/* Lists of any length: page after page while one scrolls, fresh while they are short. */
import type { Queries } from '@renshe/client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { useChainHeight } from '../../patterns/step-clock/step-clock.tsx'
import { useSession } from '../../session/session.tsx'

/** Queries that answer page by page. */
type Paged = {
  [Name in keyof Queries]: Queries[Name]['output'] extends {
    readonly items: readonly unknown[]
    readonly next: string | null
  }
    ? Name
    : never
}[keyof Queries]

type ItemOf<Name extends Paged> = Queries[Name]['output']['items'][number]

/** A list that is not all there yet. */
export interface Pages<Item> {
  readonly items: readonly Item[]
  readonly isWaiting: boolean
  readonly error: Error | null
  readonly hasMore: boolean
  /** Asks for the next page; nothing happens while one is asked for. */
  readonly more: () => void
  /** There are newer blocks than what is shown, and too many pages to ask all of them anew by themselves. */
  readonly isStale: boolean
  readonly refresh: () => void
}

const [PAGE, FRESH_PAGES] = [100, 5]

/** Asks a list page by page. */
export function useAskPages<Name extends Paged>(
  name: Name,
  input: Queries[Name]['input'],
): Pages<ItemOf<Name>> {
  const { slot, account, ask } = useSession()
  const height = useChainHeight()
  const asked = useInfiniteQuery({
    queryKey: ['pages', slot, account, name, input],
    initialPageParam: null as string | null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ pageParam }) => {
      const cursor = pageParam === null ? {} : { cursor: pageParam }
      return ask(name, { ...input, limit: PAGE, ...cursor } as Queries[Name]['input'])
    },
    getNextPageParam: ({ data }) => (data as { readonly next: string | null }).next,
  })
  const pages = asked.data?.pages
  const items = useMemo(
    () => (pages ?? []).flatMap(({ data }) => data.items as readonly ItemOf<Name>[]),
    [pages],
  )
  const newest = useRef(height)
  const { refetch } = asked
  const isShort = (pages?.length ?? 0) <= FRESH_PAGES
  useEffect(() => {
    if (height === newest.current || !isShort) return
    newest.current = height
    void refetch()
  }, [height, isShort, refetch])
  return {
    items,
    isWaiting: asked.data === undefined && asked.error === null,
    error: asked.data === undefined ? asked.error : null,
    hasMore: asked.hasNextPage,
    more: () => {
      if (asked.hasNextPage && !asked.isFetching) void asked.fetchNextPage()
    },
    isStale: !isShort && height !== newest.current,
    refresh: () => {
      newest.current = height
      void refetch()
    },
  }
}
