// Goal: a read that opens less than a section gives exactly that, signed or proven; a grant about one person opens only
// what is of it; whoever is looked for is told or not in the same length; a section of level 4 opens by m of n shares
// and not before (threats 2, 3, 16, 21, 22).
// Method: the fictional club with a card of three fields and a ballot; grants, reads, agreements and shares by the real
// actions; every part of an answer is changed and every step left out.
import { reads } from '@renshe/contracts'
import { canonicalJson, type JsonObject } from '@renshe/crypto'
import { testSigner } from '@renshe/kernel/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PartAnswer, PeerService } from '../peer.ts'
import { contentsOf, sendMonth, termsOf } from '../testing/club-flows.fixture.ts'
import { ClubWorld, residentId } from '../testing/club-world.fixture.ts'
import { readsToConfirm } from './confirmations.ts'
import { findPerson, openAnswer, openFields } from './open-part.ts'
import { panelOf, prepareShare } from './panels.ts'
import { openCommitted } from './read-sections.ts'
import { sealRecord } from './seal.ts'
import { settle } from './settle.ts'
import { drawSubject } from './subjects.ts'

const DAY = 86_400_000
const WHO = { idType: 'cn-id', id: residentId(7) } as const
const NOBODY = { idType: 'cn-id', id: residentId(8) } as const
const CARD = { memberId: WHO.id, remark: '不得外传 𠮷', years: 12 }

const officer = (member: string, name: string) =>
  testSigner({ member, kind: 'officer', name, roles: [] })

let world: ClubWorld
let caseId: string
let card: { record: string; commitment: string }
beforeAll(async () => {
  world = await ClubWorld.create('parts')
  caseId = (await sendMonth(world)).case
  card = await sealed('card', CARD, WHO)
})
afterAll(() => world.close())

/** Seals a section at the club and hands it in with the step that brings it. */
async function sealed(section: string, content: JsonObject, person: typeof WHO | null = null) {
  const { vault } = world.member('club')
  const expiresAt = world.consortium.world.time + DAY
  const view = world.ledger.view()
  const terms = { ...termsOf(world, caseId, section), kind: 'fields' as const }
  const releasers = ['club', 'school', 'treasury'].map((member) => ({ member, name: null }))
  const panel = terms.level === 4 ? { panel: panelOf(view, 2, releasers) } : {}
  const made = await sealRecord(vault, {
    case: caseId,
    step: 'close',
    expiresAt,
    sections: [{ ...terms, ...panel, content: canonicalJson(content), person }],
  })
  const { record, panels } = made
  const sections = made.sealing.sections.map((one) => ({ ...one, level: terms.level }))
  const outcome = section === 'card' ? 'carded' : 'voted'
  const given = panels.length === 0 ? {} : { panels }
  const input = { case: caseId, step: 'close', outcome, record, sections, ...given }
  await world.does('club', 'cases.actOnStep', input as unknown as JsonObject)
  await settle(vault, world.ledger.view())
  return { record, commitment: sections[0]?.commitment as string }
}

/** A grant of the club to the treasury. */
async function issued(terms: JsonObject, section = 'card'): Promise<string> {
  const { entry } = termsOf(world, caseId, section)
  const { grant } = await world.does('club', 'access.issueGrant', {
    kind: 'STATUTE',
    owner: 'club',
    entry,
    sections: [section],
    scope: 'CLASS',
    holder: { member: 'treasury' },
    assertedBy: 'MEMBER',
    purpose: { code: 'FEES' },
    basis: [{ clause: 'club-statute/1' }],
    use: 'VIEW',
    notAfter: world.consortium.world.time + 30 * DAY,
    ...terms,
  })
  return grant as string
}

const readInput = (grant: string, more: JsonObject = {}, place = card, section = 'card') => ({
  grant,
  holderKey: world.member('treasury').holderKey,
  items: [{ record: place.record, version: 1, section }],
  ...more,
})

async function readOf(grant: string, more: JsonObject = {}): Promise<string> {
  return (await world.does('treasury', 'access.readSections', readInput(grant, more)))
    .read as string
}

/** The treasury's reading while the club's service gives something else. */
async function withAnswer<Result>(
  change: (part: PartAnswer) => PartAnswer,
  work: () => Promise<Result>,
): Promise<Result> {
  const real = world.serviceOf('club') as PeerService
  const releasePart: PeerService['releasePart'] = async (caller, request) =>
    change(await real.releasePart(caller, request))
  world.services.set('club', { ...real, releasePart })
  try {
    return await work()
  } finally {
    world.services.delete('club')
  }
}

