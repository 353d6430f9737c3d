/* Evidence files of an exit kit: one for each transaction that its tables name, and for each read. */
import { evidenceOf } from '@renshe/ledger'
import type { MadeEvidence } from '../evidence/assemble-evidence.ts'
import { EvidenceRefused } from '../evidence/evidence-refused.ts'
import { makeReadEvidence } from '../evidence/read-evidence.ts'
import { makeRuleEvidence } from '../evidence/rule-evidence.ts'
import { makeStepEvidence } from '../evidence/step-evidence.ts'
import type { Member } from '../member.ts'
import type { KitFolder } from './kit-folder.ts'
import { actsIn, type MemberTables } from './kit-tables.ts'

/** Writes the evidence of everything in a member's tables; gives how many files that were. */
export function writeEvidence(
  kit: KitFolder,
  place: string,
  member: Member,
  tables: MemberTables,
  onFile: () => void,
): number {
  const { ledger } = member
  const source = evidenceOf(ledger.copy)
  const acts = new Set<string>()
  for (const rows of tables.values()) for (const row of rows) actsIn(row, acts)
  let files = 0
  const put = (name: string, { bytes }: MadeEvidence): void => {
    kit.put(`${place}/evidence/${name}.renshe.json`, bytes)
    files += 1
    onFile()
  }
  // What block 0 brought has no transaction: the genesis document itself proves it.
  for (const txId of [...acts].sort()) {
    if (source.act(txId) !== undefined) put(txId, makeStepEvidence(ledger.copy, txId))
  }
  for (const { read } of tables.get('reads') ?? []) {
    put(`read-${read}`, makeReadEvidence(ledger, String(read)))
  }
  return files
}

/** The evidence of a published package; undefined for one that the genesis document brought. */
export function packageEvidence(member: Member, hash: string): MadeEvidence | undefined {
  try {
    return makeRuleEvidence(member, hash)
  } catch (error) {
    if (error instanceof EvidenceRefused && error.code !== 'NOTHING_FINAL') return undefined
    throw error
  }
}
