/**
 * Goal: a person sees every look at it, asks why and is answered in time; the data-appetite index comes out
 * the same from receipts alone (threats 2 and 24). Method: looks of several kinds at one person; objections
 * with every refusal; the index against a second computation over what lists show.
 */
import { testReader } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { appetiteOf } from './appetite.ts'
import { issuingWorld, RUNNING, SEALED } from './issuing-world.fixture.ts'
import { grants } from './records.ts'
import { BATCH, readSections, recordId } from './testing.ts'

const given = issuingWorld()
const { world, made, owner, reader, person, system, statute, consent } = given
const successor = made.signer('successor')
const member = testReader({ member: 'successor' })
const FROM = world.time

const looks = given.issues(owner, {
  ...statute,
  use: 'STORE',
  retention: { amount: 1, unit: 'years' },
})
const some = given.issues(owner, { ...statute, fields: ['base', 'months'] })
const asks = given.issues(person, {
  ...consent,
  use: 'ANSWER',
  questions: [{ name: 'year', is: 'months >= 12' }],
})
const finds = given.issues(owner, { ...statute, find: true })
const bulk = given.grant({ sections: ['rows'] })
const look = (grant: string, more: object = {}) =>
  world.run(reader, readSections, {
    grant,
    holderKey: given.holderKey,
    items: [given.item('reason')],
    ...more,
  }).txId
const taken = {
  whole: look(looks, { case: RUNNING }),
  fields: look(some, { fields: ['months'], case: RUNNING }),
  answer: look(asks, { question: 'year' }),
}
const rows = world.run(system, readSections, {
  grant: bulk,
  holderKey: given.holderKey,
  batch: BATCH,
  rows: { section: 'rows', from: 2, count: 3 },
}).txId
world.does(reader, 'access.findPerson', {
  grant: finds,
  holderKey: given.holderKey,
  query: 'ab'.repeat(32),
})

interface Shown {
  readonly items: { readonly read: string }[]
  readonly total: number
}
const ask = (name: string, input: object, by = member) => {
  const answer = world.ask(by, `access.${name}`, input)
  if (!answer.ok) throw new Error(answer.code)
  return answer.data as unknown as Shown
}

describe('access.listReadsOfRecords', () => {
  it('threat 2: shows every look at a person, newest first, a bulk look among them', () => {
    const place = (index: number) => [{ batch: BATCH.root, index }]
    const shown = ask('listReadsOfRecords', { records: [SEALED], rows: place(4) })
    const { whole, fields, answer } = taken
    expect(shown.items.map(({ read }) => read)).toEqual([rows, answer, fields, whole])
    expect(ask('listReadsOfRecords', { records: [], rows: place(5) }).total).toBe(0)
    const newest = ask('listReadsOfRecords', { records: [SEALED], limit: 1 })
    expect(newest).toMatchObject({ items: [{ read: answer }], total: 3 })
  })

  it('leaves out what a warrant with delayed disclosure did, until its day', () => {
    const before = world.state(grants).get(looks)
    const hidden = { id: looks, places: null, hiddenUntil: world.time + 1_000_000 }
    world.seed(grants, looks, { ...before, warrant: hidden })
    const total = (by = member) => ask('listReadsOfRecords', { records: [SEALED] }, by).total
    expect(total()).toBe(2)
    expect(total(testReader({ member: 'reader' }))).toBe(3)
    world.seed(grants, looks, before)
  })
})

describe('access.getAppetite', () => {
  it('is what anyone computes again from receipts, grants and the catalogue', () => {
    const index = (more: object = {}) =>
      ask('getAppetite', { member: 'reader', from: FROM, to: world.time + 1, ...more })
    const listed = ask('listReads', { member: 'reader' }).items as never[]
    const counted = listed.map((read: { grant: string; at: number }) => {
      const { use, sections } = world.state(grants).get(read.grant)
      return { read: read as never, use, entryItems: sections[0] === 'rows' ? 0 : 3 }
    })
    expect(index()).toEqual({ ...appetiteOf(counted) })
    // 3 fields kept (6) + 1 field + 1 answer + 3 rows of one piece + 1 person looked for, in 2 cases.
    expect(index()).toEqual({ reads: 5, cases: 2, looked: 7, points: 12, index: 600 })
    expect(index({ service: 'nothing' })).toMatchObject({ reads: 0, index: 0 })
    expect(index({ to: FROM })).toMatchObject({ reads: 0 })
    expect(appetiteOf([...counted].reverse())).toEqual(appetiteOf(counted))
  })
})

