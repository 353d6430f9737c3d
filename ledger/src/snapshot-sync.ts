import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import {
  type Bytes,
  canonicalJson,
  concatBytes,
  equalBytes,
  fromBase64Url,
  fromHex,
  type JsonObject,
  toBase64Url,
  toHex,
} from '@renshe/crypto'
import {
  type FinalityProof,
  type Header,
  headerLeaf,
  LogFrontier,
  policyHash,
  verifyConsistency,
  verifyInclusion,
  verifyWalk,
} from '@renshe/proof'
import { DataFolder } from './data-folder.ts'
import { evidenceOf } from './evidence-source.ts'
import { readGenesisFile } from './genesis.ts'
import type { Ledger } from './ledger.ts'
import { snapshotFile } from './snapshot-builder.ts'
import { checkSnapshotFile } from './snapshot-tree.ts'

/** Bytes of one chunk; the last one is shorter. */
export const CHUNK_BYTES = 1024 * 1024

/**
 * A state that a joiner can be given, with all that proves it: its root is in the header `carrier`,
 * whose place in the header log a final tip proves.
 */
export interface SnapshotOffer {
  readonly height: number
  readonly count: number
  readonly root: string
  readonly bytes: number
  readonly chunks: number
  /** Header at `height`, and its path in the tip's log. */
  readonly header: Header
  readonly headerPath: readonly string[]
  /** Header that carries the root, and its path; the path is empty if it is the tip itself. */
  readonly carrier: Header
  readonly carrierPath: readonly string[]
  /** Frontier of the header log up to and with `header`, base64url; the tip's log continues it. */
  readonly frontier: string
  readonly consistency: readonly string[]
  /** Changes of policy from the genesis to the tip's. */
  readonly walk: readonly FinalityProof[]
}

/** The newest snapshot of a ledger as an offer; undefined if there is none, or its file is lost. */
export function offerSnapshot(
  ledger: Ledger,
): { readonly offer: SnapshotOffer; readonly finality: FinalityProof } | undefined {
  const source = evidenceOf(ledger)
  const finality = source.finality()
  const head = ledger.store.head?.snapshot ?? null
  if (finality === undefined || head === null) return undefined
  const path = snapshotFile(ledger.snapshots.folder, head.height)
  const carrier = ledger.header(head.carrier)
  const { snapshot } = carrier
  const { tip } = finality
  if (tip.height < head.carrier || snapshot === null || !existsSync(path)) return undefined
  const pathOf = (height: number): string[] =>
    height === tip.height ? [] : source.headerPath(height, tip.height).map(toHex)
  const bytes = statSync(path).size
  const offer: SnapshotOffer = {
    ...snapshot,
    bytes,
    chunks: Math.ceil(bytes / CHUNK_BYTES),
    header: ledger.header(head.height),
    headerPath: pathOf(head.height),
    carrier,
    carrierPath: pathOf(head.carrier),
    frontier: toBase64Url(frontierAt(ledger, head.height).toBytes()),
    consistency: source.consistency(head.height + 1, tip.height).map(toHex),
    walk: source.walk(),
  }
  return { offer, finality }
}

/** Reads one chunk of a snapshot's file. */
export function loadSnapshotChunk(ledger: Ledger, height: number, chunk: number): Bytes {
  const path = snapshotFile(ledger.snapshots.folder, height)
  const file = openSync(path, 'r')
  try {
    const bytes = new Uint8Array(CHUNK_BYTES)
    const length = readSync(file, bytes, 0, CHUNK_BYTES, chunk * CHUNK_BYTES)
    return bytes.slice(0, length)
  } finally {
    closeSync(file)
  }
}

/** The log frontier up to and with a height: from the stored complete subtrees. */
function frontierAt(ledger: Ledger, height: number): LogFrontier {
  const size = height + 1
  const peaks: Bytes[] = []
  let begin = 0
  for (let level = Math.floor(Math.log2(size)); level >= 0; level--) {
    const width = 2 ** level
    if (begin + width > size) continue
    peaks.push(ledger.store.node(level, begin / width))
    begin += width
  }
  const head = new Uint8Array(8)
  new DataView(head.buffer).setBigUint64(0, BigInt(size))
  return LogFrontier.fromBytes(concatBytes(head, ...peaks))
}

