/*
 * Looks of the owner's own people at what it keeps. Protocol 1 has no grant of the kind `OWN`, so no read
 * of one's own can be committed: the look is noted in the vault before anything is shown.
 */
import { findBatch, legalDay, sections } from '@renshe/contracts'
import { canonicalJson, parseCanonicalJson, toHex } from '@renshe/crypto'
import { merkleTree } from '@renshe/proof'
import type { LedgerView } from '../ledger-port.ts'
import type { Opening } from '../peer.ts'
import { HalfReader, hashOfLeaf, type LeafPlace, openOwn } from './own-sections.ts'
import { placesOfRoot } from './subledger-trees.ts'
import type { Vault } from './vault.ts'

/** What an owner's officer or system wants to see of its own: rows of a tree, or a section of a record. */
export type OwnAsked =
  | {
      readonly root: string
      readonly section: string
      readonly from: number
      readonly count: number
    }
  | { readonly record: string; readonly section: string; readonly version: number }

/** Who looks, and how much one officer may look at in a day; null for systems. */
export interface Looking {
  readonly name: string
  readonly budget: { readonly reads: number; readonly rows: number } | null
}

/** A look, as it is kept under V. */
export interface OwnLook {
  /** Officer number or name of a system. */
  readonly name: string
  /** Block time, UTC ms. */
  readonly at: number
  readonly case: string
  readonly section: string
  /** Root of the rows, or the record. */
  readonly of: string
  readonly rows: number
}

/** One section of one's own. */
export interface OwnItem {
  readonly record: string
  readonly version: number
  readonly level: number
  readonly commitment: string
  readonly opening: Opening | null
  readonly proof: {
    readonly tree: string
    readonly index: number
    readonly size: number
    readonly path: readonly string[]
    readonly root: string
  } | null
}

/** Why an owner's officer is not shown what its member owns. */
export class OwnLookRefused extends Error {
  readonly code: 'SECTION_NOT_HERE' | 'OFFICER_BUDGET_SPENT'

  constructor(code: OwnLookRefused['code']) {
    super(code)
    this.name = 'OwnLookRefused'
    this.code = code
  }
}

const BEGINNING = 'own-look '

/**
 * Opens what this member owns, and notes who looked first.
 *
 * @param who  officer number or system name; the day's budget of rows is counted by it
 * @throws OwnLookRefused; SealBroken if the vault was changed
 */
export function lookAtOwn(
  vault: Vault,
  view: LedgerView,
  who: Looking,
  asked: OwnAsked,
): { readonly look: OwnLook; readonly note: string; readonly items: readonly OwnItem[] } {
  const found = 'root' in asked ? ownRows(vault, view, asked) : ownRecord(vault, view, asked)
  if (found === undefined) throw new OwnLookRefused('SECTION_NOT_HERE')
  const { places, treeOf, caseId, of } = found
  const look: OwnLook = {
    name: who.name,
    at: view.time,
    case: caseId,
    section: asked.section,
    of,
    rows: places.length,
  }
  if (who.budget !== null) refuseOverBudget(vault, look, who.budget)
  const note = noteOwnLook(vault, look)
  const halves = new HalfReader(vault)
  const items = places.map((place, index) => {
    const { record, version, commitment } = place.leaf
    const opening = openOwn(vault, place, halves)
    const proof = treeOf?.(index) ?? null
    return { record, version, level: place.sealing.level, commitment, opening, proof }
  })
  return { look, note, items }
}

/**
 * Notes a look before it is given.
 *
 * @returns the name of the note: legal day, who, and a random part
 */
export function noteOwnLook(vault: Vault, look: OwnLook): string {
  const note = `${legalDay(look.at)} ${look.name} ${toHex(vault.random(8))}`
  vault.store.lock('note', [[BEGINNING + note, canonicalJson({ ...look })]])
  return note
}

/** Looks of a legal day, in no particular order. */
export function ownLooks(vault: Vault, day: string): OwnLook[] {
  return vault.store.lockedIds('note', `${BEGINNING}${day} `).map((id) => {
    const bytes = vault.store.unlock('note', id)
    return parseCanonicalJson(bytes ?? new Uint8Array()) as unknown as OwnLook
  })
}

/**
 * Refuses a look beyond what one officer may look at in a day, whatever its member owns.
 *
 * @throws OwnLookRefused OFFICER_BUDGET_SPENT
 */
export function refuseOverBudget(
  vault: Vault,
  { name, rows, at }: OwnLook,
  budget: NonNullable<Looking['budget']>,
): void {
  const own = ownLooks(vault, legalDay(at)).filter((look) => look.name === name)
  const spent = own.reduce((sum, look) => sum + look.rows, 0)
  const isOver = own.length + 1 > budget.reads || spent + rows > budget.rows
  if (isOver) throw new OwnLookRefused('OFFICER_BUDGET_SPENT')
}

interface OwnPlaces {
  readonly places: readonly LeafPlace[]
  readonly caseId: string
  readonly of: string
  readonly treeOf?: (index: number) => NonNullable<OwnItem['proof']>
}

function ownRows(
  vault: Vault,
  view: LedgerView,
  { root, section, from, count }: Extract<OwnAsked, { root: string }>,
): OwnPlaces | undefined {
  const batch = findBatch(view, root)
  if (batch?.owner !== vault.member || batch.section !== section) return undefined
  const all = placesOfRoot(vault, root)
  if (all === undefined || from >= all.length) return undefined
  const tree = merkleTree(all.map(hashOfLeaf))
  return {
    places: all.slice(from, from + count),
    caseId: batch.case,
    of: root,
    treeOf: (at) => ({
      tree: batch.tree,
      index: from + at,
      size: all.length,
      path: tree.inclusionPath(from + at).map(toHex),
      root,
    }),
  }
}

function ownRecord(
  vault: Vault,
  view: LedgerView,
  { record, section, version }: Extract<OwnAsked, { record: string }>,
): OwnPlaces | undefined {
  const sealed = view.state(sections).find([record, section, version])
  if (sealed?.owner !== vault.member) return undefined
  const { commitment } = sealed
  const place = vault.store.placeOfCommitment(commitment)
  const sealing = place === undefined ? undefined : vault.store.sealing(place.sealing)
  if (place === undefined || sealing === undefined) return undefined
  const leaf = { record, version, commitment }
  return { places: [{ sealing, row: place.row, leaf }], caseId: sealed.case, of: record }
}
