import { createHash, type Hash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bytes, concatBytes, type JsonObject, u64 } from '@renshe/crypto'
import { parseHeader } from '@renshe/proof'
import { type Block, decodeBlock, transactionsFit } from './block-format.ts'
import { LedgerFault } from './fault.ts'
import {
  type LogBegin,
  type LogListener,
  type LogPlace,
  type LogScan,
  scanLog,
} from './log-scan.ts'
import {
  decodeRecord,
  encodeRecord,
  encodeSegmentHead,
  RECORD_BLOCK,
  RECORD_FINALITY,
  RECORD_HEAD_BYTES,
  SEGMENT_BYTES,
  SEGMENT_HEAD_BYTES,
  segmentName,
} from './segment.ts'
import { type SegmentTally, writeIndex } from './segment-index.ts'

/** A torn tail that was cut, and where its bytes were copied. */
export interface TornTail extends LogPlace {
  readonly bytes: number
  readonly copy: string
}

/** Which log to open. */
export interface BlockLogSettings {
  readonly folder: string
  readonly genesisHash: Bytes
  /** Height of the state store: blocks up to it must read well. */
  readonly requiredHeight: number
  /** Where the log begins, if not with block 0. */
  readonly begin?: LogBegin
  /** Whether segments that did not change since they were read need not be taken apart again. */
  readonly trustsIndexes?: boolean
  /** A new segment is begun at this size; smaller in tests. */
  readonly segmentBytes?: number
}

/** The append-only file of blocks: the truth. @source ledger-bytes.md section 11 */
export class BlockLog {
  readonly #settings: BlockLogSettings
  /** First heights of the segments, ascending. */
  readonly #segments: number[]
  /** Segment and offset of each block, from the first height on. */
  readonly #places: LogPlace[]
  readonly #readers = new Map<number, number>()
  #writer: FileHandle | undefined
  #length: number
  readonly #tally: SegmentTally
  /** Digest of the last segment up to its end; undefined if it is not known. */
  #digest: Hash | undefined
  /** Bytes of a record that failed may lie behind the end until they are cut. */
  #isTailUnclean = false
  /** Ends when the records that were begun are written. */
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(settings: BlockLogSettings, scan: LogScan) {
    this.#settings = settings
    this.#segments = [...scan.segments]
    this.#places = scan.places
    this.#length = scan.goodLength
    this.#tally = scan.tally
    this.#digest = scan.digest
  }

  /**
   * Opens a log, cutting a torn tail.
   *
   * @param listener  hears every block and finality record while the log is checked
   * @throws LedgerFault `LOG_DAMAGED`, `LOG_BEHIND_STATE`, `FOLDER_OF_ANOTHER_CHAIN`
   */
  static open(
    settings: BlockLogSettings,
    listener: LogListener = {},
  ): { log: BlockLog; torn: TornTail | null } {
    mkdirSync(settings.folder, { recursive: true })
    const scan = scanLog(settings, listener)
    const torn = scan.torn && cutTail(settings.folder, scan.torn)
    syncTail(settings.folder, scan)
    const log = new BlockLog(settings, scan)
    // The last segment lost its head: the one before goes on where it ended.
    if (torn?.offset === 0) {
      log.#length = log.#lengthOfLastSegment()
      log.#digest = undefined
    }
    return { log, torn }
  }

  /** Height of the first block that the log holds or will hold. */
  get firstHeight(): number {
    return this.#settings.begin?.height ?? 0
  }

  /** Height of the newest block; one below the first if there is none. */
  get height(): number {
    return this.firstHeight + this.#places.length - 1
  }

