/*
 * What a node opened is what the chain registered: every commitment is recomputed from header, seed and
 * content, and every row leads to the root that the read itself named.
 */
import {
  batchLeaf,
  fromBase64Url,
  fromHex,
  type JsonObject,
  type LedgerLabel,
  type SectionHeader,
  sectionCommitment,
} from '@renshe/crypto'
import { leafHash, verifyInclusion } from '@renshe/proof'
import type { SpelledOpening } from './prepared.ts'

/** One section as a node shows it after a read. */
export interface OpenedItem {
  readonly record: string
  readonly version: number
  readonly section: string
  readonly level: number
  readonly commitment: string
  /** Null where it is erased. */
  readonly opening: SpelledOpening | null
  readonly proof?: {
    readonly tree: string
    readonly index: number
    readonly size: number
    readonly path: readonly string[]
    readonly root: string
  }
}

/** A section that was opened and recomputed. */
export interface VerifiedItem {
  readonly record: string
  readonly version: number
  readonly section: string
  /** Place among the rows; null for a section of a record. */
  readonly index: number | null
  /** Null where it is erased. */
  readonly content: Uint8Array | null
}

/** What the items must be by the chain. */
export interface RegisteredItems {
  readonly chain: string
  /** Member that sealed them. */
  readonly owner: string
  /** Rows of a tree: its root and size as the signed read named them, and where the run begins. */
  readonly rows: {
    readonly root: string
    readonly size: number
    readonly section: string
    readonly from: number
    readonly count: number
  } | null
  /** Single sections, in the order of the read, with the commitments that the chain registered. */
  readonly items: readonly {
    readonly record: string
    readonly version: number
    readonly section: string
    readonly commitment: string
  }[]
}

/** Nothing of it is to be used: what was opened is not what the chain registered. */
export class OpenedRefused extends Error {
  /** The first thing that differs. */
  readonly part: 'count' | 'header' | 'commitment' | 'proof' | 'item'
  /** Its place among the items. */
  readonly index: number

  constructor(part: OpenedRefused['part'], index: number) {
    super(`what was opened is not what the chain registered: ${part} of item ${index}`)
    this.name = 'OpenedRefused'
    this.part = part
    this.index = index
  }
}

/**
 * Recomputes everything that was opened.
 *
 * @throws OpenedRefused for the first item that is not what the chain registered
 */
export function checkOpened(
  items: readonly OpenedItem[],
  registered: RegisteredItems,
): VerifiedItem[] {
  const expected = registered.rows?.count ?? registered.items.length
  if (items.length !== expected) throw new OpenedRefused('count', Math.min(items.length, expected))
  return items.map((item, index) => {
    refuseOther(item, registered, index)
    const { record, version, section, opening } = item
    const place = registered.rows === null ? null : registered.rows.from + index
    if (opening !== null) refuseOtherCommitment(item, opening, registered, index)
    const content = opening === null ? null : fromBase64Url(opening.content)
    return { record, version, section, index: place, content }
  })
}

function refuseOther(item: OpenedItem, { rows, items }: RegisteredItems, index: number): void {
  if (rows === null) {
    const told = items[index]
    const isIt =
      told?.record === item.record &&
      told.version === item.version &&
      told.section === item.section &&
      told.commitment === item.commitment
    if (!isIt) throw new OpenedRefused('item', index)
    return
  }
  const { record, version, section: name, level, commitment, proof } = item
  if (name !== rows.section) throw new OpenedRefused('item', index)
  const isPlace =
    proof !== undefined && proof.index === rows.from + index && proof.size === rows.size
  if (!isPlace || proof.root !== rows.root) throw new OpenedRefused('proof', index)
  const leaf = batchLeaf({ record, version, sections: [{ name, level, commitment }] })
  const holds = verifyInclusion({
    leafHash: leafHash(treeOf(proof.tree, index), leaf),
    index: proof.index,
    size: rows.size,
    path: proof.path.map(fromHex),
    root: fromHex(rows.root),
  })
  if (!holds) throw new OpenedRefused('proof', index)
}

function treeOf(tree: string, index: number): LedgerLabel {
  if (tree === 'batch' || tree === 'entry' || tree === 'balance') return tree
  throw new OpenedRefused('proof', index)
}

function refuseOtherCommitment(
  item: OpenedItem,
  { header, seed, content }: SpelledOpening,
  { chain, owner }: RegisteredItems,
  index: number,
): void {
  const isOfItem = (
    Object.entries({
      chain,
      owner,
      record: item.record,
      version: item.version,
      section: item.section,
      level: item.level,
    }) as [keyof SectionHeader, JsonObject[string]][]
  ).every(([name, value]) => header[name] === value)
  if (!isOfItem) throw new OpenedRefused('header', index)
  const opened = { header, seed: fromBase64Url(seed), content: fromBase64Url(content) }
  if (sectionCommitment(opened).commitment !== item.commitment) {
    throw new OpenedRefused('commitment', index)
  }
}
