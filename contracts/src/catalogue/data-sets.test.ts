/**
 * Goal: an entry of the data catalogue is published only lawful, assessed and approved, is loosened only by
 * three quarters, and binds the packages that use its sections. Method: one entry of a fictional library
 * from draft to its next version; rows that break one thing each.
 */

import { toBase64Url } from '@renshe/crypto'
import { testReader } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { TestConsortium } from '../testing.ts'
import { packageBytes, packageHash } from './catalogue-hash.ts'
import { findDataSetFaults, findDataSetLoosenings } from './data-set-checks.ts'
import { type DataSet, type DataSetContent, dataSets } from './data-set-records.ts'
import { approveDataSet, draftDataSet } from './draft-data-set.ts'
import type { PackageDocument } from './package-document.ts'
import { proposeDataSet } from './propose-data-set.ts'
import { putPart } from './put-part.ts'
import { changed, FINES, READING_ROOM } from './testing.ts'

const CLAUSE = 'library-statute/7'
const READERS: DataSetContent = {
  id: 'reader-loans',
  version: 1,
  name: { zh: '读者借阅信息', en: 'Loans of readers' },
  items: ['reader', 'days'],
  provider: 'aaa',
  format: 'TABLE',
  updateFrequency: 'ON_CHANGE',
  sharing: 'CONDITIONAL',
  shareMethods: ['API'],
  conditions: { scope: 'schools of the district', purpose: 'fines' },
  notShared: null,
  grade: 3,
  personal: true,
  responsible: 'LIB',
  duties: (['PRODUCTION', 'SHARED_USE', 'TRANSFER_STORAGE'] as const).map((stage) => ({
    stage,
    role: 'LIB',
    duty: `what the library owes at ${stage}`,
    clause: CLAUSE,
  })),
  change: { conditions: 'when the statute changes', vote: 'PUBLISH' },
  sections: [
    { package: 'reading-room', section: 'loans', level: 2 },
    { package: 'reading-room', section: 'reason', level: 2 },
  ],
}
const ASSESSED = { secrecyRisk: 'a1'.repeat(32), impactAssessment: 'b2'.repeat(32) }

function given() {
  const officers = { office: ['sharing-office', 'department-head'], head: ['department-head'] }
  const made = new TestConsortium({
    members: [
      { id: 'aaa', roles: ['LIB'], officers },
      ...['bbb', 'ccc', 'ddd', 'eee'].map((id) => ({ id, roles: ['SCH'], officers })),
    ],
    packages: [FINES, READING_ROOM],
  })
  const { world } = made
  const office = made.signer('aaa', 'office')
  const head = made.signer('aaa', 'head')
  const draft = (dataSet: DataSetContent, changedOn?: string) =>
    (
      world.does(office, draftDataSet, {
        dataSet,
        ...(changedOn === undefined ? {} : { changedOn }),
      }) as { dataSet: string }
    ).dataSet
  const approve = (dataSet: string) => world.does(head, approveDataSet, { dataSet, ...ASSESSED })
  const propose = (dataSet: string) =>
    world.does(made.signer('aaa'), proposeDataSet, { dataSet }) as {
      proposal: string
      loosens: string[]
    }
  const publish = (content: DataSetContent): string => {
    const hash = draft(content)
    approve(hash)
    made.vote(propose(hash).proposal, ['aaa', 'bbb', 'ccc'])
    return hash
  }
  const stored = (hash: string) => world.state(dataSets).get(hash)
  const proposePackage = (document: PackageDocument) => {
    const bytes = packageBytes(document)
    const hash = packageHash(bytes)
    world.does(made.signer('bbb'), putPart, { part: hash, bytes: toBase64Url(bytes) })
    const input = { package: hash, size: bytes.length, parts: [hash] }
    return world.run(made.signer('bbb'), 'catalogue.proposePackage', input)
  }
  return { made, world, office, head, draft, approve, propose, publish, stored, proposePackage }
}

