import { type Bytes, concatBytes, toHex, u32 } from '@renshe/crypto'
import { type CutTransaction, cutTransaction } from '@renshe/kernel'
import {
  type Header,
  type MerkleTree,
  merkleTree,
  parseHeader,
  ShapeRefused,
  transactionId,
  transactionLeaf,
} from '@renshe/proof'

/** A block as the log holds it. */
export interface Block {
  readonly header: Header
  readonly headerBytes: Bytes
  readonly transactions: readonly CutTransaction[]
}

/** `u32 length ‖ header ‖ u32 n ‖ n × tx`. @source ledger-bytes.md section 11 */
export function encodeBlock(headerBytes: Bytes, frames: readonly Bytes[]): Bytes {
  return concatBytes(u32(headerBytes.length), headerBytes, u32(frames.length), ...frames)
}

/**
 * Reads what {@link encodeBlock} wrote; undefined if the bytes are not exactly one block. Says
 * nothing about whether the transactions belong to the header: see {@link transactionsFit}.
 */
export function decodeBlock(payload: Bytes): Block | undefined {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length)
  if (payload.length < 8) return undefined
  const headerEnd = 4 + view.getUint32(0)
  if (headerEnd + 4 > payload.length) return undefined
  const headerBytes = payload.subarray(4, headerEnd)
  const header = tryHeader(headerBytes)
  if (header === undefined) return undefined
  const count = view.getUint32(headerEnd)
  if (count !== header.txCount) return undefined
  const transactions: CutTransaction[] = []
  let at = headerEnd + 4
  for (let i = 0; i < count; i++) {
    const transaction = cutTransaction(payload, at)
    if (transaction === undefined) return undefined
    transactions.push(transaction)
    at = transaction.end
  }
  return at === payload.length ? { header, headerBytes, transactions } : undefined
}

function tryHeader(bytes: Bytes): Header | undefined {
  try {
    return parseHeader(bytes)
  } catch (error) {
    if (error instanceof ShapeRefused) return undefined
    throw error
  }
}

const trees = new WeakMap<Block, MerkleTree>()

/** The tree of txRoot: made once for a block that was read, since whoever reads one checks it by its root. */
export function transactionTree(block: Block): MerkleTree {
  let tree = trees.get(block)
  if (tree === undefined) {
    tree = merkleTree(
      block.transactions.map(({ bodyBytes, signatureBytes }) =>
        transactionLeaf(transactionId(bodyBytes), signatureBytes),
      ),
    )
    trees.set(block, tree)
  }
  return tree
}

/** Whether the transactions are those that the header commits to. */
export function transactionsFit(block: Block): boolean {
  return toHex(transactionTree(block).root) === block.header.txRoot
}

/** The txId of a framed transaction, hex. */
export function txIdOf(transaction: CutTransaction): string {
  return toHex(transactionId(transaction.bodyBytes))
}
