import { type Bytes, fromBase64Url, importPublicKey } from '@renshe/crypto'
import {
  type ResolvedTransaction,
  signatureHolds,
  type Transaction,
  type TransactionSignature,
} from '@renshe/kernel'
import type { OpenSignature } from '../judge-bundle.ts'

/** All that verifying one signature needs, as plain data that can cross threads. */
export interface SignatureJob {
  readonly txId: string
  readonly bodyBytes: Bytes
  readonly signature: TransactionSignature
  readonly spki: string
  readonly passkey: { readonly rpId: string; readonly origins: readonly string[] } | null
  readonly countersignerSpki: string | null
}

/** Makes the job of a signature. */
export function jobOf({ transaction, resolved }: OpenSignature): SignatureJob {
  const { passkey } = resolved.key
  return {
    txId: transaction.txId,
    // Its own memory: a view would carry the whole bundle across.
    bodyBytes: transaction.bodyBytes.slice(),
    signature: transaction.signature,
    spki: resolved.key.spki,
    passkey: passkey ? { rpId: passkey.rpId, origins: [...passkey.origins] } : null,
    countersignerSpki: resolved.countersigner?.key.spki ?? null,
  }
}

/** Does a job. Total: what cannot even be read does not hold. */
export function jobHolds(job: SignatureJob): boolean {
  const transaction = job as unknown as Transaction
  const { spki, passkey, countersignerSpki } = job
  const resolved = {
    key: {
      spki,
      publicKey: importPublicKey(fromBase64Url(spki)),
      ...(passkey === null ? {} : { passkey }),
    },
    countersigner:
      countersignerSpki === null
        ? null
        : {
            key: {
              spki: countersignerSpki,
              publicKey: importPublicKey(fromBase64Url(countersignerSpki)),
            },
          },
  }
  try {
    return signatureHolds(transaction, resolved as unknown as ResolvedTransaction)
  } catch {
    return false
  }
}
