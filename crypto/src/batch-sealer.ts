import { type Bytes, concatBytes, fromHex, type RandomSource, toHex } from './bytes.ts'
import { batchLeaf } from './commitment.ts'
import { hkdfExpand, hkdfExtract } from './hkdf.ts'
import { prepareHeader, type SealedSection, sealPrepared } from './section.ts'
import { type SectionHeader, SectionRefused } from './section-header.ts'
import { type SuiteId, sealedTag } from './suite.ts'
import { suiteMacs } from './suite-hashes.ts'

/** Gives each row of a batch its half A (sealed-data section 6a). */
export interface BatchKey {
  /**
   * @param headerHash  hex of the row's header hash
   * @returns           A_r, 32 bytes
   */
  rowHalf(headerHash: string): Bytes
}

const EMPTY = new Uint8Array(0)

function rowExpander(suite: SuiteId, batchHalf: Bytes): (headerHash: Bytes) => Bytes {
  if (batchHalf.length !== 32) throw new SectionRefused('secret', 'A* is 32 bytes')
  const mac = suiteMacs[suite]
  const extracted = hkdfExtract(mac, EMPTY, batchHalf)
  return (headerHash) => hkdfExpand(mac, extracted, concatBytes(sealedTag('row'), headerHash), 32)
}

/**
 * Prepares A* of a batch: the extract step of HKDF is done once for all its rows.
 *
 * @param batchHalf  A*, 32 bytes
 */
export function createBatchKey(suite: SuiteId, batchHalf: Bytes): BatchKey {
  const expand = rowExpander(suite, batchHalf)
  return { rowHalf: (headerHash) => expand(fromHex(headerHash)) }
}

/** What all rows of a batch share. */
export type RowHeaderShared = Pick<
  SectionHeader,
  'chain' | 'entryHash' | 'kind' | 'level' | 'owner' | 'section' | 'suite'
>

/** What one row is sealed from. */
export interface RowInput {
  /** Hex of 16 random bytes; drawn if left out. */
  readonly record?: string
  /** 1 if left out. */
  readonly version?: number
  readonly content: Bytes
}

/** A sealed row, its secrets and its leaf. */
export interface SealedRow extends SealedSection {
  readonly header: SectionHeader
  /** B_r, for its page. */
  readonly halfB: Bytes
  readonly seed: Bytes
  /** Bytes of the batch leaf with this one section. */
  readonly leaf: Bytes
}

const PAGE_BYTES = 8192

/**
 * Draws from a source by the page and gives the bytes out piece by piece: a draw of 32 bytes costs as
 * much as one of 8 KiB. No byte is given out twice.
 */
export function pagedRandom(random: RandomSource): RandomSource {
  let page: Bytes = EMPTY
  let spent = 0
  return (length) => {
    if (length > PAGE_BYTES) return random(length)
    if (page.length - spent < length) {
      page = random(PAGE_BYTES)
      spent = 0
    }
    spent += length
    return page.subarray(spent - length, spent)
  }
}

/**
 * Makes a function that seals the rows of one batch and section name, one after another: record (if
 * none is given), salt, B and seed are drawn for each.
 *
 * @param shared     members of the header that all rows share
 * @param batchHalf  A*, 32 bytes, fresh for this attempt
 */
export function createRowSealer(
  shared: RowHeaderShared,
  batchHalf: Bytes,
  random: RandomSource,
): (row: RowInput) => SealedRow {
  const draw = pagedRandom(random)
  const rowHalf = rowExpander(shared.suite, batchHalf)
  const { chain, entryHash, kind, level, owner, section, suite } = shared
  return ({ record = toHex(draw(16)), version = 1, content }) => {
    const salt = toHex(draw(32))
    const header: SectionHeader = {
      chain,
      entryHash,
      kind,
      level,
      owner,
      record,
      salt,
      section,
      suite,
      v: 1,
      version,
    }
    const prepared = prepareHeader(header)
    const halfB = draw(32)
    const seed = draw(32)
    const halfA = rowHalf(prepared.hash)
    const sealed = sealPrepared(prepared, { header, seed, content, halfA, halfB })
    const { commitment, headerHash } = sealed
    const leaf = batchLeaf({ record, version, sections: [{ name: section, level, commitment }] })
    return { sealed: sealed.sealed, commitment, headerHash, header, halfB, seed, leaf }
  }
}
