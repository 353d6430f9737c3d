import { type JsonObject, parseCanonicalJson, toHex } from '@renshe/crypto'
import type { Ledger } from '@renshe/ledger'
import { transactionId } from '@renshe/proof'

/**
 * The transaction of a block that emitted an event about something.
 *
 * @returns hex txId; undefined if none did, as in block 0
 */
export function findEmitter(
  copy: Ledger,
  height: number,
  name: string,
  fact: readonly [member: string, value: string],
): string | undefined {
  if (height === 0) return undefined
  const [member, value] = fact
  const results = copy.store.results(height)
  const index = results.findIndex(({ events }) =>
    events.some((bytes) => {
      const event = parseCanonicalJson(Uint8Array.from(bytes)) as JsonObject
      return event.name === name && (event.data as JsonObject)[member] === value
    }),
  )
  const transaction = index < 0 ? undefined : copy.log.read(height).transactions[index]
  return transaction && toHex(transactionId(transaction.bodyBytes))
}
