import { type Bytes, concatBytes, fromHex, type RandomSource } from './bytes.ts'
import { aeadSeal, KEY_BYTES, TAG_BYTES } from './cipher.ts'
import { digestInto, type HashName, writeMacPads } from './hash.ts'
import { hkdfExpand, hkdfExtract } from './hkdf.ts'
import { paddedLength } from './padding.ts'
import { type RowHeaderShared, RowScribe, type RowTree, SUITE_HASH } from './row-scribe.ts'
import { CONTENT_BYTES, FRAME_HEAD, SEALED_MAGIC } from './section.ts'
import { SectionRefused } from './section-header.ts'
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
const HASH_BYTES = 32
const BLOCK_BYTES = 64
const RECORD_BYTES = 16

/** The extract step over A\*: done once for all rows of a batch. */
function extractBatchHalf(suite: SuiteId, batchHalf: Bytes): Bytes {
  if (batchHalf.length !== HASH_BYTES) throw new SectionRefused('secret', 'A* is 32 bytes')
  return hkdfExtract(suiteMacs[suite], EMPTY, batchHalf)
}

/**
 * Prepares A* of a batch: the extract step of HKDF is done once for all its rows.
 *
 * @param batchHalf  A*, 32 bytes
 */
export function createBatchKey(suite: SuiteId, batchHalf: Bytes): BatchKey {
  const extracted = extractBatchHalf(suite, batchHalf)
  const expand = (info: Bytes) => hkdfExpand(suiteMacs[suite], extracted, info, HASH_BYTES)
  return { rowHalf: (hash) => expand(concatBytes(sealedTag('row'), fromHex(hash))) }
}

/** Rows on their way to be sealed, one after another in flat memory: a thread takes them without copying. */
export interface RowPage {
  /** Contents, one after another. */
  readonly contents: Bytes
  /** Where each content ends. */
  readonly ends: Uint32Array
  /** Record of each row, 16 bytes; drawn where left out. */
  readonly records?: Bytes
  /** Version of each row; 1 where left out. */
  readonly versions?: Uint32Array
}

/** Sealed rows with their secrets, each member for all rows one after another. */
export interface SealedRowPage {
  /** Sealed sections, one after another. */
  readonly sealed: Bytes
  /** Where each sealed section ends. */
  readonly sealedEnds: Uint32Array
  /** 16 bytes each. */
  readonly records: Bytes
  /** 32 bytes each, as all that follows. */
  readonly salts: Bytes
  readonly seeds: Bytes
  /** B_r, for the pages of the release store. */
  readonly halves: Bytes
  readonly commitments: Bytes
  /** Hash of each batch leaf. */
  readonly leafHashes: Bytes
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

/** HMAC of one key over messages of one length, each written into memory that is used again. */
class MacForm {
  /** What is hashed first: the inner pad, then the message. */
  readonly inner: Bytes
  readonly #outer: Bytes
  readonly #hash: HashName

  /** @param message  constant parts stand where they will be; the rest is filled in */
  constructor(hash: HashName, message: Bytes) {
    this.#hash = hash
    this.inner = concatBytes(new Uint8Array(BLOCK_BYTES), message)
    this.#outer = new Uint8Array(BLOCK_BYTES + HASH_BYTES)
  }