describe('an entry of the data catalogue', () => {
  it('is drafted, approved by another officer with its assessments, voted on, and public then', () => {
    const { made, world, office, head, draft, approve, propose, stored } = given()
    const hash = draft(READERS)
    const system = made.signer('aaa')
    const early = world.refuses(system, proposeDataSet, { dataSet: hash })
    expect(early).toMatchObject({ code: 'DATA_SET_STATUS', status: 'DRAFT' })
    const own = world.refuses(office, approveDataSet, { dataSet: hash, ...ASSESSED })
    expect(own.code).toBe('DATA_SET_FOUR_EYES')
    const { secrecyRisk } = ASSESSED
    const bare = world.refuses(head, approveDataSet, { dataSet: hash, secrecyRisk })
    expect(bare.code).toBe('IMPACT_ASSESSMENT_MISSING')
    const other = made.signer('bbb', 'head')
    expect(world.refuses(other, approveDataSet, { dataSet: hash, ...ASSESSED }).code).toBe(
      'DATA_SET_NOT_YOURS',
    )
    approve(hash)
    const { proposal } = propose(hash)
    // A majority without the body responsible is none.
    made.vote(proposal, ['bbb', 'ccc', 'ddd'])
    expect(stored(hash).status).toBe('PROPOSED')
    made.vote(proposal, ['aaa'])
    expect(stored(hash)).toMatchObject({ status: 'PUBLISHED', approval: { by: 'head' } })
    const answer = world.ask(testReader({ member: 'bbb' }), 'catalogue.listDataSetEntries', {})
    const { items } = (answer as unknown as { data: { items: DataSet[] } }).data
    expect(items.map(({ content }) => content)).toEqual([READERS])
  })

  it('may be proposed again after a vote against it', () => {
    const { made, draft, approve, propose, stored } = given()
    const hash = draft(READERS)
    approve(hash)
    made.vote(propose(hash).proposal, ['bbb', 'ccc', 'ddd'], 'AGAINST')
    expect(stored(hash)).toMatchObject({ status: 'APPROVED', proposal: null })
    made.vote(propose(hash).proposal, ['aaa', 'bbb', 'ccc'])
    expect(stored(hash).status).toBe('PUBLISHED')
  })

  it.each<[string, Partial<DataSetContent>, string]>([
    ['another provider', { provider: 'bbb' }, 'DATA_SET_NOT_YOURS'],
    ['a gap of versions', { version: 2 }, 'DATA_SET_VERSION'],
    ['no conditions', { conditions: null }, 'DATA_SET_UNLAWFUL'],
    [
      'an unknown clause',
      { duties: READERS.duties.map((one) => ({ ...one, clause: 'no/1' })) },
      'DATA_SET_CLAUSE',
    ],
    ['no items', { items: [] }, 'INPUT_INVALID'],
  ])('refuses %s', (_, part, code) => {
    const { world, office } = given()
    const input = { dataSet: { ...READERS, ...part } }
    expect(world.refuses(office, draftDataSet, input).code).toBe(code)
    expect(world.stored(dataSets)).toEqual([])
  })

  it('counts the working days of a change, and says what was late', () => {
    const { made, world, draft, approve, propose, publish, stored } = given()
    publish(READERS)
    world.advance(60 * 86_400_000)
    // 2026-09-01 is a Tuesday; 2026-10-01 is a day off of the published calendar.
    const next = draft({ ...READERS, version: 2, grade: 4 }, '2026-09-24')
    const { updateBy, updateWithExtension } = stored(next).clocks
    expect(new Date(updateBy ?? 0).toISOString()).toBe('2026-10-09T15:59:59.999Z')
    expect(new Date(updateWithExtension ?? 0).toISOString()).toBe('2026-10-16T15:59:59.999Z')
    approve(next)
    const { proposal } = propose(next)
    world.advance(10 * 86_400_000)
    made.vote(proposal, ['aaa', 'bbb', 'ccc'])
    expect(stored(next)).toMatchObject({ status: 'PUBLISHED', late: ['UPDATE', 'PUBLICATION'] })
  })

  it('is loosened by three quarters only', () => {
    const { made, draft, approve, propose, publish, stored } = given()
    const first = publish(READERS)
    const open = { ...READERS, version: 2, sharing: 'UNCONDITIONAL', conditions: null } as const
    const hash = draft(open)
    approve(hash)
    const { proposal, loosens } = propose(hash)
    expect(loosens).toEqual(['SHARING'])
    made.vote(proposal, ['aaa', 'bbb', 'ccc'])
    expect(stored(hash).status).toBe('PROPOSED')
    expect(stored(first).status).toBe('PUBLISHED')
    made.vote(proposal, ['ddd'])
    expect([stored(hash).status, stored(first).status]).toEqual(['PUBLISHED', 'SUPERSEDED'])
  })

  it.each<[string, (document: PackageDocument) => PackageDocument, string, string]>([
    ['a level below', (one) => one, '3', 'SECTION_WEAKER'],
    [
      'freer sharing',
      (one) => changed(one, { '/service/sections/loans/sharing': 'UNCONDITIONAL' }),
      '2',
      'SECTION_WEAKER',
    ],
    ['a section that is in no entry', (one) => one, 'only reason', 'SECTION_NOT_LISTED'],
    ['what the catalogue lists', (one) => one, '2', 'OK'],
  ])('binds packages: %s', (_, change, listed, code) => {
    const { publish, proposePackage } = given()
    const [loans, reason] = READERS.sections
    if (loans === undefined || reason === undefined) throw new Error('two sections are listed')
    const level = listed === '3' ? 3 : 2
    const sections = listed === 'only reason' ? [reason] : [{ ...loans, level }, reason]
    publish({ ...READERS, sections })
    const document = changed(change(READING_ROOM), {
      '/version': '1.1.0',
      '/effectiveFrom': '2026-10-01',
    })
    expect(proposePackage(document).code).toBe(code)
  })
})

