/**
 * Goal: every kind of grant is given by those who may give it and by nobody else, over what the catalogue
 * allows and nothing more (threat 24: consent forged, nudged, or by an abusive guardian). Method: a whole
 * input of each kind is accepted; a table where one row breaks one thing; then what waits and what is told.
 */
import { testReader, testSigner } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { packages } from '../catalogue/records.ts'
import { recordEntry } from '../registers/entries.ts'
import { alerts } from '../supervision/records.ts'
import type { IssueInput } from './issue-input.ts'
import { issuingWorld } from './issuing-world.fixture.ts'
import { grants } from './records.ts'
import { CASE, readSections } from './testing.ts'

const given = issuingWorld()
const { world, made, owner, reader, person, statute, consent, emergency, own, contract } = given
const window = made.signer('owner', '0002')
const colleague = made.signer('reader', '0418')
const RULE = 'ab'.repeat(32)
const { subject: _subject, ...noSubject } = consent
const { notice, ...noNotice } = consent
const { quota: _quota, ...noQuota } = consent

describe('access.issueGrant accepts', () => {
  it.each<[string, typeof owner, IssueInput]>([
    ['what the law gives', owner, { ...statute, find: true, caseRequired: true }],
    ['a contract of a case', owner, contract],
    [
      'what is one’s own, also 不予共享',
      owner,
      { ...own, entry: given.entry('closed'), sections: ['closed'] },
    ],
    [
      'what is the person’s own',
      owner,
      {
        ...own,
        holder: { member: 'successor', subject: 'p-1' },
        entry: given.entry('released'),
        sections: ['released'],
      },
    ],
    ['a consent', person, consent],
    [
      'a consent of level 3',
      person,
      { ...consent, entry: given.entry('released'), sections: ['released'] },
    ],
    ['an emergency', reader, emergency],
    [
      'level 3 where the entry names the clause',
      owner,
      { ...statute, entry: given.entry('lawful'), sections: ['lawful'] },
    ],
    ['several sections of one publication', owner, { ...statute, sections: ['open', 'reason'] }],
    [
      'a question instead of a look',
      person,
      {
        ...consent,
        use: 'ANSWER',
        fields: ['months'],
        questions: [{ name: 'year', is: 'months >= 12' }],
      },
    ],
  ])('%s', (_name, signer, input) => {
    const id = given.issues(signer, input)
    expect(world.state(grants).get(id)).toMatchObject({ v: 3, kind: input.kind, used: 0 })
  })

  it('level 4 with a second officer, whatever the input says', () => {
    const id = given.issues(owner, { ...contract, entry: given.entry('vote'), sections: ['vote'] })
    expect(world.state(grants).get(id)).toMatchObject({ level: 4, secondOfficer: true })
    expect(world.state(grants).get(id)).toMatchSnapshot()
  })
})

