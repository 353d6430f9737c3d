/*
 * Where drafts lie: in the vault of the uploader's member, locked under V. Pages are never changed in
 * place: a change writes new ones, then the head that names them, then removes the old. What a crash
 * leaves without a head that names it is swept.
 */
import { type Bytes, concatBytes, fromUtf8, utf8 } from '@renshe/crypto'
import type { VaultStore } from '../vault/vault-store.ts'
import type { DraftHead, DraftPlace } from './draft-head.ts'
import { DRAFT_LIMITS } from './draft-limits.ts'
import { DraftRefused } from './draft-refused.ts'
import type { KeptRow, RowProblem } from './draft-row.ts'

/** What drafts need of a vault's store. */
export type DraftStore = Pick<VaultStore, 'lock' | 'unlock' | 'lockedIds' | 'removeLocked'>

const HEADS = 'draft'
const ROWS = 'draft-rows'

/** Key of a draft: its parts are names and ids, nothing personal. */
export function draftKey({ case: caseId, step, section }: DraftPlace): string {
  return `${caseId}/${step}/${section}`
}

/** The head of a draft, or undefined. */
export function readHead(store: DraftStore, key: string): DraftHead | undefined {
  const bytes = store.unlock(HEADS, key)
  // Under V only this file writes: what opens has its shape.
  return bytes === undefined ? undefined : (JSON.parse(fromUtf8(bytes)) as DraftHead)
}

/**
 * Writes the head of the next edition.
 *
 * @throws DraftRefused DRAFT_CHANGED if another hand has written one meanwhile
 */
export function writeHead(store: DraftStore, head: DraftHead): void {
  const key = draftKey(head)
  const edition = readHead(store, key)?.edition ?? 0
  if (edition !== head.edition - 1) throw new DraftRefused({ code: 'DRAFT_CHANGED' })
  store.lock(HEADS, [[key, utf8(JSON.stringify(head))]])
}

/** Every head. */
export function readHeads(store: DraftStore): DraftHead[] {
  return store.lockedIds(HEADS).flatMap((key) => readHead(store, key) ?? [])
}

/** Removes a draft, the head first. */
export function removeDraft(store: DraftStore, head: DraftHead): void {
  store.removeLocked(HEADS, [draftKey(head)])
  store.removeLocked(ROWS, idsOf(head))
}

/** Removes pages and pieces that no head names. */
export function sweepDrafts(store: DraftStore): number {
  const named = new Set(readHeads(store).flatMap(idsOf))
  const orphans = store.lockedIds(ROWS).filter((id) => !named.has(id))
  store.removeLocked(ROWS, orphans)
  return orphans.length
}

function idsOf(head: DraftHead): string[] {
  const key = draftKey(head)
  return [
    ...head.pages.map(({ id }) => pageId(key, id)),
    ...head.files.flatMap(({ number, pieces }) => pieceIds(key, number, pieces)),
  ]
}

function pageId(key: string, id: number): string {
  return `${key}/page/${id}`
}

function pieceIds(key: string, file: number, pieces: number): string[] {
  return Array.from({ length: pieces }, (_, piece) => `${key}/file/${file}/${piece}`)
}

type PageLine = readonly [
  number: number,
  file: number,
  line: number,
  cells: readonly (string | null)[],
  told?: readonly (readonly RowProblem[])[],
]

/** Writes the rows of pages, all in one transaction. */
export function writePages(
  store: DraftStore,
  key: string,
  pages: readonly (readonly [id: number, rows: readonly KeptRow[]])[],
): void {
  store.lock(
    ROWS,
    pages.map(([id, rows]) => [pageId(key, id), pageBytes(rows)] as const),
  )
}

function pageBytes(rows: readonly KeptRow[]): Bytes {
  const lines = rows.map((kept): PageLine => {
    const { number, file, line, cells, cellProblems, rowProblems, remarks } = kept
    const quiet = cellProblems.length + rowProblems.length + remarks.length === 0
    const row = [number, file, line, cells] as const
    return quiet ? row : [...row, [cellProblems, rowProblems, remarks]]
  })
  return utf8(JSON.stringify(lines))
}

/**
 * The rows of a page.
 *
 * @throws DraftRefused DRAFT_CHANGED if a change has replaced it since its head was read
 */
export function readPage(store: DraftStore, key: string, id: number): KeptRow[] {
  const bytes = store.unlock(ROWS, pageId(key, id))
  if (bytes === undefined) throw new DraftRefused({ code: 'DRAFT_CHANGED' })
  const lines = JSON.parse(fromUtf8(bytes)) as readonly PageLine[]
  return lines.map(([number, file, line, cells, told]) => {
    const [cellProblems = NOTHING, rowProblems = NOTHING, remarks = NOTHING] = told ?? []
    return { number, file, line, cells, cellProblems, rowProblems, remarks }
  })
}

const NOTHING: readonly RowProblem[] = []

/** Removes pages. */
export function removePages(store: DraftStore, key: string, ids: readonly number[]): void {
  store.removeLocked(
    ROWS,
    ids.map((id) => pageId(key, id)),
  )
}

/** Keeps a file in pieces; gives their number. */
export function writeFilePieces(
  store: DraftStore,
  key: string,
  file: number,
  bytes: Bytes,
): number {
  const pieces = Math.ceil(bytes.length / DRAFT_LIMITS.pieceBytes)
  pieceIds(key, file, pieces).forEach((id, piece) => {
    const start = piece * DRAFT_LIMITS.pieceBytes
    store.lock(ROWS, [[id, bytes.subarray(start, start + DRAFT_LIMITS.pieceBytes)]])
  })
  return pieces
}

/** A file as it came. Throws `DraftRefused` DRAFT_CHANGED if a change has removed it. */
export function readFilePieces(
  store: DraftStore,
  key: string,
  file: number,
  pieces: number,
): Bytes {
  const parts = pieceIds(key, file, pieces).map((id) => {
    const part = store.unlock(ROWS, id)
    if (part === undefined) throw new DraftRefused({ code: 'DRAFT_CHANGED' })
    return part
  })
  return concatBytes(...parts)
}

/** Removes the pieces of a file. */
export function removeFile(store: DraftStore, key: string, file: number, pieces: number): void {
  store.removeLocked(ROWS, pieceIds(key, file, pieces))
}
