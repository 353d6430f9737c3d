import type { Scope } from '@renshe/rules'
import type { Effect } from '../../catalogue/package-document.ts'
import { moveTellers } from '../../funds/move-tellers.ts'
import {
  type CaseWork,
  loadCase,
  membersOfParty,
  patchCase,
  patchStep,
  refuseAbove,
  saveCase,
  tell,
} from '../case-work.ts'
import { replaceGrants } from '../grants.ts'
import { stillOwing } from '../joint-act.ts'
import { actorsOf, watchOpenStep } from '../open-steps.ts'
import { ownMember } from '../own-member.ts'
import { cases, isOver } from '../records.ts'
import { refuse } from '../refusals.ts'
import { memberOfText, refuseEffect } from './effect-values.ts'

type RebindEffect = Extract<Effect, { rebind: string }>

/**
 * Puts another member in a party's place: in this case, and in every open case about the same entry in
 * which that party is the same member. Open steps and grants go with it; what was signed stays signed.
 */
export function performRebind(work: CaseWork, effect: RebindEffect, scope: Scope): void {
  const { ctx, serviceCase } = work
  const party = effect.rebind
  const from = memberOfText(work, 'rebind', 'from', effect.from, scope)
  const to = memberOfText(work, 'rebind', 'to', effect.to, scope)
  const entry = ownMember(serviceCase.references, effect.reference) ?? null
  if (entry === null) refuseEffect(work, 'rebind', effect.reference, 'a bound reference')
  const touched: CaseWork[] = []
  if (membersOfParty(serviceCase, party).includes(from)) touched.push(work)
  const open = { prefix: [entry.register, entry.key, 0] }
  for (const [id] of [...ctx.state(cases).index('byReference', open)]) {
    if (id === serviceCase.id) continue
    const other = loadCase(ctx, id, work)
    if (membersOfParty(other.serviceCase, party).includes(from)) touched.push(other)
    refuseAbove(ctx, 'rebound', touched.length)
  }
  if (touched.length === 0) refuse(ctx, { code: 'REBIND_NOT_BOUND', party, member: from })
  for (const each of touched) {
    rebindIn(each, party, from, to)
    if (each !== work) saveCase(each)
  }
}

function rebindIn(work: CaseWork, party: string, from: string, to: string): void {
  const { serviceCase, service } = work
  const bound = ownMember(serviceCase.parties, party)
  const rebound = Array.isArray(bound)
    ? [...new Set(bound.map((member) => (member === from ? to : member)))]
    : to
  patchCase(work, { parties: { ...serviceCase.parties, [party]: rebound } })
  for (const step of work.steps) {
    const definition = service.steps[step.step]
    if (isOver(step) || definition === undefined) continue
    const holder = step.party === party && step.holder === from ? to : step.holder
    const actors = actorsOf(work, step.step, definition, holder)
    // What a member that left the party has signed or computed no longer counts.
    const signatures = step.signatures.filter(({ member }) => actors.includes(member))
    const submissions = step.submissions.filter(({ member }) => actors.includes(member))
    const acted = new Set([...signatures, ...submissions].map(({ member }) => member))
    const awaits = stillOwing(actors, acted)
    if (awaits.join() === step.awaits.join() && holder === step.holder) continue
    const patched = patchStep(work, step.n, {
      holder: awaits[0] as string,
      awaits,
      signatures,
      submissions,
      ...(step.status === 'disputed' ? { status: 'open' as const, differs: [] } : {}),
    })
    watchOpenStep(work, patched)
  }
  moveTellers(work.ctx, { caseId: serviceCase.id, from, to })
  replaceGrants(work, from, new Set([party]))
  tell(work, 'PartyRebound', { party, from, to })
}