describe('access.objectToRead', () => {
  const objection = (read: string, more: object = {}) => ({
    read,
    objector: recordId(11),
    ground: 'WHY',
    ...more,
  })

  it('threat 24: is asked by the person or its owner, answered by who looked, and shown with its date', () => {
    const { whole } = taken
    const objects = (signer: typeof owner, more: object = {}) =>
      world.run(signer, 'access.objectToRead', objection(whole, more))
    expect(objects(successor).code).toBe('READ_NOT_YOURS')
    expect(objects(person, { read: 'cd'.repeat(32) }).code).toBe('READ_NOT_FOUND')
    const { objection: id, due } = objects(person).data as { objection: string; due: number }
    expect(due).toBe(world.time + 15 * 86_400_000)
    expect(objects(person).code).toBe('OBJECTION_EXISTS')
    expect(objects(owner).code).toBe('OBJECTION_EXISTS')
    expect(objects(owner, { objector: recordId(12) }).code).toBe('OK')
    const open = () => ask('listObjections', { member: 'reader', open: true }).items.length
    expect(open()).toBe(2)
    const answers = (signer: typeof owner, more: object = {}) =>
      world.run(signer, 'access.answerObjection', { objection: id, outcome: 'EXPLAINED', ...more })
    expect(answers(reader).code).toBe('ROLE_REQUIRED')
    expect(answers(owner).code).toBe('OBJECTION_NOT_YOURS')
    const unknown = '01BX5ZZKBKACTAV9WEVGEMMVRZ'
    expect(answers(system, { objection: unknown }).code).toBe('OBJECTION_NOT_FOUND')
    expect(answers(system)).toMatchObject({ code: 'OK', data: { isLate: false } })
    expect(answers(system).code).toBe('OBJECTION_ANSWERED')
    expect(open()).toBe(1)
    // After an answer one may ask again.
    expect(objects(person).code).toBe('OK')
    expect(ask('listObjections', { read: whole }).items).toHaveLength(3)
  })

  it('says when the answer came too late', () => {
    const asked = world.run(person, 'access.objectToRead', objection(taken.answer))
    const { objection: id } = asked.data as { objection: string }
    world.advance(16 * 86_400_000)
    const late = world.run(system, 'access.answerObjection', { objection: id, outcome: 'MISUSE' })
    expect(late).toMatchObject({ code: 'OK', data: { isLate: true } })
  })
})

describe('access.raiseUnconfirmed', () => {
  it('tells once, after the published time, of a read that its owner has not confirmed', () => {
    const raise = (read: string) => world.run(successor, 'access.raiseUnconfirmed', { read })
    const { whole, fields } = taken
    const digest = 'ab'.repeat(32)
    const confirmed = { reads: [{ read: fields, outcome: 'RELEASED', digest }] }
    world.does(owner, 'access.confirmReads', confirmed)
    expect(raise(fields).code).toBe('READ_CONFIRMED')
    expect(raise(digest).code).toBe('READ_NOT_FOUND')
    const fresh = look(given.issues(owner, { ...statute, notAfter: world.time + 86_400_000 }))
    expect(raise(fresh).code).toBe('CONFIRMATION_NOT_DUE')
    expect(raise(whole).events).toMatchObject([
      { name: 'AlertRaised', data: { code: 'READ_UNCONFIRMED' } },
    ])
    expect(raise(whole).code).toBe('CONFIRMATION_RAISED')
    // The owner may still say it.
    world.does(owner, 'access.confirmReads', {
      reads: [{ read: whole, outcome: 'FAILED', digest }],
    })
  })
})

describe('access.getGrant', () => {
  it('shows the grants above and why it does not stand', () => {
    const child = world.does(system, 'access.delegateGrant', {
      parent: looks,
      holder: { member: 'successor' },
      notAfter: world.time + 86_400_000,
    }) as { grant: string }
    const shown = () => world.ask(member, 'access.getGrant', child)
    expect(shown()).toMatchObject({
      data: { chain: [{ id: child.grant }, { id: looks }], fault: null },
    })
    world.does(owner, 'access.suspendGrant', { grant: looks })
    expect(shown()).toMatchObject({ data: { fault: 'GRANT_SUSPENDED' } })
  })
})
