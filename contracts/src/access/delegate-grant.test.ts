/**
 * Goal: what is delegated is narrower in every dimension, at every level, and falls with what is above it
 * (threat 22: a revoked holder keeps reading). Method: a table where one row widens one dimension; a chain
 * of four; reads under it while something above changes.
 */
import { testSigner } from '@renshe/kernel/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkRelease } from './check-release.ts'
import { issuingWorld, SEALED } from './issuing-world.fixture.ts'
import { grants } from './records.ts'
import { BATCH, proofOf, readSections, recordId } from './testing.ts'

const given = issuingWorld()
const { world, made, owner, reader, person, system, statute, consent, contract } = given
const DELEGATE = 'access.delegateGrant'
const DAY_MS = 86_400_000
const successor = made.signer('successor')

const asked = (grant: string, more: object = {}) => ({
  grant,
  holderKey: given.holderKey,
  items: [given.item('reason')],
  ...more,
})

describe('access.delegateGrant', () => {
  let parent = ''
  const input = (more: object = {}) => ({
    parent,
    holder: { member: 'reader', role: 'clerk' },
    notAfter: world.time + DAY_MS,
    ...more,
  })
  beforeAll(() => {
    parent = given.issues(owner, {
      ...statute,
      sections: ['open', 'reason'],
      records: [SEALED, recordId(1)],
      batches: [BATCH.root],
      range: { from: 1, count: 4 },
      quota: { reads: 10, per: 'DAY' },
      notBefore: world.time + 1_000,
    })
  })

  it.each<[string, object]>([
    ['level', { level: 3 }],
    ['sections', { sections: ['closed'] }],
    ['fields', { fields: ['months'] }],
    ['records', { records: [recordId(2)] }],
    ['batches', { batches: ['aa'.repeat(32)] }],
    ['range', { range: { from: 0, count: 2 } }],
    ['range', { range: { from: 3, count: 3 } }],
    ['use', { use: 'STORE' }],
    ['quota', { quota: { reads: 11, per: 'DAY' } }],
    ['period', { notAfter: world.time + 90 * DAY_MS }],
    ['period', { notBefore: 1 }],
    ['period', { notAfter: world.time }],
  ])('widens no %s', (dimension, more) => {
    const refused = world.refuses(system, DELEGATE, input(more))
    expect(refused).toMatchObject({ code: 'DELEGATION_WIDENS', dimension })
  })

  it('is of the holder’s steward, to those whom the kind allows', () => {
    const refused = (signer: typeof owner, more: object = {}) =>
      world.refuses(signer, DELEGATE, input(more)).code
    expect(refused(reader)).toBe('ROLE_REQUIRED')
    expect(refused(owner)).toBe('GRANT_NOT_YOURS')
    expect(refused(system, { parent: '01BX5ZZKBKACTAV9WEVGEMMVRZ' })).toBe('GRANT_NOT_FOUND')
    expect(refused(system, { holder: { member: 'nobody' } })).toBe('HOLDER_NOT_FITTING')
    const own = { member: 'reader', subject: 'p-1' }
    expect(refused(system, { holder: own })).toBe('DELEGATION_FORBIDDEN')
    // A person consented to one member, not to whom that one likes.
    const ofPerson = given.issues(person, { ...consent, notAfter: world.time + 9 * DAY_MS })
    const passed = { parent: ofPerson, holder: { member: 'successor' } }
    expect(refused(system, passed)).toBe('DELEGATION_FORBIDDEN')
    expect(refused(system, { parent: ofPerson, use: 'ANSWER' })).toBe('QUESTION_REQUIRED')
    world.does(system, DELEGATE, input({ parent: ofPerson }))
  })

  it('of answers gives no other question, and of looks no question about more', () => {
    const year = { name: 'year', is: 'months >= 12' }
    const asks = given.issues(person, {
      ...consent,
      use: 'ANSWER',
      fields: ['months'],
      questions: [year, { name: 'two', is: 'months >= 24' }],
      notAfter: world.time + 9 * DAY_MS,
    })
    const widened = world.refuses(
      system,
      DELEGATE,
      input({ parent: asks, questions: [{ name: 'year', is: 'months >= 1' }] }),
    )
    expect(widened).toMatchObject({ code: 'DELEGATION_WIDENS', dimension: 'questions' })
    const { grant } = world.does(system, DELEGATE, input({ parent: asks, questions: [year] })) as {
      grant: string
    }
    const read = (question: string) =>
      world.run(reader, readSections, asked(grant, { question })).code
    expect(read('two')).toBe('QUESTION_NOT_COVERED')
    expect(read('year')).toBe('OK')
    const looks = given.issues(person, {
      ...consent,
      fields: ['months'],
      notAfter: world.time + 9 * DAY_MS,
    })
    const rich = {
      parent: looks,
      use: 'ANSWER',
      questions: [{ name: 'rich', is: 'base = "1.00"' }],
    }
    expect(world.refuses(system, DELEGATE, input(rich)).code).toBe('QUESTION_INVALID')
  })

  it('goes four steps down and no further', () => {
    const chain = [given.issues(owner, { ...contract, quota: { reads: 3 } })]
    const notAfter = world.time + DAY_MS
    for (let depth = 1; depth <= 4; depth++) {
      const passed = world.does(system, DELEGATE, input({ parent: chain.at(-1), notAfter }))
      chain.push((passed as { grant: string }).grant)
    }
    const deepest = chain.at(-1) as string
    expect(world.refuses(system, DELEGATE, input({ parent: deepest, notAfter })).code).toBe(
      'DELEGATION_TOO_DEEP',
    )
    expect(world.state(grants).get(deepest)).toMatchObject({ issued: { depth: 4, root: chain[0] } })
    // Each read spends one use of every grant above that counts.
    world.does(reader, readSections, asked(deepest))
    world.does(reader, readSections, asked(chain[1] as string))
    world.does(reader, readSections, asked(chain[2] as string))
    expect(world.refuses(reader, readSections, asked(deepest))).toEqual({
      code: 'QUOTA_SPENT',
      grant: chain[1],
      reads: 3,
    })
    expect(world.refuses(reader, readSections, asked(chain[3] as string)).code).toBe('QUOTA_SPENT')
  })

  it('opens the rows and records of both grants, never of one alone', () => {
    const wide = given.issues(owner, {
      ...statute,
      sections: ['loans'],
      entry: given.entry('loans'),
      purpose: { code: 'FINES' },
      batches: [BATCH.root],
      range: { from: 1, count: 4 },
    })
    world.seed(grants, wide, { ...world.state(grants).get(wide), sections: ['rows'] })
    const entries = { ...world.state(grants).get(wide).issued, entries: ['e1'.repeat(32)] }
    world.seed(grants, wide, { ...world.state(grants).get(wide), issued: entries as never })
    const narrowed = input({ parent: wide, range: { from: 2, count: 2 } })
    const { grant } = world.does(system, DELEGATE, narrowed) as { grant: string }
    const rows = (from: number, count: number) => {
      const bulk = {
        grant,
        holderKey: given.holderKey,
        batch: BATCH,
        rows: { section: 'rows', from, count },
      }
      return world.run(reader, readSections, bulk).code
    }
    expect(rows(2, 2)).toBe('OK')
    expect(rows(1, 2)).toBe('SECTION_NOT_COVERED')
    const row = (index: number) => {
      const item = { record: recordId(index), version: 1, section: 'rows', proof: proofOf(index) }
      const input_ = { grant, holderKey: given.holderKey, batch: BATCH, items: [item] }
      return world.run(reader, readSections, input_).code
    }
    expect(row(3)).toBe('OK')
    expect(row(4)).toBe('SECTION_NOT_COVERED')
  })
})

