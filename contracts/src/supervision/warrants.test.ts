/*
 * Goal: a warrant needs two officers of a supervisor, a clause that is its own to enforce, a case and an
 * end; it opens what it names and nothing else; the supervised neither end it nor find it before its day
 * (threats 2, 3 and 22).
 * Method: a fictional reading room with a sealed batch; one request that breaks everything is mended step by
 * step; then every boundary alone, by reads on the real contract.
 */
import { testReader, testSigner } from '@renshe/kernel/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { getRead } from '../access/get-read.ts'
import { endGrants } from '../access/grants.ts'
import { listGrants } from '../access/list-grants.ts'
import { listReads } from '../access/list-reads.ts'
import { passGrants } from '../access/pass-grants.ts'
import { grants } from '../access/records.ts'
import { revokeGrant } from '../access/revoke-grant.ts'
import { suspendGrant } from '../access/suspend-grant.ts'
import {
  accessWorld,
  BATCH,
  CASE,
  ENTRY,
  LEAVES,
  OTHER_CASE,
  proofOf,
  RECORD,
  readSections,
} from '../access/testing.ts'
import { clauses, packages, sectionEntries } from '../catalogue/records.ts'
import { members } from '../membership/records.ts'
import { confirmWarrant } from './confirm-warrant.ts'
import { getWarrant } from './get-warrant.ts'
import { issueWarrant } from './issue-warrant.ts'
import { listWarrants } from './list-warrants.ts'
import { nameWarrantRows } from './name-warrant-rows.ts'
import { warrants } from './records.ts'
import { revokeWarrant } from './revoke-warrant.ts'

const DAY = 86_400_000
const CLAUSE = 'library-statute/9'
const PACKAGE = 'c1'.repeat(32)
const VERSION = 'c2'.repeat(32)
const NOBODY = '01BX5ZZKBKACTAV9WEVGEMMVRZ'

const officer = (name: string, member = 'reader', roles = ['supervision']) =>
  testSigner({ member, kind: 'officer', name, roles })
const first = officer('0801')
const second = officer('0802')
const steward = testSigner({ member: 'owner', name: 'application 1', roles: ['data-steward'] })
const inspector = testReader({ member: 'reader' })
const stranger = testReader({ member: 'successor' })

function clause(change: object = {}) {
  return {
    v: 1 as const,
    hash: VERSION,
    id: CLAUSE,
    instrument: 'library-statute',
    article: '9',
    effectiveFrom: '2020-01-01',
    effectiveTo: null,
    certainty: 'P' as const,
    quotation: 'The inspector may look.',
    package: PACKAGE,
    publishedHeight: 0,
    ...change,
  }
}

