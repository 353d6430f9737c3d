import { type EncryptionKey, encryptionKeys, findEncryptionKey } from '@renshe/contracts'
import type { LedgerView } from '../ledger-port.ts'

/** An encryption key of a member that is good now, with the name that the chain has for it. */
export type NamedEncryptionKey = EncryptionKey & { readonly holderKey: string }

/** A member's encryption key that is good now: the named one, else the one that lasts longest. */
export function encryptionKeyOf(
  view: LedgerView,
  member: string,
  named?: string,
): NamedEncryptionKey | undefined {
  let best: NamedEncryptionKey | undefined
  for (const [holderKey] of view.state(encryptionKeys).range()) {
    if (named !== undefined && holderKey !== named) continue
    const key = findEncryptionKey(view, holderKey, view.time)
    if (key?.member !== member || (best !== undefined && best.notAfter >= key.notAfter)) continue
    best = { ...key, holderKey }
  }
  return best
}
