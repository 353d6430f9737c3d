/*
 * Sealed sections that a member owns, opened with its own keys for an exit kit. Opening is a look of the
 * owner's system at its own data: it is noted in the vault before anything is written.
 */
import { batches, sections } from '@renshe/contracts'
import { type Bytes, type JsonObject, parseCanonicalJson, toBase64Url, toHex } from '@renshe/crypto'
import type { LedgerView } from '../ledger-port.ts'
import type { Member } from '../member.ts'
import type { Opening } from '../peer.ts'
import { noteOwnLook } from '../vault/own-looks.ts'
import { HalfReader, openOwn } from '../vault/own-sections.ts'
import type { Sealing } from '../vault/sealing.ts'
import type { Vault } from '../vault/vault.ts'
import type { KitFolder } from './kit-folder.ts'

/** Name under which looks of an export are noted. */
export const EXPORT_LOOK = 'export'

/** How much was opened. */
export interface OpenedCount {
  readonly sealings: number
  readonly sections: number
  readonly erased: number
  readonly documents: number
}

/**
 * Writes every live sealing of a member: `sealed/index`, and one file of openings for each. An opening
 * (header, seed, content) lets anyone recompute the commitment that the chain has.
 */
export async function writeSealed(
  kit: KitFolder,
  place: string,
  member: Member,
): Promise<OpenedCount> {
  const { vault, ledger } = member
  const view = ledger.view()
  const counts = { sealings: 0, sections: 0, erased: 0, documents: 0 }
  const index: JsonObject[] = []
  for (const sealing of vault.store.sealings()) {
    if (sealing.state !== 'LIVE' || !isStillOwn(view, vault.member, sealing)) continue
    const { n, kind, section, case: caseId, root, record } = sealing
    noteOwnLook(vault, {
      name: EXPORT_LOOK,
      at: view.time,
      case: caseId,
      section,
      of: root ?? record ?? '',
      rows: sealing.rows,
    })
    const file = `${place}/sealed/${String(n).padStart(8, '0')}-${kind}.jsonl`
    const rows = openingsOf(kit, place, vault, sealing, counts)
    counts.sealings += 1
    counts.sections += kit.lines(file, rows)
    index.push({ n, kind, section, case: caseId, root, record, rows: sealing.rows, file })
  }
  await kit.table(`${place}/sealed/index`, index)
  return counts
}

/** What was handed over belongs to another member now; a file that is on no chain stays one's own. */
function isStillOwn(view: LedgerView, member: string, { root, record, sections: made }: Sealing) {
  if (root !== null) {
    const owner = view.state(batches).find(root)?.owner
    return owner === undefined || owner === member
  }
  const owners = made.flatMap(({ name }) =>
    [...view.state(sections).range({ prefix: [record ?? '', name] })].map(([, { owner }]) => owner),
  )
  return owners.every((owner) => owner === member)
}

function* openingsOf(
  kit: KitFolder,
  place: string,
  vault: Vault,
  sealing: Sealing,
  counts: { erased: number; documents: number },
): Generator<JsonObject> {
  const halves = new HalfReader(vault)
  for (const [row, leaf] of vault.store.leaves(sealing.n).entries()) {
    const { record, version, commitment } = leaf
    const name = sealing.root === null ? (sealing.sections[row]?.name ?? '') : sealing.section
    const opening = openOwn(vault, { sealing, row, leaf }, halves)
    const told = { row, record, version, section: name, level: sealing.level, commitment }
    if (opening === null) {
      counts.erased += 1
      yield { ...told, erased: true }
      continue
    }
    yield { ...told, ...shown(kit, place, opening, counts) }
  }
}

function shown(
  kit: KitFolder,
  place: string,
  { header, seed, content }: Opening,
  counts: { documents: number },
): JsonObject {
  const opening = {
    header: header as unknown as JsonObject,
    seed: toHex(seed),
    content: toBase64Url(content),
  }
  const value = jsonOf(content)
  if (value !== undefined) return { value, opening }
  const { record, section, version } = header
  const document = `${place}/documents/${record}-${section}-${version}${endingOf(content)}`
  kit.put(document, content)
  counts.documents += 1
  return { document, opening }
}

function jsonOf(content: Bytes): JsonObject | undefined {
  // An opening brace first: parsing 32 MiB of a photo to learn that it is none would be slow.
  if (content[0] !== OPENING_BRACE) return undefined
  try {
    return parseCanonicalJson(content, { maxBytes: content.length })
  } catch {
    // What only looks like JSON is a document, byte for byte.
    return undefined
  }
}

const OPENING_BRACE = 0x7b

const ENDINGS: readonly (readonly [ending: string, begins: readonly number[]])[] = [
  ['.pdf', [0x25, 0x50, 0x44, 0x46]],
  ['.png', [0x89, 0x50, 0x4e, 0x47]],
  ['.jpg', [0xff, 0xd8, 0xff]],
  ['.zip', [0x50, 0x4b, 0x03, 0x04]],
]

function endingOf(content: Bytes): string {
  const known = ENDINGS.find(([, begins]) => begins.every((byte, at) => content[at] === byte))
  return known?.[0] ?? '.bin'
}
