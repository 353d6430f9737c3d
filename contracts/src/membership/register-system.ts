import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { HolderName, Nullable, OfficerRole, UnitName } from '../vocabulary/schemas.ts'
import { registerKeyholder } from './keyholders.ts'

/** Registers a system, or changes roles and unit; a second administrator confirms. */
export const registerSystem = action({
  name: 'membership.registerSystem',
  summary: 'Registers a system of your member, or changes roles and unit of a registered one.',
  input: Type.Object({
    system: HolderName,
    roles: Type.Array(OfficerRole, { maxItems: 32 }),
    unit: Nullable(UnitName),
  }),
  run(ctx: Context, { system, roles, unit }) {
    return registerKeyholder(ctx, { kind: 'system', name: system, roles, unit })
  },
})
