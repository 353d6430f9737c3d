/**
 * Goal: a key signs only after its certificate was presented, and only for its own member (threat
 * 10: a CA mis-issues). Method: real certificates of a test consortium, each row with one thing
 * wrong.
 */
import { fromBase64Url, toBase64Url } from '@renshe/crypto'
import { authorities, certificates } from '@renshe/kernel'
import { describe, expect, it } from 'vitest'
import { TestConsortium } from '../testing.ts'
import { presentCertificate } from './present-certificate.ts'
import { encryptionKeys, keyholders, nodeCertificates } from './records.ts'
import { registerOfficer } from './register-officer.ts'
import { registerSystem } from './register-system.ts'

function consortium() {
  const made = new TestConsortium({
    members: [
      { id: 'sia-3701', roles: ['SIA'] },
      { id: 'tru-0001', roles: ['TRU'] },
    ],
  })
  const system = made.signer('sia-3701')
  made.world.does(system, registerOfficer, { officer: '0417', roles: ['reviewer'], unit: null })
  return { made, world: made.world, system, authority: made.authority('sia-3701') }
}

describe('membership.presentCertificate', () => {
  it('lets an officer sign from then on, with the roles of the chain', () => {
    const { made, world, system, authority } = consortium()
    const { certificate, der } = authority.issue('officer', '0417', { from: world.time - 1000 })
    expect(() => made.resolve(certificate.fingerprint)).toThrow('SIGNER_UNKNOWN')
    const outcome = world.run(system, presentCertificate, { der })
    expect(outcome).toMatchObject({ code: 'OK', data: { certificate: certificate.fingerprint } })
    // As in the published vector: one record, no event.
    expect(outcome.events).toEqual([])
    expect(made.resolve(certificate.fingerprint)).toMatchObject({
      kind: 'officer',
      member: 'sia-3701',
      name: '0417',
      roles: ['reviewer'],
    })
    expect(world.refuses(system, presentCertificate, { der }).code).toBe('CERTIFICATE_EXISTS')
  })

  it('keeps keys that others seal to, and keys of nodes, away from signers', () => {
    const { made, world, system, authority } = consortium()
    for (const profile of ['encryption', 'witness', 'consensus'] as const) {
      const { certificate, der } = authority.issue(profile, `${profile} 2`)
      world.does(system, presentCertificate, { der })
      expect(() => made.resolve(certificate.fingerprint)).toThrow('SIGNER_UNKNOWN')
    }
    expect(world.stored(nodeCertificates)).toHaveLength(2)
    expect(world.stored(encryptionKeys)).toHaveLength(3)
  })

  it('takes a further system only if it is registered', () => {
    const { world, system, authority } = consortium()
    const { der } = authority.issue('application', 'payroll')
    expect(world.refuses(system, presentCertificate, { der })).toEqual({
      code: 'KEYHOLDER_NOT_FOUND',
      kind: 'system',
      name: 'payroll',
    })
    world.does(system, registerSystem, { system: 'payroll', roles: [], unit: null })
    world.does(system, presentCertificate, { der })
  })

  type Made = ReturnType<typeof consortium>
  it.each<[string, (given: Made) => string, object]>([
    [
      'of another member, issued by the own CA',
      ({ authority, world }) =>
        authority.issue('officer', '0417', { member: 'tru-0001', from: world.time }).der,
      { code: 'CERTIFICATE_REFUSED', reason: 'PATH_MEMBER' },
    ],
    [
      "issued by another member's CA",
      ({ made, world }) =>
        made
          .authority('tru-0001')
          .issue('officer', '0417', { member: 'sia-3701', from: world.time }).der,
      { code: 'AUTHORITY_UNKNOWN' },
    ],
    [
      'of another chain',
      ({ authority, world }) =>
        authority.issue('officer', '0417', { chainName: 'demo-other', from: world.time }).der,
      { code: 'CERTIFICATE_REFUSED', reason: 'PATH_CHAIN_NAME' },
    ],
    [
      'that is not valid yet',
      ({ authority, world }) =>
        authority.issue('officer', '0417', { from: world.time + 3_600_000 }).der,
      { code: 'CERTIFICATE_REFUSED', reason: 'PATH_NOT_YET' },
    ],
    [
      'that is expired',
      ({ authority, world }) =>
        authority.issue('officer', '0417', { from: world.time - 80_000_000 }).der,
      { code: 'CERTIFICATE_REFUSED', reason: 'PATH_EXPIRED' },
    ],
    [
      'with one bit of its signature changed',
      ({ authority, world }) => {
        const bytes = fromBase64Url(authority.issue('officer', '0417', { from: world.time }).der)
        bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1
        return toBase64Url(bytes)
      },
      { code: 'CERTIFICATE_REFUSED', reason: 'PATH_SIGNATURE' },
    ],
    [
      'of an officer that nobody registered',
      ({ authority, world }) => authority.issue('officer', '0500', { from: world.time }).der,
      { code: 'KEYHOLDER_NOT_FOUND', kind: 'officer', name: '0500' },
    ],
    ['that is no certificate', () => 'AAAA', { code: 'CERTIFICATE_MALFORMED' }],
    ['in padded base64', () => 'AAA=', { code: 'CERTIFICATE_MALFORMED', reason: 'ENCODING' }],
    [
      'that is a CA itself',
      ({ authority }) => toBase64Url(authority.certificate.der),
      { code: 'CERTIFICATE_REFUSED', reason: 'PATH_PROFILE' },
    ],
  ])('threat 10: refuses a certificate %s', (_what, derOf, refusal) => {
    const given = consortium()
    const der = derOf(given)
    expect(given.world.refuses(given.system, presentCertificate, { der })).toMatchObject(refusal)
  })

  it('threats 9 and 10: refuses certificates of a revoked authority', () => {
    const { world, system, authority } = consortium()
    const { fingerprint } = authority.certificate
    world.seed(authorities, fingerprint, {
      ...world.state(authorities).get(fingerprint),
      revokedAt: world.time,
    })
    const { der } = authority.issue('officer', '0417', { from: world.time })
    expect(world.refuses(system, presentCertificate, { der })).toMatchObject({
      code: 'CERTIFICATE_REFUSED',
      reason: 'PATH_REVOKED',
    })
  })

  it('stores these shapes', () => {
    const { world, system, authority } = consortium()
    const { der } = authority.issue('officer', '0417', { from: world.time - 1000 })
    world.does(system, presentCertificate, { der })
    const shapes = [certificates, keyholders, encryptionKeys, authorities].map(
      (collection) => world.stored(collection as never)[0],
    )
    expect(shapes).toMatchSnapshot()
  })
})
