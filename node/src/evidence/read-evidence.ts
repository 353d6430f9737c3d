/* Evidence of a read: who asked to see what, and what the owner said became of it. */
import { reads } from '@renshe/contracts'
import type { MemberLedger } from '../real-ledger.ts'
import { assembleEvidence, type MadeEvidence } from './assemble-evidence.ts'
import { EvidenceRefused } from './evidence-refused.ts'

/**
 * Makes the evidence of a read, with its confirmation if the owner has given it.
 *
 * @param read  id of the transaction `access.readSections`
 * @throws EvidenceRefused `READ_UNKNOWN`
 */
export function makeReadEvidence(
  ledger: MemberLedger,
  read: string,
  since: number | null = null,
): MadeEvidence {
  const found = ledger.view().state(reads).find(read)
  if (found === undefined) throw new EvidenceRefused('READ_UNKNOWN', { read })
  const acts = [read, ...(found.confirmation === null ? [] : [found.confirmation.by])]
  return assembleEvidence(ledger.copy, { kind: 'read', acts, opened: [], records: [] }, since)
}
