/**
 * Goal: what is erased is read and released no more, everybody who keeps a part is named, and what did not
 * confirm is shown (threat 23: erasure faked); what the law keeps is restricted instead; what is sealed anew
 * opens only under its new keys. Method: one record of a case that ended, one of a case that runs, rows of a
 * batch with copies; every refusal alone.
 */
import { amendments } from '@renshe/kernel'
import { testReader } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { cases } from '../cases/records.ts'
import { clauses } from '../catalogue/records.ts'
import { checkRelease } from './check-release.ts'
import { erasures, tombstones } from './erasure-records.ts'
import { issuingWorld, RUNNING, SEALED } from './issuing-world.fixture.ts'
import { grants } from './records.ts'
import { registerSections } from './sections.ts'
import { BATCH, commitment, proofOf, readSections, recordId } from './testing.ts'

const ENDED = '01ARZ3NDEKTSV4RRFFQ69G5FB2'
const OLD = 'f1'.repeat(16)
const DAY_MS = 86_400_000

function erasingWorld() {
  const given = issuingWorld()
  const { world, owner } = given
  const ended = { ...world.state(cases).get(RUNNING), id: ENDED, status: 'GRANTED' }
  world.seed(cases, ENDED, { ...ended, endedAt: world.time - 4 * 366 * DAY_MS })
  given.does((ctx) => {
    for (const record of [OLD, recordId(77)]) {
      registerSections(ctx, {
        record,
        owner: 'owner',
        entry: given.entry('reason'),
        caseId: ENDED,
        sections: [
          { name: 'reason', level: 2, commitment: commitment(record === OLD ? 501 : 502) },
        ],
      })
    }
  })
  const cited = [...world.state(clauses).range()][0]?.[1].hash ?? ''
  const basis = { clause: 'library-statute/7', version: cited }
  const input = (...records: object[]) => ({ ground: 'PURPOSE_MET', basis, records })
  const erase = (...records: object[]) =>
    world.run(owner, 'access.eraseSections', input(...records))
  const statute = given.issues(owner, given.statute)
  const read = (record: string, more: object = {}) => ({
    grant: statute,
    holderKey: given.holderKey,
    items: [{ record, version: 1, section: 'reason' }],
    ...more,
  })
  return { ...given, input, erase, read, statuteGrant: statute }
}

const member = testReader({ member: 'successor' })

