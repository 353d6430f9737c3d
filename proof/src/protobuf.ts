import { type Bytes, concatBytes } from '@renshe/crypto'

/**
 * The few protobuf encodings that CometBFT hashes and signs. Defaults (0, empty) are left out, as
 * proto3 and gogoproto do, except where a function says otherwise.
 */

/** Unsigned variable-length integer. */
export function varint(value: bigint): Bytes {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

const WIRE_VARINT = 0n
const WIRE_FIXED64 = 1n
const WIRE_BYTES = 2n

function tag(field: number, wire: bigint): Bytes {
  return varint((BigInt(field) << 3n) | wire)
}

/** Integer field; left out if 0. */
export function integerField(field: number, value: bigint): Bytes {
  if (value === 0n) return new Uint8Array(0)
  return concatBytes(tag(field, WIRE_VARINT), varint(value))
}

/** Signed 64-bit little-endian field; left out if 0. */
export function fixed64Field(field: number, value: bigint): Bytes {
  if (value === 0n) return new Uint8Array(0)
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, value, true)
  return concatBytes(tag(field, WIRE_FIXED64), bytes)
}

/** Bytes or text field; left out if empty. */
export function bytesField(field: number, value: Bytes): Bytes {
  return value.length === 0 ? value : messageField(field, value)
}

/** Embedded message; written also when empty (gogoproto `nullable=false`). */
export function messageField(field: number, value: Bytes): Bytes {
  return concatBytes(tag(field, WIRE_BYTES), varint(BigInt(value.length)), value)
}
