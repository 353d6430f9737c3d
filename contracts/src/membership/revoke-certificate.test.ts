/**
 * Goal: a stolen key stops at the height of its revocation (threat 9), and nobody revokes the keys
 * of others. Method: keys of every kind of one member, and a stranger.
 */
import { amendments } from '@renshe/kernel'
import { describe, expect, it } from 'vitest'
import { TestConsortium } from '../testing.ts'
import { findEncryptionKey } from './members.ts'
import { presentCertificate } from './present-certificate.ts'
import { nodeCertificates } from './records.ts'
import { revokeCertificate } from './revoke-certificate.ts'

function given() {
  const made = new TestConsortium({
    members: [
      { id: 'sia-3701', roles: ['SIA'], officers: { '0417': ['clerk'], '0418': ['clerk'] } },
      { id: 'tru-0001', roles: ['TRU'] },
    ],
  })
  return { made, world: made.world, system: made.signer('sia-3701') }
}

describe('threat 9: membership.revokeCertificate', () => {
  it('stops the key from this transaction on and leaves an amendment', () => {
    const { made, world, system } = given()
    const { certificate } = made.signer('sia-3701', '0417')
    world.inOneBlock(() => {
      expect(made.resolve(certificate).name).toBe('0417')
      world.does(system, revokeCertificate, { certificate })
      expect(() => made.resolve(certificate)).toThrow('SIGNER_REVOKED')
    })
    expect(world.state(amendments).get(certificate)).toMatchObject({ kind: 'revoked' })
    expect(world.refuses(system, revokeCertificate, { certificate }).code).toBe(
      'CERTIFICATE_REVOKED',
    )
  })

  it('lets an officer revoke its own key, not that of a colleague', () => {
    const { made, world } = given()
    const officer = made.signer('sia-3701', '0417')
    const colleague = made.signer('sia-3701', '0418')
    const other = { certificate: colleague.certificate }
    expect(world.refuses(officer, revokeCertificate, other).code).toBe('ROLE_REQUIRED')
    world.does(officer, revokeCertificate, { certificate: officer.certificate })
  })

  it('revokes keys of nodes, keys to seal to, and authorities with all below them', () => {
    const { made, world, system } = given()
    const authority = made.authority('sia-3701')
    const witness = authority.issue('witness', 'witness 1')
    world.does(system, presentCertificate, { der: witness.der })
    const { fingerprint } = witness.certificate
    world.does(system, revokeCertificate, { certificate: fingerprint })
    expect(world.state(nodeCertificates).get(fingerprint).revokedAt).toBe(world.time)

    const holderKey = made.holderKey('sia-3701')
    const encryption = authority.issue('encryption', 'encryption 1').certificate.fingerprint
    expect(findEncryptionKey(world, holderKey, world.time)).toBeDefined()
    world.does(system, revokeCertificate, { certificate: encryption })
    expect(findEncryptionKey(world, holderKey, world.time)).toBeUndefined()

    const officer = made.signer('sia-3701', '0417').certificate
    world.does(system, revokeCertificate, { certificate: authority.certificate.fingerprint })
    expect(() => made.resolve(officer)).toThrow('SIGNER_REVOKED')
  })

  it('answers alike for the key of another member and for no key', () => {
    const { made, world } = given()
    const stranger = made.signer('tru-0001')
    for (const certificate of [made.signer('sia-3701').certificate, 'ab'.repeat(32)]) {
      expect(world.refuses(stranger, revokeCertificate, { certificate })).toEqual({
        code: 'CERTIFICATE_NOT_FOUND',
        certificate,
      })
    }
  })
})
