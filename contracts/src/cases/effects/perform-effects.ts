import type { Effect } from '../../catalogue/package-document.ts'
import { type CaseWork, refuseAbove } from '../case-work.ts'
import { isTrue } from '../feel.ts'
import { type EffectOrigin, effectScope } from './effect-values.ts'
import { performGrant, performHandOver, performRevokeGrant } from './grant-effects.ts'
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
  if ('record' in effect) return performRecord(work, effect, scope)
  if ('amend' in effect) return performAmend(work, effect, scope)
  if ('close' in effect) return performClose(work, effect, scope)
  if ('post' in effect) return performPost(work, effect, origin, scope)
  if ('pay' in effect) return performPay(work, effect, scope)
  if ('expect' in effect) return performExpect(work, effect, scope)
  if ('release' in effect) return performRelease(work, effect.release)
  if ('grant' in effect) return performGrant(work, effect)
  if ('revokeGrant' in effect) return performRevokeGrant(work, effect)
  if ('handOver' in effect) return performHandOver(work, effect, scope)
  if ('rebind' in effect) return performRebind(work, effect, scope)
  if ('open' in effect) return performOpen(work, effect, origin, scope)
  if ('notice' in effect) return performNotice(work, effect)
  performAlert(work, effect, origin.step)
}