describe('threat 24: access.issueGrant refuses', () => {
  it.each<[string, typeof owner, IssueInput]>([
    ['KIND_ELSEWHERE', owner, { ...statute, kind: 'WARRANT' }],
    ['ROLE_REQUIRED', made.signer('owner', '0001'), statute],
    ['SIGNER_NOT_FITTING', made.signer('successor'), statute],
    ['SIGNER_NOT_FITTING', owner, { ...statute, assertedBy: 'SUBJECT' }],
    // Nobody consents for a person: not its owner, not the reader, not another assertion.
    ['SIGNER_NOT_FITTING', owner, consent],
    ['SIGNER_NOT_FITTING', reader, consent],
    ['SIGNER_NOT_FITTING', person, { ...consent, assertedBy: 'MEMBER' }],
    ['SIGNER_NOT_FITTING', person, { ...consent, assertedBy: 'GUARDIAN' }],
    [
      'ROLE_REQUIRED',
      made.signer('owner', '0001'),
      { ...consent, assertedBy: 'WINDOW', paper: RULE },
    ],
    ['SIGNER_NOT_FITTING', window, { ...consent, assertedBy: 'WINDOW' }],
    // Who wants the data does not say that the person agreed.
    [
      'SIGNER_NOT_FITTING',
      testSigner({ member: 'reader', kind: 'officer', name: '0417', roles: ['window'] }),
      { ...consent, assertedBy: 'WINDOW', paper: RULE },
    ],
    ['SIGNER_NOT_FITTING', made.signer('reader'), emergency],
    ['SIGNER_NOT_FITTING', made.signer('owner', '0001'), emergency],
    ['MANDATE_NOT_FOUND', person, { ...consent, assertedBy: 'GUARDIAN', mandate: 'M-0' }],
    ['HOLDER_NOT_FITTING', owner, { ...own, holder: { member: 'reader' } }],
    ['HOLDER_NOT_FITTING', owner, { ...statute, holder: { member: 'nobody' } }],
    ['HOLDER_NOT_FITTING', owner, { ...statute, holder: { member: 'reader', subject: 'p-1' } }],
    ['SCOPE_NOT_FITTING', owner, { ...contract, scope: 'CLASS' }],
    ['SCOPE_NOT_FITTING', owner, { ...contract, case: '01BX5ZZKBKACTAV9WEVGEMMVRZ' }],
    ['SCOPE_NOT_FITTING', person, noSubject],
    ['SCOPE_NOT_FITTING', person, { ...consent, find: true }],
    ['SCOPE_NOT_FITTING', owner, { ...statute, range: { from: 0, count: 2 } }],
    ['ENTRY_NOT_FOUND', owner, { ...statute, entry: RULE }],
    ['ENTRY_NOT_FOUND', owner, { ...statute, sections: ['open'] }],
    ['ENTRY_NOT_FOUND', owner, { ...statute, sections: ['reason', 'zebra'] }],
    [
      'SHARING_FORBIDDEN',
      person,
      { ...consent, entry: given.entry('closed'), sections: ['closed'] },
    ],
    ['SHARING_FORBIDDEN', owner, { ...statute, sections: ['closed', 'reason'] }],
    [
      'SHARING_FORBIDDEN',
      reader,
      { ...emergency, entry: given.entry('closed'), sections: ['closed'] },
    ],
    [
      'LEVEL_FORBIDDEN',
      owner,
      { ...contract, entry: given.entry('released'), sections: ['released'] },
    ],
    [
      'LEVEL_FORBIDDEN',
      owner,
      { ...statute, entry: given.entry('released'), sections: ['released'] },
    ],
    [
      'LEVEL_FORBIDDEN',
      owner,
      { ...statute, entry: given.entry('lawful'), sections: ['lawful'], basis: [] },
    ],
    ['LEVEL_FORBIDDEN', person, { ...consent, entry: given.entry('vote'), sections: ['vote'] }],
    ['FIELD_UNKNOWN', person, { ...consent, fields: ['months', 'salary'] }],
    ['FIELD_UNKNOWN', owner, { ...statute, sections: ['open', 'reason'], fields: ['months'] }],
    ['PURPOSE_NOT_LISTED', owner, { ...statute, purpose: { code: 'LOAN' } }],
    ['BASIS_REQUIRED', owner, { ...statute, basis: [] }],
    ['CLAUSE_NOT_IN_FORCE', owner, { ...statute, basis: [{ clause: 'library-statute/8' }] }],
    [
      'CLAUSE_NOT_IN_FORCE',
      owner,
      { ...statute, basis: [{ clause: 'library-statute/7', version: RULE }] },
    ],
    [
      'RULE_NOT_IN_FORCE',
      owner,
      { ...statute, basis: [{ clause: 'library-statute/7', rule: RULE }] },
    ],
    ['GRANT_PERIOD', person, { ...consent, notAfter: world.time }],
    ['GRANT_PERIOD', person, { ...consent, notBefore: world.time - 1 }],
    ['GRANT_PERIOD', owner, { ...statute, notAfter: world.time + 10 * 365 * 86_400_000 }],
    ['GRANT_PERIOD', reader, { ...emergency, notAfter: world.time + 2 * 86_400_000 }],
    ['QUOTA_REQUIRED', person, noQuota],
    ['NOTICE_REQUIRED', person, noNotice],
    [
      'NOTICE_OTHER',
      person,
      { ...consent, notice: { ...notice, hash: RULE } as typeof notice & object },
    ],
    [
      'NOTICE_OTHER',
      person,
      { ...consent, notice: { ...notice, version: RULE } as typeof notice & object },
    ],
    [
      'NOTICE_OTHER',
      person,
      { ...consent, notice: { ...notice, language: 'en' } as typeof notice & object },
    ],
    // The words of one purpose are no words for another, and a purpose without words has none.
    ['NOTICE_OTHER', person, { ...consent, purpose: { code: 'LOAN' } }],
    ['NOTICE_OTHER', person, { ...consent, purpose: { code: 'SALE' } }],
    ['RETENTION_REQUIRED', person, { ...consent, use: 'STORE' }],
    ['QUESTION_REQUIRED', person, { ...consent, use: 'ANSWER' }],
    ['QUESTION_REQUIRED', person, { ...consent, questions: [{ name: 'year', is: 'months > 1' }] }],
    [
      'QUESTION_INVALID',
      person,
      {
        ...consent,
        use: 'ANSWER',
        fields: ['months'],
        questions: [{ name: 'rich', is: 'base > "9"' }],
      },
    ],
    [
      'QUESTION_INVALID',
      person,
      { ...consent, use: 'ANSWER', questions: [{ name: 'x', is: 'months >' }] },
    ],
    ['CONDITION_INVALID', owner, { ...statute, condition: 'member = = "reader"' }],
    ['CONDITION_INVALID', owner, { ...statute, condition: 'salary > 3' }],
    [
      'CONDITION_INVALID',
      owner,
      { ...statute, condition: `${'('.repeat(900)}1${')'.repeat(900)}` },
    ],
    ['EMERGENCY_LIMIT', reader, { ...emergency, quota: { reads: 21 } }],
  ])('%s', (code, signer, input) => {
    expect(world.refuses(signer, 'access.issueGrant', input).code).toBe(code)
  })

  it('an entry of a package that was withdrawn', () => {
    const record = world.state(packages).get(given.packageHash)
    world.seed(packages, given.packageHash, { ...record, status: 'WITHDRAWN' })
    expect(world.refuses(owner, 'access.issueGrant', statute).code).toBe('ENTRY_NOT_IN_FORCE')
    world.seed(packages, given.packageHash, record)
  })
})

