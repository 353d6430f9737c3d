import { type Bytes, concatBytes, equalBytes, fromHex, toHex, u16, u32 } from './bytes.ts'
import { aeadOpen, aeadSeal, KEY_BYTES, TAG_BYTES } from './cipher.ts'
import { commit, hashHeader, type SectionOpening } from './commitment.ts'
import { hkdf } from './hkdf.ts'
import { paddedLength } from './padding.ts'
import {
  headerBytes,
  parseSectionHeader,
  type SectionHeader,
  SectionRefused,
} from './section-header.ts'
import { SealBroken, type SuiteId, sealedTag } from './suite.ts'
import { suiteDigests, suiteMacs } from './suite-hashes.ts'

/** What one section is sealed from. Every secret is drawn anew for every attempt. */
export interface SealInput extends SectionOpening {
  /** Half of the vault, 32 bytes. */
  readonly halfA: Bytes
  /** Half of the release service, 32 bytes. */
  readonly halfB: Bytes
  /** Frame size that the catalogue entry fixes, if any. */
  readonly padTo?: number
}

/** A sealed section and what goes on chain about it. */
export interface SealedSection {
  readonly sealed: Bytes
  /** Hex of 32 bytes. */
  readonly commitment: string
  /** Hex of 32 bytes. */
  readonly headerHash: string
}

/** What the chain registered of a section; an opener compares all of it. */
export interface RegisteredSection {
  readonly chain: string
  readonly owner: string
  readonly record: string
  readonly version: number
  readonly section: string
  readonly level: number
  readonly entryHash: string
  readonly commitment: string
}

/** What a section is opened with. */
export interface OpenInput {
  readonly sealed: Bytes
  readonly halfA: Bytes
  readonly halfB: Bytes
  readonly registered: RegisteredSection
  /** Suites that the chain allows. */
  readonly suites: readonly SuiteId[]
  readonly padTo?: number
}

/** `RSS1`, the beginning of every sealed section. */
export const SEALED_MAGIC: Bytes = Uint8Array.of(0x52, 0x53, 0x53, 0x31)
const COMMITMENT_BYTES = 32
/** Bytes of a frame in front of its content: seed and length. */
export const FRAME_HEAD = 36
/** Largest content: 32 MiB of plaintext. */
export const CONTENT_BYTES: number = 32 * 1024 * 1024
const FRAME_LEAST = 256

function frameOf(seed: Bytes, content: Bytes, padTo: number | undefined): Bytes {
  if (content.length > CONTENT_BYTES) throw new SectionRefused('size', 'above 32 MiB')
  const frame = new Uint8Array(paddedLength(FRAME_HEAD + content.length, padTo))
  frame.set(seed)
  frame.set(u32(content.length), 32)
  frame.set(content, FRAME_HEAD)
  return frame
}

/** Key and key commitment of a section (sealed-data section 4). */
function deriveKeys(
  suite: SuiteId,
  halves: Bytes,
  salt: Bytes,
  headerHash: Bytes,
): { key: Bytes; com: Bytes } {
  const info = concatBytes(sealedTag('key'), headerHash)
  const keyBytes = KEY_BYTES[suite]
  const okm = hkdf(suiteMacs[suite], halves, salt, info, keyBytes + COMMITMENT_BYTES)
  return { key: okm.subarray(0, keyBytes), com: okm.subarray(keyBytes) }
}

/** A header whose bytes and hash are known. */
interface PreparedHeader {
  readonly header: SectionHeader
  readonly bytes: Bytes
  readonly hash: Bytes
}

function prepareHeader(header: SectionHeader): PreparedHeader {
  const bytes = headerBytes(header)
  return { header, bytes, hash: hashHeader(suiteDigests[header.suite], bytes) }
}

function sealPrepared(prepared: PreparedHeader, input: SealInput): SealedSection {
  const { header, bytes, hash } = prepared
  const { halfA, halfB, seed, content, padTo } = input
  if (halfA.length !== 32 || halfB.length !== 32) throw new SectionRefused('secret', 'half')
  const commitment = commit(suiteDigests[header.suite], hash, input)
  const halves = concatBytes(halfA, halfB)
  const { key, com } = deriveKeys(header.suite, halves, fromHex(header.salt), hash)
  const sealedFrame = aeadSeal(header.suite, key, hash, frameOf(seed, content, padTo))
  const sealed = concatBytes(SEALED_MAGIC, u16(bytes.length), bytes, com, sealedFrame)
  return { sealed, commitment: toHex(commitment), headerHash: toHex(hash) }
}

