/**
 * Goal: the drill of a stolen and of a rotated key runs: a theft stops the key from its revocation on, a rotation has
 * a moment in which both keys sign and none in which neither does, and what was signed before still verifies.
 * Method: one member with real certificates; signatures made before, checked after.
 */
import { sign, utf8, verify } from '@renshe/crypto'
import { certificates } from '@renshe/kernel'
import { expect, it } from 'vitest'
import { TestConsortium } from '../testing.ts'
import { presentCertificate } from './present-certificate.ts'
import { registerSystem } from './register-system.ts'
import { revokeCertificate } from './revoke-certificate.ts'

function given() {
  const made = new TestConsortium({ members: [{ id: 'sia-3701', roles: ['SIA'] }] })
  return { made, world: made.world, system: made.signer('sia-3701') }
}

it('rotation and theft: the successor signs first, then the old key stops; history still verifies', () => {
  const { made, world, system } = given()
  const authority = made.authority('sia-3701')
  world.does(system, registerSystem, { system: 'payroll', roles: [], unit: null })
  const old = authority.issue('application', 'payroll')
  world.does(system, presentCertificate, { der: old.der })
  const message = utf8('signed before the theft')
  const value = sign(old.keys.privateKey, message)

  const next = authority.issue('application', 'payroll', { from: world.time - 1000 })
  world.does(system, presentCertificate, { der: next.der })
  const [before, after] = [old.certificate.fingerprint, next.certificate.fingerprint]
  expect([made.resolve(before).name, made.resolve(after).name]).toEqual(['payroll', 'payroll'])

  world.does(system, revokeCertificate, { certificate: before })
  expect(() => made.resolve(before)).toThrow('SIGNER_REVOKED')
  expect(made.resolve(after).name).toBe('payroll')
  const record = world.state(certificates).get(before)
  expect(record.revokedAt).toBe(world.time)
  expect(verify(old.certificate.publicKey, message, value)).toBe(true)
})
