/* Acts of this browser, kept across reloads and sign-out: what was typed, what is under way, what was recorded. */
import type { JsonObject } from '@renshe/crypto'
import { useSyncExternalStore } from 'react'

/** Where one act stands. */
export type ActState = 'draft' | 'in-flight' | 'recorded'

/** One act as it is kept. */
export interface KeptEntry {
  /** Names the act: account, case and step. */
  readonly id: string
  /** Account that it belongs to; others do not see it. */
  readonly account: string
  readonly state: ActState
  /** What it is, in both languages. */
  readonly title: { readonly zh: string; readonly en: string }
  /** Page that it was begun on. */
  readonly path: string
  /** Clock of this device, UTC ms. */
  readonly since: number
  readonly txId: string | null
  /** What was typed; kept until it is recorded, because a refused act is a draft again. */
  readonly input: JsonObject | null
}

const KEY = 'renshe-outbox'
/** Recorded acts are kept for a day. */
const RECORDED_MS = 86_400_000
const MOST = 200

const listeners = new Set<() => void>()
let entries: readonly KeptEntry[] = read()

function read(): readonly KeptEntry[] {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]') as readonly KeptEntry[]
    const oldest = Date.now() - RECORDED_MS
    return kept.filter(({ state, since }) => state !== 'recorded' || since > oldest)
  } catch {
    return []
  }
}

function replace(next: readonly KeptEntry[]): void {
  entries = next.slice(-MOST)
  localStorage.setItem(KEY, JSON.stringify(entries))
  for (const listener of listeners) listener()
}

/** Keeps an act, in place of the one of the same id. */
export function keepEntry(entry: Omit<KeptEntry, 'since'>): void {
  const others = entries.filter(({ id, account }) => id !== entry.id || account !== entry.account)
  replace([...others, { ...entry, since: Date.now() }])
}

/** Forgets an act. */
export function forgetEntry(account: string, id: string): void {
  replace(entries.filter((entry) => entry.id !== id || entry.account !== account))
}

/** The act of an id as it is kept. */
export function findEntry(account: string, id: string): KeptEntry | undefined {
  return entries.find((entry) => entry.id === id && entry.account === account)
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Acts of an account, the newest last. */
export function useOutbox(account: string): readonly KeptEntry[] {
  const all = useSyncExternalStore(listen, () => entries)
  return all.filter((entry) => entry.account === account)
}

addEventListener('storage', ({ key }) => {
  if (key !== KEY) return
  entries = read()
  for (const listener of listeners) listener()
})