describe('consent', () => {
  const read = (grant: string) => ({
    grant,
    holderKey: given.holderKey,
    items: [given.item('reason')],
  })

  it('threat 24: at a window is none until a second officer agreed', () => {
    const paper = { ...consent, assertedBy: 'WINDOW' as const, paper: RULE }
    const grant = given.issues(window, paper)
    expect(world.refuses(reader, readSections, read(grant)).code).toBe('GRANT_NOT_IN_FORCE')
    const agree = (signer: typeof window) =>
      world.refuses(signer, 'access.agreeToGrant', { grant }).code
    expect(agree(window)).toBe('SAME_OFFICER')
    expect(agree(made.signer('owner', '0001'))).toBe('ROLE_REQUIRED')
    expect(agree(testSigner({ member: 'reader', roles: ['window'] }))).toBe('GRANT_NOT_YOURS')
    expect(agree(testSigner({ member: 'owner', roles: ['window'] }))).toBe('OFFICER_REQUIRED')
    world.does(made.signer('owner', '0003'), 'access.agreeToGrant', { grant })
    expect(agree(window)).toBe('AGREEMENT_NOT_NEEDED')
    world.does(reader, readSections, read(grant))
    // Whoever sits at the window takes it back; the reader's own people do not.
    expect(world.refuses(reader, 'access.withdrawConsent', { grant }).code).toBe('GRANT_NOT_YOURS')
    world.does(window, 'access.withdrawConsent', { grant })
    expect(world.refuses(reader, readSections, read(grant)).code).toBe('GRANT_REVOKED')
  })

  it('threat 24: is taken back by one act of the person, and by nobody else', () => {
    const grant = given.issues(person, consent)
    const other = testSigner({ member: 'owner', kind: 'subject', name: 'p-2' })
    expect(world.refuses(other, 'access.withdrawConsent', { grant }).code).toBe('GRANT_NOT_YOURS')
    expect(world.does(person, 'access.withdrawConsent', { grant })).toMatchObject({ below: 0 })
    expect(world.refuses(person, 'access.withdrawConsent', { grant }).code).toBe('GRANT_REVOKED')
    expect(world.refuses(reader, readSections, read(grant)).code).toBe('GRANT_REVOKED')
  })

  it('threat 24: of a guardian needs a mandate, waits, and its ward may end it before', () => {
    const mandate = (key: string, fields: Record<string, string>) =>
      given.does((ctx) => {
        recordEntry(ctx, {
          register: 'mandate',
          key,
          owner: 'owner',
          fields,
          sections: [],
          caseId: CASE,
        })
      })
    const fields = { guardian: 'p-1', member: 'owner', ward: 'p-9', until: '2027-01-01' }
    mandate('M-1', fields)
    mandate('M-2', { ...fields, guardian: 'p-2' })
    mandate('M-3', { ...fields, until: '2026-08-01' })
    const input = (key: string): IssueInput => ({
      ...consent,
      assertedBy: 'GUARDIAN',
      mandate: key,
      notAfter: world.time + 60 * 86_400_000,
    })
    for (const key of ['M-2', 'M-3']) {
      expect(world.refuses(person, 'access.issueGrant', input(key)).code).toBe('MANDATE_NOT_FOUND')
    }
    const early = { ...input('M-1'), notBefore: world.time + 3_600_000 }
    expect(world.refuses(person, 'access.issueGrant', early).code).toBe('GRANT_PERIOD')
    const first = given.issues(person, input('M-1'))
    const second = given.issues(person, input('M-1'))
    expect(world.refuses(reader, readSections, read(first)).code).toBe('GRANT_NOT_IN_FORCE')
    const ward = testSigner({ member: 'owner', kind: 'subject', name: 'p-9' })
    world.does(ward, 'access.withdrawConsent', { grant: first })
    world.advance(3 * 86_400_000)
    expect(world.refuses(reader, readSections, read(first)).code).toBe('GRANT_REVOKED')
    world.does(reader, readSections, read(second))
    const listed = world.ask(testReader({ member: 'owner' }), 'access.listGivenGrants', {
      member: 'owner',
      name: 'p-9',
    })
    expect(listed).toMatchObject({ ok: true, data: { items: [{ id: first }, { id: second }] } })
    const stranger = testReader({ member: 'reader' })
    const asked = { member: 'owner', name: 'p-9' }
    expect(world.ask(stranger, 'access.listGivenGrants', asked)).toMatchObject({
      data: { items: [] },
    })
  })
})

