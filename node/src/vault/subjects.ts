/* References that stand for a person in one grant: drawn here, and only here it is known who they are. */
import type { Grant } from '@renshe/contracts'
import { type PersonName, toHex, utf8 } from '@renshe/crypto'
import type { LeafPlace } from './own-sections.ts'
import { aboutIndex } from './person-rows.ts'
import type { Vault } from './vault.ts'

const REFERENCE_BYTES = 16

/**
 * Draws the reference of a person for one grant (`subject` of `access.issueGrant`). Two grants about the same
 * person have nothing in common on chain.
 *
 * @returns hex of 16 bytes
 */
export function drawSubject(vault: Vault, person: PersonName): string {
  const subject = toHex(vault.random(REFERENCE_BYTES))
  vault.store.lock('subject', [[subject, utf8(vault.indexOf(person))]])
  return subject
}

/** Blind index of the person that a reference stands for; undefined where this vault did not draw it. */
export function findSubject(vault: Vault, subject: string): string | undefined {
  const index = vault.store.unlock('subject', subject)
  return index === undefined ? undefined : Buffer.from(index).toString()
}

/**
 * Whether a section is of the person of every grant of a chain that is about one person. The contract cannot
 * know it: only this vault knows who it is.
 */
export function isOfSubjects(vault: Vault, chain: readonly Grant[], place: LeafPlace): boolean {
  return chain.every(({ issued }) => {
    if (issued?.scope !== 'SUBJECT') return true
    const index = issued.subject === null ? undefined : findSubject(vault, issued.subject)
    return index !== undefined && aboutIndex(vault, index)(place)
  })
}
