// Goal: a supervisor's look by warrant opens exactly the rows that the warrant names, at the real owner, and stays
// visible: who looked is listed by batch and by record; revoked, nothing more opens (threats 3 and 22).
// Method: the fictional club; a member that is made its supervisor seeks one reader, the owner finds the row by its
// blind index and signs it; every other row is asked for too, by the contract and with the answer's own keys.
import { grants, members } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import { testSigner } from '@renshe/kernel/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrolmentRoots } from '../determine/account-map.ts'
import {
  contentsOf,
  feeRows,
  opened,
  released,
  type SealedMonth,
  sendMonth,
} from '../testing/club-flows.fixture.ts'
import { ClubWorld, residentId } from '../testing/club-world.fixture.ts'
import { aboutAccount, findPersonRows } from './person-rows.ts'
import { findGrantFor } from './read-sections.ts'
import { placesOfRoot } from './subledger-trees.ts'

const SUPERVISOR = 'stranger'
const DAY = 86_400_000
const ROWS = feeRows(12)
const [first, second] = ['0801', '0802'].map((name) =>
  testSigner({ member: SUPERVISOR, kind: 'officer', name, roles: ['supervision'] }),
) as [ReturnType<typeof testSigner>, ReturnType<typeof testSigner>]

let world: ClubWorld
let month: SealedMonth
let root: string
let enrolment: string
beforeAll(async () => {
  world = await ClubWorld.create('warrant')
  enrolment = await enrol()
  month = await sendMonth(world, ROWS, '2026-01')
  root = month.batch.root as string
  const chain = world.consortium.world
  chain.seed(members, SUPERVISOR, { ...chain.state(members).get(SUPERVISOR), roles: ['LIB'] })
})
afterAll(() => world.close())

const acts = (signer: typeof first, action: string, input: JsonObject) =>
  world.consortium.world.does(signer, action, input) as JsonObject

/** Gives every reader an account; the root of the enrolment. */
async function enrol(): Promise<string> {
  const fields = { number: 'C-1' }
  const opened = await world.does('school', 'cases.openCase', { service: 'club-enrolment', fields })
  const place = { case: opened.case as string, step: 'enrol' }
  const rows = ROWS.map(({ memberId, name }) => ({ memberId, name }) as JsonObject)
  const act = { action: 'cases.actOnStep' as const, input: place, ...place }
  const batch = { section: 'readers', count: rows.length, rows }
  expect(await world.acts('school', { ...act, batch })).toMatchObject({ code: 'OK' })
  const [own] = enrolmentRoots(world.ledger.view(), 'club-enrolment', 'C-1')
  return own as string
}

/** A confirmed warrant over the month's fees. */
function warrantOver(scope: JsonObject, section = 'fees'): { warrant: string; grant: string } {
  const { warrant } = acts(first, 'supervision.issueWarrant', {
    case: month.case,
    owner: 'club',
    section,
    scope,
    purpose: 'INSPECTION',
    basis: 'club-statute/1',
    reference: '2026-17',
    reads: 5,
    notAfter: world.consortium.world.time + 7 * DAY,
  })
  const { grant } = acts(second, 'supervision.confirmWarrant', { warrant: warrant as string })
  return { warrant: warrant as string, grant: grant as string }
}

function look(grant: string, from: number, count = 1) {
  return world.consortium.world.run(first, 'access.readSections', {
    grant,
    case: month.case,
    holderKey: world.member(SUPERVISOR).holderKey,
    batch: { root, count: ROWS.length },
    rows: { section: 'fees', from, count },
  })
}

function listed(filter: JsonObject): JsonObject[] {
  const reader = { member: 'club', name: null, roles: [], unit: null }
  const answer = world.ledger.query('access.listReads', filter, reader)
  return (answer as unknown as { data: { items: JsonObject[] } }).data.items
}

