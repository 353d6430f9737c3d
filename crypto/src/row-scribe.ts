/*
 * Headers, commitments and leaves of the rows of one batch, spelled into memory that is used again for every
 * row. All rows share their header but for record, salt and version, so its bytes stand ready and only these
 * are written: no text, no object and no Buffer is made for a row.
 */
import { type Bytes, concatBytes, isHex, u32, utf8 } from './bytes.ts'
import { batchLeaf } from './commitment.ts'
import { digestInto, type HashName } from './hash.ts'
import { type LedgerLabel, ledgerTag } from './ledger-hash.ts'
import { headerBytes, type SectionHeader, SectionRefused } from './section-header.ts'
import { type SuiteId, sealedTag } from './suite.ts'

/** What all rows of a batch share. */
export type RowHeaderShared = Pick<
  SectionHeader,
  'chain' | 'entryHash' | 'kind' | 'level' | 'owner' | 'section' | 'suite'
>

/**
 * Header of one row of a batch; its members lie in the order of its canonical form.
 *
 * @param record hex of 16 bytes
 * @param salt hex of 32 bytes
 */
export function rowHeader(
  { chain, entryHash, kind, level, owner, section, suite }: RowHeaderShared,
  record: string,
  salt: string,
  version: number,
): SectionHeader {
  return { chain, entryHash, kind, level, owner, record, salt, section, suite, v: 1, version }
}

/** Trees that rows may be leaves of. */
export type RowTree = Extract<LedgerLabel, 'batch' | 'entry' | 'balance'>

/** Hash of each suite, by the name that Node has for it. */
export const SUITE_HASH: Readonly<Record<SuiteId, HashName>> = {
  'RS-INTL-1': 'sha256',
  'RS-GM-1': 'sm3',
}

const HASH_BYTES = 32
const RECORD_BYTES = 16
const SALT_BYTES = 32
/** Contents up to this length are joined in shared memory before they are hashed. */
const SHORT_CONTENT = 16_384

const HEX = utf8('0123456789abcdef')

function writeHex(bytes: Bytes, from: number, length: number, target: Bytes, at: number): void {
  for (let i = 0; i < length; i++) {
    const byte = bytes[from + i] as number
    target[at + 2 * i] = HEX[byte >> 4] as number
    target[at + 2 * i + 1] = HEX[byte & 15] as number
  }
}

function writeAscii(text: string, target: Bytes, at: number): void {
  for (let i = 0; i < text.length; i++) target[at + i] = text.charCodeAt(i)
}

/** Bytes with a constant beginning, the rest filled in again and again. */
interface Form {
  readonly bytes: Bytes
  /** Where the part after the constant begins. */
  readonly at: number
}

function form(constant: readonly Bytes[], more: number): Form {
  const beginning = concatBytes(...constant)
  return { bytes: concatBytes(beginning, new Uint8Array(more)), at: beginning.length }
}

/** Spelled bytes in which record, salt and commitment are overwritten. */
interface Spelled extends Form {
  readonly recordAt: number
  /** Of the salt in a header, of the commitment in a leaf. */
  readonly otherAt: number
}

/** Spells rows of one batch one after another; what it gives is overwritten by the next row. */
export class RowScribe {
  readonly hash: HashName
  /** Header hash of the row at hand. */
  readonly headerHash: Bytes = new Uint8Array(HASH_BYTES)
  readonly #shared: RowHeaderShared
  readonly #tree: RowTree
  readonly #leafSalt: Form
  readonly #content: Form
  readonly #section: Form
  readonly #headers = new Map<number, Spelled>()
  readonly #leaves = new Map<number, Spelled>()
  #header: Spelled | undefined
  #version = 0

  constructor(shared: RowHeaderShared, tree: RowTree) {
    if (shared.kind !== 'whole') throw new SectionRefused('header', 'rows are whole sections')
    this.#shared = shared
    this.#tree = tree
    this.hash = SUITE_HASH[shared.suite]
    this.#leafSalt = form([sealedTag('leaf')], SALT_BYTES + 4)
    this.#leafSalt.bytes.set(u32(0), this.#leafSalt.at + SALT_BYTES)
    this.#content = form([Uint8Array.of(0)], HASH_BYTES + SHORT_CONTENT)
    this.#section = form([sealedTag('section')], 2 * HASH_BYTES)
  }

  /** The header of the row at hand. */
  get header(): Bytes {
    const { bytes, at } = this.#header as Spelled
    return bytes.subarray(at)
  }