describe('some fields', () => {
  it('are shown with their places under the commitment, and nothing else leaves', async () => {
    const grant = await issued({ fields: ['remark', 'years'] })
    expect(await world.tries('treasury', 'access.readSections', readInput(grant))).toMatchObject({
      code: 'FIELDS_NOT_COVERED',
    })
    const read = await readOf(grant, { fields: ['years'] })
    const { reading } = world.member('treasury')
    const [shown] = await openFields(reading, read)
    expect(shown?.commitment).toBe(card.commitment)
    expect(shown?.leaves.map(({ value }) => value)).toEqual([['/years', 12]])
    await expect(openCommitted(reading, read)).rejects.toThrow('READ_OF_A_PART')
    const { vault } = world.member('club')
    const confirmed = readsToConfirm(vault, world.ledger.view(), 600_000)
    expect(confirmed.find((one) => one.read === read)).toMatchObject({ outcome: 'RELEASED' })
  })

  it('are the same again, and open for no other read', async () => {
    const grant = await issued({ fields: ['years'] })
    const [one, two] = [
      await readOf(grant, { fields: ['years'] }),
      await readOf(grant, { fields: ['years'] }),
    ]
    const { reading, peers, holderKey } = world.member('treasury')
    const ask = (read: string) => peers('club').releasePart({ read, holderKey, query: null })
    const first = await ask(one)
    expect(await ask(one)).toEqual(first)
    await withAnswer(
      () => first,
      () => expect(openFields(reading, two)).rejects.toThrow('SEAL_BROKEN'),
    )
    const whole = await issued({})
    await expect(ask(await readOf(whole))).rejects.toThrow('READ_OF_SECTIONS')
    expect(contentsOf((await openCommitted(reading, await readOf(whole))).openings)).toEqual([CARD])
  })
})

describe('an answer', () => {
  const QUESTIONS = [
    { name: 'longMember', is: 'years >= 10' },
    { name: 'band', is: 'if years < 5 then "NEW" else "OLD"', bands: ['NEW', 'OLD'] },
    { name: 'odd', is: 'years + 1' },
  ]

  it.each<[string, boolean | string | null]>([
    ['longMember', true],
    ['band', 'OLD'],
    // What is no yes, no or band is "unknown": a question must not leak by another value.
    ['odd', null],
  ])('%s is %s, signed with the read it answers', async (question, expected) => {
    const grant = await issued({ use: 'ANSWER', fields: ['years'], questions: QUESTIONS })
    const { reading, peers, holderKey } = world.member('treasury')
    const read = await readOf(grant, { question })
    const { answer, told } = await openAnswer(reading, read)
    expect(answer).toBe(expected)
    expect(told).toMatchObject({ read, question })
    const other = await readOf(grant, { question })
    const part = await peers('club').releasePart({ read, holderKey, query: null })
    await withAnswer(
      () => part,
      () => expect(openAnswer(reading, other)).rejects.toThrow('SEAL_BROKEN'),
    )
    await withAnswer(
      (own) => ({
        ...own,
        digest: part.digest.replace(/./, (digit) => (digit === '0' ? '1' : '0')),
      }),
      () => expect(openAnswer(reading, read)).rejects.toThrow('SEAL_BROKEN'),
    )
    expect(part.box).toHaveLength(1024 + 81)
  })

  it('is not given once the grant is revoked (threat 22)', async () => {
    const grant = await issued({ use: 'ANSWER', fields: ['years'], questions: QUESTIONS })
    const read = await readOf(grant, { question: 'longMember' })
    await world.does('club', 'access.revokeGrant', { grant })
    const { reading } = world.member('treasury')
    await expect(openAnswer(reading, read)).rejects.toThrow('GRANT_REVOKED')
  })
})

describe('a grant about one person', () => {
  it('opens what is of it, and of nobody else, whatever the read names', async () => {
    const { vault } = world.member('club')
    const { reading } = world.member('treasury')
    const own = await issued({ scope: 'SUBJECT', subject: drawSubject(vault, WHO) })
    const { openings } = await openCommitted(reading, await readOf(own))
    expect(contentsOf(openings)).toEqual([CARD])
    const other = await issued({ scope: 'SUBJECT', subject: drawSubject(vault, NOBODY) })
    await expect(openCommitted(reading, await readOf(other))).rejects.toThrow('SUBJECT_OTHER')
    const undrawn = await issued({ scope: 'SUBJECT', subject: 'c3'.repeat(16) })
    await expect(openCommitted(reading, await readOf(undrawn))).rejects.toThrow('SUBJECT_OTHER')
  })
})