describe('threat 2: an emergency', () => {
  const fresh = (): IssueInput => ({ ...emergency, notAfter: world.time + 3_600_000 })

  it('is reviewed by another officer of the member, and ends where there was no reason', () => {
    const grant = given.issues(reader, fresh())
    const review = { grant, outcome: 'UNJUSTIFIED' }
    const refused = (signer: typeof reader) =>
      world.refuses(signer, 'access.reviewEmergency', review).code
    expect(refused(reader)).toBe('SAME_OFFICER')
    expect(refused(owner)).toBe('GRANT_NOT_YOURS')
    expect(refused(given.system)).toBe('OFFICER_REQUIRED')
    world.does(colleague, 'access.reviewEmergency', review)
    expect(refused(reader)).toBe('REVIEW_NOT_NEEDED')
    expect(world.state(grants).get(grant).revokedAt).not.toBeNull()
    expect(codes()).toContain('EMERGENCY_UNJUSTIFIED')
    const plain = given.issues(person, { ...consent, notAfter: world.time + 9_000_000 })
    const none = { ...review, grant: plain }
    expect(world.refuses(reader, 'access.reviewEmergency', none).code).toBe('REVIEW_NOT_NEEDED')
  })

  it('that nobody reviews in a day is told once, and too many of an officer are told', () => {
    // Two before this one, in the tests above.
    const waiting = [given.issues(reader, fresh())]
    expect(codes()).not.toContain('EMERGENCIES_MANY')
    waiting.push(given.issues(reader, fresh()))
    expect(codes()).toContain('EMERGENCIES_MANY')
    const [grant] = waiting
    const raise = () => world.run(reader, 'access.raiseUnreviewed', { grant }).code
    expect(raise()).toBe('REVIEW_NOT_DUE')
    world.advance(86_400_000)
    expect(raise()).toBe('OK')
    expect(raise()).toBe('REVIEW_RAISED')
    expect(codes()).toContain('EMERGENCY_UNREVIEWED')
    const listed = world.ask(testReader({ member: 'owner' }), 'access.listEmergencies', {
      member: 'reader',
      unreviewed: true,
    })
    const items = listed.ok ? (listed.data as { items: { id: string }[] }).items : []
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(waiting))
  })

  function codes(): string[] {
    return world.stored(alerts).map(({ value }) => value.code as string)
  }
})
