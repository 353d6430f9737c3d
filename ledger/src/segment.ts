import { crc32 } from 'node:zlib'
import { type Bytes, concatBytes, equalBytes, u32, u64, utf8 } from '@renshe/crypto'

/** A new segment is begun when one has grown to this. */
export const SEGMENT_BYTES = 64 * 1024 * 1024
/** Head of a segment: magic, genesis hash, first height, checksum. */
export const SEGMENT_HEAD_BYTES = 52
/** Length, checksum and type before a payload. */
export const RECORD_HEAD_BYTES = 9
/** No record is longer: a block has at most 4 MiB of transactions, a proof far less. */
const RECORD_BYTES = 16 * 1024 * 1024
const MAGIC = concatBytes(utf8('RSLOG1'), Uint8Array.of(0, 0))

/** Types of records. */
export const RECORD_BLOCK = 1
export const RECORD_FINALITY = 2

/** File name of a segment. */
export function segmentName(firstHeight: number): string {
  return `${String(firstHeight).padStart(12, '0')}.rsl`
}

/** The first height of a segment by its file name; undefined if the file is no segment. */
export function firstHeightOf(fileName: string): number | undefined {
  if (fileName.length !== 16 || !fileName.endsWith('.rsl')) return undefined
  const height = Number(fileName.slice(0, 12))
  return Number.isSafeInteger(height) && segmentName(height) === fileName ? height : undefined
}

/** `"RSLOG1" 00 00 ‖ genesis hash ‖ u64 first height ‖ u32 crc`. */
export function encodeSegmentHead(genesisHash: Bytes, firstHeight: number): Bytes {
  const head = concatBytes(MAGIC, genesisHash, u64(firstHeight))
  return concatBytes(head, u32(crc32(head)))
}

/** Genesis hash and first height of a segment; undefined if the head is not whole. */
export function decodeSegmentHead(
  bytes: Bytes,
): { genesisHash: Bytes; firstHeight: number } | undefined {
  if (bytes.length < SEGMENT_HEAD_BYTES) return undefined
  const head = bytes.subarray(0, SEGMENT_HEAD_BYTES - 4)
  const view = new DataView(bytes.buffer, bytes.byteOffset, SEGMENT_HEAD_BYTES)
  if (!equalBytes(head.subarray(0, 8), MAGIC) || view.getUint32(48) !== crc32(head)) {
    return undefined
  }
  return { genesisHash: head.slice(8, 40), firstHeight: Number(view.getBigUint64(40)) }
}

/** `u32 length ‖ u32 crc ‖ u8 type ‖ payload`; the checksum covers length, type and payload. */
export function encodeRecord(type: number, payload: Bytes): Bytes {
  const length = u32(payload.length + 1)
  const kind = Uint8Array.of(type)
  const crc = crc32(payload, crc32(kind, crc32(length)))
  return concatBytes(length, u32(crc), kind, payload)
}

/** One record of a segment. */
export interface LogRecord {
  readonly type: number
  readonly payload: Bytes
  /** Offset of the record after it. */
  readonly end: number
}

/** Reads the record at an offset; undefined if it is cut, too long or has another checksum. */
export function decodeRecord(bytes: Bytes, offset: number): LogRecord | undefined {
  if (offset + RECORD_HEAD_BYTES > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const length = view.getUint32(offset)
  const end = offset + 8 + length
  if (length < 1 || length > RECORD_BYTES || end > bytes.length) return undefined
  const content = bytes.subarray(offset + 8, end)
  const crc = crc32(content, crc32(bytes.subarray(offset, offset + 4)))
  if (crc !== view.getUint32(offset + 4)) return undefined
  return { type: content[0]!, payload: content.subarray(1), end }
}
