/* What an owner's release service must know before it gives half B away. */
import type { StateView } from '@renshe/kernel'
import { numberSetting } from '../governance/settings.ts'
import { findEncryptionKey } from '../membership/members.ts'
import type { EncryptionKey } from '../membership/records.ts'
import { findForceFault } from './grant-state.ts'
import { findGrant } from './grants.ts'
import { type Grant, type Read, reads, type SealedBatch } from './records.ts'
import { findBatch } from './sections.ts'

/** Why a committed read is not released. */
export type ReleaseFault =
  | 'READ_NOT_FOUND'
  | 'READ_TOO_OLD'
  | 'GRANT_NOT_IN_FORCE'
  | 'GRANT_SUSPENDED'
  | 'GRANT_REVOKED'
  | 'HOLDER_KEY_UNKNOWN'

/** Everything that a release depends on, or why there is none. */
export type ReleaseCheck =
  | { readonly ok: false; readonly code: ReleaseFault }
  | {
      readonly ok: true
      readonly read: Read
      readonly grant: Grant
      /** The batch of a read of rows, or of items with proofs. */
      readonly batch: SealedBatch | null
      /** Where half B is sealed to. */
      readonly holderKey: EncryptionKey
    }

/**
 * Checks a read against the state as it is now, not as it was when the read was committed: a holder
 * that was revoked since gets nothing. Whether the read is final and who asks, only the node knows.
 *
 * @param time  block time of the state, UTC ms
 * @source security/sealed-data.md section 8, Read 3; threat 22
 */
export function checkRelease(view: StateView, readId: string, time: number): ReleaseCheck {
  const read = view.state(reads).find(readId)
  const grant = read === undefined ? undefined : findGrant(view, read.grant)
  if (read === undefined || grant === undefined) return { ok: false, code: 'READ_NOT_FOUND' }
  if (time - read.at > numberSetting(view, 'access.releaseWithinMs')) {
    return { ok: false, code: 'READ_TOO_OLD' }
  }
  const fault = findForceFault(grant, time)
  if (fault !== undefined) return { ok: false, code: fault.code as ReleaseFault }
  const holderKey = findEncryptionKey(view, read.holderKey, time)
  if (holderKey?.member !== read.member) return { ok: false, code: 'HOLDER_KEY_UNKNOWN' }
  const root = read.rows?.batch ?? read.items.find(({ batch }) => batch !== null)?.batch ?? null
  const batch = root === null ? undefined : findBatch(view, root)
  return { ok: true, read, grant, batch: batch ?? null, holderKey }
}
