/* What a holder keeps of what it read under a grant with use `STORE`, locked under its own V. */
import type { Opening } from '../peer.ts'
import type { OpenedRead } from './open-read.ts'
import { openingsBytes, openingsOf } from './opening-bytes.ts'
import type { Vault } from './vault.ts'

/** Openings in one locked copy of rows. */
const COPY_ROWS = 1000

/**
 * Keeps copies of what was read, if the grant allows it (`STORE`); under `VIEW` nothing is kept.
 *
 * @returns whether it was kept
 */
export function keepCopies(vault: Vault, opened: OpenedRead): boolean {
  const { read, grant, openings, commitments } = opened
  if (grant.use !== 'STORE') return false
  if (read.rows === null) {
    vault.store.lock(
      'copy',
      openings.map((opening, index) => [commitments[index] as string, openingsBytes([opening])]),
    )
    return true
  }
  const { batch, from } = read.rows
  // Pages are whole only where a read begins at one: others are read again, not kept in pieces.
  if (from % COPY_ROWS !== 0) return false
  const pages: [string, Uint8Array][] = []
  for (let at = 0; at < openings.length; at += COPY_ROWS) {
    const page = openings.slice(at, at + COPY_ROWS)
    pages.push([pageName(batch, (from + at) / COPY_ROWS), openingsBytes(page)])
  }
  vault.store.lock('copy', pages)
  return true
}

/** The copy of a section; undefined if none is kept, null if it was erased when it was read. */
export function findCopy(vault: Vault, commitment: string): Opening | null | undefined {
  const bytes = vault.store.unlock('copy', commitment)
  return bytes === undefined ? undefined : openingsOf(bytes)[0]
}

/** Copies of all rows of a batch or tree; undefined unless every one is there. */
export function findRowCopies(
  vault: Vault,
  root: string,
  count: number,
): (Opening | null)[] | undefined {
  const rows: (Opening | null)[] = []
  for (let page = 0; rows.length < count; page++) {
    const bytes = vault.store.unlock('copy', pageName(root, page))
    if (bytes === undefined) return undefined
    const openings = openingsOf(bytes)
    rows.push(...openings)
    if (openings.length < COPY_ROWS) break
  }
  return rows.length === count ? rows : undefined
}

/**
 * Forgets a copy of one section; undoing nothing where none is kept.
 *
 * @returns whether there was one
 */
export function dropCopy(vault: Vault, commitment: string): boolean {
  if ((findCopy(vault, commitment) ?? null) === null) return false
  vault.store.removeLocked('copy', [commitment])
  return true
}

/**
 * Forgets the page of copies that holds a row: the others of it are read anew where they are needed.
 *
 * @returns whether the row was there
 */
export function dropRowCopy(vault: Vault, root: string, row: number): boolean {
  const page = pageName(root, Math.floor(row / COPY_ROWS))
  const bytes = vault.store.unlock('copy', page)
  if (bytes === undefined || (openingsOf(bytes)[row % COPY_ROWS] ?? null) === null) return false
  vault.store.removeLocked('copy', [page])
  return true
}

function pageName(root: string, page: number): string {
  return `${root} ${String(page).padStart(6, '0')}`
}