describe('access.eraseSections', () => {
  it('threat 23: ends every read of the record, also those that wait for their answer', () => {
    const given = erasingWorld()
    const { world, reader, erase, read } = given
    const waiting = world.run(reader, readSections, read(OLD)).txId
    const outcome = erase({ record: OLD })
    const { erasure, unrecoverableBy } = outcome.data as {
      erasure: string
      unrecoverableBy: number
    }
    expect(unrecoverableBy).toBe(world.time + 35 * DAY_MS)
    expect(outcome.events[0]).toMatchObject({ name: 'SectionsErased', data: { records: 1 } })
    expect(world.refuses(reader, readSections, read(OLD)).code).toBe('SECTION_ERASED')
    expect(checkRelease(world, waiting, world.time)).toEqual({ ok: false, code: 'SECTION_ERASED' })
    expect(world.state(amendments).get(commitment(501)).kind).toBe('erased')
    expect(world.stored(tombstones)).toMatchSnapshot()
    expect(world.state(erasures).get(erasure)).toMatchSnapshot()
    // Another record of the same case is as before, and nobody writes into the one that is gone.
    world.does(reader, readSections, read(recordId(77)))
    const again = given.run((ctx) =>
      registerSections(ctx, {
        record: OLD,
        owner: 'owner',
        entry: given.entry('reason'),
        caseId: ENDED,
        sections: [{ name: 'reason', level: 2, commitment: commitment(9) }],
      }),
    )
    expect(again.code).toBe('SECTION_ERASED')
  })

  it('is refused while the law keeps the record, and names the clause', () => {
    const { world, owner, erase, input, made } = erasingWorld()
    const successor = made.signer('successor')
    const clause = 'library-statute/7'
    expect(erase({ record: SEALED })).toMatchObject({
      code: 'RETENTION_RUNS',
      data: { record: SEALED, clause, until: null },
    })
    const ended = world.state(cases).get(RUNNING)
    world.seed(cases, RUNNING, { ...ended, status: 'GRANTED', endedAt: world.time })
    expect(erase({ record: SEALED })).toMatchObject({
      code: 'RETENTION_RUNS',
      data: { until: expect.any(Number) },
    })
    world.advance(4 * 366 * DAY_MS)
    expect(erase({ record: SEALED }).code).toBe('OK')
    expect(erase({ record: SEALED }).code).toBe('SECTION_ERASED')
    const refused = (signer: typeof owner, more: object) =>
      world.refuses(signer, 'access.eraseSections', { ...input({ record: OLD }), ...more }).code
    expect(refused(owner, { records: [{ record: recordId(4_242) }] })).toBe('RECORD_NOT_YOURS')
    expect(refused(successor, {})).toBe('RECORD_NOT_YOURS')
    expect(refused({ ...owner, roles: [] }, {})).toBe('ROLE_REQUIRED')
    const wrong = { basis: { clause, version: 'ab'.repeat(32) } }
    expect(refused(owner, wrong)).toBe('CLAUSE_NOT_IN_FORCE')
  })

  it('threat 23: names everybody who kept a copy, and shows who has not confirmed', () => {
    const given = erasingWorld()
    const { world, owner, reader, erase } = given
    const kept = given.grant({ sections: ['rows'], use: 'STORE' })
    const bulk = { grant: kept, holderKey: given.holderKey, batch: BATCH }
    world.does(reader, readSections, { ...bulk, rows: { section: 'rows', from: 0, count: 3 } })
    const row = { record: recordId(2), batch: BATCH.root, index: 2 }
    const { erasure } = erase(row).data as { erasure: string }
    const shown = () => {
      const answer = world.ask(member, 'access.getErasure', { erasure })
      return answer.ok ? (answer.data as { missing: { part: string }[] }).missing : []
    }
    expect(shown()).toEqual([
      { member: 'owner', part: 'RELEASE' },
      { member: 'owner', part: 'VAULT' },
      { member: 'reader', part: 'COPY' },
    ])
    const confirm = (signer: typeof owner, part: string) =>
      world.run(signer, 'access.confirmErasure', { erasure, part }).code
    expect(confirm(owner, 'COPY')).toBe('ERASURE_NOT_YOURS')
    expect(confirm(given.made.signer('successor'), 'COPY')).toBe('ERASURE_NOT_YOURS')
    expect(confirm(owner, 'RELEASE')).toBe('OK')
    expect(confirm(owner, 'RELEASE')).toBe('ERASURE_CONFIRMED')
    expect(confirm(given.system, 'COPY')).toBe('OK')
    expect(shown()).toEqual([{ member: 'owner', part: 'VAULT' }])
    const unknown = { erasure: '01BX5ZZKBKACTAV9WEVGEMMVRZ', part: 'COPY' }
    expect(world.refuses(owner, 'access.confirmErasure', unknown).code).toBe('ERASURE_NOT_FOUND')
    const open = (toConfirm: string) => world.ask(member, 'access.listErasures', { toConfirm })
    expect(open('owner')).toMatchObject({ data: { items: [{ id: erasure }] } })
    expect(open('reader')).toMatchObject({ data: { items: [] } })
    // In a run of rows the erased one comes as zeros; asked for alone it is refused, with a proof too.
    const rows = (from: number, count: number) =>
      world.run(reader, readSections, { ...bulk, rows: { section: 'rows', from, count } }).code
    expect(rows(0, 7)).toBe('OK')
    expect(rows(2, 1)).toBe('SECTION_ERASED')
    const item = { record: recordId(2), version: 1, section: 'rows', proof: proofOf(2) }
    expect(world.refuses(reader, readSections, { ...bulk, items: [item] }).code).toBe(
      'SECTION_ERASED',
    )
    // The bulk read since then kept that row too.
    const { erasure: other } = erase({ record: recordId(6), batch: BATCH.root, index: 6 }).data as {
      erasure: string
    }
    expect(world.state(erasures).get(other).expected).toHaveLength(3)
  })

  it('of a row needs the place in a batch of the owner’s own', () => {
    const { erase } = erasingWorld()
    const row = { record: recordId(1), batch: BATCH.root }
    expect(erase(row).code).toBe('RECORD_NOT_YOURS')
    expect(erase({ ...row, index: 7 }).code).toBe('RECORD_NOT_YOURS')
    expect(erase({ ...row, batch: 'ab'.repeat(32), index: 1 }).code).toBe('RECORD_NOT_YOURS')
    expect(erase({ record: OLD, index: 1 }).code).toBe('RECORD_NOT_YOURS')
  })
})