describe('threat 3: a look at one person by warrant', () => {
  it('opens the row that the owner named, and no other', () => {
    const { vault } = world.member('club')
    const { warrant, grant } = warrantOver({ kind: 'PERSONS', batch: root, persons: 1 })
    expect(look(grant, 7).code).toBe('SECTION_NOT_COVERED')

    const places = findPersonRows(vault, root, { idType: 'cn-id', id: residentId(7) })
    expect(places).toEqual([7])
    const steward = world.consortium.signer('club')
    acts(steward, 'supervision.nameWarrantRows', { warrant, places: places as number[] })
    for (let row = 0; row < ROWS.length; row++) {
      expect(look(grant, row).code).toBe(row === 7 ? 'OK' : 'SECTION_NOT_COVERED')
    }

    const { txId: read } = look(grant, 7)
    const answer = released(world, SUPERVISOR, read)
    const { openings } = opened(world, SUPERVISOR, read, answer)
    expect(contentsOf(openings)).toEqual([ROWS[7]])
    // Half A of the whole batch stays with the owner: with it, each B that leaks later would open a row.
    expect(answer.batchHalf).toBeNull()
    expect(answer.sections).toHaveLength(1)

    // Whose row it is, the person's own list shows: by the batch and the place.
    expect(listed({ batch: root }).at(-1)).toMatchObject({
      read,
      member: SUPERVISOR,
      officer: '0801',
      case: month.case,
      rows: { from: 7, count: 1 },
    })
    expect(world.consortium.world.state(grants).get(grant).used).toBe(2)

    // The person knows its account, which is another record than its row of the month: the owner joins them.
    const seven = placesOfRoot(vault, enrolment)?.[7]?.leaf.record as string
    const registers = ['club-enrolment']
    const isOwn = aboutAccount(vault, world.ledger.view(), {
      registers,
      book: 'C-1',
      account: seven,
    })
    const about = (tree: string) => (placesOfRoot(vault, tree) ?? []).map(isOwn).indexOf(true)
    expect([about(root), about(enrolment)]).toEqual([7, 7])
    expect(placesOfRoot(vault, root)?.filter(isOwn)).toHaveLength(1)
    const stranger = { registers, book: 'C-1', account: '0'.repeat(32) }
    expect(
      placesOfRoot(vault, root)?.some(aboutAccount(vault, world.ledger.view(), stranger)),
    ).toBe(false)
  })

  it('at a named record opens its section, and is listed under it', () => {
    const record = month.note.record as string
    const { grant } = warrantOver({ kind: 'RECORDS', records: [record] }, 'note')
    const { txId: read } = world.consortium.world.run(first, 'access.readSections', {
      grant,
      case: month.case,
      holderKey: world.member(SUPERVISOR).holderKey,
      items: [{ record, version: 1, section: 'note' }],
    })
    const { openings } = opened(world, SUPERVISOR, read, released(world, SUPERVISOR, read))
    expect(contentsOf(openings)).toEqual([{ noteText: 'for 𠮷野家' }])
    expect(listed({ record })).toMatchObject([{ read, member: SUPERVISOR, officer: '0801' }])
  })

  it('is not taken for the leave to read the whole case', () => {
    const place = { owner: 'club', section: 'fees', case: month.case }
    const view = world.ledger.view()
    expect(findGrantFor(view, SUPERVISOR, place)).toBeUndefined()
    expect(findGrantFor(view, SUPERVISOR, { ...place, root })?.kind).toBe('WARRANT')
  })

  it('of a person who is not there opens nothing', () => {
    const { vault } = world.member('club')
    const nobody = { idType: 'cn-id', id: residentId(999) } as const
    expect(findPersonRows(vault, root, nobody)).toEqual([])
    expect(findPersonRows(vault, '0'.repeat(64), nobody)).toBeUndefined()
    const { warrant, grant } = warrantOver({ kind: 'PERSONS', batch: root, persons: 1 })
    acts(world.consortium.signer('club'), 'supervision.nameWarrantRows', { warrant, places: [] })
    expect(look(grant, 7).code).toBe('SECTION_NOT_COVERED')
  })

  it('threat 22: ends with the warrant: a read that was committed is not answered any more', () => {
    const { warrant, grant } = warrantOver({ kind: 'ROWS', batch: root, places: [3] })
    const { txId: read } = look(grant, 3)
    acts(second, 'supervision.revokeWarrant', { warrant })
    expect(() => released(world, SUPERVISOR, read)).toThrow('GRANT_REVOKED')
    expect(look(grant, 3).code).toBe('GRANT_REVOKED')
  })
})

describe('a warrant over a whole batch', () => {
  it('opens all rows with half A of the batch, like any grant over it', () => {
    const { grant } = warrantOver({ kind: 'BATCH', batch: root })
    const { txId: read } = look(grant, 0, ROWS.length)
    const answer = released(world, SUPERVISOR, read)
    expect(answer.batchHalf).not.toBeNull()
    expect(contentsOf(opened(world, SUPERVISOR, read, answer).openings)).toEqual(ROWS)
  })
})