/** The reading room; member `reader` is the body responsible for its law. */
function inspected() {
  const given = accessWorld()
  const { world } = given
  const inspecting = world.state(members).get('reader')
  world.seed(members, 'reader', { ...inspecting, roles: ['INSPECTION'] })
  world.seed(clauses, VERSION, clause())
  world.seed(packages, PACKAGE, {
    v: 1,
    hash: PACKAGE,
    kind: 'library',
    name: 'reading-room',
    version: '1.0.0',
    title: { zh: '阅览室', en: 'Reading room' },
    responsible: 'INSPECTION',
    size: 2,
    parts: [PACKAGE],
    uses: {},
    effectiveFrom: '2020-01-01',
    status: 'PUBLISHED',
    proposal: null,
    proposedBy: null,
    publishedAt: 0,
    publishedHeight: 0,
    inForceFrom: '2020-01-01',
    withdrawnAt: null,
  })
  world.seed(sectionEntries, ENTRY, {
    v: 1,
    hash: ENTRY,
    package: PACKAGE,
    packageName: 'reading-room',
    section: 'rows',
    level: 2,
    owner: 'library',
    readers: [],
    // Only the owner and a warrant open what is not shared.
    sharing: 'NOT_SHARED',
    use: 'VIEW',
    purpose: 'CARD',
    clause: CLAUSE,
    items: ['words'],
    publishedHeight: 0,
  })
  const input = (change: object = {}) => ({
    case: CASE,
    owner: 'owner',
    section: 'rows',
    scope: { kind: 'ROWS', batch: BATCH.root, places: [2, 5] },
    purpose: 'INSPECTION',
    basis: CLAUSE,
    reference: '2026-17',
    reads: 3,
    notAfter: world.time + 10 * DAY,
    ...change,
  })
  const issue = (change: object = {}) =>
    (world.does(first, issueWarrant, input(change) as never) as { warrant: string }).warrant
  const confirmed = (change: object = {}) => {
    const warrant = issue(change)
    const { grant } = world.does(second, confirmWarrant, { warrant }) as { grant: string }
    return { warrant, grant }
  }
  const rowsOf = (grant: string, from: number, count = 1) => ({
    grant,
    case: CASE,
    holderKey: given.holderKey,
    batch: BATCH,
    rows: { section: 'rows', from, count },
  })
  const itemOf = (grant: string, place: number) => ({
    grant,
    case: CASE,
    holderKey: given.holderKey,
    batch: BATCH,
    items: [{ record: LEAVES[place]!.record, version: 1, section: 'rows', proof: proofOf(place) }],
  })
  const refuses = (input: object) => world.refuses(first, readSections, input as never).code
  return { ...given, input, issue, confirmed, rowsOf, itemOf, refuses }
}

let given: ReturnType<typeof inspected>
beforeEach(() => {
  given = inspected()
})

describe('supervision.issueWarrant', () => {
  it('is refused in the order that its page tells', () => {
    const { world, input } = given
    let signer = testSigner({ member: 'owner', name: 'application 1', roles: [] })
    const wrong: Record<string, unknown> = {
      scope: { kind: 'ROWS', batch: '0'.repeat(64), places: [5, 2] },
      basis: 'library-statute/none',
      notAfter: world.time,
      hiddenUntil: world.time + 365 * DAY,
    }
    const refused = (change: object = {}) => {
      Object.assign(wrong, change)
      return world.refuses(signer, issueWarrant, input(wrong) as never)
    }
    expect(refused()).toEqual({ code: 'ROLE_REQUIRED', role: 'supervision' })
    signer = testSigner({ member: 'owner', name: 'application 1', roles: ['supervision'] })
    expect(refused()).toEqual({ code: 'OFFICER_REQUIRED', member: 'owner' })
    signer = officer('1', 'owner')
    expect(refused()).toEqual({ code: 'WARRANT_OWN_DATA', owner: 'owner' })
    signer = officer('1', 'successor')
    expect(refused().code).toBe('WARRANT_SCOPE_UNKNOWN')
    const scope = { kind: 'ROWS', batch: BATCH.root, places: [5, 2] }
    expect(refused({ scope, case: OTHER_CASE }).code).toBe('WARRANT_SCOPE_UNKNOWN')
    expect(refused({ case: CASE, section: 'reason' }).code).toBe('WARRANT_SCOPE_UNKNOWN')
    expect(refused({ section: 'rows' })).toEqual({ code: 'WARRANT_PLACES', count: 7 })
    expect(refused({ scope: { ...scope, places: [2, 7] } }).code).toBe('WARRANT_PLACES')
    expect(refused({ scope: { kind: 'PERSONS', batch: BATCH.root, persons: 8 } }).code).toBe(
      'WARRANT_PLACES',
    )
    expect(refused({ scope: { ...scope, places: [2, 5] } }).code).toBe('CLAUSE_NOT_IN_FORCE')
    expect(refused({ basis: CLAUSE })).toEqual({
      code: 'CLAUSE_NOT_YOURS',
      clause: CLAUSE,
      roles: ['INSPECTION'],
    })
    signer = first
    const period = refused() as { code: string; earliest?: number; latest?: number }
    expect(period).toMatchObject({ code: 'WARRANT_PERIOD' })
    expect((period.latest ?? 0) - (period.earliest ?? 0)).toBe(30 * DAY - 1)
    const latest = period.latest ?? 0
    expect(refused({ notAfter: latest + DAY }).code).toBe('WARRANT_PERIOD')
    expect(refused({ notAfter: latest }).code).toBe('WARRANT_HIDDEN_PERIOD')
    expect(refused({ hiddenUntil: latest - 1 }).code).toBe('WARRANT_HIDDEN_PERIOD')
    world.does(signer, issueWarrant, input({ ...wrong, hiddenUntil: latest }) as never)
    expect(world.stored(grants)).toEqual([])
  })

  it.each<[string, object[]]>([
    ['not yet in force', [clause({ effectiveFrom: '2099-01-01' })]],
    ['over', [clause({ effectiveTo: '2026-01-01' })]],
    [
      'repealed',
      [clause(), clause({ hash: 'c3'.repeat(32), id: 'library-statute/10', repeals: [CLAUSE] })],
    ],
  ])('rests on no clause that is %s', (_, laws) => {
    for (const law of laws as ReturnType<typeof clause>[]) given.world.seed(clauses, law.hash, law)
    expect(given.world.refuses(first, issueWarrant, given.input() as never).code).toBe(
      'CLAUSE_NOT_IN_FORCE',
    )
  })

  it('is a record without a name or a reason', () => {
    given.confirmed()
    expect(given.world.stored(warrants)).toMatchSnapshot()
    expect(given.world.stored(grants)).toMatchSnapshot()
  })
})