  /** Begins a row from drawn bytes. */
  begin(records: Bytes, salts: Bytes, row: number, version: number): void {
    const header = this.#headerOf(version)
    writeHex(records, row * RECORD_BYTES, RECORD_BYTES, header.bytes, header.recordAt)
    writeHex(salts, row * SALT_BYTES, SALT_BYTES, header.bytes, header.otherAt)
    digestInto(this.hash, header.bytes, this.headerHash, 0)
  }

  /**
   * Begins a row from what somebody else spelled.
   *
   * @throws SectionRefused unless they are 16 and 32 bytes in hex
   */
  beginSpelled(record: string, salt: string, version: number): void {
    if (!isHex(record, RECORD_BYTES)) throw new SectionRefused('header', 'record')
    if (!isHex(salt, SALT_BYTES)) throw new SectionRefused('header', 'salt')
    const header = this.#headerOf(version)
    writeAscii(record, header.bytes, header.recordAt)
    writeAscii(salt, header.bytes, header.otherAt)
    digestInto(this.hash, header.bytes, this.headerHash, 0)
  }

  /** Writes the commitment of the row at hand (sealed-data section 5, one leaf). */
  commit(seed: Bytes, content: Bytes, target: Bytes, at: number): void {
    const { hash } = this
    const [salt, leaf, section] = [this.#leafSalt, this.#content, this.#section]
    salt.bytes.set(seed, salt.at)
    digestInto(hash, salt.bytes, leaf.bytes, leaf.at)
    section.bytes.set(this.headerHash, section.at)
    const contentAt = leaf.at + HASH_BYTES
    if (content.length <= SHORT_CONTENT) {
      leaf.bytes.set(content, contentAt)
      const whole = leaf.bytes.subarray(0, contentAt + content.length)
      digestInto(hash, whole, section.bytes, section.at + HASH_BYTES)
    } else {
      const whole = concatBytes(leaf.bytes.subarray(0, contentAt), content)
      digestInto(hash, whole, section.bytes, section.at + HASH_BYTES)
    }
    digestInto(hash, section.bytes, target, at)
  }

  /**
   * Writes the hash of the batch leaf of the row at hand: SHA-256 in both suites.
   *
   * @param commitment  32 bytes of it at `from`
   */
  hashLeaf(commitment: Bytes, from: number, target: Bytes, at: number): void {
    const header = this.#header as Spelled
    const leaf = this.#leafOf(this.#version)
    for (let i = 0; i < 2 * RECORD_BYTES; i++) {
      leaf.bytes[leaf.recordAt + i] = header.bytes[header.recordAt + i] as number
    }
    writeHex(commitment, from, HASH_BYTES, leaf.bytes, leaf.otherAt)
    digestInto('sha256', leaf.bytes, target, at)
  }

  #headerOf(version: number): Spelled {
    if (version === this.#version && this.#header !== undefined) return this.#header
    let header = this.#headers.get(version)
    if (header === undefined) {
      const [record, salt] = ['0'.repeat(2 * RECORD_BYTES), '0'.repeat(2 * SALT_BYTES)]
      const spelled = headerBytes(rowHeader(this.#shared, record, salt, version))
      header = spelledForm([sealedTag('header')], spelled, ['"record":"', '"salt":"'])
      this.#headers.set(version, header)
    }
    this.#header = header
    this.#version = version
    return header
  }

  #leafOf(version: number): Spelled {
    let leaf = this.#leaves.get(version)
    if (leaf === undefined) {
      const { section: name, level } = this.#shared
      const sections = [{ name, level, commitment: '0'.repeat(2 * HASH_BYTES) }]
      const spelled = batchLeaf({ record: '0'.repeat(2 * RECORD_BYTES), version, sections })
      const constant = [Uint8Array.of(0), ledgerTag(this.#tree)]
      leaf = spelledForm(constant, spelled, ['"record":"', '"commitment":"'])
      this.#leaves.set(version, leaf)
    }
    return leaf
  }
}

/** Finds where the two changing members stand; no value before them can hold these letters with quotes. */
function spelledForm(
  constant: readonly Bytes[],
  spelled: Bytes,
  [record, other]: readonly [string, string],
): Spelled {
  const { bytes, at } = form(constant, spelled.length)
  bytes.set(spelled, at)
  const text = new TextDecoder('latin1').decode(spelled)
  const placeOf = (member: string): number => at + text.indexOf(member) + member.length
  return { bytes, at, recordAt: placeOf(record), otherAt: placeOf(other) }
}
