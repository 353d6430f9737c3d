import { type Bytes, canonicalJson, ledgerHash, toHex } from '@renshe/crypto'
import {
  chainId,
  count,
  digest,
  nullable,
  object,
  oneOf,
  readCanonical,
  type Shape,
} from './shape.ts'
import { leafHash } from './tree.ts'

/** How many leaves a committed tree has, and its root (hex). */
export type Commitment = { readonly count: number; readonly root: string }

/** What a header says about the state tree of an older height. */
export type SnapshotHead = {
  readonly height: number
  readonly count: number
  readonly root: string
}

/**
 * Header of a ledger block, its members as in the JCS document. Digests are lower-case hex, `time`
 * is UTC milliseconds, `finality` is the hash of the policy that must finalise the *next* block.
 *
 * @source ledger-bytes.md section 6
 */
export type Header = {
  readonly v: 1
  readonly protocol: number
  readonly chain: string
  readonly height: number
  readonly time: number
  readonly parent: string
  readonly log: string
  readonly txCount: number
  readonly txRoot: string
  readonly resultRoot: string
  readonly writeCount: number
  readonly writeRoot: string
  readonly snapshot: SnapshotHead | null
  readonly finality: string
}

/** Reads a header out of parsed JSON; throws ShapeRefused. */
export const headerShape: Shape<Header> = object<Header>({
  v: oneOf(1),
  protocol: count,
  chain: chainId,
  height: count,
  time: count,
  parent: digest,
  log: digest,
  txCount: count,
  txRoot: digest,
  resultRoot: digest,
  writeCount: count,
  writeRoot: digest,
  snapshot: nullable(object<SnapshotHead>({ height: count, count, root: digest })),
  finality: digest,
})

/**
 * Reads the bytes of a header.
 *
 * @throws ShapeRefused unless they are the JCS form of exactly the members of version 1
 */
export function parseHeader(bytes: Bytes): Header {
  return readCanonical(bytes, headerShape)
}

/** The JCS bytes of a header. */
export function headerBytes(header: Header): Bytes {
  return canonicalJson(header)
}

/** `H(header, bytes)`: the `parent` of the next header. */
export function headerHash(header: Header | Bytes): Bytes {
  return ledgerHash('header', header instanceof Uint8Array ? header : headerBytes(header))
}

/** Leaf of the header log: leaf i is header i. */
export function headerLeaf(header: Header | Bytes): Bytes {
  return leafHash('header', header instanceof Uint8Array ? header : headerBytes(header))
}

/** Hash of a genesis document: the `parent` of header 0 and the root of all trust in a chain. */
export function genesisHash(document: Bytes): Bytes {
  return ledgerHash('genesis', document)
}

/** `<name>-<first 8 hex digits of the genesis hash>`. */
export function chainIdOf(name: string, hashOfGenesis: Bytes): string {
  return `${name}-${toHex(hashOfGenesis.subarray(0, 4))}`
}

/**
 * True for a demonstration chain: by genesis rule its name, and only its name, begins with `demo`,
 * so every header and evidence file shows it.
 */
export function isDemonstration(chain: string): boolean {
  return chain.startsWith('demo')
}
