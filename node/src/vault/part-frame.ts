/* How parts of sections, answers and queries travel: in frames that do not show by their length what they say. */
import {
  type Bytes,
  canonicalJson,
  concatBytes,
  type JsonObject,
  paddedLength,
  parseCanonicalJson,
  SealBroken,
  sha256,
  toHex,
  u32,
  utf8,
} from '@renshe/crypto'

/** Yes, no, a band, a reference, a query: all the same length (sealed-data section 10). */
const FRAME_BYTES = 1024
const HEAD_BYTES = 4

/** `u32(length) ‖ JCS ‖ zeros`, 1,024 bytes or as Padmé says where that is not enough. */
export function frameOf(told: JsonObject): Bytes {
  const json = canonicalJson(told)
  const length = Math.max(FRAME_BYTES, paddedLength(HEAD_BYTES + json.length))
  const frame = new Uint8Array(length)
  frame.set(u32(json.length))
  frame.set(json, HEAD_BYTES)
  return frame
}

/** Reads a frame back. Throws `SealBroken` for anything else. */
export function readFrame(frame: Bytes): JsonObject {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length)
  const end = HEAD_BYTES + (frame.length < FRAME_BYTES ? frame.length : view.getUint32(0))
  if (end > frame.length || frame.subarray(end).some((byte) => byte !== 0)) {
    throw new SealBroken('frame')
  }
  try {
    return parseCanonicalJson(frame.subarray(HEAD_BYTES, end))
  } catch {
    throw new SealBroken('frame')
  }
}

/** What an owner signs of an answer: the read's id with it, so that it answers no other. */
export function answerBytes(told: JsonObject): Bytes {
  return concatBytes(utf8('renshe/answer/1'), Uint8Array.of(0), canonicalJson(told))
}

/**
 * What `access.findPerson` names of its query. The sealed bytes cannot be named: they are bound to the read,
 * whose id follows from what names them.
 *
 * @param query  the person sought, with 32 random bytes `salt` in hex
 * @returns hex of 32 bytes
 */
export function queryDigest(query: JsonObject): string {
  const told = canonicalJson({ v: 1, kind: 'query', query })
  return toHex(sha256(concatBytes(utf8('renshe/query/1'), Uint8Array.of(0), told)))
}