describe('supervision.confirmWarrant', () => {
  it('is another officer’s of the same member, before its end', () => {
    const { world } = given
    const warrant = given.issue()
    const refused = (signer: typeof first, id = warrant) =>
      world.refuses(signer, confirmWarrant, { warrant: id }).code
    expect(refused(officer('0802', 'reader', []))).toBe('ROLE_REQUIRED')
    expect(refused(second, NOBODY)).toBe('WARRANT_NOT_FOUND')
    expect(refused(officer('0802', 'successor'))).toBe('WARRANT_NOT_YOURS')
    expect(refused(first)).toBe('WARRANT_SAME_OFFICER')
    world.seed(clauses, VERSION, clause({ effectiveTo: '2026-01-01' }))
    expect(refused(second)).toBe('CLAUSE_NOT_IN_FORCE')
    world.seed(clauses, VERSION, clause())
    world.does(second, confirmWarrant, { warrant })
    expect(refused(second)).toBe('WARRANT_STATE')
    const late = given.issue()
    world.advance(10 * DAY)
    expect(refused(second, late)).toBe('WARRANT_OVER')
  })
})

describe('threat 2: a look by warrant', () => {
  it('opens the named rows, spends a use each time, and nothing else', () => {
    const { world, rowsOf, itemOf, refuses } = given
    const { warrant, grant } = given.confirmed()
    for (const place of [0, 1, 3, 4, 6]) {
      expect(refuses(rowsOf(grant, place))).toBe('SECTION_NOT_COVERED')
      expect(refuses(itemOf(grant, place))).toBe('SECTION_NOT_COVERED')
    }
    expect(refuses(rowsOf(grant, 2, 2))).toBe('SECTION_NOT_COVERED')
    expect(refuses(rowsOf(grant, 0, 7))).toBe('SECTION_NOT_COVERED')
    const reason = { record: RECORD, version: 1, section: 'reason' }
    const { batch: _, rows: __, ...single } = rowsOf(grant, 2)
    expect(refuses({ ...single, items: [reason] })).toBe('SECTION_NOT_COVERED')
    expect(refuses({ ...rowsOf(grant, 2), case: undefined as never })).toBeDefined()
    const { case: ___, ...caseless } = rowsOf(grant, 2)
    expect(refuses(caseless)).toBe('CASE_REQUIRED')

    for (const read of [rowsOf(grant, 2), itemOf(grant, 5), rowsOf(grant, 5)]) {
      world.does(first, readSections, read as never)
    }
    expect(refuses(rowsOf(grant, 2))).toBe('QUOTA_SPENT')
    expect(world.ask(stranger, getWarrant, { warrant })).toMatchObject({
      data: { isInForce: true, used: 3, left: 0 },
    })
    // The person's list: by its batch and by its record.
    const items = (filter: object) =>
      (world.ask(stranger, listReads, filter) as unknown as { data: { items: unknown[] } }).data
        .items
    expect(items({ batch: BATCH.root })).toHaveLength(2)
    expect(items({ record: LEAVES[5]!.record })).toMatchObject([{ officer: '0801', grant }])
  })

  it('is only for supervision officers of the member, until its end', () => {
    const { world, rowsOf } = given
    const { grant } = given.confirmed()
    const refused = (signer: typeof first) =>
      world.refuses(signer, readSections, rowsOf(grant, 2) as never).code
    expect(refused(officer('0417', 'reader', ['clerk']))).toBe('GRANT_NOT_YOURS')
    expect(refused(officer('0801', 'successor'))).toBe('GRANT_NOT_YOURS')
    world.advance(10 * DAY)
    expect(refused(first)).toBe('GRANT_NOT_IN_FORCE')
  })

  it('covers a whole batch, or named records, where it says so', () => {
    const { world, rowsOf, refuses } = given
    const whole = given.confirmed({ scope: { kind: 'BATCH', batch: BATCH.root } })
    world.does(first, readSections, rowsOf(whole.grant, 0, 7) as never)
    const scope = { kind: 'RECORDS', records: [RECORD] }
    const named = given.confirmed({ scope, section: 'reason' })
    const { batch: _, rows: __, ...single } = rowsOf(named.grant, 0)
    const items = (section: string) => ({
      ...single,
      items: [{ record: RECORD, version: 1, section }],
    })
    expect(refuses(items('photo'))).toBe('SECTION_NOT_COVERED')
    expect(refuses(rowsOf(named.grant, 2))).toBe('SECTION_NOT_COVERED')
    world.does(first, readSections, items('reason') as never)
  })
})

