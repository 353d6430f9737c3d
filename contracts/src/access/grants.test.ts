/**
 * Goal: grants hold one right each, end when they are told, and never open what is not shared;
 * owners revoke and suspend, nobody else. Method: the functions that cases call, and the owner's
 * actions.
 */
import { amendments } from '@renshe/kernel'
import { testReader } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { sectionEntries } from '../catalogue/records.ts'
import { endGrants, makeGrant } from './grants.ts'
import { liftSuspension } from './lift-suspension.ts'
import { grants } from './records.ts'
import { revokeGrant } from './revoke-grant.ts'
import { registerBatch, registerSections } from './sections.ts'
import { suspendGrant } from './suspend-grant.ts'
import {
  accessWorld,
  BATCH,
  CASE,
  commitment,
  ENTRY,
  OTHER_CASE,
  RECORD,
  readSections,
  TERMS,
} from './testing.ts'

const UNKNOWN = '01BX5ZZKBKACTAV9WEVGEMMVRZ'

describe('makeGrant', () => {
  it('makes one grant of equal terms in a transaction, two in two', () => {
    const given = accessWorld()
    given.does((ctx) => {
      expect(makeGrant(ctx, TERMS)).toBe(makeGrant(ctx, TERMS))
      expect(makeGrant(ctx, { ...TERMS, use: 'STORE' })).not.toBe(makeGrant(ctx, TERMS))
    })
    given.grant()
    expect(given.world.stored(grants)).toHaveLength(3)
    expect(given.world.stored(grants)[0]).toMatchSnapshot()
  })

  it('can be ended and made again in one transaction', () => {
    const given = accessWorld()
    given.does((ctx) => {
      const first = makeGrant(ctx, TERMS)
      expect(endGrants(ctx, { caseId: CASE })).toEqual([first])
      expect(makeGrant(ctx, TERMS)).not.toBe(first)
    })
  })

  it('is refused for what the catalogue does not share', () => {
    const given = accessWorld()
    given.world.seed(sectionEntries, ENTRY, {
      v: 1,
      hash: ENTRY,
      package: ENTRY,
      packageName: 'reading-room',
      section: 'reason',
      level: 2,
      owner: 'library',
      readers: [],
      sharing: 'NOT_SHARED',
      use: 'VIEW',
      purpose: 'CARD',
      clause: 'library-statute/7',
      items: ['words'],
      publishedHeight: 0,
    })
    expect(given.run((ctx) => makeGrant(ctx, TERMS))).toMatchObject({
      code: 'SHARING_FORBIDDEN',
      data: { entry: ENTRY, member: 'reader' },
    })
  })
})

describe('endGrants', () => {
  it('ends those that fit, and never makes one longer', () => {
    const given = accessWorld()
    const { world } = given
    const soon = world.time + 50_000
    const mine = given.grant({ sections: ['reason'], notAfter: soon })
    const other = given.grant({ caseId: OTHER_CASE })
    const rows = given.grant({ sections: ['rows'], batches: [BATCH.root], records: [RECORD] })
    const end = (selection: Parameters<typeof endGrants>[1]) => {
      let ended: string[] = []
      given.does((ctx) => {
        ended = endGrants(ctx, selection)
      })
      return ended
    }
    expect(end({ caseId: CASE, notAfter: world.time + 100_000 })).toEqual([rows])
    expect(world.state(grants).get(mine).notAfter).toBe(soon)
    expect(end({ caseId: CASE, holder: 'successor' })).toEqual([])
    expect(end({ section: 'rows' })).toEqual([])
    expect(end({ holder: 'reader', record: RECORD })).toEqual([rows])
    expect(world.state(amendments).get(rows).kind).toBe('ended')
    expect(end({ holder: 'reader', batch: BATCH.root })).toEqual([])
    expect(end({ holder: 'reader' }).sort()).toEqual([mine, other].sort())
  })
})

