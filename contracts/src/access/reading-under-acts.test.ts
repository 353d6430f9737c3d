/**
 * Goal: reads under grants by act ask for what was promised: a second officer, a case, fields, a question,
 * a person; and an officer that looks at many people is told (threat 2). Method: each dimension alone, on
 * both sides of its boundary; the release service is asked beside every read (threat 3).
 */
import { testReader, testSigner } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { cases } from '../cases/records.ts'
import { calendarOf } from '../catalogue/calendar.ts'
import { alerts } from '../supervision/records.ts'
import { budgets } from './budget-records.ts'
import { checkRelease } from './check-release.ts'
import { findGrantChain } from './grant-state.ts'
import type { IssueInput } from './issue-input.ts'
import { issuingWorld, RUNNING } from './issuing-world.fixture.ts'
import { answerDigest, answerQuestion, findDigest } from './questions.ts'
import { findQuestion } from './read-fields.ts'
import { grants, reads } from './records.ts'
import { registerSections } from './sections.ts'
import { BATCH, CASE, commitment, readSections, recordId } from './testing.ts'

const given = issuingWorld([{ name: 'access.subjectsPerDay', value: 4 }])
const { world, made, owner, reader, person, system, statute, consent, contract, own } = given
const colleague = made.signer('reader', '0418')

const asked = (grant: string, more: object = {}) => ({
  grant,
  holderKey: given.holderKey,
  items: [given.item('reason')],
  ...more,
})
const code = (grant: string, more: object = {}, signer = reader) =>
  world.run(signer, readSections, asked(grant, more)).code
const until = (ms = 86_400_000) => ({ notAfter: world.time + ms })
const issue = (input: IssueInput) => given.issues(owner, { ...input, ...until() })
const release = (read: string) => {
  const check = checkRelease(world, read, world.time)
  return check.ok ? 'OK' : check.code
}

describe('a second officer', () => {
  const read = () => {
    const grant = issue({ ...statute, secondOfficer: true })
    return { grant, read: world.run(reader, readSections, asked(grant)).txId }
  }

  it('threat 3: agrees before anything is released, and in time', () => {
    const { grant, read: id } = read()
    expect(code(grant, {}, system)).toBe('SECOND_OFFICER_REQUIRED')
    expect(world.state(grants).get(grant).used).toBe(1)
    expect(release(id)).toBe('SECOND_OFFICER_WAITS')
    const waiting = world.ask(testReader({ member: 'reader' }), 'access.listWaitingReads', {
      member: 'reader',
    })
    expect(waiting).toMatchObject({ data: { items: [{ read: id }] } })
    const agree = (signer: typeof reader) =>
      world.run(signer, 'access.agreeToRead', { read: id }).code
    expect(agree(reader)).toBe('SAME_OFFICER')
    expect(agree(system)).toBe('OFFICER_REQUIRED')
    expect(agree(owner)).toBe('GRANT_NOT_YOURS')
    // The release counts from the agreement, not from the read.
    world.advance(1_200_000)
    expect(agree(colleague)).toBe('OK')
    expect(agree(colleague)).toBe('AGREEMENT_NOT_NEEDED')
    expect(release(id)).toBe('OK')
    world.advance(600_000)
    expect(release(id)).toBe('READ_TOO_OLD')
  })

  it('comes too late after the published time, and never for a revoked grant', () => {
    const late = read()
    world.advance(1_801_000)
    const agree = (id: string) => world.run(colleague, 'access.agreeToRead', { read: id }).code
    expect(agree(late.read)).toBe('AGREEMENT_TOO_LATE')
    expect(release(late.read)).toBe('SECOND_OFFICER_WAITS')
    const revoked = read()
    world.does(owner, 'access.revokeGrant', { grant: revoked.grant })
    expect(agree(revoked.read)).toBe('GRANT_REVOKED')
    expect(agree('ab'.repeat(32))).toBe('READ_NOT_FOUND')
  })
})

