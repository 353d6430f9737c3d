/* Evidence of one act: a step, a decision, a grant, a payment. */
import type { JsonObject } from '@renshe/crypto'
import { evidenceOf, type Ledger } from '@renshe/ledger'
import { type Opened, parseBody } from '@renshe/proof'
import type { Vault } from '../vault/vault.ts'
import { assembleEvidence, type MadeEvidence, provenAct } from './assemble-evidence.ts'
import { EvidenceRefused } from './evidence-refused.ts'
import { openOwnSection, shownSection, VaultTree } from './open-from-vault.ts'

/** What of an act's sealed content is shown beside it; the rest stays a commitment. */
export interface ShownContent {
  readonly vault: Vault
  /** Names of sections of its record. */
  readonly sections?: readonly string[]
  /** Rows of its batch, by their index. */
  readonly rows?: readonly number[]
}

/**
 * Makes the evidence of a transaction.
 *
 * @param txId   hex
 * @param shown  sealed content to be opened; nothing if left out
 * @param since  size of a head that the reader may have saved
 * @throws EvidenceRefused
 */
export function makeStepEvidence(
  copy: Ledger,
  txId: string,
  shown: ShownContent | null = null,
  since: number | null = null,
): MadeEvidence {
  const { body } = provenAct(evidenceOf(copy), txId)
  const { input } = parseBody(body)
  const opened =
    shown === null ? [] : [...openedRows(input, shown), ...openedSections(input, shown)]
  return assembleEvidence(copy, { kind: 'step', acts: [txId], opened, records: [] }, since)
}

function openedRows(input: JsonObject, { vault, rows = [] }: ShownContent): Opened[] {
  if (rows.length === 0) return []
  const { root } = (input.batch ?? {}) as { root?: string }
  if (root === undefined) throw new EvidenceRefused('ROW_UNKNOWN', { row: rows[0] ?? 0 })
  const tree = VaultTree.of(vault, 'batch', root)
  return [...rows].sort((a, b) => a - b).map((row) => tree.show('acts/0', row))
}

interface NamedSection {
  readonly name: string
  readonly level: number
  readonly commitment: string
}

function openedSections(input: JsonObject, { vault, sections = [] }: ShownContent): Opened[] {
  const named = (input.sections ?? []) as unknown as readonly NamedSection[]
  const record = String(input.record ?? '')
  for (const name of sections) {
    if (!named.some((section) => section.name === name)) {
      throw new EvidenceRefused('SECTION_NOT_HERE', { section: name })
    }
  }
  return named.flatMap(({ name, level, commitment }, index): Opened[] => {
    if (!sections.includes(name)) return []
    const opening = openOwnSection(vault, record, commitment)
    return [
      {
        of: 'acts/0',
        tree: 'section',
        index,
        leaf: { name, level, commitment },
        path: [],
        sections: [shownSection(opening)],
      },
    ]
  })
}
