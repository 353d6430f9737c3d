import { type Bytes, concatBytes, utf8 } from './bytes.ts'

/** What a ledger hash is of (ledger-bytes section 1): the tag keeps one meaning from another. */
export type LedgerLabel =
  | 'tx'
  | 'transaction'
  | 'signature'
  | 'result'
  | 'event'
  | 'value'
  | 'write'
  | 'state'
  | 'header'
  | 'policy'
  | 'genesis'
  | 'package'
  | 'id'
  | 'passkey'
  | 'batch'
  | 'outcome'
  | 'entry'
  | 'balance'

/** A hash function over parts joined in order. */
export type Digest = (...parts: readonly Bytes[]) => Bytes

const tags = new Map<LedgerLabel, Bytes>()

/**
 * `T(label)`: UTF-8 `renshe/<label>/1` and a zero byte. Also the first part of the message that a
 * transaction's signature covers.
 *
 * @returns shared memory: do not write into it
 */
export function ledgerTag(label: LedgerLabel): Bytes {
  let tag = tags.get(label)
  if (tag === undefined) {
    tag = concatBytes(utf8(`renshe/${label}/1`), Uint8Array.of(0))
    tags.set(label, tag)
  }
  return tag
}

/** Makes {@link ledgerTag}ged hashing over one implementation of SHA-256. */
export function createLedgerHash(
  sha256: Digest,
): (label: LedgerLabel, ...parts: readonly Bytes[]) => Bytes {
  return (label, ...parts) => sha256(ledgerTag(label), ...parts)
}
