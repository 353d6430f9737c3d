import type { JsonObject } from '@renshe/crypto'
import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { KebabName, PublicFields } from '../vocabulary/schemas.ts'
import { handOf } from './authority.ts'
import { caseResult } from './case-result.ts'
import { startCase } from './start-case.ts'

/** Opens a case of a published service, in the signer's name. */
export const openCase = action({
  name: 'cases.openCase',
  summary: 'Open a case of a published service.',
  input: Type.Object({ service: KebabName, fields: Type.Optional(PublicFields) }),
  run(ctx: Context, { service, fields }) {
    const work = startCase(ctx, {
      service,
      fields: () => (fields ?? {}) as JsonObject,
      opener: handOf(ctx),
      parent: null,
      label: 'case',
      isSigned: true,
    })
    return caseResult(work, null)
  },
})
