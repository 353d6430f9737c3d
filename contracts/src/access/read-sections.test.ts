/**
 * Goal: a read is refused for the first reason in the scheme's order, else spends exactly one use
 * and is the receipt (threat 2: looking people up in bulk; threat 3: no read without a receipt).
 * Method: one request that breaks everything is mended step by step; then each boundary alone.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endGrants, type GrantTerms } from './grants.ts'
import { grants, reads } from './records.ts'
import {
  accessWorld,
  BATCH,
  CASE,
  commitment,
  LEAVES,
  OTHER_CASE,
  proofOf,
  RECORD,
  readSections,
  recordId,
} from './testing.ts'

type Given = ReturnType<typeof accessWorld>
const REASON = { record: RECORD, version: 1, section: 'reason' }

function request(given: Given, grant: string, more: object = {}) {
  return { grant, holderKey: given.holderKey, items: [REASON], ...more }
}

describe('access.readSections', () => {
  it('is refused in the order of the scheme', () => {
    const given = accessWorld([{ name: 'access.officerReadsPerDay', value: 1 }])
    const { world, reader, made } = given
    const start = world.time + 100_000
    const broken: Partial<GrantTerms> = {
      notBefore: start,
      notAfter: start + 100_000,
      holder: { member: 'reader', role: 'clerk' },
      caseRequired: true,
      condition: 'false',
      secondOfficer: true,
      quota: { reads: 1 },
    }
    const id = given.grant(broken)
    const seed = (change: object) =>
      world.seed(grants, id, { ...world.state(grants).get(id), ...change })
    seed({ suspendedAt: 1, revokedAt: 1, used: 1 })
    const items = [{ ...REASON, section: 'photo' }]
    const input = { grant: '01BX5ZZKBKACTAV9WEVGEMMVRZ', holderKey: commitment(1), items }
    const refused = (signer = reader, change: object = {}) => {
      Object.assign(input, change)
      return world.refuses(signer, readSections, input).code
    }
    // The officer has read once today under another grant, so its budget is spent.
    world.does(reader, readSections, request(given, given.grant()))

    expect(refused()).toBe('GRANT_NOT_FOUND')
    expect(refused(made.signer('successor'), { grant: id })).toBe('GRANT_NOT_YOURS')
    expect(refused(made.signer('reader', '0418'))).toBe('GRANT_NOT_YOURS')
    expect(refused()).toBe('GRANT_NOT_IN_FORCE')
    world.advanceTo(start)
    expect(refused()).toBe('GRANT_SUSPENDED')
    seed({ suspendedAt: null })
    expect(refused()).toBe('GRANT_REVOKED')
    seed({ revokedAt: null })
    expect(refused()).toBe('CASE_REQUIRED')
    expect(refused(reader, { case: OTHER_CASE })).toBe('CASE_REQUIRED')
    expect(refused(reader, { case: CASE })).toBe('SECTION_NOT_COVERED')
    expect(refused(reader, { items: [REASON] })).toBe('CONDITION_NOT_MET')
    seed({ condition: `member = "reader" and case = "${CASE}"` })
    // A system has no colleague; an officer's read would stand, and wait for one.
    seed({ holder: { member: 'reader', unit: null, role: null } })
    expect(refused(made.signer('reader'))).toBe('SECOND_OFFICER_REQUIRED')
    seed({ holder: { member: 'reader', unit: null, role: 'clerk' }, secondOfficer: false })
    expect(refused()).toBe('QUOTA_SPENT')
    seed({ used: 0 })
    expect(refused()).toBe('OFFICER_BUDGET_SPENT')
    // A system has no budget of an officer, and this one no role.
    seed({ holder: { member: 'reader', unit: null, role: null } })
    expect(refused(made.signer('reader'))).toBe('HOLDER_KEY_UNKNOWN')
    expect(refused(made.signer('reader'), { holderKey: made.holderKey('owner') })).toBe(
      'HOLDER_KEY_UNKNOWN',
    )
    input.holderKey = given.holderKey
    world.does(made.signer('reader'), readSections, input)
  })

  it('threat 3: spends one use and is the receipt', () => {
    const given = accessWorld()
    const { world, reader } = given
    const grant = given.grant({ quota: { reads: 2 } })
    const outcome = world.run(reader, readSections, request(given, grant))
    expect(outcome).toMatchObject({ code: 'OK', data: { read: outcome.txId, owner: 'owner' } })
    expect(outcome.events).toMatchObject([
      { name: 'SectionsRead', data: { read: outcome.txId, officer: '0417', rows: 1 } },
    ])
    expect(world.state(reads).get(outcome.txId)).toMatchObject({
      member: 'reader',
      officer: '0417',
      items: [{ ...REASON, commitment: commitment(101), batch: null, index: null }],
    })
    world.does(reader, readSections, request(given, grant))
    expect(world.refuses(reader, readSections, request(given, grant))).toEqual({
      code: 'QUOTA_SPENT',
      grant,
      reads: 2,
    })
    expect(world.state(grants).get(grant).used).toBe(2)
    expect(world.stored(reads)[0]).toMatchSnapshot()
  })

  it('gives a daily quota back on the next legal day', () => {
    const given = accessWorld()
    const { world, made } = given
    const system = made.signer('reader')
    const grant = given.grant({ quota: { reads: 1, per: 'DAY' } })
    world.does(system, readSections, request(given, grant))
    expect(world.refuses(system, readSections, request(given, grant)).code).toBe('QUOTA_SPENT')
    world.advance(86_400_000)
    world.does(system, readSections, request(given, grant))
  })

  it('threat 2: cuts an officer at the budget of the day, whatever grants there are', () => {
    const given = accessWorld([
      { name: 'access.officerReadsPerDay', value: 3 },
      { name: 'access.officerRowsPerDay', value: 8 },
    ])
    const { world, reader, made } = given
    const rows = { section: 'rows', from: 0, count: 7 }
    const bulk = { items: undefined, batch: BATCH, rows }
    const read = (more: object) =>
      world.run(reader, readSections, request(given, given.grant(), more)).code
    expect(read(without(bulk))).toBe('OK')
    expect(read(without(bulk))).toBe('OFFICER_BUDGET_SPENT')
    expect(read({})).toBe('OK')
    expect(read({})).toBe('OFFICER_BUDGET_SPENT')
    // Another officer has a budget of its own.
    const other = made.signer('reader', '0418')
    expect(world.run(other, readSections, request(given, given.grant())).code).toBe('OK')
  })

  /** A request of rows names no items. */
  function without({ items: _items, ...rest }: Record<string, unknown>) {
    return { ...rest, items: undefined as never }
  }

  it('takes rows of a batch with their place, and no leaf that does not lie there', () => {
    const given = accessWorld()
    const { world, reader } = given
    const grant = given.grant()
    const ask = (index: number, proof: object, change: object = {}) =>
      world.run(reader, readSections, {
        ...request(given, grant),
        batch: BATCH,
        items: [{ record: recordId(index), version: 1, section: 'rows', proof, ...change }],
      } as never)
    fc.assert(
      fc.property(fc.nat({ max: LEAVES.length - 1 }), (index) => {
        const { code, txId } = ask(index, proofOf(index))
        expect(code).toBe('OK')
        expect(world.state(reads).get(txId).items).toMatchObject([{ index, batch: BATCH.root }])
      }),
      { numRuns: 7 },
    )
    const forged = {
      ...proofOf(2),
      sections: [{ name: 'rows', level: 2, commitment: commitment(9) }],
    }
    expect(ask(2, forged).code).toBe('BATCH_PROOF')
    expect(ask(2, proofOf(3)).code).toBe('BATCH_PROOF')
    expect(ask(2, { ...proofOf(2), index: 3 }).code).toBe('BATCH_PROOF')
    expect(ask(2, { ...proofOf(2), path: proofOf(2).path.slice(1) }).code).toBe('BATCH_PROOF')
    expect(ask(2, proofOf(2), { version: 2 }).code).toBe('BATCH_PROOF')
    expect(ask(2, proofOf(2), { section: 'photo' }).code).toBe('SECTION_NOT_COVERED')
  })

  it('reads ranges of a batch that the grant covers whole', () => {
    const given = accessWorld()
    const { world, reader } = given
    const grant = given.grant()
    const ask = (rows: object, batch: object = BATCH) =>
      world.run(reader, readSections, { grant, holderKey: given.holderKey, batch, rows } as never)
    const { code, txId } = ask({ section: 'rows', from: 2, count: 5 })
    expect(code).toBe('OK')
    expect(world.state(reads).get(txId)).toMatchObject({
      items: [],
      rows: { batch: BATCH.root, section: 'rows', from: 2, count: 5 },
    })
    expect(ask({ section: 'rows', from: 3, count: 5 }).code).toBe('SECTION_NOT_COVERED')
    expect(ask({ section: 'reason', from: 0, count: 1 }).code).toBe('SECTION_NOT_COVERED')
    expect(ask({ section: 'rows', from: 0, count: 10_001 }).code).toBe('INPUT_INVALID')
    const lying = { ...BATCH, count: 100 }
    expect(ask({ section: 'rows', from: 8, count: 2 }, lying).code).toBe('SECTION_NOT_COVERED')
  })

  it('does not open another case, unless the grant names the record or batch', () => {
    const given = accessWorld()
    const { world, reader } = given
    const read = (grant: string) => world.run(reader, readSections, request(given, grant)).code
    expect(read(given.grant({ caseId: OTHER_CASE }))).toBe('SECTION_NOT_COVERED')
    expect(read(given.grant({ caseId: OTHER_CASE, records: [RECORD] }))).toBe('OK')
    const grant = given.grant({ caseId: OTHER_CASE, batches: [BATCH.root] })
    const rows = { section: 'rows', from: 0, count: 1 }
    const bulk = { grant, holderKey: given.holderKey, batch: BATCH, rows }
    expect(world.run(reader, readSections, bulk as never).code).toBe('OK')
  })

  it('asks for items or rows, never both and never nothing', () => {
    const given = accessWorld()
    const { world, reader } = given
    const grant = given.grant()
    const rows = { section: 'rows', from: 0, count: 1 }
    for (const more of [{ rows, batch: BATCH, items: [REASON] }, {}]) {
      const input = { grant, holderKey: given.holderKey, ...more }
      expect(world.refuses(reader, readSections, input as never).code).toBe('READ_EMPTY')
    }
  })

  it('is refused at every height from the end of its grant, also in the same block', () => {
    const given = accessWorld()
    const { world, reader } = given
    const grant = given.grant()
    world.inOneBlock(() => {
      given.does((ctx) => endGrants(ctx, { caseId: CASE }))
      expect(world.refuses(reader, readSections, request(given, grant)).code).toBe(
        'GRANT_NOT_IN_FORCE',
      )
    })
  })
})