/**
 * Seals one section and computes its commitment.
 *
 * @throws SectionRefused for a wrong header, content that is not JCS of a flat object where the kind
 *         is `fields`, wrong lengths of secrets, or content that does not fit
 * @source sealed-data sections 4 and 5
 */
export function sealSection(input: SealInput): SealedSection {
  return sealPrepared(prepareHeader(input.header), input)
}

interface SealedParts {
  readonly header: Bytes
  readonly com: Bytes
  readonly ciphertext: Bytes
}

function splitSealed(sealed: Bytes): SealedParts {
  if (!equalBytes(sealed.subarray(0, 4), SEALED_MAGIC)) throw new SealBroken('magic')
  const headerEnd = 6 + (sealed[4] as number) * 256 + (sealed[5] as number)
  const ciphertextStart = headerEnd + COMMITMENT_BYTES
  if (!(sealed.length >= ciphertextStart + FRAME_LEAST + TAG_BYTES)) throw new SealBroken('length')
  return {
    header: sealed.subarray(6, headerEnd),
    com: sealed.subarray(headerEnd, ciphertextStart),
    ciphertext: sealed.subarray(ciphertextStart),
  }
}

function readHeader(bytes: Bytes): SectionHeader {
  try {
    return parseSectionHeader(bytes)
  } catch (error) {
    if (error instanceof SectionRefused) throw new SealBroken('header')
    throw error
  }
}

function isRegistered(header: SectionHeader, registered: RegisteredSection): boolean {
  return (
    header.chain === registered.chain &&
    header.owner === registered.owner &&
    header.record === registered.record &&
    header.version === registered.version &&
    header.section === registered.section &&
    header.level === registered.level &&
    header.entryHash === registered.entryHash
  )
}

function splitFrame(frame: Bytes, padTo: number | undefined): { seed: Bytes; content: Bytes } {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length)
  const end = FRAME_HEAD + view.getUint32(32)
  if (end > frame.length || end - FRAME_HEAD > CONTENT_BYTES) throw new SealBroken('frame length')
  const isRightSize = padTo === undefined ? paddedLength(end) : padTo
  if (frame.length !== isRightSize) throw new SealBroken('padding size')
  for (let i = end; i < frame.length; i++) if (frame[i] !== 0) throw new SealBroken('padding')
  return { seed: frame.slice(0, 32), content: frame.slice(FRAME_HEAD, end) }
}

function recommit(prepared: PreparedHeader, opening: SectionOpening): string {
  try {
    return toHex(commit(suiteDigests[prepared.header.suite], prepared.hash, opening))
  } catch (error) {
    if (error instanceof SectionRefused) throw new SealBroken('content')
    throw error
  }
}

/**
 * Opens a sealed section, in the order of sealed-data section 4.
 *
 * @returns header, seed and content: an opening of the registered commitment
 * @throws SealBroken in every other case
 */
export function openSection(input: OpenInput): SectionOpening {
  const { sealed, halfA, halfB, registered, suites, padTo } = input
  const parts = splitSealed(sealed)
  const header = readHeader(parts.header)
  if (!suites.includes(header.suite)) throw new SealBroken('suite')
  if (!isRegistered(header, registered)) throw new SealBroken('registered')
  if (halfA.length !== 32 || halfB.length !== 32) throw new SealBroken('halves')
  const hash = hashHeader(suiteDigests[header.suite], parts.header)
  const halves = concatBytes(halfA, halfB)
  const { key, com } = deriveKeys(header.suite, halves, fromHex(header.salt), hash)
  // GCM does not commit to its key: without this one ciphertext could have two texts.
  if (!equalBytes(com, parts.com)) throw new SealBroken('key commitment')
  const frame = aeadOpen(header.suite, key, hash, parts.ciphertext)
  if (frame === undefined) throw new SealBroken('cipher')
  const { seed, content } = splitFrame(frame, padTo)
  const opening = { header, seed, content }
  const commitment = recommit({ header, bytes: parts.header, hash }, opening)
  if (commitment !== registered.commitment) throw new SealBroken('commitment')
  return opening
}