describe('what owners do with grants', () => {
  it('revoke for good', () => {
    const given = accessWorld()
    const { world, made, reader } = given
    const owner = made.signer('owner')
    const grant = given.grant()
    expect(world.refuses(made.signer('owner', '0001'), revokeGrant, { grant }).code).toBe(
      'ROLE_REQUIRED',
    )
    expect(world.refuses(made.signer('successor'), revokeGrant, { grant }).code).toBe(
      'GRANT_NOT_YOURS',
    )
    expect(world.refuses(owner, revokeGrant, { grant: UNKNOWN }).code).toBe('GRANT_NOT_FOUND')
    world.does(owner, revokeGrant, { grant })
    const items = [{ record: RECORD, version: 1, section: 'reason' }]
    const input = { grant, holderKey: given.holderKey, items }
    expect(world.refuses(reader, readSections, input).code).toBe('GRANT_REVOKED')
    expect(world.state(amendments).get(grant).kind).toBe('revoked')
    expect(world.refuses(owner, revokeGrant, { grant }).code).toBe('GRANT_REVOKED')
    expect(world.refuses(owner, suspendGrant, { grant }).code).toBe('GRANT_REVOKED')
  })

  it('suspend until it is lifted', () => {
    const given = accessWorld()
    const { world, made, reader } = given
    const owner = made.signer('owner')
    const grant = given.grant()
    const items = [{ record: RECORD, version: 1, section: 'reason' }]
    const input = { grant, holderKey: given.holderKey, items }
    expect(world.refuses(owner, liftSuspension, { grant }).code).toBe('GRANT_NOT_SUSPENDED')
    world.does(owner, suspendGrant, { grant })
    expect(world.refuses(owner, suspendGrant, { grant }).code).toBe('GRANT_SUSPENDED')
    expect(world.refuses(reader, readSections, input).code).toBe('GRANT_SUSPENDED')
    world.does(owner, liftSuspension, { grant })
    world.does(reader, readSections, input)
  })
})

describe('registerSections, registerBatch', () => {
  const sealed = (owner: string) => ({
    record: RECORD,
    owner,
    entry: ENTRY,
    caseId: CASE,
    sections: [{ name: 'reason', level: 2, commitment: commitment(200) }],
  })

  it('count versions of a section, and never touch the record of another owner', () => {
    const given = accessWorld()
    given.does((ctx) => {
      expect(registerSections(ctx, sealed('owner'))).toMatchObject([{ name: 'reason', version: 2 }])
    })
    expect(given.run((ctx) => registerSections(ctx, sealed('successor')))).toMatchObject({
      code: 'RECORD_NOT_YOURS',
      data: { record: RECORD },
    })
  })

  it('take a batch once', () => {
    const given = accessWorld()
    const batch = {
      ...BATCH,
      owner: 'owner',
      entry: ENTRY,
      section: 'rows',
      level: 2,
      caseId: CASE,
    }
    expect(given.run((ctx) => registerBatch(ctx, batch))).toMatchObject({ code: 'BATCH_EXISTS' })
  })
})

describe('queries of access', () => {
  it('list grants, sections and batches for members of the chain', () => {
    const given = accessWorld()
    const { world } = given
    const grant = given.grant()
    const count = (name: string, input: object, member: string | null = 'successor') => {
      const answer = world.ask(testReader({ member }), `access.${name}`, input)
      return answer.ok ? (answer.data as { items: unknown[] }).items.length : answer.code
    }
    expect(count('listGrants', { case: CASE })).toBe(1)
    expect(count('listGrants', { holder: 'reader' })).toBe(1)
    expect(count('listGrants', { owner: 'owner' })).toBe(1)
    expect(count('listGrants', { holder: 'reader', owner: 'successor' })).toBe(0)
    expect(count('listGrants', {})).toBe(1)
    expect(count('listSections', { case: CASE })).toBe(2)
    expect(count('listBatches', { case: CASE })).toBe(1)
    expect(count('listHandOvers', { case: CASE })).toBe(0)
    expect(count('listGrants', { case: CASE }, null)).toBe(0)
    expect(grant).toHaveLength(26)
  })
})
