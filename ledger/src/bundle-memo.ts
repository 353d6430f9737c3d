import type { Bytes } from '@renshe/crypto'
import {
  type CutTransaction,
  type ResolvedTransaction,
  readTransaction,
  signatureHolds,
  splitBundle,
  type Transaction,
  type TransactionRefused,
} from '@renshe/kernel'

/** One transaction of a bundle, read. */
export interface ReadMember {
  readonly frame: Bytes
  readonly transaction: Transaction | TransactionRefused
}

/**
 * Remembers what was read and verified of bundles that pass through this process: a bundle is read
 * when it is submitted and again when its block executes. Held weakly, by identity of the bytes.
 */
export class BundleMemo {
  readonly #members = new WeakMap<Bytes, readonly ReadMember[] | null>()
  readonly #verified = new WeakMap<Transaction, string>()

  /** The transactions of a bundle; null if its framing is broken. */
  read(bundle: Bytes): readonly ReadMember[] | null {
    let members = this.#members.get(bundle)
    if (members === undefined) {
      members = splitBundle(bundle)?.map((part) => this.readFrame(part)) ?? null
      this.#members.set(bundle, members)
    }
    return members
  }

  /** One framed transaction, read. */
  readFrame(part: CutTransaction): ReadMember {
    return { frame: part.frame, transaction: readTransaction(part) }
  }

  /** Notes that a signature was verified, elsewhere or here, under these keys. */
  noteVerified(transaction: Transaction, resolved: ResolvedTransaction): void {
    this.#verified.set(transaction, nameOfKeys(resolved))
  }

  /** Whether the signature holds under these keys; verified here unless it was noted. */
  readonly holds = (transaction: Transaction, resolved: ResolvedTransaction): boolean => {
    if (this.#verified.get(transaction) === nameOfKeys(resolved)) return true
    const holds = signatureHolds(transaction, resolved)
    if (holds) this.noteVerified(transaction, resolved)
    return holds
  }
}

/** All that a verification depends on beside the transaction itself. */
function nameOfKeys({ key, countersigner }: ResolvedTransaction): string {
  const { passkey } = key
  const where = passkey === undefined ? '' : JSON.stringify([passkey.rpId, passkey.origins])
  return `${key.publicKey.fingerprint} ${where} ${countersigner?.key.publicKey.fingerprint ?? ''}`
}
