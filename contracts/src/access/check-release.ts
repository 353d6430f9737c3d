/* What an owner's release service must know before it gives half B away. */
import type { StateView } from '@renshe/kernel'
import { numberSetting } from '../governance/settings.ts'
import { findEncryptionKey } from '../membership/members.ts'
import type { EncryptionKey } from '../membership/records.ts'
import { findErasureFault } from './erasures.ts'
import { findGrantChain, findStandingFault } from './grant-state.ts'
import { findGrant } from './grants.ts'
import { type OpenedPanel, panelsOfRead } from './open-panels.ts'
import { type Grant, type Read, reads, type SealedBatch, sections } from './records.ts'
import { findBatch } from './sections.ts'

/** Why a committed read is not released, in checking order. */
export type ReleaseFault =
  | 'READ_NOT_FOUND'
  | 'SECOND_OFFICER_WAITS'
  | 'READ_TOO_OLD'
  | 'GRANT_NOT_IN_FORCE'
  | 'GRANT_SUSPENDED'
  | 'GRANT_REVOKED'
  | 'SECTION_ERASED'
  | 'SECTION_RESTRICTED'
  | 'SHARES_MISSING'
  | 'HOLDER_KEY_UNKNOWN'

/** Everything that a release depends on, or why there is none. */
export type ReleaseCheck =
  | { readonly ok: false; readonly code: ReleaseFault }
  | {
      readonly ok: true
      readonly read: Read
      readonly grant: Grant
      /** The grant and all above it, itself first. */
      readonly chain: readonly Grant[]
      /** The batch of a read of rows, or of items with proofs. */
      readonly batch: SealedBatch | null
      /** Of items of level 4: their half B comes from releasers, not from here. */
      readonly panels: readonly OpenedPanel[]
      /** Where half B is sealed to. */
      readonly holderKey: EncryptionKey
    }

/**
 * Checks a read against the state as it is now, not as it was when the read was committed: a holder
 * that was revoked since gets nothing, nor does one below it. Whether the read is final, who asks, and
 * whether a record is that of the grant's subject, only the node knows.
 *
 * @param time  block time of the state, UTC ms
 * @source security/sealed-data.md section 8, Read 3; threat 22
 */
export function checkRelease(view: StateView, readId: string, time: number): ReleaseCheck {
  const found = checkStanding(view, readId, time)
  if (!found.ok) return found
  const panels = found.grant.level === 4 ? panelsOfRead(view, found.read) : []
  const isShort = panels.some(({ need, shares }) => shares.filter(isReleased).length < need)
  if (isShort) return { ok: false, code: 'SHARES_MISSING' }
  const { read } = found
  const holderKey = findEncryptionKey(view, read.holderKey, time)
  if (holderKey?.member !== read.member) return { ok: false, code: 'HOLDER_KEY_UNKNOWN' }
  return { ...found, panels, holderKey }
}

function isReleased({ released }: { readonly released: boolean }): boolean {
  return released
}

/** {@link checkRelease} up to the shares of a panel: what releasers themselves must look at. */
export function checkStanding(
  view: StateView,
  readId: string,
  time: number,
):
  | Extract<ReleaseCheck, { ok: false }>
  | Omit<Extract<ReleaseCheck, { ok: true }>, 'panels' | 'holderKey'> {
  const read = view.state(reads).find(readId)
  const grant = read === undefined ? undefined : findGrant(view, read.grant)
  if (read === undefined || grant === undefined) return { ok: false, code: 'READ_NOT_FOUND' }
  const { second } = read
  if (second !== null && second.at === null) return { ok: false, code: 'SECOND_OFFICER_WAITS' }
  const window = grant.level === 4 ? 'access.panelWithinMs' : 'access.releaseWithinMs'
  if (time - (second?.at ?? read.at) > numberSetting(view, window)) {
    return { ok: false, code: 'READ_TOO_OLD' }
  }
  const chain = findGrantChain(view, grant)
  const fault = findStandingFault(chain, time)
  if (fault !== undefined) return { ok: false, code: fault.code }
  const root = read.rows?.batch ?? read.items.find(({ batch }) => batch !== null)?.batch ?? null
  const batch = root === null ? undefined : findBatch(view, root)
  const gone = findErasureFault(view, grant, read, batch)
  if (gone !== undefined) return { ok: false, code: gone.code }
  if (isResealed(view, read, batch)) return { ok: false, code: 'SECTION_ERASED' }
  return { ok: true, read, grant, chain, batch: batch ?? null }
}

/** Whether something that the read names was sealed anew since: its old keys may have leaked. */
function isResealed(view: StateView, { items }: Read, batch: SealedBatch | undefined): boolean {
  if (batch?.resealedAs !== undefined) return true
  return items.some(
    ({ record, section, version, batch: root }) =>
      root === null &&
      view.state(sections).find([record, section, version])?.resealedAs !== undefined,
  )
}
