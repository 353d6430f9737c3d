import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { type Bytes, concatBytes, u32, u64, utf8 } from '@renshe/crypto'
import { segmentName } from './segment.ts'

const MAGIC = concatBytes(utf8('RSINDEX1'))
const HEAD_BYTES = 60

/**
 * What was found when a segment was read to its end, or while it was written: where its blocks lie, and
 * the digest of the very bytes that were found good. A segment that still has that digest need not be
 * taken apart again. It says nothing that is not in the segment, and is made again when it is lost.
 */
export interface SegmentIndex {
  readonly firstHeight: number
  /** Length of the segment. */
  readonly length: number
  /** SHA-256 of the segment. */
  readonly digest: Bytes
  /** Offset of each block, from the first height on. */
  readonly offsets: readonly number[]
  /** Heights whose header names another finality policy than the one before. */
  readonly changes: readonly number[]
  /** Height and offset of the finality proofs worth keeping, in the order of the segment. */
  readonly proofs: readonly (readonly [height: number, offset: number])[]
}

/** File of the index beside its segment. */
export function indexName(firstHeight: number): string {
  return segmentName(firstHeight).replace(/\.rsl$/, '.idx')
}

/** SHA-256 of a segment's bytes. */
export function digestOf(bytes: Bytes): Bytes {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}

/**
 * `"RSINDEX1" ‖ u64 first height ‖ u64 length ‖ digest ‖ u32 blocks ‖ blocks × u32 offset ‖
 * u32 changes ‖ changes × u64 ‖ u32 proofs ‖ proofs × (u64 height ‖ u32 offset) ‖ u32 crc`
 */
export function encodeIndex(index: SegmentIndex): Bytes {
  const { firstHeight, length, digest, offsets, changes, proofs } = index
  const body = concatBytes(
    MAGIC,
    u64(firstHeight),
    u64(length),
    digest,
    u32(offsets.length),
    ...offsets.map((offset) => u32(offset)),
    u32(changes.length),
    ...changes.map((height) => u64(height)),
    u32(proofs.length),
    ...proofs.flatMap(([height, offset]) => [u64(height), u32(offset)]),
  )
  return concatBytes(body, u32(crc32(body)))
}

/** Reads what {@link encodeIndex} wrote; undefined if it is anything else. */
export function decodeIndex(bytes: Bytes): SegmentIndex | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = bytes.length - 4
  const isWhole = end >= HEAD_BYTES && view.getUint32(end) === crc32(bytes.subarray(0, end))
  if (!isWhole || !Buffer.from(MAGIC).equals(bytes.subarray(0, 8))) return undefined
  let at = 56
  const u32At = (): number => {
    at += 4
    return view.getUint32(at - 4)
  }
  const u64At = (): number => {
    at += 8
    return Number(view.getBigUint64(at - 8))
  }
  // The checksum says that the counts are those that were written.
  const list = <Item>(read: () => Item): Item[] => Array.from({ length: u32At() }, read)
  return {
    firstHeight: Number(view.getBigUint64(8)),
    length: Number(view.getBigUint64(16)),
    digest: bytes.slice(24, 56),
    offsets: list(u32At),
    changes: list(u64At),
    proofs: list(() => [u64At(), u32At()] as const),
  }
}

/** The index of a segment; undefined if there is none that can be read. */
export function readIndex(folder: string, firstHeight: number): SegmentIndex | undefined {
  try {
    const index = decodeIndex(new Uint8Array(readFileSync(join(folder, indexName(firstHeight)))))
    return index?.firstHeight === firstHeight ? index : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Keeps an index. Not synced: one that is torn or lost costs the next start its time and nothing else. */
export function writeIndex(folder: string, index: SegmentIndex): void {
  try {
    writeFileSync(join(folder, indexName(index.firstHeight)), encodeIndex(index))
  } catch {
    // A disk that refuses it may take it after the next start.
  }
}

/** Notes where things lie in the segment that is read or written, for its index. */
export class SegmentTally {
  readonly #changesOfLog = new Set<number>()
  #policy: string | undefined
  #firstHeight = -1
  #offsets: number[] = []
  #changes: number[] = []
  #proofs = new Map<number, number>()
  #newestProof = -1

  /** Another segment begins. */
  begin(firstHeight: number): void {
    this.#firstHeight = firstHeight
    this.#offsets = []
    this.#changes = []
    this.#proofs = new Map()
  }

  takeBlock(height: number, policy: string, offset: number): void {
    this.#offsets.push(offset)
    if (this.#policy !== undefined && this.#policy !== policy) {
      this.#changesOfLog.add(height)
      this.#changes.push(height)
    }
    this.#policy = policy
  }

  /** Of the proofs those stay at whose height the policy changes, and the newest. */
  takeProof(height: number, offset: number): void {
    if (!this.#changesOfLog.has(this.#newestProof)) this.#proofs.delete(this.#newestProof)
    this.#proofs.set(height, offset)
    this.#newestProof = height
  }

  /** A segment was taken by its index; `policy` is that of its last header. */
  takeSealed({ changes, proofs }: SegmentIndex, policy: string): void {
    for (const height of changes) this.#changesOfLog.add(height)
    this.#newestProof = proofs.at(-1)?.[0] ?? this.#newestProof
    this.#policy = policy
  }

  /** The index of the segment, which has this length and digest. */
  index(length: number, digest: Bytes): SegmentIndex {
    return {
      firstHeight: this.#firstHeight,
      length,
      digest,
      offsets: this.#offsets,
      changes: this.#changes,
      proofs: [...this.#proofs],
    }
  }
}
