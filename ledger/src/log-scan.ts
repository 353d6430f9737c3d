import { createHash, type Hash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { type Bytes, equalBytes, toHex } from '@renshe/crypto'
import { headerHash } from '@renshe/proof'
import { type Block, decodeBlock, transactionsFit } from './block-format.ts'
import { LedgerFault } from './fault.ts'
import {
  decodeRecord,
  decodeSegmentHead,
  firstHeightOf,
  RECORD_BLOCK,
  RECORD_FINALITY,
  SEGMENT_HEAD_BYTES,
  segmentName,
} from './segment.ts'
import { digestOf, readIndex, SegmentTally, writeIndex } from './segment-index.ts'

/** Where a record lies: segment (by its first height) and byte offset. */
export interface LogPlace {
  readonly firstHeight: number
  readonly offset: number
}

/** What a scan hears, in order. */
export interface LogListener {
  block?(block: Block, place: LogPlace): void
  finality?(height: number, proof: Bytes, place: LogPlace): void
  /**
   * A segment that was read to its end before, and has not changed since; its blocks are not told.
   *
   * @returns false if it must be taken apart all the same
   */
  sealed?(segment: SealedSegment): boolean
}

/** A segment that was taken by its index. */
export interface SealedSegment {
  readonly lastBlock: Block
  readonly changes: readonly number[]
  /** Proofs worth keeping, in order. */
  readonly proofs: readonly (readonly [height: number, proof: Bytes])[]
}

/** Which log, and which of its blocks must be there. */
export interface LogScanSettings {
  readonly folder: string
  readonly genesisHash: Bytes
  /** Blocks up to this height must read well: −1 if none is known. */
  readonly requiredHeight: number
  /** Where the log begins, if not with block 0: behind a snapshot. */
  readonly begin?: LogBegin
  /** Whether segments that did not change since they were read need not be taken apart again. */
  readonly trustsIndexes?: boolean
}

/** The first block of a log that begins behind a snapshot. */
export interface LogBegin {
  readonly height: number
  /** Hash of the header before it. */
  readonly parent: Bytes
}

/** The end of what reads well. */
export interface LogScan {
  /** Height of the last block; one below the first segment's if there is none. */
  readonly height: number
  /** Segments in order. */
  readonly segments: readonly number[]
  /** Length of the last segment up to its last good record. */
  readonly goodLength: number
  /** The place behind which the last segment does not read well. */
  readonly torn: (LogPlace & { readonly bytes: number }) | null
  /** Where each block lies, from the first height on. */
  readonly places: LogPlace[]
  /** What was noted of the last segment, and the digest of its good bytes so far. */
  readonly tally: SegmentTally
  readonly digest: Hash
}

/** First heights of the segments in a folder, ascending. */
export function listSegments(folder: string): number[] {
  const heights: number[] = []
  for (const name of readdirSync(folder)) {
    const height = firstHeightOf(name)
    if (height !== undefined) heights.push(height)
  }
  return heights.sort((a, b) => a - b)
}

/**
 * Reads every byte of a log and checks everything that can be checked without executing: checksums, that
 * heights follow each other, the chain of header hashes, the root of transactions. Of a segment that has
 * the digest which its index noted when all this was checked, only the ends are taken apart.
 *
 * @returns where it ends; a torn tail is reported, nothing is changed
 * @throws LedgerFault `LOG_DAMAGED`, `LOG_BEHIND_STATE`, `FOLDER_OF_ANOTHER_CHAIN`
 */
export function scanLog(settings: LogScanSettings, listener: LogListener = {}): LogScan {
  return new LogScanner(settings, listener).scan()
}

class LogScanner {
  readonly #settings: LogScanSettings
  readonly #listener: LogListener
  readonly #segments: number[]
  readonly places: LogPlace[] = []
  readonly #tally = new SegmentTally()
  readonly #digest = createHash('sha256')
  #memory: Bytes = new Uint8Array()
  #next: number
  #parent: Bytes

  constructor(settings: LogScanSettings, listener: LogListener) {
    this.#settings = settings
    this.#listener = listener
    this.#segments = listSegments(settings.folder)
    this.#next = settings.begin?.height ?? 0
    this.#parent = settings.begin?.parent ?? settings.genesisHash
  }

  scan(): LogScan {
    let goodLength = 0
    let torn: LogScan['torn'] = null
    const segments = [...this.#segments]
    for (const firstHeight of this.#segments) {
      const isLast = firstHeight === this.#segments.at(-1)
      const end = this.#scanSegment(firstHeight, isLast)
      if (end.bad !== null) {
        const place = { firstHeight, offset: end.bad }
        if (!isLast || this.#next <= this.#settings.requiredHeight) throw this.#damaged(place)
        torn = { ...place, bytes: end.length - end.bad }
      }
      goodLength = end.bad ?? end.length
    }
    // A last segment without even a head holds nothing: it goes away as a whole.
    if (torn?.offset === 0) segments.pop()
    const height = this.#next - 1
    const { requiredHeight } = this.#settings
    if (height < requiredHeight) {
      throw new LedgerFault('LOG_BEHIND_STATE', { logHeight: height, stateHeight: requiredHeight })
    }
    const { places } = this
    return { height, segments, goodLength, torn, places, tally: this.#tally, digest: this.#digest }
  }

  /** Returns the length of the file and the offset of the first bad record, if there is one. */
  #scanSegment(firstHeight: number, isLast: boolean): { length: number; bad: number | null } {
    const { folder, genesisHash, trustsIndexes } = this.#settings
    const bytes = this.#read(join(folder, segmentName(firstHeight)))
    const { length } = bytes
    const head = decodeSegmentHead(bytes)
    if (head === undefined) return { length, bad: 0 }
    if (!equalBytes(head.genesisHash, genesisHash)) {
      throw new LedgerFault('FOLDER_OF_ANOTHER_CHAIN', {
        segment: segmentName(firstHeight),
        genesis: toHex(head.genesisHash),
      })
    }
    if (head.firstHeight !== firstHeight || firstHeight !== this.#next) {
      throw this.#damaged({ firstHeight, offset: 0 })
    }
    const digest = isLast ? undefined : digestOf(bytes)
    if (digest !== undefined && trustsIndexes === true) {
      if (this.#takeByIndex(firstHeight, bytes, digest)) return { length, bad: null }
    }
    const bad = this.#takeApart(firstHeight, bytes)
    if (isLast) this.#digest.update(bytes.subarray(0, bad ?? length))
    else if (bad === null) writeIndex(folder, this.#tally.index(length, digest!))
    return { length, bad }
  }

  /** Returns the offset of the first bad record, if there is one. */
  #takeApart(firstHeight: number, bytes: Bytes): number | null {
    this.#tally.begin(firstHeight)
    for (let offset = SEGMENT_HEAD_BYTES; offset < bytes.length; ) {
      const record = decodeRecord(bytes, offset)
      if (record === undefined) return offset
      this.#take(record.type, record.payload, { firstHeight, offset })
      offset = record.end
    }
    return null
  }

  /** Takes a segment whose bytes are those that were found good; false if it must be taken apart. */
  #takeByIndex(firstHeight: number, bytes: Bytes, digest: Bytes): boolean {
    const index = readIndex(this.#settings.folder, firstHeight)
    if (index?.length !== bytes.length || !equalBytes(index.digest, digest)) return false
    const first = blockAt(bytes, index.offsets[0])
    const lastBlock = blockAt(bytes, index.offsets.at(-1))
    const count = index.offsets.length
    if (first === undefined || lastBlock?.header.height !== firstHeight + count - 1) return false
    if (first.header.parent !== toHex(this.#parent)) return false
    const proofs = index.proofs.map(([height, offset]) => {
      const payload = decodeRecord(bytes, offset)?.payload ?? new Uint8Array(8)
      return [height, payload.slice(8)] as const
    })
    const { changes } = index
    if (this.#listener.sealed?.({ lastBlock, changes, proofs }) === false) return false
    this.#tally.takeSealed(index, lastBlock.header.finality)
    for (const offset of index.offsets) this.places.push({ firstHeight, offset })
    this.#parent = headerHash(lastBlock.headerBytes)
    this.#next += count
    return true
  }

  /** The bytes of a file, good until the next one is read: one memory serves all of them. */
  #read(path: string): Bytes {
    const file = openSync(path, 'r')
    try {
      const { size } = fstatSync(file)
      if (this.#memory.length < size) this.#memory = new Uint8Array(size)
      let length = 0
      for (let read = -1; read !== 0 && length < size; length += read) {
        read = readSync(file, this.#memory, length, size - length, length)
      }
      return this.#memory.subarray(0, length)
    } finally {
      closeSync(file)
    }
  }

  /** A record with a right checksum and a wrong content was not torn: someone changed it. */
  #take(type: number, payload: Bytes, place: LogPlace): void {
    if (type === RECORD_FINALITY && payload.length > 8) {
      const view = new DataView(payload.buffer, payload.byteOffset, 8)
      const height = Number(view.getBigUint64(0))
      this.#tally.takeProof(height, place.offset)
      this.#listener.finality?.(height, payload.subarray(8), place)
      return
    }
    const block = type === RECORD_BLOCK ? decodeBlock(payload) : undefined
    if (block === undefined || block.header.height !== this.#next) throw this.#damaged(place)
    const isChild = block.header.parent === toHex(this.#parent)
    if (!isChild || !transactionsFit(block)) throw this.#damaged(place)
    this.#parent = headerHash(block.headerBytes)
    this.#tally.takeBlock(block.header.height, block.header.finality, place.offset)
    this.places.push(place)
    this.#listener.block?.(block, place)
    this.#next += 1
  }

  #damaged({ firstHeight, offset }: LogPlace): LedgerFault {
    return new LedgerFault('LOG_DAMAGED', {
      segment: segmentName(firstHeight),
      offset,
      height: this.#next,
    })
  }
}

function blockAt(bytes: Bytes, offset: number | undefined): Block | undefined {
  const record = offset === undefined ? undefined : decodeRecord(bytes, offset)
  return record?.type === RECORD_BLOCK ? decodeBlock(record.payload) : undefined
}
