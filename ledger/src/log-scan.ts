import { readdirSync, readFileSync } from 'node:fs'
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

/** Where a record lies: segment (by its first height) and byte offset. */
export interface LogPlace {
  readonly firstHeight: number
  readonly offset: number
}

/** What a scan hears, in order. */
export interface LogListener {
  block?(block: Block, place: LogPlace): void
  finality?(height: number, proof: Bytes, place: LogPlace): void
}

/** Which log, and which of its blocks must be there. */
export interface LogScanSettings {
  readonly folder: string
  readonly genesisHash: Bytes
  /** Blocks up to this height must read well: −1 if none is known. */
  readonly requiredHeight: number
  /** Where the log begins, if not with block 0: behind a snapshot. */
  readonly begin?: LogBegin
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
 * Reads a log from its beginning and checks everything that can be checked without executing:
 * checksums, that heights follow each other, the chain of header hashes, the root of transactions.
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
      const end = this.#scanSegment(firstHeight)
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
    return { height, segments, goodLength, torn }
  }

  /** Returns the length of the file and the offset of the first bad record, if there is one. */
  #scanSegment(firstHeight: number): { length: number; bad: number | null } {
    const bytes: Bytes = readFileSync(join(this.#settings.folder, segmentName(firstHeight)))
    const { length } = bytes
    const head = decodeSegmentHead(bytes)
    if (head === undefined) return { length, bad: 0 }
    if (!equalBytes(head.genesisHash, this.#settings.genesisHash)) {
      throw new LedgerFault('FOLDER_OF_ANOTHER_CHAIN', {
        segment: segmentName(firstHeight),
        genesis: toHex(head.genesisHash),
      })
    }
    if (head.firstHeight !== firstHeight || firstHeight !== this.#next) {
      throw this.#damaged({ firstHeight, offset: 0 })
    }
    let offset = SEGMENT_HEAD_BYTES
    while (offset < length) {
      const record = decodeRecord(bytes, offset)
      if (record === undefined) return { length, bad: offset }
      this.#take(record.type, record.payload, { firstHeight, offset })
      offset = record.end
    }
    return { length, bad: null }
  }

  /** A record with a right checksum and a wrong content was not torn: someone changed it. */
  #take(type: number, payload: Bytes, place: LogPlace): void {
    if (type === RECORD_FINALITY && payload.length > 8) {
      const view = new DataView(payload.buffer, payload.byteOffset, 8)
      this.#listener.finality?.(Number(view.getBigUint64(0)), payload.subarray(8), place)
      return
    }
    const block = type === RECORD_BLOCK ? decodeBlock(payload) : undefined
    if (block === undefined || block.header.height !== this.#next) throw this.#damaged(place)
    const isChild = block.header.parent === toHex(this.#parent)
    if (!isChild || !transactionsFit(block)) throw this.#damaged(place)
    this.#parent = headerHash(block.headerBytes)
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