describe('access.restrictSections', () => {
  it('leaves storage and supervision, and nothing else; erasure may follow', () => {
    const given = erasingWorld()
    const { world, owner, reader, input, read, erase } = given
    world.does(owner, 'access.restrictSections', input({ record: OLD }))
    const refused = world.refuses(owner, 'access.restrictSections', input({ record: OLD }))
    expect(refused.code).toBe('SECTION_RESTRICTED')
    expect(world.refuses(reader, readSections, read(OLD)).code).toBe('SECTION_RESTRICTED')
    const { statuteGrant } = given
    const grant = world.state(grants).get(statuteGrant)
    world.seed(grants, statuteGrant, { ...grant, kind: 'WARRANT' })
    world.does(reader, readSections, read(OLD))
    world.seed(grants, statuteGrant, grant)
    const list = (state: string) =>
      world.ask(member, 'access.listTombstones', { owner: 'owner', state })
    expect(list('RESTRICTED')).toMatchObject({ data: { items: [{ record: OLD }] } })
    expect(erase({ record: OLD }).code).toBe('OK')
    expect(list('RESTRICTED')).toMatchObject({ data: { items: [] } })
    expect(list('ERASED')).toMatchObject({ data: { items: [{ record: OLD }] } })
  })
})

describe('access.resealSections', () => {
  const item = (more: object = {}) => ({
    record: OLD,
    section: 'reason',
    version: 1,
    commitment: commitment(900),
    ...more,
  })

  it('makes the next version, which alone opens; a read of the old one is answered no more', () => {
    const given = erasingWorld()
    const { world, owner, reader, read } = given
    const waiting = world.run(reader, readSections, read(OLD)).txId
    const reseal = { reason: 'SUSPICION', items: [item()], batches: [] }
    expect(world.does(owner, 'access.resealSections', reseal)).toEqual({ versions: [2] })
    expect(world.refuses(reader, readSections, read(OLD)).code).toBe('SECTION_ERASED')
    expect(checkRelease(world, waiting, world.time).ok).toBe(false)
    world.does(reader, readSections, {
      ...read(OLD),
      items: [{ record: OLD, version: 2, section: 'reason' }],
    })
    expect(world.state(amendments).get(commitment(501)).kind).toBe('resealed')
  })

  it('of a batch keeps places, grants and erased rows', () => {
    const given = erasingWorld()
    const { world, owner, reader, erase } = given
    const { root: old, count } = BATCH
    erase({ record: recordId(2), batch: old, index: 2 })
    const next = 'bb'.repeat(32)
    const reseal = { reason: 'SUITE', items: [], batches: [{ old, new: next, count }] }
    world.does(owner, 'access.resealSections', reseal)
    const grant = given.grant({ sections: ['rows'], caseId: RUNNING, batches: [old] })
    const rows = (root: string, from: number, length: number) =>
      world.run(reader, readSections, {
        grant,
        holderKey: given.holderKey,
        batch: { root, count },
        rows: { section: 'rows', from, count: length },
      }).code
    expect(rows(old, 0, 3)).toBe('SECTION_ERASED')
    expect(rows(next, 0, 3)).toBe('OK')
    expect(rows(next, 2, 1)).toBe('SECTION_ERASED')
    expect(world.refuses(owner, 'access.resealSections', reseal).code).toBe('BATCH_NOT_FOUND')
  })

  it.each<[string, object]>([
    ['RESEAL_EMPTY', { items: [] }],
    ['SECTION_NOT_FOUND', { items: [item({ section: 'zebra' })] }],
    ['RESEAL_NOT_NEWEST', { items: [item({ version: 2 })] }],
    ['RESEAL_SAME', { items: [item({ commitment: commitment(501) })] }],
    [
      'PANEL_MISSING',
      { items: [item({ record: SEALED, section: 'vote', commitment: commitment(901) })] },
    ],
    [
      'BATCH_NOT_FOUND',
      { items: [], batches: [{ old: BATCH.root, new: 'cc'.repeat(32), count: 6 }] },
    ],
  ])('refuses %s', (code, more) => {
    const { world, owner } = erasingWorld()
    const reseal = { reason: 'SUITE', items: [item()], batches: [], ...more }
    expect(world.refuses(owner, 'access.resealSections', reseal).code).toBe(code)
  })

  it('is the owner’s, and not of what was erased', () => {
    const { world, made, owner, erase } = erasingWorld()
    const reseal = { reason: 'SUITE', items: [item()], batches: [] }
    const refused = (signer: typeof owner) =>
      world.refuses(signer, 'access.resealSections', reseal).code
    expect(refused(made.signer('successor'))).toBe('RECORD_NOT_YOURS')
    expect(refused(made.signer('owner', '0001'))).toBe('ROLE_REQUIRED')
    erase({ record: OLD })
    expect(refused(owner)).toBe('SECTION_ERASED')
  })
})
