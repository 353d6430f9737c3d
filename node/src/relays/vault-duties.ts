/* What a member owes for its vault: settle what was sealed, confirm reads, forget keys, erase, rotate. */
import { findGrant } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import { ActRefused, type Member } from '../member.ts'
import { forgetReleases, type ReadConfirmation, readsToConfirm } from '../vault/confirmations.ts'
import { carryOutErasures } from '../vault/erasing.ts'
import { forgetGrant } from '../vault/grant-keys.ts'
import { rotateWeekly } from '../vault/key-rotation.ts'
import { settle } from '../vault/settle.ts'
import type { Relay } from './relay.ts'

/** Reads are confirmed each minute (sealed-data section 8, Read 5). */
const CONFIRM_EVERY_MS = 60_000

/** The relays of a member's vault. */
export function vaultDuties(member: Member): Relay[] {
  return [
    settling(member),
    confirmations(member),
    revocations(member),
    erasing(member),
    rotation(member),
  ]
}

function settling({ vault, ledger }: Member): Relay {
  return {
    name: 'settle',
    followsTime: true,
    wakes: () => true,
    async run() {
      const { live, swept } = await settle(vault, ledger.view())
      return live.length + swept.length > 0
    },
  }
}

function confirmations(member: Member): Relay {
  let confirmedAt = Number.NEGATIVE_INFINITY
  return {
    name: 'confirm-reads',
    followsTime: true,
    wakes: ({ name, data }) => name === 'SectionsRead' && data.owner === member.id,
    async run() {
      const now = member.clock.now()
      if (now - confirmedAt < CONFIRM_EVERY_MS) return false
      const view = member.ledger.view()
      const within = releaseWithinMs(member)
      const reads = readsToConfirm(member.vault, view, within)
      if (reads.length === 0) return false
      await member.act('access.confirmReads', { reads: reads.map(lineOf) })
      forgetReleases(member.vault, member.ledger.view(), within)
      confirmedAt = now
      return false
    },
  }
}

function lineOf({ read, outcome, digest, erased }: ReadConfirmation): JsonObject {
  return { read, outcome, digest, erased }
}

/** The published parameter: how long after its block a read can be released. */
function releaseWithinMs(member: Member): number {
  const { items } = member.ask('governance.listSettings') as {
    items: { name: string; value: number }[]
  }
  const setting = items.find(({ name }) => name === 'access.releaseWithinMs')
  if (setting === undefined) throw new RangeError('access.releaseWithinMs is not published')
  return setting.value
}

/** A revoked grant's key is deleted: what was wrapped under it stays closed, whatever a reader kept. */
function revocations({ vault, ledger }: Member): Relay {
  return {
    name: 'revocations',
    followsTime: false,
    wakes: ({ name }) => name === 'GrantRevoked',
    async run() {
      const view = ledger.view()
      const grants = new Set(vault.store.lockedIds('grant').map((name) => name.split(' ')[0] ?? ''))
      for (const grant of grants) {
        if ((findGrant(view, grant)?.revokedAt ?? null) !== null) forgetGrant(vault, grant)
      }
      return false
    },
  }
}

/** Deletes what the chain says is erased, and signs that it did; what is not confirmed is done again. */
function erasing(member: Member): Relay {
  const { vault, ledger } = member
  return {
    name: 'erasures',
    followsTime: false,
    wakes: ({ name }) => name === 'SectionsErased',
    async run() {
      const done = await carryOutErasures(vault, ledger.view())
      for (const { erasure, part } of done) {
        const outcome = await member.tryAct('access.confirmErasure', { erasure, part })
        // Another process of this member may have been quicker.
        if (outcome.code === 'OK' || outcome.code === 'ERASURE_CONFIRMED') continue
        throw new ActRefused('access.confirmErasure', outcome)
      }
      return done.length > 0
    },
  }
}

/** R and the vault's file anew each week: only then is what was deleted in no file and under no key. */
function rotation({ vault, keys, clock }: Member): Relay {
  return {
    name: 'rotation',
    followsTime: true,
    wakes: () => false,
    async run() {
      await rotateWeekly(vault, keys, clock.now())
      return false
    },
  }
}