describe('a case', () => {
  it('is one that runs, in which the holder takes part, of the service that is named', () => {
    const grant = issue({
      ...statute,
      caseRequired: true,
      purpose: { code: 'CARD', serviceItem: 'reading-room' },
    })
    expect(code(grant)).toBe('CASE_REQUIRED')
    expect(code(grant, { case: CASE })).toBe('CASE_REQUIRED')
    expect(code(grant, { case: RUNNING })).toBe('OK')
    const running = world.state(cases).get(RUNNING)
    const seed = (change: object) => world.seed(cases, RUNNING, { ...running, ...change })
    for (const broken of [
      { status: 'GRANTED' },
      { service: 'library-card' },
      { parties: {}, opener: { ...running.opener, member: 'owner' } },
    ]) {
      seed(broken)
      expect(code(grant, { case: RUNNING })).toBe('CASE_REQUIRED')
    }
    seed({})
    const ofCase = issue(contract)
    expect(code(ofCase, { case: CASE })).toBe('CASE_REQUIRED')
    expect(code(ofCase)).toBe('OK')
  })
})

describe('parts of a section', () => {
  it('fields outside the grant are refused, and whole sections where it names fields', () => {
    const some = issue({ ...statute, fields: ['base', 'months'] })
    expect(code(some)).toBe('FIELDS_NOT_COVERED')
    expect(code(some, { fields: ['months', 'words'] })).toBe('FIELDS_NOT_COVERED')
    expect(code(some, { fields: ['months'] })).toBe('OK')
    const whole = issue(statute)
    expect(code(whole, { fields: ['words'] })).toBe('OK')
    expect(code(whole, { question: 'year' })).toBe('QUESTION_NOT_COVERED')
  })

  it('an answer opens nothing: it is asked by name, and its digest tells nothing without the salt', () => {
    const questions = [
      { name: 'year', is: 'months >= 12' },
      { name: 'band', is: 'if number(base) < 5000 then "LOW" else "HIGH"', bands: ['LOW', 'HIGH'] },
    ]
    const grant = given.issues(person, { ...consent, ...until(), use: 'ANSWER', questions })
    expect(code(grant)).toBe('QUESTION_NOT_COVERED')
    expect(code(grant, { question: 'rich' })).toBe('QUESTION_NOT_COVERED')
    const { txId } = world.run(reader, readSections, asked(grant, { question: 'year' }))
    const { question } = world.state(reads).get(txId)
    const chain = findGrantChain(world, world.state(grants).get(grant))
    const answer = (name: string, content: object) => {
      const found = findQuestion(chain, name)
      if (found === undefined) throw new Error(name)
      return answerQuestion(found, content as never, world.time, calendarOf(world))
    }
    expect(answer(question ?? '', { months: 12 })).toBe(true)
    expect(answer('year', { months: 11 })).toBe(false)
    expect(answer('year', { months: null })).toBeNull()
    expect(answer('band', { base: '4999.99' })).toBe('LOW')
    expect(answer('band', { base: '5000.00' })).toBe('HIGH')
    const salted = (salt: string) =>
      answerDigest({ read: txId, question: 'year', answer: true, salt })
    expect(salted('00')).not.toBe(salted('01'))
    expect(findDigest({ read: txId, answer: '00' })).not.toBe(salted('00'))
  })

  it('a question that would give more than its answers gives "unknown"', () => {
    const bands = ['LOW', 'HIGH']
    const ask = (is: string, more: object = {}) =>
      answerQuestion(
        { name: 'q', is, bands: null, ...more },
        { base: '8120.00', words: '𠮷野家' },
        world.time,
        calendarOf(world),
      )
    expect(ask('base')).toBeNull()
    expect(ask('words', { bands })).toBeNull()
    expect(ask('count(for i in 1..20000 return i) > 0')).toBeNull()
  })
})

describe('access.findPerson', () => {
  it('is a read: it needs a grant for it, spends a use, and leaves a receipt', () => {
    const query = 'ab'.repeat(32)
    const find = (grant: string) =>
      world.run(reader, 'access.findPerson', { grant, holderKey: given.holderKey, query })
    expect(find(issue(statute)).code).toBe('FIND_NOT_COVERED')
    const grant = issue({ ...statute, find: true, quota: { reads: 1 } })
    const { txId } = find(grant)
    expect(world.state(reads).get(txId)).toMatchObject({ find: query, items: [], rows: null })
    expect(release(txId)).toBe('OK')
    expect(find(grant).code).toBe('QUOTA_SPENT')
  })
})