describe('threat 22: below a grant', () => {
  const below = (more: object = {}) => {
    const parent = given.issues(owner, { ...contract, notAfter: world.time + 9 * DAY_MS })
    const child = world.does(system, DELEGATE, {
      parent,
      holder: { member: 'successor' },
      notAfter: world.time + 8 * DAY_MS,
      ...more,
    }) as { grant: string }
    return { parent, child: child.grant }
  }
  const read = (grant: string) => ({
    ...asked(grant),
    holderKey: made.holderKey('successor'),
  })

  it('everything falls with it: reads, and releases that wait', () => {
    const { parent, child } = below()
    const outcome = world.run(successor, readSections, read(child))
    expect(checkRelease(world, outcome.txId, world.time).ok).toBe(true)
    const told = world.run(owner, 'access.revokeGrant', { grant: parent })
    expect(told.events[0]).toMatchObject({ name: 'GrantRevoked', data: { below: [child] } })
    expect(world.refuses(successor, readSections, read(child)).code).toBe('GRANT_REVOKED')
    const check = checkRelease(world, outcome.txId, world.time)
    expect(check).toEqual({ ok: false, code: 'GRANT_REVOKED' })
  })

  it('it waits while one above is suspended, and ends with its period', () => {
    const { parent, child } = below()
    world.does(owner, 'access.suspendGrant', { grant: parent })
    expect(world.refuses(successor, readSections, read(child))).toMatchObject({
      code: 'GRANT_SUSPENDED',
      grant: parent,
    })
    world.does(owner, 'access.liftSuspension', { grant: parent })
    world.does(successor, readSections, read(child))
    world.seed(grants, parent, { ...world.state(grants).get(parent), notAfter: world.time })
    expect(world.refuses(successor, readSections, read(child)).code).toBe('GRANT_NOT_IN_FORCE')
  })

  it('who passed it on takes it back; a stranger and a clerk do not', () => {
    const { parent, child } = below()
    const revoke = (signer: typeof owner) =>
      world.run(signer, 'access.revokeGrant', { grant: child }).code
    expect(revoke(reader)).toBe('ROLE_REQUIRED')
    expect(revoke(successor)).toBe('GRANT_NOT_YOURS')
    expect(revoke(testSigner({ member: 'nobody', roles: ['data-steward'] }))).toBe(
      'GRANT_NOT_YOURS',
    )
    expect(revoke(system)).toBe('OK')
    expect(world.state(grants).get(parent).revokedAt).toBeNull()
  })

  it('a condition above is asked too', () => {
    const { child, parent } = below()
    world.seed(grants, parent, { ...world.state(grants).get(parent), condition: 'records > 1' })
    expect(world.refuses(successor, readSections, read(child))).toMatchObject({
      code: 'CONDITION_NOT_MET',
      grant: parent,
    })
  })
})
