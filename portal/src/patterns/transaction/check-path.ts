/* Recomputes in this browser that a transaction lies in the log that witnesses signed. */
import { concatBytes, fromHex, toHex } from '@renshe/crypto'
import { headerLeaf, leafHash, verifyFinality, verifyInclusion } from '@renshe/proof'
import type { PathProof } from './shown.ts'

/** What the recomputation came to: each comparison apart, so that a page can say which one failed. */
export interface PathChecked {
  readonly isInBlock: boolean
  readonly isInLog: boolean
  readonly isSigned: boolean
  readonly steps: number
}

/** Checks a path from a transaction to its block, on to the log, and who signed the log's head. */
export function checkPath(txId: string, proof: PathProof): PathChecked {
  const { header, headerPath, finality, index, path, size, signatureHash } = proof
  const { tip } = finality
  const isInBlock =
    size === header.txCount &&
    verifyInclusion({
      // ledger-bytes: a leaf of txRoot is txId and the hash of the signature object.
      leafHash: leafHash('transaction', concatBytes(fromHex(txId), fromHex(signatureHash))),
      index,
      size,
      path: path.map(fromHex),
      root: fromHex(header.txRoot),
    })
  const isInLog =
    header.height === tip.height
      ? toHex(headerLeaf(header)) === toHex(headerLeaf(tip))
      : verifyInclusion({
          leafHash: headerLeaf(header),
          index: header.height,
          size: tip.height,
          path: headerPath.map(fromHex),
          root: fromHex(tip.log),
        })
  const isSigned = 'signers' in verifyFinality(finality)
  return { isInBlock, isInLog, isSigned, steps: path.length + headerPath.length }
}