  /**
   * Appends a block; durable when the promise resolves.
   *
   * @throws LedgerFault `LOG_WRITE_FAILED` if the disk refuses: the log is as before, and the same
   *         block can be appended again
   */
  async append(payload: Bytes): Promise<void> {
    await this.#inTurn(async () => {
      const place = await this.#write(encodeRecord(RECORD_BLOCK, payload), true)
      this.#tally.takeBlock(this.height + 1, policyNamed(payload), place.offset)
      this.#places.push(place)
    })
  }

  /** Appends a finality proof (JCS) of a height. Not synced: witnesses have it too. */
  async appendFinality(height: number, proof: Bytes): Promise<void> {
    const record = encodeRecord(RECORD_FINALITY, concatBytes(u64(height), proof))
    await this.#inTurn(async () => {
      const { offset } = await this.#write(record, false)
      this.#tally.takeProof(height, offset)
    })
  }

  /**
   * Reads one block and checks it against its checksum and its header.
   *
   * @throws LedgerFault `LOG_DAMAGED` with its place, `HEIGHT_UNKNOWN`
   */
  read(height: number): Block {
    const place = this.#places[height - this.firstHeight]
    if (place === undefined) throw new LedgerFault('HEIGHT_UNKNOWN', { height })
    const damaged = (): LedgerFault =>
      new LedgerFault('LOG_DAMAGED', {
        segment: segmentName(place.firstHeight),
        offset: place.offset,
        height,
      })
    const reader = this.#readerOf(place.firstHeight)
    const head = readExactly(reader, place.offset, RECORD_HEAD_BYTES)
    const length = head && new DataView(head.buffer, head.byteOffset).getUint32(0)
    if (length === undefined || length > 2 * SEGMENT_BYTES) throw damaged()
    const bytes = readExactly(reader, place.offset, 8 + length)
    const record = bytes && decodeRecord(bytes, 0)
    const block = record?.type === RECORD_BLOCK ? decodeBlock(record.payload) : undefined
    if (block === undefined || block.header.height !== height || !transactionsFit(block)) {
      throw damaged()
    }
    return block
  }

  async close(): Promise<void> {
    await this.#turn
    for (const reader of this.#readers.values()) closeSync(reader)
    this.#readers.clear()
    await this.#writer?.close()
    this.#writer = undefined
  }

  /**
   * One record after the other: a witness is told that a block is final while the next one arrives, and two
   * records that are written at once would both go to the same end.
   */
  async #inTurn<Result>(write: () => Promise<Result>): Promise<Result> {
    const written = this.#turn.then(write)
    this.#turn = written.catch(() => undefined)
    return written
  }

  async #write(record: Bytes, isSynced: boolean): Promise<LogPlace> {
    try {
      const writer = await this.#writerFor(record.length)
      const firstHeight = this.#segments.at(-1)!
      const offset = this.#length
      this.#isTailUnclean = true
      await writeAll(writer, record, offset)
      if (isSynced) await writer.datasync()
      this.#isTailUnclean = false
      this.#length = offset + record.length
      this.#digest?.update(record)
      return { firstHeight, offset }
    } catch (error) {
      await this.#cutUncleanTail().catch(() => undefined)
      throw writeFailed(error, this.height + 1)
    }
  }

  /** After a failed write nothing may follow its remains, so they go first. */
  async #cutUncleanTail(): Promise<void> {
    if (!this.#isTailUnclean || this.#writer === undefined) return
    await this.#writer.truncate(this.#length)
    this.#isTailUnclean = false
  }

  async #writerFor(recordLength: number): Promise<FileHandle> {
    const limit = this.#settings.segmentBytes ?? SEGMENT_BYTES
    const isFull = this.#length + recordLength > limit && this.#length > SEGMENT_HEAD_BYTES
    const last = this.#segments.at(-1)
    // A segment is named by its first block: it begins where a block is missing.
    const isNamed = last !== this.height + 1
    if (last === undefined || (isFull && isNamed)) return this.#beginSegment()
    if (this.#writer === undefined) {
      this.#writer = await open(join(this.#settings.folder, segmentName(last)), 'r+')
    }
    await this.#cutUncleanTail()
    return this.#writer
  }

  async #beginSegment(): Promise<FileHandle> {
    const { folder, genesisHash } = this.#settings
    const firstHeight = this.height + 1
    const path = join(folder, segmentName(firstHeight))
    const writer = await open(path, 'w+')
    try {
      await writeAll(writer, encodeSegmentHead(genesisHash, firstHeight), 0)
      await writer.sync()
      syncFolder(folder)
    } catch (error) {
      await writer.close()
      rmSync(path, { force: true })
      throw error
    }
    await this.#writer?.close()
    this.#seal()
    this.#writer = writer
    this.#segments.push(firstHeight)
    this.#length = SEGMENT_HEAD_BYTES
    this.#tally.begin(firstHeight)
    this.#digest = createHash('sha256').update(encodeSegmentHead(genesisHash, firstHeight))
    return writer
  }

  /** The last segment is full: notes what it should be from now on. */
  #seal(): void {
    if (this.#segments.length === 0 || this.#digest === undefined) return
    const digest = new Uint8Array(this.#digest.digest())
    writeIndex(this.#settings.folder, this.#tally.index(this.#length, digest))
  }

  #lengthOfLastSegment(): number {
    const last = this.#segments.at(-1)
    if (last === undefined) return 0
    return readFileSync(join(this.#settings.folder, segmentName(last))).length
  }

  #readerOf(firstHeight: number): number {
    let reader = this.#readers.get(firstHeight)
    if (reader === undefined) {
      reader = openSync(join(this.#settings.folder, segmentName(firstHeight)), 'r')
      this.#readers.set(firstHeight, reader)
    }
    return reader
  }
}

/** Hash of the policy that a block's header names. */
function policyNamed(payload: Bytes): string {
  const length = new DataView(payload.buffer, payload.byteOffset).getUint32(0)
  return parseHeader(payload.subarray(4, 4 + length)).finality
}

async function writeAll(writer: FileHandle, bytes: Bytes, offset: number): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const rest = bytes.subarray(written)
    const { bytesWritten } = await writer.write(rest, 0, rest.length, offset + written)
    written += bytesWritten
  }
}

function readExactly(reader: number, offset: number, length: number): Bytes | undefined {
  const bytes = new Uint8Array(length)
  return readSync(reader, bytes, 0, length, offset) === length ? bytes : undefined
}

function writeFailed(error: unknown, height: number): LedgerFault {
  const { code, message } = error as NodeJS.ErrnoException
  const facts: JsonObject = { height, reason: code ?? message ?? String(error) }
  return new LedgerFault('LOG_WRITE_FAILED', facts, { cause: error })
}

/** Makes names in a folder durable. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * A block that a killed process wrote may lie in memory alone and still read well: it is on disk before the state
 * follows it, or a witness is asked to cosign it.
 */
function syncTail(folder: string, { segments }: LogScan): void {
  const last = segments.at(-1)
  if (last === undefined) return
  const handle = openSync(join(folder, segmentName(last)), 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  syncFolder(folder)
}

/** Copies what does not read well aside, then cuts it; both are synced. */
function cutTail(folder: string, torn: NonNullable<LogScan['torn']>): TornTail {
  const path = join(folder, segmentName(torn.firstHeight))
  let copy = `torn-${torn.offset}.bin`
  for (let again = 1; existsSync(join(folder, copy)); again++) {
    copy = `torn-${torn.offset}-${again}.bin`
  }
  writeFileSync(join(folder, copy), readFileSync(path).subarray(torn.offset), { flush: true })
  if (torn.offset === 0) {
    rmSync(path)
  } else {
    truncateSync(path, torn.offset)
    const handle = openSync(path, 'r+')
    fsyncSync(handle)
    closeSync(handle)
  }
  syncFolder(folder)
  return { ...torn, copy }
}
