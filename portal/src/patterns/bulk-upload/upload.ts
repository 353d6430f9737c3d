/* An upload as React state: the file in this browser, the draft at the node. */
import type { UploadProgress } from '@renshe/client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { columnsOf } from '../../package/package-document.ts'
import { usePackageTexts } from '../../package/use-package.ts'
import { Problem } from '../../session/api.ts'
import { useRoute } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { findEntry, forgetEntry, keepEntry } from '../outbox/outbox-store.ts'
import { type StepInUse, useStepTitle } from '../step-form/step-in-use.ts'
import type { ComparedFile } from './compare-rows.ts'
import { type DraftPlace, type DraftSummary, draftPath } from './drafts.ts'
import { type ColumnMap, mappedCsv, matchColumns } from './match-columns.ts'
import { readApart } from './read-apart.ts'
import type { TableRead } from './read-table.ts'

/** Where an upload stands. */
export type Uploading =
  | { readonly phase: 'none' }
  | { readonly phase: 'reading' }
  | { readonly phase: 'mapping'; readonly table: TableRead; readonly map: ColumnMap }
  | {
      readonly phase: 'uploading'
      readonly name: string
      readonly done: number
      readonly of: number
    }
  | { readonly phase: 'checking'; readonly rows: number }
  | { readonly phase: 'rows'; readonly told: 'same' | 'resumed' | null }
  | { readonly phase: 'refused'; readonly error: unknown }

/** A file on its way up. */
interface Waiting {
  readonly file: File
  readonly as: 'fixes' | 'whole'
  readonly hash: string
  readonly table: TableRead | null
}

/** Numbers of rows that were typed anew since the file came: kept with the draft, across a reload. */
function useCorrected(id: string) {
  const { account } = useSession()
  const rows = (): ReadonlySet<number> => {
    const kept = findEntry(account, id)?.input?.corrected
    return new Set(Array.isArray(kept) ? kept.map(Number) : [])
  }
  const add = (row: number): void => {
    const entry = findEntry(account, id)
    if (entry === undefined) return
    keepEntry({ ...entry, input: { ...entry.input, corrected: [...rows(), row] } })
  }
  return { rows, add }
}

/** The upload of one draft. */
// budget: one hook: its closures share the file, the draft and the state.
export function useUpload(place: DraftPlace, id: string, inUse: StepInUse) {
  const session = useSession()
  const queries = useQueryClient()
  const { pathname } = useLocation()
  const title = useStepTitle(inUse)
  const texts = usePackageTexts(inUse.loaded)
  const path = draftPath(place)
  const draft = useRoute<DraftSummary>(path)
  const [state, setState] = useState<Uploading>({ phase: 'none' })
  const waiting = useRef<Waiting | null>(null)
  /** What the rows came from; lost by a reload. */
  const compared = useRef<ComparedFile | null>(null)
  const corrected = useCorrected(id)
  const columns = useMemo(
    () => columnsOf(inUse.loaded, place.section) ?? {},
    [inUse.loaded, place.section],
  )
  const hasRows = (draft.data?.rows ?? 0) > 0
  useEffect(() => {
    if (!hasRows) return
    setState((now) => (now.phase === 'none' ? { phase: 'rows', told: 'resumed' } : now))
  }, [hasRows])

  const refresh = () => queries.invalidateQueries({ queryKey: ['chain'] })
  const keptHash = findEntry(session.account, id)?.input?.file ?? null

  const send = async (bytes: Uint8Array, { file, as, hash }: Waiting): Promise<void> => {
    const client = await session.signing()
    const onProgress = ({ phase, sent, bytes: of, rows }: UploadProgress): void =>
      setState(
        phase === 'upload' && sent < of
          ? { phase: 'uploading', name: file.name, done: sent, of }
          : { phase: 'checking', rows },
      )
    setState({ phase: 'uploading', name: file.name, done: 0, of: bytes.length })
    await client.upload(place, bytes, { as, onProgress })
    // A new file says everything anew; nothing of it is corrected yet.
    const input = { file: hash, name: file.name }
    const { account } = session
    keepEntry({ id, account, state: 'draft', title, path: pathname, txId: null, input })
    await refresh()
    setState({ phase: 'rows', told: null })
  }

  const attempt = (work: () => Promise<void>): void => {
    work().catch((error: unknown) => setState({ phase: 'refused', error }))
  }

  /** Uploads a table under the names of the package's columns. */
  const sendMapped = async (given: Waiting, table: TableRead, map: ColumnMap): Promise<void> => {
    const blob = mappedCsv(table, map)
    if (given.as === 'whole') {
      const lines = table.rows.map((_, at) => at + 2)
      compared.current = { table, columns: map.columns, lines }
    }
    await send(new Uint8Array(await blob.arrayBuffer()), given)
  }

  const choose = (file: File, as: 'fixes' | 'whole'): void =>
    attempt(async () => {
      setState({ phase: 'reading' })
      const bytes = new Uint8Array(await file.arrayBuffer())
      const { hash, table } = await readApart(bytes)
      const map = table === null ? null : matchColumns(table.headings, columns, texts)
      compared.current =
        table === null || map === null || !map.isExact || as === 'fixes'
          ? null
          : { table, columns: map.columns, lines: table.lines }
      if (hasRows && as === 'whole' && hash === keptHash) {
        return setState({ phase: 'rows', told: 'same' })
      }
      const given = { file, as, hash, table }
      waiting.current = given
      // What this browser cannot read, the node judges.
      if (table === null || map === null || map.isExact) return send(bytes, given)
      if (map.isSafe) return sendMapped(given, table, map)
      setState({ phase: 'mapping', table, map })
    })

  const map = (chosen: ColumnMap): void =>
    attempt(async () => {
      const given = waiting.current
      if (given !== null && given.table !== null) await sendMapped(given, given.table, chosen)
    })

  const discard = async (): Promise<void> => {
    await session.api.remove(path).catch((error: unknown) => {
      // After the step is done the draft is nobody's any more.
      if (!(error instanceof Problem)) throw error
    })
    const entry = findEntry(session.account, id)
    if (entry?.state === 'draft') forgetEntry(session.account, id)
    compared.current = null
    setState({ phase: 'none' })
    await refresh()
  }

  return { draft, state, compared, corrected, columns, choose, map, discard, refresh }
}
