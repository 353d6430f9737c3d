/*
 * Where a transaction lies, recomputed: its leaf leads to its block's header, the header to a head, and the
 * head was signed by the members that the finality policy names. No body is needed for it.
 */
import {
  type Bytes,
  concatBytes,
  equalBytes,
  fromHex,
  type JsonObject,
  toHex,
} from '@renshe/crypto'
import {
  type FinalityProof,
  type FinalitySigners,
  type Header,
  headerHash,
  headerLeaf,
  leafHash,
  policyHash,
  rootOfPath,
  verifyFinality,
} from '@renshe/proof'

/** The proof of a place, as a node shows it. */
export interface PlaceProof {
  readonly signatureHash: string
  readonly index: number
  readonly size: number
  readonly path: readonly string[]
  readonly header: JsonObject
  readonly headerPath: readonly string[]
  readonly finality: JsonObject
}

/** A place that was recomputed. */
export interface VerifiedPlace {
  readonly height: number
  /** Block time, UTC ms. */
  readonly time: number
  readonly blockHash: string
  /** Newest header, which was signed and names the log of all before it. */
  readonly tip: { readonly height: number; readonly hash: string }
  /** Who signed it. */
  readonly signedBy: FinalitySigners
  /** Hash of the policy that says who must: compare it with one that you trust. */
  readonly policy: string
}

/** The shown path does not lead where it says. */
export class PlaceRefused extends Error {
  readonly part: 'chain' | 'block' | 'log' | 'head'

  constructor(part: PlaceRefused['part']) {
    super(`a transaction is not where it is said to be: ${part}`)
    this.name = 'PlaceRefused'
    this.part = part
  }
}

/**
 * Recomputes the way from a transaction to a signed head.
 *
 * @param txId  hex
 * @throws PlaceRefused naming the first part that does not hold
 */
export function checkPlace(chain: string, txId: string, proof: PlaceProof): VerifiedPlace {
  const header = proof.header as unknown as Header
  const finality = proof.finality as unknown as FinalityProof
  const { tip } = finality
  if (header.chain !== chain || tip.chain !== chain) throw new PlaceRefused('chain')
  const content = concatBytes(fromHex(txId), fromHex(proof.signatureHash))
  const inBlock = { index: proof.index, size: proof.size, path: proof.path.map(fromHex) }
  const txRoot = rootOfPath({ leafHash: leafHash('transaction', content), ...inBlock })
  const isInBlock = header.txCount === proof.size && isSame(txRoot, header.txRoot)
  if (!isInBlock) throw new PlaceRefused('block')
  if (!isUnderTip(header, proof.headerPath, tip)) throw new PlaceRefused('log')
  const outcome = verifyFinality(finality)
  if ('fault' in outcome) throw new PlaceRefused('head')
  return {
    height: header.height,
    time: header.time,
    blockHash: toHex(headerHash(header)),
    tip: { height: tip.height, hash: toHex(headerHash(tip)) },
    signedBy: outcome.signers,
    policy: toHex(policyHash(finality.policy)),
  }
}

/** Every header below the tip lies in the log that the tip names; the tip itself is what is signed. */
function isUnderTip(header: Header, path: readonly string[], tip: Header): boolean {
  const { height } = header
  if (height === tip.height) return equalBytes(headerHash(header), headerHash(tip))
  const way = { index: height, size: tip.height, path: path.map(fromHex) }
  return isSame(rootOfPath({ leafHash: headerLeaf(header), ...way }), tip.log)
}

function isSame(root: Bytes | null, hex: string): boolean {
  return root !== null && toHex(root) === hex
}