/** Why an offer is no good; null if everything in it is proven. */
export function offerFault(
  offer: SnapshotOffer,
  finality: FinalityProof,
  genesis: { readonly chain: string; readonly policy: FinalityProof['policy'] },
): string | null {
  const { header, carrier } = offer
  const { tip } = finality
  if (tip.chain !== genesis.chain) return 'of another chain'
  const walked = verifyWalk([...offer.walk, finality])
  if ('fault' in walked) return `not final: ${walked.fault}`
  if (walked.firstPolicy !== toHex(policyHash(genesis.policy))) return 'not final by the genesis'
  if (!isInLog(header, offer.headerPath, tip)) return 'its header is not in the log'
  if (!isInLog(carrier, offer.carrierPath, tip)) return 'its carrier is not in the log'
  if (header.height !== offer.height) return 'its header is of another height'
  const { snapshot } = carrier
  const isCarried =
    snapshot?.height === offer.height &&
    snapshot.count === offer.count &&
    snapshot.root === offer.root
  if (!isCarried) return 'its root is not the one that the carrier has'
  return isFrontier(offer, tip) ? null : 'its frontier is not of this log'
}

function isInLog(header: Header, path: readonly string[], tip: Header): boolean {
  if (header.height === tip.height) {
    return path.length === 0 && equalBytes(headerLeaf(header), headerLeaf(tip))
  }
  return verifyInclusion({
    leafHash: headerLeaf(header),
    index: header.height,
    size: tip.height,
    path: path.map(fromHex),
    root: fromHex(tip.log),
  })
}

function isFrontier(offer: SnapshotOffer, tip: Header): boolean {
  const frontier = readFrontier(offer)
  return (
    frontier?.size === offer.height + 1 &&
    verifyConsistency({
      oldSize: frontier.size,
      oldRoot: frontier.root(),
      newSize: tip.height,
      newRoot: fromHex(tip.log),
      path: offer.consistency.map(fromHex),
    })
  )
}

/** The frontier of an offer; undefined if it is none. */
export function readFrontier({ frontier }: SnapshotOffer): LogFrontier | undefined {
  try {
    return LogFrontier.fromBytes(fromBase64Url(frontier))
  } catch {
    return undefined
  }
}

/** A new member's folder that begins with a snapshot instead of block 0. */
export class SnapshotJoin {
  readonly #folder: DataFolder
  readonly #genesisFile: Bytes
  #offer: SnapshotOffer | undefined
  #received: Bytes[] = []

  constructor(folder: string, genesisFile: Bytes) {
    this.#folder = new DataFolder(folder)
    this.#genesisFile = genesisFile
  }

  /** Takes an offer whose root is proven final; false if it is not, or the folder is not new. */
  offer(offer: SnapshotOffer, finality: FinalityProof): boolean {
    if (this.#folder.readGenesis() !== undefined) return false
    const genesis = readGenesisFile(this.#genesisFile)
    if (offerFault(offer, finality, genesis) !== null) return false
    this.#offer = offer
    this.#received = []
    return true
  }

  /**
   * Takes the next chunk. With the last one the root is recomputed from the entries: only if it is the
   * proven one, the folder can be opened as a ledger.
   *
   * @returns false if the chunk is not wanted, or the whole is not what was offered
   */
  apply(chunk: Bytes): boolean {
    const offer = this.#offer
    if (offer === undefined || this.#received.length >= offer.chunks) return false
    const wanted =
      this.#received.length === offer.chunks - 1
        ? offer.bytes - CHUNK_BYTES * (offer.chunks - 1)
        : CHUNK_BYTES
    if (chunk.length !== wanted) return false
    this.#received.push(chunk.slice())
    return this.#received.length < offer.chunks || this.#complete(offer)
  }

  #complete(offer: SnapshotOffer): boolean {
    const { baseFolder } = this.#folder
    mkdirSync(baseFolder, { recursive: true })
    const part = join(baseFolder, 'state.part')
    writeFileSync(part, concatBytes(...this.#received), { flush: true })
    this.#received = []
    this.#offer = undefined
    if (checkSnapshotFile(part, offer) === undefined) {
      rmSync(baseFolder, { recursive: true })
      return false
    }
    renameSync(part, join(baseFolder, 'state'))
    const document = canonicalJson(offer as unknown as JsonObject)
    writeFileSync(join(baseFolder, 'offer.json'), document, { flush: true })
    this.#folder.writeGenesis(this.#genesisFile, new Map())
    return true
  }
}
