import type { Scope } from '@renshe/rules'
import { endGrants } from '../../access/grants.ts'
import { type NewHandOver, openHandOver } from '../../access/hand-overs.ts'
import { findSection } from '../../access/sections.ts'
import { suspendGrants } from '../../access/suspend-grant.ts'
import type { Effect } from '../../catalogue/package-document.ts'
import { books } from '../../funds/records.ts'
import { findEntry } from '../../registers/entries.ts'
import { camelOfKebab } from '../../vocabulary/spelling.ts'
import { type CaseWork, membersOfParty } from '../case-work.ts'
import { makeSectionGrants } from '../grants.ts'
import { ownMember } from '../own-member.ts'
import { memberOfText, refuseEffect } from './effect-values.ts'

type GrantEffect = Extract<Effect, { grant: string }>
type RevokeEffect = Extract<Effect, { revokeGrant: string }>
type SuspendEffect = Extract<Effect, { suspendGrants: string }>
type LiftEffect = Extract<Effect, { liftGrants: string }>
type HandOverEffect = Extract<Effect, { handOver: string }>

/** Lets a party read a section of the case. */
export function performGrant(work: CaseWork, effect: GrantEffect): void {
  if (work.code.findSection(effect.grant) === undefined) {
    refuseEffect(work, 'grant', effect.grant, 'a section')
  }
  makeSectionGrants(work, effect.grant, effect.to)
}

/** Ends a party's grants of a section of the case. */
export function performRevokeGrant(work: CaseWork, effect: RevokeEffect): void {
  for (const holder of membersOfParty(work.serviceCase, effect.of)) {
    endGrants(work.ctx, { caseId: work.serviceCase.id, holder, section: effect.revokeGrant })
  }
}

/** Misuse is looked into: what a party holds over another's data opens nothing meanwhile. */
export function performSuspend(work: CaseWork, effect: SuspendEffect): void {
  suspend(work, effect.suspendGrants, effect.owner, work.ctx.time)
}

/** It was put right: the same grants open again. */
export function performLift(work: CaseWork, effect: LiftEffect): void {
  suspend(work, effect.liftGrants, effect.owner, null)
}

function suspend(work: CaseWork, holders: string, owners: string, at: number | null): void {
  const { ctx, serviceCase } = work
  for (const holder of membersOfParty(serviceCase, holders)) {
    for (const owner of membersOfParty(serviceCase, owners)) {
      const { id: caseId, service } = serviceCase
      suspendGrants(ctx, { owner, holder, caseId, service }, at)
    }
  }
}

/**
 * Orders that sealed content changes its owner: a section of this case, or the sealed parts of the entry
 * behind a reference. Nothing moves until both members sign the same list.
 */
export function performHandOver(work: CaseWork, effect: HandOverEffect, scope: Scope): void {
  const { ctx, serviceCase } = work
  const from = memberOfText(work, 'handOver', 'from', effect.from, scope)
  const to = memberOfText(work, 'handOver', 'to', effect.to, scope)
  openHandOver(ctx, { caseId: serviceCase.id, from, to, ...contentOf(work, effect.handOver) })
}

function contentOf(
  work: CaseWork,
  name: string,
): Pick<NewHandOver, 'sections' | 'batches' | 'entries'> {
  const { ctx, serviceCase } = work
  const batch = ownMember(serviceCase.batches, name)
  const sealed = ownMember(serviceCase.sealed, name)
  if (batch !== undefined || sealed !== undefined) {
    const version = sealed === undefined ? 0 : (findSection(ctx, sealed.record, name)?.version ?? 1)
    return {
      batches: batch === undefined ? [] : [batch.root],
      sections: sealed === undefined ? [] : [{ record: sealed.record, section: name, version }],
    }
  }
  for (const [reference, bound] of Object.entries(serviceCase.references)) {
    if (camelOfKebab(reference) !== camelOfKebab(name) || bound === null) continue
    const sections = findEntry(ctx, bound.register, bound.key)?.sections ?? []
    // A sub-ledger goes with the entry: every account's balance, as the newest journal left it.
    const balances = ctx.state(books).find(bound.key)?.subledger?.balances.root
    return {
      entries: [bound],
      batches: balances === undefined ? [] : [balances],
      sections: sections.map(({ record, name: section, version }) => ({
        record,
        section,
        version,
      })),
    }
  }
  return refuseEffect(work, 'handOver', name, 'a section or reference of the case')
}