  setKey(key: Bytes): void {
    writeMacPads(key, this.inner, 0, this.#outer)
  }

  /** Writes part of the message. */
  write(part: Bytes, at: number): void {
    this.inner.set(part, BLOCK_BYTES + at)
  }

  into(target: Bytes, at: number): void {
    digestInto(this.#hash, this.inner, this.#outer, BLOCK_BYTES)
    digestInto(this.#hash, this.#outer, target, at)
  }
}

/** Keys of rows: A_r from A\*, then key and key commitment from both halves (sealed-data sections 4, 6a). */
class RowKeys {
  /** Key of the cipher and key commitment of the row at hand. */
  readonly output = new Uint8Array(2 * HASH_BYTES)
  readonly #half: MacForm
  readonly #extract: MacForm
  readonly #first: MacForm
  readonly #second: MacForm
  readonly #rowAt = sealedTag('row').length
  readonly #keyAt = sealedTag('key').length
  readonly #extracted = new Uint8Array(HASH_BYTES)
  readonly #halves = new Uint8Array(2 * HASH_BYTES)

  constructor(suite: SuiteId, batchHalf: Bytes) {
    const hash = SUITE_HASH[suite]
    const empty = new Uint8Array(HASH_BYTES)
    const [row, key] = [sealedTag('row'), sealedTag('key')]
    this.#half = new MacForm(hash, concatBytes(row, empty, Uint8Array.of(1)))
    this.#half.setKey(extractBatchHalf(suite, batchHalf))
    this.#extract = new MacForm(hash, new Uint8Array(2 * HASH_BYTES))
    this.#first = new MacForm(hash, concatBytes(key, empty, Uint8Array.of(1)))
    this.#second = new MacForm(hash, concatBytes(empty, key, empty, Uint8Array.of(2)))
  }

  derive(headerHash: Bytes, salt: Bytes, halfB: Bytes): void {
    this.#half.write(headerHash, this.#rowAt)
    this.#half.into(this.#halves, 0)
    this.#halves.set(halfB, HASH_BYTES)
    this.#extract.setKey(salt)
    this.#extract.write(this.#halves, 0)
    this.#extract.into(this.#extracted, 0)
    this.#first.setKey(this.#extracted)
    this.#first.write(headerHash, this.#keyAt)
    this.#first.into(this.output, 0)
    this.#second.setKey(this.#extracted)
    this.#second.write(this.output.subarray(0, HASH_BYTES), 0)
    this.#second.write(headerHash, HASH_BYTES + this.#keyAt)
    this.#second.into(this.output, HASH_BYTES)
  }
}

/** Bytes in front of the header of a sealed section: magic and length. */
const SEALED_HEAD = SEALED_MAGIC.length + 2
const FRAME_SCRATCH = 8192

/**
 * Makes a function that seals the rows of one batch and section name page by page, exactly as
 * `sealSection` seals single ones under A_r (sealed-data sections 4–6a). Record (where none is given),
 * salt, B and seed are drawn for each row, a page at a time.
 *
 * @param shared     members of the header that all rows share
 * @param batchHalf  A*, 32 bytes, fresh for this attempt
 * @param tree       what the rows are leaves of
 */
export function createPageSealer(
  shared: RowHeaderShared,
  batchHalf: Bytes,
  random: RandomSource,
  tree: RowTree = 'batch',
): (page: RowPage) => SealedRowPage {
  const sealer = new PageSealer(shared, batchHalf, tree)
  return (page) => sealer.seal(page, random)
}

class PageSealer {
  readonly #suite: SuiteId
  readonly #scribe: RowScribe
  readonly #keys: RowKeys
  readonly #frame = new Uint8Array(FRAME_SCRATCH)
  readonly #view = new DataView(this.#frame.buffer)

  constructor(shared: RowHeaderShared, batchHalf: Bytes, tree: RowTree) {
    this.#suite = shared.suite
    this.#scribe = new RowScribe(shared, tree)
    this.#keys = new RowKeys(shared.suite, batchHalf)
  }

  seal({ contents, ends, records: given, versions }: RowPage, random: RandomSource): SealedRowPage {
    const { length: count } = ends
    const records = given ?? Uint8Array.from(random(count * RECORD_BYTES))
    const salts = Uint8Array.from(random(count * HASH_BYTES))
    const seeds = Uint8Array.from(random(count * HASH_BYTES))
    const halves = Uint8Array.from(random(count * HASH_BYTES))
    const commitments = new Uint8Array(count * HASH_BYTES)
    const leafHashes = new Uint8Array(count * HASH_BYTES)
    const sealedEnds = new Uint32Array(count)
    let sealed = new Uint8Array(0)
    let to = 0
    for (let row = 0; row < count; row++) {
      const at = row * HASH_BYTES
      const content = contents.subarray(row === 0 ? 0 : (ends[row - 1] as number), ends[row])
      const seed = seeds.subarray(at, at + HASH_BYTES)
      const scribe = this.#scribe
      scribe.begin(records, salts, row, versions?.[row] ?? 1)
      this.#keys.derive(
        scribe.headerHash,
        salts.subarray(at, at + HASH_BYTES),
        halves.subarray(at, at + HASH_BYTES),
      )
      scribe.commit(seed, content, commitments, at)
      scribe.hashLeaf(commitments, at, leafHashes, at)
      const frame = this.#frameOf(seed, content)
      const { header } = scribe
      const end = to + SEALED_HEAD + header.length + HASH_BYTES + frame.length + TAG_BYTES
      // Most rows are as long as the first: the page is measured by it, and grows if that was wrong.
      if (end > sealed.length) sealed = grown(sealed, to, Math.max(end, (end - to) * (count - row)))
      this.#write(sealed, to, header, frame)
      to = end
      sealedEnds[row] = end
    }
    const exact = to === sealed.length ? sealed : sealed.slice(0, to)
    return { sealed: exact, sealedEnds, records, salts, seeds, halves, commitments, leafHashes }
  }

  #frameOf(seed: Bytes, content: Bytes): Bytes {
    if (content.length > CONTENT_BYTES) throw new SectionRefused('size', 'above 32 MiB')
    const used = FRAME_HEAD + content.length
    const length = paddedLength(used)
    const isShort = length <= FRAME_SCRATCH
    const frame = isShort ? this.#frame.subarray(0, length) : new Uint8Array(length)
    const view = isShort ? this.#view : new DataView(frame.buffer)
    frame.set(seed)
    view.setUint32(HASH_BYTES, content.length)
    frame.set(content, FRAME_HEAD)
    frame.fill(0, used)
    return frame
  }

  #write(target: Bytes, at: number, header: Bytes, frame: Bytes): void {
    const { output } = this.#keys
    const keyBytes = KEY_BYTES[this.#suite]
    target.set(SEALED_MAGIC, at)
    target[at + SEALED_MAGIC.length] = header.length >> 8
    target[at + SEALED_MAGIC.length + 1] = header.length & 255
    const comAt = at + SEALED_HEAD + header.length
    target.set(header, at + SEALED_HEAD)
    target.set(output.subarray(keyBytes, keyBytes + HASH_BYTES), comAt)
    const key = output.subarray(0, keyBytes)
    target.set(aeadSeal(this.#suite, key, this.#scribe.headerHash, frame), comAt + HASH_BYTES)
  }
}

function grown(bytes: Bytes, used: number, more: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(used + more)
  larger.set(bytes.subarray(0, used))
  return larger
}

/** One row as its owner opened it, to be recomputed. */
export interface RowOpening {
  /** Hex of 16 bytes. */
  readonly record: string
  /** Hex of 32 bytes. */
  readonly salt: string
  /** 32 bytes. */
  readonly seed: Bytes
  readonly content: Bytes
}

/**
 * Makes a function that recomputes the leaf of each row of a batch from its opening, as
 * `sectionCommitment` and `batchLeaf` do for a single one.
 *
 * @returns  writes the hash of the leaf, 32 bytes, at a place of the target; throws SectionRefused for a
 *           record, salt or seed that no row has
 */
export function createRowRecomputer(
  shared: RowHeaderShared,
  version: number,
  tree: RowTree = 'batch',
): (row: RowOpening, target: Bytes, at: number) => void {
  const scribe = new RowScribe(shared, tree)
  const commitment = new Uint8Array(HASH_BYTES)
  return ({ record, salt, seed, content }, target, at) => {
    if (seed.length !== HASH_BYTES) throw new SectionRefused('secret', 'seed is 32 bytes')
    scribe.beginSpelled(record, salt, version)
    scribe.commit(seed, content, commitment, 0)
    scribe.hashLeaf(commitment, 0, target, at)
  }
}
