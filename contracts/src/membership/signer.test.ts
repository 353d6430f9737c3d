/**
 * Goal: a signer is what the chain says at this height, and the first reason against it is told.
 * Method: one officer of a test consortium, one thing changed per row.
 */
import { authorities, certificates } from '@renshe/kernel'
import { describe, expect, it } from 'vitest'
import { TestConsortium } from '../testing.ts'
import { dismissKeyholder } from './dismiss-keyholder.ts'
import { members } from './records.ts'
import { registerOfficer } from './register-officer.ts'
import { resolveSigner } from './signer.ts'

function given() {
  const made = new TestConsortium({
    members: [{ id: 'sia-3701', roles: ['SIA'], officers: { '0417': ['reviewer'] } }],
  })
  const { certificate } = made.signer('sia-3701', '0417')
  return { made, world: made.world, certificate, system: made.signer('sia-3701') }
}

describe('resolveSigner', () => {
  it('knows roles as of this state, whatever the certificate said', () => {
    const { made, world, certificate, system } = given()
    world.does(system, registerOfficer, {
      officer: '0417',
      roles: ['clerk', 'auditor'],
      unit: null,
    })
    expect(made.resolve(certificate).roles).toEqual(['auditor', 'clerk'])
  })

  type Given = ReturnType<typeof given>
  it.each<[string, string, (given: Given) => number]>([
    ['before it is valid', 'SIGNER_NOT_YET', ({ world }) => world.time - 90_000_000],
    [
      'at its end',
      'SIGNER_EXPIRED',
      ({ world, certificate }) => world.state(certificates).get(certificate).notAfter,
    ],
    [
      'after it was revoked',
      'SIGNER_REVOKED',
      ({ world, certificate }) => {
        const record = world.state(certificates).get(certificate)
        world.seed(certificates, certificate, { ...record, revokedAt: world.time })
        return world.time
      },
    ],
    [
      'after its authority was revoked',
      'SIGNER_REVOKED',
      ({ made, world }) => {
        const { fingerprint } = made.authority('sia-3701').certificate
        const record = world.state(authorities).get(fingerprint)
        world.seed(authorities, fingerprint, { ...record, revokedAt: world.time })
        return world.time
      },
    ],
    [
      'while its member is suspended',
      'SIGNER_REVOKED',
      ({ world }) => {
        const record = world.state(members).get('sia-3701')
        world.seed(members, 'sia-3701', { ...record, status: 'SUSPENDED' })
        return world.time
      },
    ],
    [
      'after the officer left',
      'SIGNER_REVOKED',
      ({ world, system }) => {
        world.does(system, dismissKeyholder, { kind: 'officer', name: '0417' })
        return world.time
      },
    ],
  ])('refuses a key %s', (_when, code, prepare) => {
    const made = given()
    const time = prepare(made)
    expect(resolveSigner(made.world, made.certificate, time)).toEqual({ ok: false, code })
  })

  it('does not know a fingerprint that nobody presented', () => {
    const { world } = given()
    expect(resolveSigner(world, 'ab'.repeat(32), world.time)).toEqual({
      ok: false,
      code: 'SIGNER_UNKNOWN',
    })
  })
})
