/* An upload as React state: the file in this browser, the draft at the node. */
import { sha256, toHex } from '@renshe/crypto'
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
import { type DraftPlace, type DraftSummary, draftPath } from './drafts.ts'
import { type ColumnMap, mappedCsv, matchColumns } from './match-columns.ts'
import { readTable, type TableRead } from './read-table.ts'
import { type AddedFile, sendFile, typeOfTable } from './send-file.ts'

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
  | { readonly phase: 'checking' }
  | {
      readonly phase: 'rows'
      readonly told: 'same' | 'resumed' | null
      readonly unknownHeadings: readonly string[]
    }
  | { readonly phase: 'refused'; readonly error: unknown }

/** A file that waits for its columns to be matched. */
interface Waiting {
  readonly file: File
  readonly as: 'fixes' | 'whole'
  readonly hash: string
}

/** The upload of one draft. */
export function useUpload(place: DraftPlace, id: string, inUse: StepInUse) {
  const session = useSession()
  const queries = useQueryClient()
  const { pathname } = useLocation()
  const title = useStepTitle(inUse)
  const texts = usePackageTexts(inUse.loaded)
  const path = draftPath(place)
  const draft = useRoute<DraftSummary>(path)
  const [state, setState] = useState<Uploading>({ phase: 'none' })
  const [table, setTable] = useState<TableRead | null>(null)
  const waiting = useRef<Waiting | null>(null)
  const columns = useMemo(
    () => columnsOf(inUse.loaded, place.section) ?? {},
    [inUse.loaded, place.section],
  )
  const hasRows = (draft.data?.rows ?? 0) > 0
  useEffect(() => {
    if (!hasRows) return
    setState((now) =>
      now.phase === 'none' ? { phase: 'rows', told: 'resumed', unknownHeadings: [] } : now,
    )
  }, [hasRows])

  const refresh = () => queries.invalidateQueries({ queryKey: ['chain'] })

  const keptHash = (): string | null => {
    const hash = findEntry(session.account, id)?.input?.file
    return typeof hash === 'string' ? hash : null
  }

  const send = async (blob: Blob, { file, as, hash }: Waiting): Promise<void> => {
    const first = new Uint8Array(await blob.slice(0, 4).arrayBuffer())
    const sending = { path, token: session.session?.token ?? '', slot: session.slot, as }
    const told = (done: number): void =>
      setState(
        done >= blob.size
          ? { phase: 'checking' }
          : { phase: 'uploading', name: file.name, done, of: blob.size },
      )
    told(0)
    const added: AddedFile = await sendFile(blob, typeOfTable(first), sending, told)
    const input = { file: hash, name: file.name }
    const { account } = session
    keepEntry({ id, account, state: 'draft', title, path: pathname, txId: null, input })
    await refresh()
    const { unknownHeadings } = added
    setState({ phase: 'rows', told: null, unknownHeadings })
  }

  const attempt = (work: () => Promise<void>): void => {
    work().catch((error: unknown) => {
      setState({ phase: 'refused', error })
    })
  }

  const choose = (file: File, as: 'fixes' | 'whole'): void =>
    attempt(async () => {
      setState({ phase: 'reading' })
      const bytes = new Uint8Array(await file.arrayBuffer())
      const hash = toHex(sha256(bytes))
      const read = await readTable(bytes).catch(() => null)
      setTable(as === 'whole' ? read : null)
      if (hasRows && as === 'whole' && hash === keptHash()) {
        return setState({ phase: 'rows', told: 'same', unknownHeadings: [] })
      }
      waiting.current = { file, as, hash }
      const map = read === null ? null : matchColumns(read.headings, columns, texts)
      // What this browser cannot read, the node judges.
      if (read === null || map === null || map.isExact) return send(file, waiting.current)
      if (map.isSafe) return send(mappedCsv(read, map), waiting.current)
      setState({ phase: 'mapping', table: read, map })
    })

  const map = (chosen: ColumnMap): void =>
    attempt(async () => {
      if (state.phase !== 'mapping' || waiting.current === null) return
      await send(mappedCsv(state.table, chosen), waiting.current)
    })

  const discard = async (): Promise<void> => {
    await session.api.remove(path).catch((error: unknown) => {
      // After the step is done the draft is nobody's any more.
      if (!(error instanceof Problem)) throw error
    })
    const entry = findEntry(session.account, id)
    if (entry?.state === 'draft') forgetEntry(session.account, id)
    setTable(null)
    setState({ phase: 'none' })
    await refresh()
  }

  return { draft, state, table, choose, map, discard, refresh }
}
