import type { JsonObject } from '@renshe/crypto'
import type { Block } from './block-format.ts'
import type { StagedBlock } from './execute-block.ts'

/** The first member of the header in which an executed block differs from the given one. */
export function firstDifference(staged: StagedBlock | null, { header }: Block): JsonObject {
  if (staged === null) return { member: 'txCount', computed: 0, given: header.txCount }
  const computed = staged.header as unknown as JsonObject
  for (const [member, given] of Object.entries(header as unknown as JsonObject)) {
    if (JSON.stringify(computed[member]) !== JSON.stringify(given)) {
      return { member, computed: computed[member] ?? null, given }
    }
  }
  return {}
}
