import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { HolderName, Nullable, OfficerRole, UnitName } from '../vocabulary/schemas.ts'
import { registerKeyholder } from './keyholders.ts'

/** Registers an officer, or changes roles and unit; a second administrator confirms. */
export const registerOfficer = action({
  name: 'membership.registerOfficer',
  summary: 'Registers an officer of your member, or changes roles and unit of a registered one.',
  input: Type.Object({
    officer: HolderName,
    roles: Type.Array(OfficerRole, { maxItems: 32 }),
    unit: Nullable(UnitName),
  }),
  run(ctx: Context, { officer, roles, unit }) {
    return registerKeyholder(ctx, { kind: 'officer', name: officer, roles, unit })
  },
})
