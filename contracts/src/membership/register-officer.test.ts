/**
 * Goal: only administrators register, and where a member has two of them it takes both (threat 9: a
 * stolen key registers whom it likes). Method: members with one and with two administrators.
 */
import { describe, expect, it } from 'vitest'
import { TestConsortium } from '../testing.ts'
import { confirmRegistration } from './confirm-registration.ts'
import { dismissKeyholder } from './dismiss-keyholder.ts'
import { keyholders } from './records.ts'
import { registerOfficer } from './register-officer.ts'
import { registerSystem } from './register-system.ts'

const OFFICER = { officer: '0500', roles: ['clerk', 'auditor', 'clerk'], unit: null }

function withAdministrators(...names: readonly string[]) {
  const officers = Object.fromEntries(names.map((name) => [name, ['administrator']]))
  const made = new TestConsortium({
    members: [
      {
        id: 'sia-3701',
        roles: ['SIA'],
        systemRoles: names.length > 0 ? [] : ['administrator'],
        officers: { ...officers, '0001': ['clerk'] },
      },
    ],
  })
  return { made, world: made.world, signer: (name?: string) => made.signer('sia-3701', name) }
}

describe('membership.registerOfficer', () => {
  it('takes effect at once where there is one administrator', () => {
    const { world, signer } = withAdministrators()
    expect(world.does(signer(), registerOfficer, OFFICER)).toEqual({ status: 'ACTIVE' })
    expect(world.state(keyholders).find(['sia-3701', 'officer', '0500'])).toMatchObject({
      roles: ['auditor', 'clerk'],
      registeredBy: 'application 1',
      confirmedBy: null,
    })
  })

  it('is refused to others', () => {
    const { world, signer } = withAdministrators()
    expect(world.refuses(signer('0001'), registerOfficer, OFFICER)).toEqual({
      code: 'ROLE_REQUIRED',
      role: 'administrator',
    })
  })

  it('is refused for a unit that is not registered', () => {
    const { world, signer } = withAdministrators()
    const input = { ...OFFICER, unit: 'pensions' }
    expect(world.refuses(signer(), registerOfficer, input)).toEqual({
      code: 'UNIT_NOT_FOUND',
      unit: 'pensions',
    })
  })

  it('threat 9: waits for the second administrator; a change of roles leaves the old ones meanwhile', () => {
    const { made, world, signer } = withAdministrators('a', 'b')
    expect(world.does(signer('a'), registerOfficer, OFFICER)).toEqual({ status: 'PENDING' })
    world.does(signer('a'), registerOfficer, { officer: '0001', roles: ['chief'], unit: null })
    const clerk = made.signer('sia-3701', '0001')
    expect(clerk.roles).toEqual(['clerk'])
    world.does(signer('b'), confirmRegistration, { kind: 'officer', name: '0001' })
    expect(made.signer('sia-3701', '0001').roles).toEqual(['chief'])
  })
})

describe('membership.confirmRegistration', () => {
  it('is refused to who registered, until a week has shown it to everyone', () => {
    const { world, signer } = withAdministrators('a', 'b')
    world.does(signer('a'), registerOfficer, OFFICER)
    const input = { kind: 'officer', name: '0500' } as const
    const since = world.time
    expect(world.refuses(signer('a'), confirmRegistration, input)).toEqual({
      code: 'SECOND_ADMINISTRATOR_REQUIRED',
      until: since + 7 * 86_400_000,
    })
    const lone = signer('a')
    world.advance(7 * 86_400_000)
    expect(world.does(lone, confirmRegistration, input)).toEqual({ status: 'ACTIVE' })
  })

  it('is refused where nothing waits, or nobody is registered', () => {
    const { world, signer } = withAdministrators('a', 'b')
    const confirm = (name: string) =>
      world.refuses(signer('b'), confirmRegistration, { kind: 'officer', name }).code
    expect(confirm('0001')).toBe('CONFIRMATION_NOT_NEEDED')
    expect(confirm('0999')).toBe('KEYHOLDER_NOT_FOUND')
  })

  it('is refused to others', () => {
    const { world, signer } = withAdministrators('a', 'b')
    world.does(signer('a'), registerOfficer, OFFICER)
    const input = { kind: 'officer', name: '0500' } as const
    expect(world.refuses(signer('0001'), confirmRegistration, input).code).toBe('ROLE_REQUIRED')
  })
})

describe('membership.registerSystem', () => {
  it('registers a system in the same way', () => {
    const { world, signer } = withAdministrators()
    world.does(signer(), registerSystem, { system: 'payroll', roles: [], unit: null })
    expect(world.state(keyholders).has(['sia-3701', 'system', 'payroll'])).toBe(true)
    const input = { system: 'payroll', roles: [], unit: null }
    expect(world.refuses(signer('0001'), registerSystem, input).code).toBe('ROLE_REQUIRED')
  })
})

describe('membership.dismissKeyholder', () => {
  it('ends an office, once', () => {
    const { made, world, signer } = withAdministrators()
    const input = { kind: 'officer', name: '0001' } as const
    expect(world.refuses(signer('0001'), dismissKeyholder, input).code).toBe('ROLE_REQUIRED')
    world.does(signer(), dismissKeyholder, input)
    expect(() => made.signer('sia-3701', '0001')).toThrow('SIGNER_REVOKED')
    expect(world.refuses(signer(), dismissKeyholder, input).code).toBe('KEYHOLDER_NOT_ACTIVE')
  })

  it('threat 9: does not let one administrator remove the other', () => {
    const { world, signer } = withAdministrators('a', 'b')
    const input = { kind: 'officer', name: 'b' } as const
    expect(world.refuses(signer('a'), dismissKeyholder, input).code).toBe(
      'SECOND_ADMINISTRATOR_REQUIRED',
    )
    world.does(signer('b'), dismissKeyholder, input)
  })
})
