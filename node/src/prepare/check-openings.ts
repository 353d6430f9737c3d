/*
 * The signer's side of Write: every header, content, commitment, leaf and root is recomputed from the
 * openings and compared with what the person typed or uploaded. Nobody signs a hash that they did not
 * recompute.
 */
import {
  type Bytes,
  concatBytes,
  createRowRecomputer,
  equalBytes,
  isHex,
  isSuiteId,
  type Json,
  type SectionHeader,
  SectionRefused,
  sectionCommitment,
  toHex,
} from '@renshe/crypto'
import { rootOfHashes } from '@renshe/proof'
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
      kind: section.kind ?? 'whole',
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

/** Leaf hashes of so many rows lie in one piece of memory. */
const PIECE_LEAVES = 4_096
const HASH_BYTES = 32

/** Recomputes a batch while its openings come in, without keeping them. */
export class BatchChecker {
  readonly #expected: ExpectedHeader
  readonly #section: string
  readonly #recompute: ReturnType<typeof createRowRecomputer>
  readonly #pieces: Bytes[] = []
  readonly #records = new Set<string>()
  #count = 0

  constructor(expected: ExpectedHeader) {
    this.#expected = expected
    const { chain, owner, suite, version } = expected
    const { name, level, entry } = expected.section
    this.#section = name
    if (!isSuiteId(suite)) throw new SigningRefused('header', `${name}/header.suite`)
    const shared = { chain, entryHash: entry, kind: 'whole', level, owner, suite } as const
    this.#recompute = createRowRecomputer({ ...shared, section: name }, version)
  }

  /** Rows compared so far. */
  get count(): number {
    return this.#count
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
      this.#addRow(opening, contents[index] as Bytes)
    })
  }

  #addRow({ header, seed, content: came }: Opening, content: Bytes): void {
    const expected = this.#expected
    // The place is spelled only where something differs: most rows need no words.
    if (!isExpectedHeader(expected, header)) this.#refuseHeader(header)
    if (!isSameContent(came, content)) throw new SigningRefused('content', this.#place())
    if (seed.length !== HASH_BYTES) throw new SigningRefused('header', `${this.#place()}/seed`)
    const { record, salt } = header
    // Two rows under one record would be one person's row hidden behind another's.
    if (this.#records.has(record)) {
      throw new SigningRefused('header', `${this.#place()}/header.record`)
    }
    this.#records.add(record)
    const at = this.#count % PIECE_LEAVES
    if (at === 0) this.#pieces.push(new Uint8Array(PIECE_LEAVES * HASH_BYTES))
    const piece = this.#pieces[this.#pieces.length - 1] as Bytes
    try {
      this.#recompute({ record, salt, seed, content }, piece, at * HASH_BYTES)
    } catch (error) {
      if (error instanceof SectionRefused) this.#refuseHeader(header)
      throw error
    }
    this.#count += 1
  }

  #place(): string {
    return `${this.#section}/${this.#count}`
  }

  #refuseHeader(header: SectionHeader): never {
    checkHeader(this.#expected, header, this.#place(), undefined)
    throw new SigningRefused('header', `${this.#place()}/header`)
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
    const leaves = concatBytes(...this.#pieces).subarray(0, count * HASH_BYTES)
    const root = toHex(rootOfHashes(leaves))
    if (told.root !== root)
      throw new SigningRefused('root', `${this.#section}/root`, root, told.root)
    return { root, count }
  }
}

/** The content came from the signer itself and is no secret to it: the platform's comparison will do. */
function isSameContent(came: Bytes, content: Bytes): boolean {
  return came.length === content.length && Buffer.compare(came, content) === 0
}

const HEADER_MEMBERS = 11

function isExpectedHeader(expected: ExpectedHeader, header: SectionHeader): boolean {
  const { section } = expected
  return (
    header.chain === expected.chain &&
    header.entryHash === section.entry &&
    header.kind === 'whole' &&
    header.level === section.level &&
    header.owner === expected.owner &&
    header.section === section.name &&
    header.suite === expected.suite &&
    header.v === 1 &&
    header.version === expected.version &&
    Object.keys(header).length === HEADER_MEMBERS
  )
}
