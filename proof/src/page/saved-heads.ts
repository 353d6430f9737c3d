import type { SavedHead } from '../trust.ts'

const KEY = 'renshe.heads'
const MOST = 200

/** A head this browser keeps, and when it was saved (UTC ms by this device's clock). */
export type KeptHead = SavedHead & { readonly savedAt: number }

/** Heads kept in this browser, or null where it keeps nothing (private mode, some local files). */
export function readHeads(): readonly KeptHead[] | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isHead) : []
  } catch {
    return null
  }
}

/** Keeps one more head, the newest first. @returns false if the browser refuses */
export function keepHead(head: KeptHead): boolean {
  const others = (readHeads() ?? []).filter(
    ({ chain, size }) => chain !== head.chain || size !== head.size,
  )
  return write([head, ...others].slice(0, MOST))
}

/** Forgets every head. */
export function forgetHeads(): void {
  write([])
}

function write(heads: readonly KeptHead[]): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(heads))
    return true
  } catch {
    return false
  }
}

function isHead(value: unknown): value is KeptHead {
  const head = value as Partial<KeptHead> | null
  return (
    typeof head?.chain === 'string' &&
    typeof head.root === 'string' &&
    typeof head.savedAt === 'number' &&
    Number.isSafeInteger(head.size)
  )
}
