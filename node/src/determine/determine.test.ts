// Goal: a member computes a determination from rows that it opened; the owner seals the sub-ledger, the other
// recomputes both trees from the openings before it signs the roots; a difference moves nothing and is told by name.
// Method: the fictional club over the peer port with real vaults and contracts; the owner's service is replaced
// to show one changed thing.
import { EMPTY_TREE, sections, steps } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PeerService, SubledgerPage } from '../peer.ts'
import { peerServiceOf } from '../peer-service.ts'
import { feeRows, openMonth } from '../testing/club-flows.fixture.ts'
import { ClubWorld, residentId } from '../testing/club-world.fixture.ts'
import { openOwnBatch } from '../vault/read-sections.ts'
import { settle } from '../vault/settle.ts'
import { determine } from './determine.ts'

let world: ClubWorld
beforeAll(async () => {
  world = await ClubWorld.create('determine')
  await enrol(7)
})
afterAll(() => world.close())

async function enrol(count: number): Promise<void> {
  const opened = await world.does('school', 'cases.openCase', {
    service: 'club-enrolment',
    fields: { number: 'C-1' },
  })
  const rows = Array.from({ length: count }, (_, at) => ({
    memberId: residentId(at),
    name: `reader ${at}`,
  }))
  const outcome = await world.acts('school', {
    action: 'cases.actOnStep',
    input: { case: opened.case as string, step: 'enrol' },
    case: opened.case as string,
    step: 'enrol',
    batch: { section: 'readers', count, rows },
  })
  expect(outcome).toMatchObject({ code: 'OK' })
}

async function monthSent(month: string, rows: readonly JsonObject[] = feeRows(6)): Promise<string> {
  const id = await openMonth(world, month)
  const outcome = await world.acts('school', {
    action: 'cases.actOnStep',
    input: { case: id, step: 'send', fields: { month, place: 'HALL' } },
    case: id,
    step: 'send',
    sections: { note: { noteText: '一' } },
    batch: { section: 'fees', count: rows.length, rows },
  })
  expect(outcome).toMatchObject({ code: 'OK' })
  return id
}

function determined(member: string, id: string) {
  return determine(world.member(member).reading, { case: id, step: 'allocate' })
}

function stepOf(id: string, name: string) {
  const all = [
    ...world.ledger
      .view()
      .state(steps)
      .range({ prefix: [id] }),
  ]
  return all.map(([, step]) => step).findLast(({ step }) => step === name)
}

function headOf(id: string) {
  const answer = world.ledger.query(
    'cases.getStep',
    { case: id, n: stepOf(id, 'allocate')?.n ?? 0 },
    {
      member: 'club',
      name: null,
      roles: [],
      unit: null,
    },
  )
  if (!answer.ok) throw new Error(answer.code)
  return (
    answer.data as never as {
      determination: { subledger: { head: { balances: { root: string; count: number } } } }
    }
  ).determination.subledger.head
}

describe('two members', () => {
  it('agree month after month: each sees only what the other sealed, roots match, the journal is posted', async () => {
    for (const [month, rows] of [
      ['2026-01', feeRows(6)],
      ['2026-02', feeRows(5, 2)],
    ] as const) {
      const id = await monthSent(month, rows)
      const club = await determined('club', id)
      expect(club).toMatchObject({ posting: null, differences: [] })
      await world.does('club', 'cases.determineStep', club.input)
      const treasury = await determined('treasury', id)
      expect(treasury).toMatchObject({ posting: null, differences: [] })
      expect({ ...treasury.input }).toEqual({ ...club.input })
      await world.does('treasury', 'cases.determineStep', treasury.input)
      expect(stepOf(id, 'allocate')?.status).toBe('done')
      const { live } = await settle(world.member('club').vault, world.ledger.view())
      expect(live.map(({ kind }) => kind).sort()).toContain('balance')
    }
    const next = await monthSent('2026-03')
    const head = headOf(next)
    expect(head.balances.count).toBe(7)
    const accounts = openOwnBatch(world.member('club').vault, head.balances)
    // Readers 0 and 1 paid one month, 2 to 5 two, 6 one: their versions say so, untouched leaves stay.
    const versions = accounts.map((opening) => opening?.header.version).sort()
    expect(versions).toEqual([1, 1, 1, 2, 2, 2, 2])
  })

  it('cannot both begin: who must agree waits for the owner', async () => {
    const id = await monthSent('2026-04')
    await expect(determined('treasury', id)).rejects.toMatchObject({ code: 'OWNER_FIRST' })
  })

  it('differ: the other computes for itself, nothing moves, names are told without a row', async () => {
    const id = await monthSent('2026-05')
    const club = await determined('club', id)
    const outputs = { ...(club.input.outputs as JsonObject), allocated: '1.00' }
    await world.does('club', 'cases.determineStep', { ...club.input, outputs })
    const treasury = await determined('treasury', id)
    expect(treasury.differences).toEqual([
      {
        member: 'club',
        names: [
          {
            name: 'outputs.allocated',
            computed: (club.input.outputs as JsonObject).allocated,
            submitted: '1.00',
          },
        ],
      },
    ])
    await world.does('treasury', 'cases.determineStep', treasury.input)
    expect(stepOf(id, 'allocate')).toMatchObject({
      status: 'disputed',
      differs: ['outputs.allocated'],
    })
  })
})

