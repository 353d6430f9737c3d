/*
 * The signer's side of Write: every header, content, commitment, leaf and root is recomputed from the
 * openings and compared with what the person typed or uploaded. Nobody signs a hash that they did not
 * recompute.
 */
import {
  type Bytes,
  batchLeaf,
  equalBytes,
  isHex,
  type Json,
  type SectionHeader,
  SectionRefused,
  sectionCommitment,
  toHex,
} from '@renshe/crypto'
import { leafHash, treeRoot } from '@renshe/proof'
import type { Opening } from '../peer.ts'
import type { SectionTerms } from '../vault/seal.ts'
import { SigningRefused } from './signing-refused.ts'

/** What every header of a sealed part must say, from the signer's own replica. */
export interface ExpectedHeader {
  readonly chain: string
  readonly owner: string
  readonly suite: string
  readonly section: SectionTerms
  readonly version: number
}

/**
 * Recomputes the commitment of one opening.
 *
 * @param record   the record that it must lie in; any fresh one if undefined
 * @param content  what the signer typed or uploaded
 * @returns        hex commitment
 * @throws SigningRefused naming the first difference
 */
export function checkOpening(
  expected: ExpectedHeader,
  opening: Opening,
  content: Bytes,
  place: string,
  record?: string,
): string {
  const { header, seed } = opening
  checkHeader(expected, header, place, record)
  if (!equalBytes(opening.content, content)) throw new SigningRefused('content', place)
  if (seed.length !== 32) throw new SigningRefused('header', `${place}/seed`)
  try {
    return sectionCommitment({ header, seed, content }).commitment
  } catch (error) {
    if (error instanceof SectionRefused) throw new SigningRefused('header', place)
    throw error
  }
}

/** What every header must say, spelled once for all rows of a batch. */
const wantedMembers = new WeakMap<ExpectedHeader, readonly (readonly [string, Json])[]>()

function wantedOf(expected: ExpectedHeader): readonly (readonly [string, Json])[] {
  let wanted = wantedMembers.get(expected)
  if (wanted === undefined) {
    const { chain, owner, suite, section, version } = expected
    wanted = Object.entries({
      chain,
      entryHash: section.entry,
      kind: 'whole',
      level: section.level,
      owner,
      section: section.name,
      suite,
      v: 1,
      version,
    })
    wantedMembers.set(expected, wanted)
  }
  return wanted
}

function checkHeader(
  expected: ExpectedHeader,
  header: SectionHeader,
  place: string,
  record: string | undefined,
): void {
  for (const [name, value] of wantedOf(expected)) {
    const came = header[name as keyof SectionHeader]
    if (came !== value) throw new SigningRefused('header', `${place}/header.${name}`, value, came)
  }
  if (record !== undefined && header.record !== record) {
    throw new SigningRefused('header', `${place}/header.record`, record, header.record)
  }
  if (!isHex(header.record, 16) || !isHex(header.salt, 32)) {
    throw new SigningRefused('header', `${place}/header`)
  }
  if (Object.keys(header).length !== 11) throw new SigningRefused('header', `${place}/header`)
}

/** Recomputes a batch while its openings come in, without keeping them. */
export class BatchChecker {
  readonly #expected: ExpectedHeader
  readonly #section: string
  readonly #leaves: Bytes[] = []
  readonly #records = new Set<string>()

  constructor(expected: ExpectedHeader) {
    this.#expected = expected
    this.#section = expected.section.name
  }

  /** Rows compared so far. */
  get count(): number {
    return this.#leaves.length
  }

  /**
   * Compares openings with the contents that were sent, in their order.
   *
   * @throws SigningRefused naming row and difference
   */
  add(openings: readonly Opening[], contents: readonly Bytes[]): void {
    if (openings.length !== contents.length) {
      const place = `${this.#section}/${this.count}`
      throw new SigningRefused('count', place, contents.length, openings.length)
    }
    openings.forEach((opening, index) => {
      const place = `${this.#section}/${this.count}`
      const commitment = checkOpening(this.#expected, opening, contents[index] as Bytes, place)
      const { record } = opening.header
      // Two rows under one record would be one person's row hidden behind another's.
      if (this.#records.has(record)) throw new SigningRefused('header', `${place}/header.record`)
      this.#records.add(record)
      const { name, level } = this.#expected.section
      const { version } = this.#expected
      const leaf = batchLeaf({ record, version, sections: [{ name, level, commitment }] })
      this.#leaves.push(leafHash('batch', leaf))
    })
  }

  /**
   * The root over everything that was compared.
   *
   * @param told  what the owner says it is
   * @throws SigningRefused if it is another
   */
  finish(told: { readonly root: string; readonly count: number }): {
    readonly root: string
    readonly count: number
  } {
    const { count } = this
    if (told.count !== count) {
      throw new SigningRefused('count', `${this.#section}/count`, count, told.count)
    }
    const root = toHex(treeRoot(this.#leaves))
    if (told.root !== root)
      throw new SigningRefused('root', `${this.#section}/root`, root, told.root)
    return { root, count }
  }
}
