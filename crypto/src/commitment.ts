import { type Bytes, compareBytes, fromHex, isHex, toHex, u32, utf8 } from './bytes.ts'
import { canonicalJson, canonicalText } from './canonical-json.ts'
import { type Json, type JsonLike, JsonRefused, parseCanonicalJson } from './json.ts'
import type { Digest } from './ledger-hash.ts'
import { headerBytes, type SectionHeader, SectionRefused } from './section-header.ts'
import { type SuiteDigests, type SuiteId, sealedTag } from './suite.ts'

/** What lets anyone recompute a commitment; it reveals neither half of the key. */
export interface SectionOpening {
  readonly header: SectionHeader
  /** 32 bytes. */
  readonly seed: Bytes
  /** `fields`: JCS of a flat object. `whole`: any bytes. */
  readonly content: Bytes
}

/** A commitment and what it was made of, as hex. */
export interface SectionCommitment {
  readonly commitment: string
  readonly headerHash: string
}

/** One shown field: the leaf `["/name", value]`, its salt and the way to the root. */
export interface DisclosedLeaf {
  readonly index: number
  /** Hex of 32 bytes. */
  readonly salt: string
  /** The leaf itself, `["/name", value]`. */
  readonly value: readonly JsonLike[]
  /** Hex of sibling hashes, from the leaf to the root. */
  readonly path: readonly string[]
}

/** Some fields of a section, without the others and without header and seed. */
export interface Disclosure {
  /** Hex of 32 bytes. */
  readonly headerHash: string
  /** Ascending by index. */
  readonly leaves: readonly DisclosedLeaf[]
}

/** One section in the leaf of a batch row. */
export interface LeafSection {
  readonly name: string
  readonly level: number
  /** Hex of 32 bytes. */
  readonly commitment: string
}

/** The leaf of a batch row, of an entry or of a balance. */
export interface BatchLeaf {
  /** Hex of 16 bytes. */
  readonly record: string
  readonly version: number
  /** Ascending by name, each once. */
  readonly sections: readonly LeafSection[]
}

const LEAF_MARK = Uint8Array.of(0)
const NODE_MARK = Uint8Array.of(1)
const LEAVES_LEAST = 8
const LEAVES_MOST = 4096

function isMemberName(name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i)
    const isLower = code >= 97 && code <= 122
    const isLater = (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
    if (!isLower && (i === 0 || !isLater)) return false
  }
  return name.length > 0
}

/** The leaves of a `fields` section before filling up (sealed-data section 5). */
function fieldLeaves(content: Bytes): (readonly [string, Json])[] {
  let object: { readonly [name: string]: Json }
  try {
    object = parseCanonicalJson(content)
  } catch (error) {
    if (error instanceof JsonRefused) throw new SectionRefused('content', error.code)
    throw error
  }
  const leaves: (readonly [string, Json])[] = []
  // The content is canonical and no name looks like an integer, so this order is that of JCS.
  for (const name of Object.keys(object)) {
    if (!isMemberName(name)) throw new SectionRefused('content', 'member name')
    const value = object[name] as Json
    if (!Array.isArray(value)) leaves.push([`/${name}`, value])
    else {
      leaves.push([`/${name}`, value.length])
      value.forEach((element, i) => {
        leaves.push([`/${name}/${i}`, element])
      })
    }
  }
  if (leaves.length > LEAVES_MOST) throw new SectionRefused('content', 'too many leaves')
  return leaves
}

function treeSize(leafCount: number): number {
  let size = LEAVES_LEAST
  while (size < leafCount) size *= 2
  return size
}

function saltOf(digest: Digest, seed: Bytes, index: number): Bytes {
  return digest(sealedTag('leaf'), seed, u32(index))
}

function leafHash(digest: Digest, salt: Bytes, leaf: Bytes): Bytes {
  return digest(LEAF_MARK, salt, leaf)
}

/** All levels of a full binary tree, leaves first, root last. */
function levelsOf(digest: Digest, leaves: readonly Bytes[]): readonly (readonly Bytes[])[] {
  const levels: (readonly Bytes[])[] = [leaves]
  for (let level = leaves; level.length > 1; ) {
    const above: Bytes[] = []
    for (let i = 0; i < level.length; i += 2) {
      above.push(digest(NODE_MARK, level[i] as Bytes, level[i + 1] as Bytes))
    }
    levels.push(above)
    level = above
  }
  return levels
}

function fieldLevels(digest: Digest, seed: Bytes, content: Bytes): readonly (readonly Bytes[])[] {
  const leaves = fieldLeaves(content).map((leaf) => canonicalJson(leaf))
  const nothing = new Uint8Array(0)
  const hashes = Array.from({ length: treeSize(leaves.length) }, (_, i) =>
    leafHash(digest, saltOf(digest, seed, i), leaves[i] ?? nothing),
  )
  return levelsOf(digest, hashes)
}

/** Root over content: one leaf for `whole`, the tree of fields otherwise. */
function contentRoot(digest: Digest, opening: SectionOpening): Bytes {
  const { header, seed, content } = opening
  if (seed.length !== 32) throw new SectionRefused('secret', 'seed is 32 bytes')
  if (header.kind === 'whole') return leafHash(digest, saltOf(digest, seed, 0), content)
  const levels = fieldLevels(digest, seed, content)
  return levels[levels.length - 1]?.[0] as Bytes
}