describe('looking for a person', () => {
  it('tells a reference or "unknown" in the same length, with a receipt, one at a time', async () => {
    const grant = await issued({ find: true })
    const { reading } = world.member('treasury')
    const lengths: number[] = []
    const found = await withAnswer(
      (part) => {
        lengths.push(part.box.length)
        return part
      },
      async () => [
        await findPerson(reading, { grant, owner: 'club' }, WHO),
        await findPerson(reading, { grant, owner: 'club' }, WHO),
        await findPerson(reading, { grant, owner: 'club' }, NOBODY),
      ],
    )
    const [first, again, unknown] = found.map(({ answer }) => answer)
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    expect(again).toBe(first)
    expect(unknown).toBeNull()
    expect(new Set(lengths).size).toBe(1)
    const receipts = [...world.ledger.view().state(reads).range()]
    expect(receipts.filter(([, { find }]) => find !== null)).toHaveLength(3)
    // Another grant has another reference: two members cannot join what they were told.
    const other = await findPerson(
      reading,
      { grant: await issued({ find: true }), owner: 'club' },
      WHO,
    )
    expect(other.answer).not.toBe(first)
    // The reference is a subject of this vault: a grant over it opens what is of the person.
    const over = await issued({ scope: 'SUBJECT', subject: first as string })
    expect(contentsOf((await openCommitted(reading, await readOf(over))).openings)).toEqual([CARD])
  })

  it('answers only the query that the read names', async () => {
    const grant = await issued({ find: true })
    const { reading, peers, holderKey } = world.member('treasury')
    const { told } = await findPerson(reading, { grant, owner: 'club' }, WHO)
    const ask = (query: Uint8Array) =>
      peers('club').releasePart({ read: told.read as string, holderKey, query })
    // The same again in the window gives the same, whatever comes with it; a fresh read needs its own query.
    await expect(ask(new Uint8Array(0))).resolves.toBeDefined()
    const { read } = await world.does('treasury', 'access.findPerson', {
      grant,
      holderKey,
      query: 'ab'.repeat(32),
    })
    const request = { read: read as string, holderKey, query: new Uint8Array(200) }
    await expect(peers('club').releasePart(request)).rejects.toThrow('QUERY_OTHER')
  })
})

describe('a section of level 4', () => {
  it('opens by two of three shares, checked before they are combined, and not before', async () => {
    const vote = await sealed('vote', { choice: '是' })
    const { reading } = world.member('treasury')
    expect(world.member('club').vault.release.findHalf(vote.commitment)).toBeUndefined()
    const grant = await issued({ kind: 'CONTRACT', scope: 'CASE', case: caseId }, 'vote')
    const { world: chain } = world.consortium
    const [clerk, second] = [officer('treasury', '0901'), officer('treasury', '0902')]
    const input = readInput(grant, { case: caseId }, vote, 'vote')
    const { read } = chain.does(clerk, 'access.readSections', input) as { read: string }
    await expect(openCommitted(reading, read)).rejects.toThrow('SECOND_OFFICER_WAITS')
    expect(chain.run(clerk, 'access.agreeToRead', { read }).code).toBe('SAME_OFFICER')
    chain.does(second, 'access.agreeToRead', { read })
    // Releasers have days: the owner does not confirm after ten minutes that nobody asked.
    chain.advance(601_000)
    const { vault } = world.member('club')
    const due = readsToConfirm(vault, world.ledger.view(), 600_000)
    expect(due.some((one) => one.read === read)).toBe(false)

    const { commitment } = vote
    const releases = async (member: string, index: number) => {
      const signing = await prepareShare(world.member(member), { read, commitment, index })
      expect(await prepareShare(world.member(member), { read, commitment, index })).toEqual(signing)
      const ask = world.member('treasury').peers(member)
      await expect(ask.releasedShare({ read, commitment, index })).rejects.toThrow(
        'SHARE_NOT_RELEASED',
      )
      chain.does(officer(member, '0700'), 'access.releaseShare', { ...signing })
    }
    await releases('club', 1)
    await expect(openCommitted(reading, read)).rejects.toThrow('SHARES_MISSING')
    await releases('school', 2)
    // A releaser's box goes to that releaser, a released share to the holder, and to nobody else.
    const stranger = world.member('stranger').peers
    const request = { read, commitment, index: 2 }
    await expect(stranger('club').shareBox(request)).rejects.toThrow('SHARE_NOT_FOUND')
    await expect(stranger('school').releasedShare(request)).rejects.toThrow('SHARE_NOT_RELEASED')
    const { openings } = await openCommitted(reading, read)
    expect(contentsOf(openings)).toEqual([{ choice: '是' }])

    // Threat 16: a releaser that gives another share than it committed to stops the opening, and says so.
    const name = `${commitment} ${read} 2`
    const real = world.serviceOf('school') as PeerService
    const wrong = world.member('school').vault.store.unlock('share-release', name) as Uint8Array
    world.services.set('school', {
      ...real,
      releasedShare: async () => wrong.map((byte, at) => (at === 90 ? byte ^ 1 : byte)),
    })
    await expect(openCommitted(reading, read)).rejects.toThrow('SEAL_BROKEN')
    world.services.delete('school')
  })
})
