/* The demonstration as its host tells it: scenes, clock, people. Absent on every other chain. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useSession } from '../../session/session.tsx'
import type { Bilingual } from '../../shell/workspace.ts'

/** One step of the story. */
export interface Scene {
  readonly id: string
  readonly party: string
  readonly member: string
  /** Sample account that acts. */
  readonly account: string
  readonly zh: string
  readonly en: string
  /** Who can see what of it. */
  readonly seen: Bilingual | null
  /** Page of the portal where it is done. */
  readonly path: string
  readonly step: string | null
  readonly status: 'done' | 'now' | 'later'
  readonly canStandIn: boolean
  readonly txId?: string
}

/** Where the demonstration stands. */
export interface Demonstration {
  /** Changes when somebody starts over. */
  readonly run: string
  readonly chain: string
  readonly height: number
  readonly clock: { readonly now: number; readonly next: { readonly at: number } | null }
  readonly ids: {
    readonly plan: string
    readonly contribution: string | null
    readonly earlier: string | null
    readonly account: string | null
  }
  readonly payroll: {
    readonly count: number
    readonly href: string
    readonly faultyHref: string
  }
  readonly bank: { readonly waiting: number }
  readonly people: readonly {
    readonly party: string
    readonly member: string
    readonly memberName: Bilingual
    readonly accounts: readonly { readonly name: string; readonly label: Bilingual }[]
  }[]
  readonly scenes: readonly Scene[]
}

const POLL_MS = 2_000

/** The demonstration, asked again while the page is open. */
export function useDemonstration(isWanted = true): UseQueryResult<Demonstration> {
  const { api, chain } = useSession()
  return useQuery({
    queryKey: ['chain', 'demonstration'],
    enabled: chain.isDemonstration && isWanted,
    queryFn: () => api.get<Demonstration>('/demonstration'),
    refetchInterval: POLL_MS,
    // A node that keeps a demonstration's chain without being its host has no scenes.
    retry: false,
  })
}

const KEY = 'renshe-tour'

/** Whether the visitor follows the story. */
export function isTouring(): boolean {
  return localStorage.getItem(KEY) === 'on'
}

/** Begins or ends the story's bar at the foot of every page. */
export function setTouring(isOn: boolean): void {
  if (isOn) localStorage.setItem(KEY, 'on')
  else localStorage.removeItem(KEY)
  dispatchEvent(new Event('renshe-tour'))
}

/** Name of a scene's act at its host. */
export function standInBody(scene: string): { readonly scene: string; readonly through: boolean } {
  return { scene, through: true }
}
