/**
 * Goal: a committed read is released only while its grant is in force now (threat 22), and the
 * owner alone says what became of it. Method: one read, and everything that can happen to it before
 * the release is asked for.
 */
import { testReader } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { revokeCertificate } from '../membership/revoke-certificate.ts'
import { checkRelease } from './check-release.ts'
import { confirmReads } from './confirm-reads.ts'
import { reads } from './records.ts'
import { revokeGrant } from './revoke-grant.ts'
import { suspendGrant } from './suspend-grant.ts'
import { accessWorld, BATCH, RECORD, readSections } from './testing.ts'

function given() {
  const world = accessWorld()
  const grant = world.grant()
  const items = [{ record: RECORD, version: 1, section: 'reason' }]
  const { txId } = world.world.run(world.reader, readSections, {
    grant,
    holderKey: world.holderKey,
    items,
  })
  const check = () => checkRelease(world.world, txId, world.world.time)
  return { ...world, grantId: grant, read: txId, check }
}

describe('checkRelease', () => {
  it('gives the release service all that it needs', () => {
    const { check, read, grantId, made } = given()
    expect(check()).toMatchObject({
      ok: true,
      read: { read },
      grant: { id: grantId, use: 'VIEW' },
      batch: null,
      holderKey: { member: 'reader', name: 'encryption 1' },
    })
    expect(made.holderKey('reader')).toHaveLength(64)
  })

  it('names the batch of a read of rows', () => {
    const { world, reader, holderKey, grantId } = given()
    const rows = { section: 'rows', from: 0, count: 2 }
    const { txId } = world.run(reader, readSections, {
      grant: grantId,
      holderKey,
      batch: BATCH,
      rows,
    } as never)
    expect(checkRelease(world, txId, world.time)).toMatchObject({ batch: { root: BATCH.root } })
  })

  type Given = ReturnType<typeof given>
  it.each<[string, string, (given: Given) => void]>([
    [
      'whose grant was revoked since',
      'GRANT_REVOKED',
      ({ world, made, grantId }) => {
        world.does(made.signer('owner'), revokeGrant, { grant: grantId })
      },
    ],
    [
      'whose grant is suspended',
      'GRANT_SUSPENDED',
      ({ world, made, grantId }) => {
        world.does(made.signer('owner'), suspendGrant, { grant: grantId })
      },
    ],
    ['that is older than ten minutes', 'READ_TOO_OLD', ({ world }) => world.advance(600_001)],
    [
      'whose key was revoked',
      'HOLDER_KEY_UNKNOWN',
      ({ world, made }) => {
        const { certificate } = made.authority('reader').issue('encryption', 'encryption 1')
        world.does(made.signer('reader'), revokeCertificate, {
          certificate: certificate.fingerprint,
        })
      },
    ],
  ])('threat 22: refuses a read %s', (_what, code, change) => {
    const made = given()
    change(made)
    expect(made.check()).toEqual({ ok: false, code })
  })

  it('threat 3: refuses what was never committed', () => {
    const { world } = given()
    expect(checkRelease(world, 'ab'.repeat(32), world.time)).toEqual({
      ok: false,
      code: 'READ_NOT_FOUND',
    })
  })

  it('is told to owner and reader alone', () => {
    const { world, read } = given()
    const ask = (member: string | null) =>
      world.ask(testReader({ member }), 'access.getRelease', { read })
    expect(ask('owner')).toMatchObject({ ok: true, data: { ok: true } })
    expect(ask('reader')).toMatchObject({ data: { ok: true } })
    for (const stranger of ['successor', null]) {
      expect(ask(stranger)).toMatchObject({ data: { ok: false, code: 'READ_NOT_FOUND' } })
    }
  })
})

describe('access.confirmReads', () => {
  const digest = 'd1'.repeat(32)

  it('is the owner’s word, once; the same again changes nothing', () => {
    const { world, made, read } = given()
    const owner = made.signer('owner')
    const one = { reads: [{ read, outcome: 'RELEASED' as const, digest, erased: 2 }] }
    expect(world.refuses(made.signer('reader'), confirmReads, one)).toEqual({
      code: 'READ_NOT_YOURS',
      read,
      owner: 'owner',
    })
    const unknown = { reads: [{ ...one.reads[0], read: digest }] as typeof one.reads }
    expect(world.refuses(owner, confirmReads, unknown).code).toBe('READ_NOT_FOUND')
    const { txId, data } = world.run(owner, confirmReads, one)
    expect(data).toEqual({ confirmed: 1 })
    expect(world.state(reads).get(read).confirmation).toEqual({
      at: world.time,
      outcome: 'RELEASED',
      digest,
      erased: 2,
      by: txId,
    })
    expect(world.does(owner, confirmReads, one)).toEqual({ confirmed: 0 })
    const other = { reads: [{ read, outcome: 'FAILED' as const, digest }] }
    expect(world.refuses(owner, confirmReads, other)).toEqual({
      code: 'READ_CONFIRMED',
      read,
      outcome: 'RELEASED',
    })
  })

  it('takes reads out of the list of those that wait', () => {
    const { world, made, read, grantId } = given()
    const list = (input: object) => {
      const answer = world.ask(testReader({ member: 'owner' }), 'access.listReads', input)
      return answer.ok ? (answer.data as { items: unknown[] }).items.length : answer.code
    }
    const waiting = { owner: 'owner', unconfirmed: true }
    expect(list(waiting)).toBe(1)
    world.does(made.signer('owner'), confirmReads, {
      reads: [{ read, outcome: 'RELEASED', digest }],
    })
    expect(list(waiting)).toBe(0)
    for (const by of [
      { owner: 'owner' },
      { member: 'reader' },
      { grant: grantId },
      { record: RECORD },
      {},
    ]) {
      expect(list(by)).toBe(1)
    }
    expect(list({ batch: BATCH.root })).toBe(0)
    const receipt = world.ask(testReader({ member: 'successor' }), 'access.getRead', { read })
    expect(receipt).toMatchObject({ data: { read: { read }, grant: { id: grantId } } })
  })
})
