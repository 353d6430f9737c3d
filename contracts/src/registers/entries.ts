/* What cases and other modules do with registers. These functions trust their caller. */
import { canonicalJson, ledgerHash, toHex } from '@renshe/crypto'
import { amendments, type Context, type StateView } from '@renshe/kernel'
import type { PublicJson } from '../vocabulary/schemas.ts'
import {
  type Entry,
  type EntrySection,
  type EntryVersion,
  entries,
  entryVersions,
} from './records.ts'

/** A new entry. `key` is its parts joined by `/`. */
export interface NewEntry {
  readonly register: string
  readonly key: string
  readonly owner: string
  readonly fields: { readonly [name: string]: PublicJson }
  /** Ascending by name; from `access.registerSections`. */
  readonly sections: readonly EntrySection[]
  readonly caseId: string
}

/** A change: fields that are left out stay, sections of the same name are replaced. */
export interface EntryChange {
  readonly register: string
  readonly key: string
  readonly fields: { readonly [name: string]: PublicJson }
  readonly sections: readonly EntrySection[]
  readonly caseId: string
}

/** The newest version of an entry, also of a closed one, or undefined. */
export function findEntry(view: StateView, register: string, key: string): Entry | undefined {
  return view.state(entries).find([register, key])
}

/** The subject under which evidence looks for an amendment of one version: 64 hex digits. */
export function entryVersionSubject(register: string, key: string, version: number): string {
  return toHex(ledgerHash('value', canonicalJson({ key, register, version })))
}

/**
 * Begins an entry; refuses `ENTRY_EXISTS` also for a closed one: a key is never given twice.
 *
 * @returns the entry as written
 */
export function recordEntry(ctx: Context, entry: NewEntry): Entry {
  const { register, key, owner, caseId } = entry
  if (findEntry(ctx, register, key) !== undefined) {
    ctx.refuse({ code: 'ENTRY_EXISTS', register, key })
  }
  return write(ctx, 'RECORDED', {
    v: 1,
    register,
    key,
    owner,
    version: 1,
    status: 'OPEN',
    fields: { ...entry.fields },
    sections: sorted(entry.sections),
    case: caseId,
    since: ctx.time,
  })
}

/** Writes the next version of an open entry; refuses `ENTRY_NOT_FOUND`, `ENTRY_CLOSED`. */
export function amendEntry(ctx: Context, change: EntryChange): Entry {
  const entry = openEntry(ctx, change.register, change.key)
  const replaced = change.sections.map(({ name }) => name)
  const kept = entry.sections.filter(({ name }) => !replaced.includes(name))
  return write(ctx, 'AMENDED', {
    ...entry,
    version: entry.version + 1,
    fields: { ...entry.fields, ...change.fields },
    sections: sorted([...kept, ...change.sections]),
    case: change.caseId,
    since: ctx.time,
  })
}

/** Closes an open entry for good; refuses `ENTRY_NOT_FOUND`, `ENTRY_CLOSED`. */
export function closeEntry(
  ctx: Context,
  { register, key, caseId }: { register: string; key: string; caseId: string },
): Entry {
  const entry = openEntry(ctx, register, key)
  return write(ctx, 'CLOSED', {
    ...entry,
    version: entry.version + 1,
    status: 'CLOSED',
    case: caseId,
    since: ctx.time,
  })
}

/**
 * Gives an open entry another owner, and its sealed parts their places at the new one; refuses
 * `ENTRY_NOT_FOUND`, `ENTRY_CLOSED`. Whoever calls it has seen both sides sign.
 */
export function moveEntry(
  ctx: Context,
  move: {
    register: string
    key: string
    owner: string
    caseId?: string
    sections?: readonly EntrySection[]
  },
): Entry {
  const entry = openEntry(ctx, move.register, move.key)
  const replaced = (move.sections ?? []).map(({ name }) => name)
  const kept = entry.sections.filter(({ name }) => !replaced.includes(name))
  return write(ctx, 'MOVED', {
    ...entry,
    owner: move.owner,
    version: entry.version + 1,
    sections: sorted([...kept, ...(move.sections ?? [])]),
    case: move.caseId ?? entry.case,
    since: ctx.time,
  })
}

function openEntry(ctx: Context, register: string, key: string): Entry {
  const entry =
    findEntry(ctx, register, key) ?? ctx.refuse({ code: 'ENTRY_NOT_FOUND', register, key })
  if (entry.status === 'CLOSED') ctx.refuse({ code: 'ENTRY_CLOSED', register, key })
  return entry
}

function sorted(sections: readonly EntrySection[]): EntrySection[] {
  return [...sections].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function write(ctx: Context, kind: EntryVersion['kind'], entry: Entry): Entry {
  const { register, key, version } = entry
  ctx.state(entries).put([register, key], entry)
  ctx.state(entryVersions).put([register, key, version], { ...entry, kind, by: ctx.txId })
  if (version > 1) {
    ctx.state(amendments).put(entryVersionSubject(register, key, version - 1), {
      v: 1,
      at: ctx.time,
      by: ctx.txId,
      kind: AMENDMENT_KINDS[kind],
    })
  }
  ctx.emit(EVENTS[kind], { register, key, owner: entry.owner, version, case: entry.case })
  return entry
}

const AMENDMENT_KINDS = {
  RECORDED: 'recorded',
  AMENDED: 'amended',
  CLOSED: 'closed',
  MOVED: 'moved',
} as const

const EVENTS = {
  RECORDED: 'EntryRecorded',
  AMENDED: 'EntryAmended',
  CLOSED: 'EntryClosed',
  MOVED: 'EntryMoved',
} as const
