/**
 * Goal: departments are registered once and closed only when empty. Method: one member, one
 * department.
 */
import { describe, expect, it } from 'vitest'
import { TestConsortium } from '../testing.ts'
import { closeUnit } from './close-unit.ts'
import { units } from './records.ts'
import { registerOfficer } from './register-officer.ts'
import { registerUnit } from './register-unit.ts'

const UNIT = { unit: 'pensions', name: { zh: '待遇科', en: 'Pensions' } }

function given() {
  const made = new TestConsortium({
    members: [{ id: 'sia-3701', roles: ['SIA'], officers: { '0001': [] } }],
  })
  return {
    world: made.world,
    system: made.signer('sia-3701'),
    officer: made.signer('sia-3701', '0001'),
  }
}

describe('membership.registerUnit', () => {
  it('registers a department once', () => {
    const { world, system, officer } = given()
    expect(world.refuses(officer, registerUnit, UNIT).code).toBe('ROLE_REQUIRED')
    world.does(system, registerUnit, UNIT)
    expect(world.refuses(system, registerUnit, UNIT)).toEqual({
      code: 'UNIT_EXISTS',
      unit: 'pensions',
    })
    expect(world.stored(units)).toMatchSnapshot()
  })
})

describe('membership.closeUnit', () => {
  it('closes an empty department, and officers can no longer join it', () => {
    const { world, system, officer } = given()
    const close = { unit: 'pensions' }
    expect(world.refuses(system, closeUnit, close).code).toBe('UNIT_NOT_FOUND')
    world.does(system, registerUnit, UNIT)
    const joining = { officer: '0001', roles: [], unit: 'pensions' }
    world.does(system, registerOfficer, joining)
    expect(world.refuses(system, closeUnit, close).code).toBe('UNIT_IN_USE')
    world.does(system, registerOfficer, { ...joining, unit: null })
    expect(world.refuses(officer, closeUnit, close).code).toBe('ROLE_REQUIRED')
    world.does(system, closeUnit, close)
    expect(world.refuses(system, closeUnit, close).code).toBe('UNIT_NOT_FOUND')
    expect(world.refuses(system, registerOfficer, joining).code).toBe('UNIT_NOT_FOUND')
  })
})
