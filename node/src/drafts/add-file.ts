import { readFile } from 'node:fs/promises'
import type { Bytes } from '@renshe/crypto'
import { FILE_LIMITS } from '../files/limits.ts'
import { openSource, type TableSource } from '../files/table-source.ts'
import type { DraftFile } from './draft-head.ts'
import { DRAFT_LIMITS } from './draft-limits.ts'
import { DraftRefused } from './draft-refused.ts'
import type { DraftState, RewrittenPages } from './draft-state.ts'
import { removeFile, writeFilePieces } from './draft-storage.ts'
import { rowsOf } from './draft-summary.ts'
import { refuseTooManyRows, type TakenFile, type TakingOptions, takeFile } from './take-file.ts'

/** How a file is added. */
export interface AddFileOptions extends TakingOptions {
  /**
   * `fixes` (unless told otherwise): its rows replace those about the same person; `whole`: it replaces
   * everything that was there, files too.
   */
  readonly as?: 'fixes' | 'whole'
  /** As the sender named it. */
  readonly name?: string
}

/** What became of a file. */
export interface AddedFile {
  readonly file: DraftFile
  /** Rows of earlier files that its rows took the place of. */
  readonly replaced: number
  readonly unknownHeadings: readonly string[]
}

/** Adds a file to a draft; whatever is refused leaves the draft as it was. */
export async function addFile(
  state: DraftState,
  source: TableSource,
  options: AddFileOptions,
): Promise<AddedFile> {
  const bytes = await bytesOf(source)
  const isWhole = options.as === 'whole'
  refuseFile(isWhole ? [] : state.head.files, bytes.length)
  const taken = await takeFile(state.terms, state.head, bytes, options)
  try {
    return keepFile(state, taken, { bytes, isWhole, name: options.name ?? null })
  } catch (error) {
    taken.abandon()
    throw error
  }
}

async function bytesOf(source: TableSource): Promise<Bytes> {
  const opened = await openSource(source, FILE_LIMITS)
  return opened.kind === 'bytes' ? opened.bytes : readFile(opened.path)
}

function refuseFile(files: readonly DraftFile[], bytes: number): void {
  const { files: most, fileBytes: mostBytes } = DRAFT_LIMITS
  if (files.length >= most) throw new DraftRefused({ code: 'TOO_MANY_FILES', most })
  const kept = files.reduce((sum, file) => sum + file.bytes, 0)
  if (kept + bytes > mostBytes) throw new DraftRefused({ code: 'FILES_TOO_LARGE', mostBytes })
}

interface KeepingFile {
  readonly bytes: Bytes
  readonly isWhole: boolean
  readonly name: string | null
}

function keepFile(state: DraftState, taken: TakenFile, keeping: KeepingFile): AddedFile {
  const { head, terms } = state
  const { isWhole } = keeping
  const before = rowsOf(head)
  const gone = isWhole ? [] : rowsAbout(state, taken.keyed)
  const replaced = isWhole ? before : gone.length
  refuseTooManyRows(before - replaced + taken.rows)
  const kept: RewrittenPages = isWhole
    ? { pages: [], dropped: head.pages.map(({ id }) => id), nextPage: taken.nextPage }
    : state.rewrite(new Map(gone.map((number) => [number, null])), [], taken.nextPage)
  const file = keepBytes(state, taken, keeping)
  state.commit(
    {
      files: isWhole ? [file] : [...head.files, file],
      pages: [...kept.pages, ...taken.pages],
      nextFile: head.nextFile + 1,
      nextRow: taken.nextRow,
      nextPage: kept.nextPage,
    },
    kept.dropped,
  )
  for (const old of isWhole ? head.files : []) {
    removeFile(terms.store, terms.key, old.number, old.pieces)
  }
  state.setKeys(isWhole || before === 0 ? taken.keys : undefined)
  return { file, replaced, unknownHeadings: taken.table.unknownHeadings }
}

function rowsAbout(state: DraftState, people: ReadonlySet<string>): number[] {
  const index = state.keys()
  return [...people].flatMap((person) => [...index.rowsOf(person)])
}

function keepBytes(
  { head, terms }: DraftState,
  { table, rows, bad }: TakenFile,
  { bytes, name }: KeepingFile,
): DraftFile {
  const number = head.nextFile
  return {
    number,
    name,
    format: table.format,
    encoding: table.encoding ?? null,
    bytes: bytes.length,
    pieces: writeFilePieces(terms.store, terms.key, number, bytes),
    rows,
    bad,
    addedAt: terms.now(),
  }
}