describe('a warrant that seeks a person', () => {
  const scope = { kind: 'PERSONS', batch: BATCH.root, persons: 1 }

  it('opens nothing until the owner has named the row, and then that one', () => {
    const { world, rowsOf, refuses } = given
    const { warrant, grant } = given.confirmed({ scope })
    expect(refuses(rowsOf(grant, 4))).toBe('SECTION_NOT_COVERED')
    const refused = (signer: typeof steward, places = [4], id = warrant) =>
      world.refuses(signer, nameWarrantRows, { warrant: id, places }).code
    expect(refused(first)).toBe('ROLE_REQUIRED')
    expect(refused(officer('1', 'successor', ['data-steward']))).toBe('WARRANT_NOT_YOURS')
    expect(refused(steward, [4], given.issue({ scope }))).toBe('WARRANT_STATE')
    expect(refused(steward, [4], given.confirmed().warrant)).toBe('WARRANT_SEEKS_NOBODY')
    expect(refused(steward, [4, 5])).toBe('WARRANT_PLACES')
    expect(refused(steward, [7])).toBe('WARRANT_PLACES')
    world.does(steward, nameWarrantRows, { warrant, places: [4] })
    expect(refused(steward)).toBe('WARRANT_ROWS_NAMED')
    expect(refuses(rowsOf(grant, 3))).toBe('SECTION_NOT_COVERED')
    world.does(first, readSections, rowsOf(grant, 4) as never)
  })

  it('opens nothing where the owner signs that there is nobody', () => {
    const { world, rowsOf, refuses } = given
    const { warrant, grant } = given.confirmed({ scope })
    world.does(steward, nameWarrantRows, { warrant, places: [] })
    for (let place = 0; place < 7; place++) {
      expect(refuses(rowsOf(grant, place))).toBe('SECTION_NOT_COVERED')
    }
  })
})

