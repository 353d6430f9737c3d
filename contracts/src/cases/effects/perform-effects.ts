import type { Effect } from '../../catalogue/package-document.ts'
import { type CaseWork, refuseAbove } from '../case-work.ts'
import { isTrue } from '../feel.ts'
import { type EffectOrigin, effectScope } from './effect-values.ts'
import {
  performGrant,
  performHandOver,
  performLift,
  performRevokeGrant,
  performSuspend,
} from './grant-effects.ts'
import { performExpect, performPay, performPost, performRelease } from './money-effects.ts'
import { performOpen } from './open-child.ts'
import { performRebind } from './rebind-party.ts'
import { performAmend, performClose, performRecord } from './register-effects.ts'
import { performAlert, performNotice } from './tell-effects.ts'

/** Performs effects 效果 in order; each sees what those before it wrote. All of them or, by a refusal, none. */
export function performEffects(
  work: CaseWork,
  origin: EffectOrigin,
  effects: readonly Effect[],
): void {
  refuseAbove(work.ctx, 'effects', effects.length)
  for (const effect of effects) performEffect(work, origin, effect)
}

function performEffect(work: CaseWork, origin: EffectOrigin, effect: Effect): void {
  const scope = effectScope(work, origin)
  if (effect.if !== undefined && !isTrue(work.evaluator, effect.if, scope)) return
  if ('record' in effect) performRecord(work, effect, scope)
  else if ('amend' in effect) performAmend(work, effect, scope)
  else if ('close' in effect) performClose(work, effect, scope)
  else if ('post' in effect) performPost(work, effect, origin, scope)
  else if ('pay' in effect) performPay(work, effect, scope)
  else if ('expect' in effect) performExpect(work, effect, scope)
  else if ('release' in effect) performRelease(work, effect.release)
  else if ('grant' in effect) performGrant(work, effect)
  else if ('revokeGrant' in effect) performRevokeGrant(work, effect)
  else if ('suspendGrants' in effect) performSuspend(work, effect)
  else if ('liftGrants' in effect) performLift(work, effect)
  else if ('handOver' in effect) performHandOver(work, effect, scope)
  else if ('rebind' in effect) performRebind(work, effect, scope)
  else if ('open' in effect) performOpen(work, effect, origin, scope)
  else if ('notice' in effect) performNotice(work, effect)
  else performAlert(work, effect, origin.step)
}
