import { type Bytes, concatBytes, fromUtf8, u16, u32, utf8 } from '@renshe/crypto'

/** A row of the table of values: the value, its hash, and the block that wrote it. */
export interface ValueRow {
  readonly height: number
  /** `H(value, text)`, so that snapshots need not hash again. */
  readonly hash: Bytes
  readonly text: string
}

/** A height in six bytes, big-endian: key order is the order of heights. */
export function heightBytes(height: number): Bytes {
  return concatBytes(u16(Math.floor(height / 2 ** 32)), u32(height % 2 ** 32))
}

/** Reads what {@link heightBytes} wrote. */
export function heightOf(bytes: Bytes, at = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 6)
  return view.getUint16(0) * 2 ** 32 + view.getUint32(2)
}

/** `u48 height ‖ hash ‖ text` */
export function encodeRow({ height, hash, text }: ValueRow): Bytes {
  return concatBytes(heightBytes(height), hash, utf8(text))
}

/** The text of a row alone: what contracts read. */
export function textOfRow(row: Bytes): string {
  return fromUtf8(row.subarray(38))
}

/** The value hash of a row; shares the row's memory. */
export function hashOfRow(row: Bytes): Bytes {
  return row.subarray(6, 38)
}

/** The text of a row as bytes; shares the row's memory. */
export function textBytesOfRow(row: Bytes): Bytes {
  return row.subarray(38)
}

/** Reads what {@link encodeRow} wrote. */
export function decodeRow(row: Bytes): ValueRow {
  return { height: heightOf(row), hash: row.slice(6, 38), text: textOfRow(row) }
}

/** A stored result with its events. */
export interface StoredResult {
  readonly result: Bytes
  readonly events: readonly Bytes[]
}

/** `u32 length ‖ result ‖ u16 n ‖ n × (u16 length ‖ event)` */
export function encodeResult({ result, events }: StoredResult): Bytes {
  const parts: Bytes[] = [u32(result.length), result, u16(events.length)]
  for (const event of events) parts.push(u16(event.length), event)
  return concatBytes(...parts)
}

/** The result alone of what {@link encodeResult} wrote. */
export function resultOfRow(bytes: Bytes): Bytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return bytes.slice(4, 4 + view.getUint32(0))
}

/** Reads what {@link encodeResult} wrote. */
export function decodeResult(bytes: Bytes): StoredResult {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const resultEnd = 4 + view.getUint32(0)
  const count = view.getUint16(resultEnd)
  const events: Bytes[] = []
  let at = resultEnd + 2
  for (let i = 0; i < count; i++) {
    const end = at + 2 + view.getUint16(at)
    events.push(bytes.slice(at + 2, end))
    at = end
  }
  return { result: bytes.slice(4, resultEnd), events }
}
