import { type Bytes, canonicalJson } from '@renshe/crypto'
import type { Execution } from './execution.ts'
import type { Signer } from './signer.ts'

/**
 * The JCS bytes of a result.
 *
 * @param events  count and Merkle root (hex) of the transaction's events; made by the caller, since
 *                trees belong to the proof room
 * @source ledger-bytes.md section 4
 */
export function resultBytes(
  txId: string,
  signer: Signer,
  execution: Execution,
  events: { readonly count: number; readonly root: string },
): Bytes {
  const { certificate, kind, member, name, roles, unit } = signer
  return canonicalJson({
    v: 1,
    tx: txId,
    code: execution.code,
    data: execution.data,
    signer: { certificate, kind, member, name, roles, unit },
    events: { count: events.count, root: events.root },
  })
}