describe('one’s own', () => {
  it('opens to the person whom the grant names, and to no other person of that member', () => {
    const input = { ...own, holder: { member: 'owner', subject: 'p-1' }, sections: ['closed'] }
    const grant = issue({ ...input, entry: given.entry('closed') })
    const closed = { items: [given.item('closed')], holderKey: made.holderKey('owner') }
    expect(code(grant, closed, person)).toBe('OK')
    const other = testSigner({ member: 'owner', kind: 'subject', name: 'p-2' })
    expect(code(grant, closed, other)).toBe('GRANT_NOT_YOURS')
    expect(code(grant, closed, owner)).toBe('GRANT_NOT_YOURS')
    // A grant to a member is for its officers and systems, not for its subjects.
    const units = issue(own)
    const plain = { holderKey: made.holderKey('owner') }
    expect(code(units, plain, owner)).toBe('OK')
    expect(code(units, plain, person)).toBe('GRANT_NOT_YOURS')
  })
})

describe('a quota', () => {
  it('of a month is given back in the next one', () => {
    const monthly = { reads: 1, per: 'MONTH' as const }
    const grant = given.issues(owner, { ...statute, quota: monthly, ...until(60 * 86_400_000) })
    expect(code(grant, {}, system)).toBe('OK')
    world.advance(86_400_000)
    expect(code(grant, {}, system)).toBe('QUOTA_SPENT')
    world.advance(31 * 86_400_000)
    expect(code(grant, {}, system)).toBe('OK')
  })
})

describe('a condition', () => {
  it.each([
    ['officer = "0417" and use = "VIEW" and purpose = "CARD"', 'OK'],
    ['list contains(sections, "reason") and records = 1 and rows = 1', 'OK'],
    ['list contains(roles, "chief")', 'CONDITION_NOT_MET'],
    ['fields = null and case = null', 'OK'],
    ['count(for i in 1..20000 return i) > 0', 'CONDITION_NOT_MET'],
    ['"yes"', 'CONDITION_NOT_MET'],
  ])('%s: %s', (condition, expected) => {
    expect(code(issue({ ...statute, condition }))).toBe(expected)
  })
})

describe('threat 2: an officer that looks at many people', () => {
  it('is told to supervisors after so many different ones, not after many looks at one', () => {
    const officer = testSigner({ member: 'reader', kind: 'officer', name: '0999' })
    const entry = given.entry('reason')
    const people = Array.from({ length: 11 }, (_, n) => recordId(5_000 + n))
    given.does((ctx) => {
      for (const record of people) {
        const sections = [{ name: 'reason', level: 2, commitment: commitment(7), entry }]
        registerSections(ctx, { record, owner: 'owner', entry, caseId: RUNNING, sections })
      }
    })
    const grant = issue(statute)
    const look = (record: string) =>
      code(grant, { items: [{ record, version: 1, section: 'reason' }] }, officer)
    const told = () =>
      world.stored(alerts).filter(({ value }) => value.code === 'MANY_PEOPLE_LOOKED_AT').length
    for (let again = 0; again < 9; again++) expect(look(people[0] as string)).toBe('OK')
    for (const record of people.slice(0, 4)) look(record)
    expect(told()).toBe(0)
    look(people[4] as string)
    expect(told()).toBe(1)
    const [alert] = world.stored(alerts)
    expect(alert?.value).toMatchObject({ facts: { officer: '0999', people: 4, alerts: 1 } })
    for (const record of people.slice(5)) look(record)
    expect(told()).toBe(2)
    const day = [...world.state(budgets).range({ prefix: ['reader', '0999'] })].at(-1)
    expect(day?.[1]).toMatchObject({ reads: 20, rows: 20, alerts: 2 })
  })

  it('looks one by one through a batch count too; bulk work of systems does not', () => {
    const officer = testSigner({ member: 'reader', kind: 'officer', name: '0998' })
    const grant = given.grant({ sections: ['rows'] })
    const before = world.stored(alerts).length
    const look = (signer: typeof officer, from: number, count: number) =>
      world.run(signer, readSections, {
        grant,
        holderKey: given.holderKey,
        batch: BATCH,
        rows: { section: 'rows', from, count },
      }).code
    expect(look(system, 0, 7)).toBe('OK')
    for (let at = 0; at < 4; at++) look(officer, at, 1)
    expect(world.stored(alerts).length).toBe(before)
    look(officer, 4, 1)
    expect(world.stored(alerts).length).toBe(before + 1)
  })
})