/** `H(T("header") ‖ header)`. */
export function hashHeader(digest: Digest, header: Bytes): Bytes {
  return digest(sealedTag('header'), header)
}

/** `H(T("section") ‖ headerHash ‖ root)` for a header whose hash is known. */
export function commit(digest: Digest, headerHash: Bytes, opening: SectionOpening): Bytes {
  return digest(sealedTag('section'), headerHash, contentRoot(digest, opening))
}

function disclosedRoot(digest: Digest, leaf: DisclosedLeaf): Bytes | undefined {
  const { index, salt, path, value } = leaf
  if (!isHex(salt, 32) || !path.every((hash) => isHex(hash, 32))) return undefined
  // The tree has 8 to 4,096 leaves, a power of two, so the length of the path is its height.
  if (path.length < 3 || path.length > 12) return undefined
  if (!Number.isSafeInteger(index) || index < 0 || index >= 2 ** path.length) return undefined
  let hash = leafHash(digest, fromHex(salt), canonicalJson(value))
  for (let level = 0, at = index; level < path.length; level++, at = Math.floor(at / 2)) {
    const sibling = fromHex(path[level] as string)
    hash = at % 2 === 0 ? digest(NODE_MARK, hash, sibling) : digest(NODE_MARK, sibling, hash)
  }
  return hash
}

function isOneTree(leaves: readonly DisclosedLeaf[]): boolean {
  return leaves.every(({ index, path }, i) => {
    const before = leaves[i - 1]
    return before === undefined || (before.index < index && before.path.length === path.length)
  })
}

/**
 * Writes the leaf of a batch row: `JCS {record, version, sections}` (sealed-data section 5). How
 * leaves become a root is in ledger-bytes section 12.
 *
 * @throws SectionRefused unless sections ascend by name and every member is well spelled
 */
export function batchLeaf({ record, version, sections }: BatchLeaf): Bytes {
  if (!isHex(record, 16)) throw new SectionRefused('header', 'record')
  if (!Number.isSafeInteger(version) || version < 1) throw new SectionRefused('header', 'version')
  if (sections.length === 0) throw new SectionRefused('header', 'sections')
  const spelled: string[] = []
  let previous: Bytes | undefined
  for (const { name, level, commitment } of sections) {
    const order = utf8(name)
    if (previous !== undefined && compareBytes(previous, order) >= 0) {
      throw new SectionRefused('header', 'sections must ascend by name')
    }
    previous = order
    if (!Number.isSafeInteger(level) || !isHex(commitment, 32)) {
      throw new SectionRefused('header', 'section')
    }
    spelled.push(`{"commitment":"${commitment}","level":${level},"name":${canonicalText(name)}}`)
  }
  return utf8(`{"record":"${record}","sections":[${spelled.join(',')}],"version":${version}}`)
}

/** What can be done with openings. */
export interface Commitments {
  sectionCommitment(opening: SectionOpening): SectionCommitment
  discloseFields(opening: SectionOpening, names: readonly string[]): Disclosure
  verifyDisclosure(suite: SuiteId, commitment: string, disclosure: Disclosure): boolean
}

/** Makes {@link Commitments} over one implementation of both suites' hashes. */
export function createCommitments(digests: SuiteDigests): Commitments {
  function sectionCommitment(opening: SectionOpening): SectionCommitment {
    const bytes = headerBytes(opening.header)
    const digest = digests[opening.header.suite]
    const headerHash = hashHeader(digest, bytes)
    const commitment = toHex(commit(digest, headerHash, opening))
    return { commitment, headerHash: toHex(headerHash) }
  }

  function discloseFields(opening: SectionOpening, names: readonly string[]): Disclosure {
    const { header, seed, content } = opening
    if (header.kind !== 'fields') throw new SectionRefused('content', 'not a fields section')
    const digest = digests[header.suite]
    const levels = fieldLevels(digest, seed, content)
    const wanted = new Set(names)
    const leaves: DisclosedLeaf[] = []
    fieldLeaves(content).forEach((value, index) => {
      const [, name = ''] = value[0].split('/')
      if (!wanted.has(name)) return
      const path = levels
        .slice(0, -1)
        .map((level, height) => toHex(level[Math.floor(index / 2 ** height) ^ 1] as Bytes))
      leaves.push({ index, salt: toHex(saltOf(digest, seed, index)), value, path })
    })
    return { headerHash: toHex(hashHeader(digest, headerBytes(header))), leaves }
  }

  function verifyDisclosure(suite: SuiteId, commitment: string, shown: Disclosure): boolean {
    const digest = digests[suite]
    const { headerHash, leaves } = shown
    if (!isHex(headerHash, 32) || leaves.length === 0 || !isOneTree(leaves)) return false
    return leaves.every((leaf) => {
      const root = disclosedRoot(digest, leaf)
      if (root === undefined) return false
      return toHex(digest(sealedTag('section'), fromHex(headerHash), root)) === commitment
    })
  }

  return { sectionCommitment, discloseFields, verifyDisclosure }
}
