import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { CaseId } from '../vocabulary/schemas.ts'
import { amendActs } from './amend-acts.ts'
import { caseResult } from './case-result.ts'
import { loadCase, membersOfParty, refuseUnlessOpen, saveCase, tell } from './case-work.ts'
import { performEffects } from './effects/perform-effects.ts'
import { endCase } from './end-case.ts'
import { WITHDRAWN } from './records.ts'
import { refuse } from './refusals.ts'
import { openSteps } from './step-graph.ts'

/** Withdraws a case while the package allows it; what it kept unique is free again. */
export const withdrawCase = action({
  name: 'cases.withdrawCase',
  summary: 'Withdraw a case while its package allows it.',
  input: Type.Object({ case: CaseId }),
  run(ctx: Context, input) {
    const work = loadCase(ctx, input.case)
    const { serviceCase, service } = work
    refuseUnlessOpen(ctx, serviceCase)
    const { withdrawal } = service
    if (withdrawal === undefined) {
      return refuse(ctx, { code: 'WITHDRAWAL_NOT_FORESEEN', service: serviceCase.service })
    }
    if (!membersOfParty(serviceCase, withdrawal.by).includes(ctx.signer.member)) {
      refuse(ctx, { code: 'WITHDRAWAL_NOT_YOURS', party: withdrawal.by })
    }
    const open = openSteps(work.steps).map(({ step }) => step)
    if (!open.every((step) => withdrawal.while.includes(step))) {
      refuse(ctx, { code: 'WITHDRAWAL_TOO_LATE', open })
    }

    performEffects(work, { step: null, locals: new Map() }, withdrawal.effects)
    amendActs(
      work,
      work.steps.filter(({ status }) => status === 'done'),
      'withdrawn',
    )
    tell(work, 'CaseWithdrawn', { member: ctx.signer.member })
    endCase(work, WITHDRAWN)
    saveCase(work)
    return caseResult(work, null)
  },
})