describe('what an entry says', () => {
  it.each<[string, Partial<DataSetContent>]>([
    ['MISSING_SCOPE', { conditions: null }],
    ['MISSING_REASON', { sharing: 'NOT_SHARED', conditions: null, shareMethods: [] }],
    ['SELF_MADE_CONDITIONS', { sharing: 'UNCONDITIONAL' }],
    ['REASON_NOT_NEEDED', { notShared: { reason: 'r', clause: CLAUSE, rank: 'LAW' } }],
    ['MISSING_METHOD', { shareMethods: [] }],
    ['DUTY_STAGE_MISSING', { duties: READERS.duties.slice(1) }],
    ['NAMED_TWICE', { items: ['reader', 'reader'] }],
    ['BLANK_TEXT', { conditions: { scope: '\u3000', purpose: 'fines' } }],
  ])('has the fault %s', (fault, part) => {
    expect(findDataSetFaults(READERS)).toEqual([])
    expect(findDataSetFaults({ ...READERS, ...part })).toEqual([fault])
  })

  it.each<[string, Partial<DataSetContent>]>([
    ['CONDITIONS', { conditions: { scope: 'every school', purpose: 'fines' } }],
    ['GRADE', { grade: 2 }],
    ['PERSONAL', { personal: false }],
    ['SECTION_LEFT_OUT', { sections: READERS.sections.slice(1) }],
    ['DUTY_LEFT_OUT', { duties: READERS.duties.map((one) => ({ ...one, duty: 'less' })) }],
    ['CHANGE_CONDITIONS', { change: { conditions: 'any time', vote: 'PUBLISH' } }],
  ])('loosens %s', (what, part) => {
    expect(findDataSetLoosenings(READERS, { ...READERS, grade: 4 })).toEqual([])
    expect(findDataSetLoosenings(READERS, { ...READERS, ...part })).toEqual([what])
    const high = { ...READERS, sections: READERS.sections.map((one) => ({ ...one, level: 3 })) }
    expect(findDataSetLoosenings(high, READERS)).toEqual(['LEVEL'])
    const locked = { ...READERS, change: { conditions: 'c', vote: 'LOOSEN' } } as const
    expect(findDataSetLoosenings(locked, locked)).toEqual(['VOTE'])
  })
})