describe('threat 22: the end of a warrant', () => {
  it('is the supervisor’s: the owner cannot revoke or suspend, and no case ends it', () => {
    const { world, rowsOf } = given
    const { grant } = given.confirmed()
    for (const act of [revokeGrant, suspendGrant]) {
      expect(world.refuses(steward, act, { grant }).code).toBe('GRANT_NOT_YOURS')
    }
    given.does((ctx) => {
      expect(endGrants(ctx, { caseId: CASE })).toEqual([])
      passGrants(ctx, { from: 'owner', to: 'successor', caseId: CASE, section: 'rows' })
    })
    world.does(first, readSections, rowsOf(grant, 2) as never)
    expect(world.stored(grants)).toHaveLength(1)
  })

  it('is a revocation by any supervision officer, once; reads are refused from there on', () => {
    const { world, rowsOf, refuses } = given
    const { warrant, grant } = given.confirmed()
    const revoke = (signer = second) => world.refuses(signer, revokeWarrant, { warrant }).code
    expect(revoke(officer('1', 'successor'))).toBe('WARRANT_NOT_YOURS')
    world.does(second, revokeWarrant, { warrant })
    expect(revoke()).toBe('WARRANT_STATE')
    expect(refuses(rowsOf(grant, 2))).toBe('GRANT_REVOKED')
    const unconfirmed = given.issue()
    world.does(second, revokeWarrant, { warrant: unconfirmed })
    expect(world.refuses(second, confirmWarrant, { warrant: unconfirmed }).code).toBe(
      'WARRANT_STATE',
    )
  })
})

describe('delayed disclosure', () => {
  it('leaves warrant, grant and reads out of every list but the holder’s, until its day', () => {
    const { world, rowsOf, itemOf } = given
    const hiddenUntil = world.time + 60 * DAY
    const { warrant, grant } = given.confirmed({ hiddenUntil })
    world.does(first, readSections, rowsOf(grant, 2) as never)
    const { read } = world.does(first, readSections, itemOf(grant, 5) as never) as { read: string }
    const counts = (reader: typeof stranger) => {
      const count = (answer: unknown) => (answer as { data: { items: [] } }).data.items.length
      return [
        count(world.ask(reader, listReads, { batch: BATCH.root })),
        count(world.ask(reader, listReads, { record: LEAVES[5]!.record })),
        count(world.ask(reader, listReads, { grant })),
        count(world.ask(reader, listGrants, { case: CASE })),
        count(world.ask(reader, listWarrants, { case: CASE })),
        world.ask(reader, getWarrant, { warrant }).ok ? 1 : 0,
        world.ask(reader, getRead, { read }).ok ? 1 : 0,
      ]
    }
    expect(counts(stranger)).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(counts(inspector)).toEqual([1, 1, 2, 1, 1, 1, 1])
    world.advanceTo(hiddenUntil)
    expect(counts(stranger)).toEqual([1, 1, 2, 1, 1, 1, 1])
  })
})

describe('supervision.listWarrants', () => {
  it('filters by case, supervisor, owner and state, newest first; the public reads nothing', () => {
    const { world } = given
    const one = given.issue()
    world.advance(1)
    const two = given.confirmed().warrant
    const ids = (filter: object) =>
      (
        world.ask(stranger, listWarrants, filter) as unknown as {
          data: { items: { warrant: { id: string } }[] }
        }
      ).data.items.map(({ warrant }) => warrant.id)
    for (const filter of [{}, { case: CASE }, { member: 'reader' }, { owner: 'owner' }]) {
      expect(ids(filter)).toEqual([two, one])
    }
    expect(ids({ state: 'issued' })).toEqual([one])
    expect(ids({ owner: 'reader' })).toEqual([])
    expect(world.ask(testReader(), listWarrants, {})).toMatchObject({ data: { items: [] } })
  })
})
