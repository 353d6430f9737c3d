/* Who is signed in, on which chain, and how this page asks and signs. */
import type { Client, Queries } from '@renshe/client'
import type { JsonObject } from '@renshe/crypto'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useRef } from 'react'
import { type Api, makeApi, type Slot } from './api.ts'

/** The chain that this node keeps. */
export interface ChainShown {
  readonly chain: string
  readonly isDemonstration: boolean
  readonly isSignedIn: boolean
  readonly finalHeight: number
  /** Block time of the newest final block, UTC ms. */
  readonly time: number
}

/** Who is asking, as the node has it. */
export interface SessionShown {
  readonly chain: string
  readonly member: string
  readonly kind: 'officer' | 'system' | 'person'
  readonly name: string
  readonly roles: readonly string[]
  readonly unit: string | null
  readonly certificate: string | null
  readonly token?: string
  readonly person?: { readonly plan: string; readonly account: string }
}

/** Asks a query of the contracts; `height` is the one that the answer speaks of. */
export type Ask = <Name extends keyof Queries>(
  name: Name,
  input: Queries[Name]['input'],
  asOf?: number,
) => Promise<{ readonly height: number; readonly data: Queries[Name]['output'] }>

/** What pages do with the session. */
export interface SessionInUse {
  readonly slot: Slot
  readonly api: Api
  readonly chain: ChainShown
  /** Null for the public. */
  readonly session: SessionShown | null
  /** Names chain, member and officer: the key of everything that is kept for this account. */
  readonly account: string
  /** Asks a query of the contracts in the name of the session. */
  readonly ask: Ask
  /**
   * Asks and signs; makes and certifies the browser's key where there is none yet. Its code is loaded by
   * the first who signs.
   */
  readonly signing: () => Promise<Client>
  readonly signOut: () => Promise<void>
}

const InUse = createContext<SessionInUse | null>(null)

/** Who is signed in. */
export function useSession(): SessionInUse {
  const found = useContext(InUse)
  if (found === null) throw new Error('outside of a session')
  return found
}

/** The address that signs an account in and comes back to a page. */
export function signInAddress(account: string | null, back: string, slot: Slot = 'a'): string {
  const asked = new URLSearchParams({ return: back, slot })
  if (account !== null) asked.set('account', account)
  return `/api/v1/sign-in?${asked}`
}

interface Asked {
  readonly chain: ChainShown
  readonly session: SessionShown | null
}

async function whoIsAsking(api: Api): Promise<Asked> {
  const chain = await api.get<ChainShown>('/chain')
  const session = chain.isSignedIn ? await api.get<SessionShown>('/session') : null
  return { chain, session }
}

/** How a session is begun that is not there yet, and what is shown until it is known. */
interface SessionProviderProps {
  readonly slot?: Slot
  readonly children: ReactNode
  readonly waiting: ReactNode
  readonly failed: (error: Error, again: () => void) => ReactNode
}

/** Gives the pages below it a session. */
export function SessionProvider({ slot = 'a', children, waiting, failed }: SessionProviderProps) {
  const token = useRef<string | null>(null)
  const api = useMemo(() => makeApi(slot, () => token.current), [slot])
  const queries = useQueryClient()
  const asked = useQuery({
    queryKey: ['session', slot],
    queryFn: () => whoIsAsking(api),
    staleTime: Number.POSITIVE_INFINITY,
  })
  token.current = asked.data?.session?.token ?? null
  const value = useMemo(() => {
    if (asked.data === undefined) return null
    return inUse(api, asked.data, async () => {
      await queries.invalidateQueries({ queryKey: ['session', slot] })
    })
  }, [api, asked.data, queries, slot])
  if (value !== null) return <InUse value={value}>{children}</InUse>
  if (asked.error !== null) return failed(asked.error, () => void asked.refetch())
  return waiting
}

function inUse(api: Api, { chain, session }: Asked, again: () => Promise<void>): SessionInUse {
  const account =
    session === null ? 'public' : `${chain.chain}/${session.member}/${session.kind}/${session.name}`
  const signing = () => signingClient(api, { chain, session }, account)
  const signOut = async (): Promise<void> => {
    const { items } = await api.get<{ items: { handle: string; isThis: boolean }[] }>('/sessions')
    const own = items.find(({ isThis }) => isThis)
    if (own !== undefined) await api.remove(`/sessions/${own.handle}`)
    await again()
  }
  return { slot: api.slot, api, chain, session, account, ask: askOf(api), signing, signOut }
}

async function signingClient(
  api: Api,
  { chain, session }: Asked,
  account: string,
): Promise<Client> {
  const [{ Client: ClientOfNode }, { signerOf }] = await Promise.all([
    import('@renshe/client'),
    import('./browser-key.ts'),
  ])
  return new ClientOfNode({
    url: location.origin,
    chain: chain.chain,
    sessionToken: session?.token ?? '',
    fetch: api.fetch,
    signer: await signerOf(api, account),
  })
}

function askOf(api: Api): Ask {
  return (name, input, asOf) => {
    const [module = '', verb = ''] = name.split('.')
    const path = `/queries/${module}/${verb.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    const body = { input, ...(asOf === undefined ? {} : { asOf }) }
    return api.post(path, body as unknown as JsonObject)
  }
}