describe('threat 31: an owner that shows another posting', () => {
  type Change = (page: SubledgerPage) => SubledgerPage
  async function showing(change: Change, id: string) {
    const club = world.member('club')
    const honest = peerServiceOf({ ...club, suites: ['RS-INTL-1'] })
    const service: PeerService = {
      ...honest,
      async *subledger(caller, request) {
        for await (const page of honest.subledger(caller, request)) yield change(page)
      },
    }
    world.services.set('club', service)
    try {
      return await determined('treasury', id)
    } finally {
      world.services.delete('club')
    }
  }

  let id: string
  beforeAll(async () => {
    id = await monthSent('2026-06')
    await world.does('club', 'cases.determineStep', (await determined('club', id)).input)
  })

  const first = (change: (opening: SubledgerPage['openings'][number]) => object): Change => {
    return (page) =>
      page.tree === 'balance'
        ? page
        : {
            ...page,
            openings: page.openings.map((opening, at) =>
              at === 0 ? { ...opening, ...change(opening) } : opening,
            ),
          }
  }
  const cases: [string, Change, object][] = [
    [
      'another amount',
      first(({ content }) => ({
        content: new TextEncoder().encode(
          new TextDecoder().decode(content).replace('"cost":"1', '"cost":"9'),
        ),
      })),
      { tree: 'entry', place: 'lines/0/cost' },
    ],
    [
      'a changed seed',
      first(({ seed }) => ({ seed: seed.map((byte, at) => (at === 0 ? byte ^ 1 : byte)) })),
      { tree: 'entry', account: null, place: 'root' },
    ],
    [
      'another owner in a header',
      first(({ header }) => ({ header: { ...header, owner: 'stranger' } })),
      { tree: 'entry', place: 'entry/header.owner' },
    ],
    [
      'one entry less',
      (page) => (page.tree === 'entry' ? { ...page, openings: page.openings.slice(1) } : page),
      { tree: 'entry' },
    ],
    [
      'no balances',
      (page) => (page.tree === 'balance' ? { ...page, openings: [] } : page),
      { tree: 'balance', place: 'count' },
    ],
  ]

  it.each(cases)('%s: its roots are not signed', async (_, change, difference) => {
    const treasury = await showing(change, id)
    expect(treasury.posting).toMatchObject(difference)
    expect(treasury.input.subledger).toMatchObject({ entries: { root: '0'.repeat(64) } })
  })

  it('honest again: both agree', async () => {
    const treasury = await determined('treasury', id)
    expect(treasury.posting).toBeNull()
    await world.does('treasury', 'cases.determineStep', treasury.input)
    expect(stepOf(id, 'allocate')?.status).toBe('done')
  })
})

describe('openings of a posting', () => {
  it('are shown to nobody who need not agree, and only for the step they were sealed for', async () => {
    const id = await monthSent('2026-07')
    const club = await determined('club', id)
    const { entries, balances } = club.input.subledger as never as {
      entries: { root: string }
      balances: { root: string }
    }
    const request = { case: id, step: 'allocate', entries: entries.root, balances: balances.root }
    const ask = async (member: string, changes: object = {}) => {
      const pages = []
      const { peers } = world.member(member)
      for await (const page of peers('club').subledger({ ...request, ...changes })) pages.push(page)
      return pages
    }
    expect((await ask('treasury')).length).toBe(2)
    for (const member of ['school', 'stranger']) {
      await expect(ask(member)).rejects.toMatchObject({ code: 'STEP_NOT_YOURS' })
    }
    const other = await monthSent('2026-08')
    await expect(ask('treasury', { case: other })).rejects.toMatchObject({
      code: 'SECTION_MISSING',
    })
    await expect(ask('treasury', { entries: EMPTY_TREE.root })).rejects.toMatchObject({
      code: 'SECTION_MISSING',
    })
    expect([...world.ledger.view().state(sections).range()].length).toBeGreaterThan(0)
  })
})
