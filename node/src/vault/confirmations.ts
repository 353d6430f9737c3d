import { checkRelease, type Read, reads } from '@renshe/contracts'
import type { LedgerView } from '../ledger-port.ts'
import { noteOf, type ReleaseNote, refusedNote } from './release.ts'
import type { Vault } from './vault.ts'

/** One line of `access.confirmReads`. */
export interface ReadConfirmation extends ReleaseNote {
  readonly read: string
}

/** Most reads of one transaction `access.confirmReads`. */
export const CONFIRM_MOST = 100

/**
 * What the owner has to confirm now: reads it answered, those it refused for good, and those that their
 * holder did not ask for while they could be released.
 *
 * @param releaseWithinMs  how long after its block a read can be released (published parameter)
 * @returns at most {@link CONFIRM_MOST}, oldest first: the input of `access.confirmReads`
 */
export function readsToConfirm(
  vault: Vault,
  view: LedgerView,
  releaseWithinMs: number,
): ReadConfirmation[] {
  const confirmations: ReadConfirmation[] = []
  for (const [id, read] of view.state(reads).index('unconfirmed')) {
    if (read.owner !== vault.member || read.height > view.finalHeight) continue
    const isOver = view.time - read.at > releaseWithinMs && isLapsed(view, read)
    const note = noteOf(vault, id) ?? (isOver ? refusedNote('READ_TOO_OLD') : undefined)
    if (note === undefined) continue
    confirmations.push({ read: id, ...note })
    if (confirmations.length === CONFIRM_MOST) break
  }
  return confirmations
}

/** Whether it can be released no more: second officers and panels have longer than a plain read. */
function isLapsed(view: LedgerView, { read, second }: Read): boolean {
  const check = checkRelease(view, read, view.time)
  if (check.ok || check.code === 'SHARES_MISSING') return false
  return check.code !== 'SECOND_OFFICER_WAITS' || second === null || view.time > second.until
}

/** Forgets what was noted of reads that are confirmed and can no longer be asked for. */
export function forgetReleases(vault: Vault, view: LedgerView, releaseWithinMs: number): number {
  const done: string[] = []
  for (const name of vault.store.lockedIds('release')) {
    const read = view.state(reads).find(name.split(' ')[0] as string)
    const isConfirmed = read === undefined || read.confirmation !== null
    if (isConfirmed && (read === undefined || view.time - read.at > releaseWithinMs)) {
      done.push(name)
    }
  }
  vault.store.removeLocked('release', done)
  return done.length
}
