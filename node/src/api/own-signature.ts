/* Which transactions a session's own officer or system signed. */
import { fromHex } from '@renshe/crypto'
import { certificates, readTransaction } from '@renshe/kernel'
import type { Session } from './session.ts'

/**
 * Whether a final transaction was signed by this very officer or system, with whichever of its keys.
 *
 * @param txId  hex
 */
export function isOwnSignature({ member, kind, name }: Session, txId: string): boolean {
  const { ledger } = member
  const place = ledger.copy.store.placeOf(fromHex(txId))
  if (place === undefined || place.height > ledger.finalHeight) return false
  const transaction = ledger.copy.log.read(place.height).transactions[place.index]
  if (transaction === undefined) return false
  const read = readTransaction({
    bodyBytes: Uint8Array.from(transaction.bodyBytes),
    signatureBytes: Uint8Array.from(transaction.signatureBytes),
  })
  if ('code' in read) return false
  const signer = ledger.view().state(certificates).find(read.body.signer)
  return signer?.member === member.id && signer.kind === kind && signer.name === name
}
