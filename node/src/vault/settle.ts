/* Seal 5: what is final stays, what never became final is swept. */
import { batches, cases, handOvers, sections, steps } from '@renshe/contracts'
import type { LedgerView } from '../ledger-port.ts'
import type { Expected } from './release-store.ts'
import type { Sealing } from './sealing.ts'
import type { Vault } from './vault.ts'

const OPEN = 'OPEN'

/** Where something that was sealed stands on chain. */
export type Standing = 'FINAL' | 'WAITING' | 'GONE'

/** What {@link settle} did. */
export interface Settled {
  readonly live: readonly Sealing[]
  readonly swept: readonly Sealing[]
}

/**
 * Marks live what became final and sweeps what cannot become final any more. Run after every block, and
 * at every start; running it twice changes nothing.
 */
export async function settle(vault: Vault, view: LedgerView): Promise<Settled> {
  const live: Sealing[] = []
  const swept: Sealing[] = []
  // The release store keeps its own list: after a crash it may know of a seal that the vault does not.
  for (const expected of vault.release.waiting()) {
    const standing = standingOf(view, expected)
    if (standing === 'FINAL') await vault.release.keep(expected)
    if (standing === 'GONE') await vault.release.drop(expected)
  }
  vault.atCrashPoint('release-live')
  for (const sealing of vault.store.unsettled()) {
    const standing = standingOf(view, sealing)
    if (standing === 'FINAL') {
      vault.store.markLive(sealing.n)
      live.push({ ...sealing, state: 'LIVE' })
    }
    if (standing === 'GONE') {
      vault.store.remove(sealing)
      swept.push(sealing)
    }
  }
  vault.atCrashPoint('vault-live')
  return { live, swept }
}

/** Decides from the member's own replica alone. */
export function standingOf(view: LedgerView, expected: Expected): Standing {
  if (isRegistered(view, expected)) return view.height <= view.finalHeight ? 'FINAL' : 'WAITING'
  // Block time only rises: a body that ends at `expiresAt` cannot be included from now on.
  if (view.time < expected.expiresAt) return 'WAITING'
  return isSubmitted(view, expected) || isHandedOver(view, expected) ? 'WAITING' : 'GONE'
}

function isRegistered(view: LedgerView, { root, record, sections: made }: Expected): boolean {
  if (root !== null) return view.state(batches).has(root)
  if (record === null) return false
  return made.every(({ name, commitment }) => {
    for (const [, section] of view.state(sections).range({ prefix: [record, name] })) {
      if (section.commitment === commitment) return true
    }
    return false
  })
}

/** A sub-ledger's trees are registered with the journal, after the second member agreed: days later. */
function isSubmitted(view: LedgerView, { root, case: caseId }: Expected): boolean {
  if (root === null || view.state(cases).find(caseId)?.status !== OPEN) return false
  for (const [, step] of view.state(steps).range({ prefix: [caseId] })) {
    if (step.status === 'cancelled') continue
    for (const { subledger } of step.submissions) {
      const heads = subledger as {
        entries?: { root?: string }
        balances?: { root?: string }
      } | null
      if (heads?.entries?.root === root || heads?.balances?.root === root) return true
    }
  }
  return false
}

/** What a new owner sealed is registered when both signed: until the hand-over is done it may be that. */
function isHandedOver(view: LedgerView, { case: caseId, step }: Expected): boolean {
  for (const [id, order] of view.state(handOvers).index('byCase', { prefix: [caseId] })) {
    if (id === step && order.status !== 'DONE') return true
  }
  return false
}
