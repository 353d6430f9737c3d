import {
  type Bytes,
  concatBytes,
  equalBytes,
  type PrivateKey,
  u16,
  u32,
  utf8,
} from '@renshe/crypto'
import { LIMITS } from './limits.ts'
import { type FramedTransaction, signBody } from './transaction.ts'

const MAGIC = utf8('RSB1')

/** `u32 ‖ body ‖ u16 ‖ signature`: one transaction as it travels and as it is stored. */
export function frameTransaction(bodyBytes: Bytes, signatureBytes: Bytes): Bytes {
  return concatBytes(u32(bodyBytes.length), bodyBytes, u16(signatureBytes.length), signatureBytes)
}

/** Signs a body and frames both. */
export function signTransaction(bodyBytes: Bytes, key: PrivateKey): Bytes {
  return frameTransaction(bodyBytes, signBody(bodyBytes, key))
}

/**
 * `RSB1 ‖ u16(n) ‖ transactions`: several framed transactions on one way. It has no identity.
 *
 * @throws RangeError outside 1 … 100 transactions or above 262,144 bytes
 */
export function frameBundle(transactions: readonly Bytes[]): Bytes {
  const { length } = transactions
  if (length < 1 || length > LIMITS.bundleTransactions) {
    throw new RangeError(`a bundle holds 1 to ${LIMITS.bundleTransactions} transactions`)
  }
  const bundle = concatBytes(MAGIC, u16(length), ...transactions)
  if (bundle.length > LIMITS.bundleBytes) {
    throw new RangeError(`a bundle has at most ${LIMITS.bundleBytes} bytes`)
  }
  return bundle
}

/** A transaction cut out of a longer byte string, and where the next one begins. */
export interface CutTransaction extends FramedTransaction {
  /** The whole frame. */
  readonly frame: Bytes
  readonly end: number
}

/** Cuts one framed transaction out of bytes; undefined if they end inside it. */
export function cutTransaction(bytes: Bytes, start: number): CutTransaction | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (start + 4 > bytes.length) return undefined
  const bodyEnd = start + 4 + view.getUint32(start)
  if (bodyEnd + 2 > bytes.length) return undefined
  const end = bodyEnd + 2 + view.getUint16(bodyEnd)
  if (end > bytes.length) return undefined
  return {
    bodyBytes: bytes.subarray(start + 4, bodyEnd),
    signatureBytes: bytes.subarray(bodyEnd + 2, end),
    frame: bytes.subarray(start, end),
    end,
  }
}

/** Cuts a bundle into its transactions; undefined if its framing is broken anywhere. */
export function splitBundle(bundle: Bytes): CutTransaction[] | undefined {
  if (bundle.length < 6 || bundle.length > LIMITS.bundleBytes) return undefined
  if (!equalBytes(bundle.subarray(0, 4), MAGIC)) return undefined
  const count = bundle[4]! * 256 + bundle[5]!
  if (count < 1 || count > LIMITS.bundleTransactions) return undefined
  const transactions: CutTransaction[] = []
  let at = 6
  for (let i = 0; i < count; i++) {
    const transaction = cutTransaction(bundle, at)
    if (transaction === undefined) return undefined
    transactions.push(transaction)
    at = transaction.end
  }
  return at === bundle.length ? transactions : undefined
}
