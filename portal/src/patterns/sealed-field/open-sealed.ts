/* Opens a sealed place: the read is signed here, what comes back is recomputed here. */
import type { OpenedItem } from '@renshe/client'
import { type JsonObject, parseCanonicalJson } from '@renshe/crypto'
import type { SessionInUse } from '../../session/session.tsx'

/** A sealed place of a case: a record's section, or a run of rows. */
export interface SealedPlace {
  readonly case: string
  readonly section: string
  readonly owner: string
  readonly record?: {
    readonly record: string
    readonly version: number
    readonly commitment: string
  }
  readonly rows?: {
    readonly root: string
    readonly size: number
    readonly from: number
    readonly count: number
  }
}

/** What was opened; null values where it is erased. */
export interface OpenedPlace {
  /** The receipt; null where one's own was looked at. */
  readonly read: string | null
  /** Name of the note of a look at one's own. */
  readonly note: string | null
  readonly items: readonly (JsonObject | null)[]
}

/**
 * Signs the read under a grant and opens it.
 *
 * @throws NodeRefused; OpenedRefused if one opening is not what the chain registered
 */
export async function readPlace(
  session: SessionInUse,
  grant: string,
  place: SealedPlace,
): Promise<OpenedPlace> {
  const client = await session.signing()
  const { case: caseId, section, record, rows } = place
  const asked =
    record !== undefined
      ? { items: [{ record: record.record, version: record.version, section }] }
      : rows === undefined
        ? {}
        : {
            batch: { root: rows.root, count: rows.size },
            rows: { section, from: rows.from, count: rows.count },
          }
  const { read, items } = await client.read({ grant, case: caseId, ...asked })
  return { read, note: null, items: items.map(({ content }) => contentOf(content)) }
}

/**
 * Looks at what the session's own member keeps; the vault leaves a note.
 *
 * @throws Problem; OpenedRefused
 */
export async function lookAtOwnPlace(
  session: SessionInUse,
  { section, owner, record, rows }: SealedPlace,
): Promise<OpenedPlace> {
  const { checkOpened } = await import('@renshe/client')
  const own =
    record !== undefined
      ? { record: record.record, section, version: record.version }
      : { root: rows?.root ?? '', section, from: rows?.from ?? 0, count: rows?.count ?? 1 }
  const answer = await session.api.post<{
    items: readonly OpenedItem[]
    note: string | null
  }>('/opened', { own } as unknown as JsonObject)
  const checked = checkOpened(answer.items, {
    chain: session.chain.chain,
    owner,
    rows:
      rows === undefined
        ? null
        : { root: rows.root, size: rows.size, section, from: rows.from, count: rows.count },
    items: record === undefined ? [] : [{ ...record, section }],
  })
  const items = checked.map(({ content }) => contentOf(content))
  return { read: null, note: answer.note, items }
}

function contentOf(content: Uint8Array | null): JsonObject | null {
  return content === null ? null : (parseCanonicalJson(content) as JsonObject)
}
