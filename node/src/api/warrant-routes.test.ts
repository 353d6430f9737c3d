// Goal: the owner's data steward finds the row that a warrant seeks, over HTTP; nobody else does, and only while
// the warrant seeks; what the steward then signs opens that row for the supervisor.
// Method: the club founded with a treasury that has two supervision officers, on a real chain; each asker and each
// state of the warrant in turn; at last a look by the real reading of a node.
import type { Grant } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clubTerms, enrolReaders, sendFees } from '../found/club-consortium.fixture.ts'
import { foundConsortium } from '../found/found-consortium.ts'
import { openHost } from '../host.ts'
import { contentsOf, feeRows } from '../testing/club-flows.fixture.ts'
import { residentId } from '../testing/club-world.fixture.ts'
import { openCommitted } from '../vault/read-sections.ts'
import { ApiWorld } from './api-world.fixture.ts'
import { serve } from './serve.ts'

const ROWS = feeRows(8)
const first = { officer: 't-1' } as const
const second = { officer: 't-2' } as const

let world: ApiWorld
let caseId: string
let root: string
beforeAll(async () => {
  world = new ApiWorld()
  const terms = clubTerms(world.folder)
  const members = terms.members.map((member) => {
    if (member.id !== 'treasury') return member
    const officers = [first, second].map(({ officer }) => ({
      number: officer,
      roles: ['supervision'],
      unit: null,
    }))
    return { ...member, roles: ['LIB'], officers }
  })
  await foundConsortium({ ...terms, members })
  world.host = await openHost({ dataFolder: world.folder, blockDelayMs: 0, verifyThreads: 0 })
  await enrolReaders(world.host, 8)
  caseId = (await sendFees(world.host, '2026-01', ROWS)).case
  const { items } = world.host.member('club').ask('access.listBatches', { case: caseId }) as {
    items: JsonObject[]
  }
  root = items[0]?.root as string
  world.served = await serve(world.host, {
    port: 0,
    accounts: [],
    checksReplies: true,
    now: () => world.now,
  })
}, 60_000)

afterAll(() => world?.close())

describe('the rows that a warrant seeks', () => {
  it('are told to the owner’s steward while it seeks them, and to nobody else', async () => {
    const treasury = world.host.member('treasury')
    const club = world.host.member('club')
    const issued = await treasury.act(
      'supervision.issueWarrant',
      {
        case: caseId,
        owner: 'club',
        section: 'fees',
        scope: { kind: 'PERSONS', batch: root, persons: 1 },
        purpose: 'INSPECTION',
        basis: 'club-statute/1',
        reference: '2026-17',
        reads: 2,
        notAfter: treasury.ledger.view().time + 86_400_000,
      },
      first,
    )
    const warrant = issued.data.warrant as string
    const persons = [{ idType: 'cn-id', id: residentId(5) }]
    const ask = (as: string, body: unknown = { persons }) =>
      world.ask(`/api/v1/warrants/${warrant}/rows`, { as, body })

    expect((await ask('club')).status).toBe(404)
    const confirmed = await treasury.act('supervision.confirmWarrant', { warrant }, second)
    for (const as of ['treasury', 'school', 'overseer']) expect((await ask(as)).status).toBe(404)
    expect((await ask('club', { persons: [{ idType: 'guess', id: '1' }] })).status).toBe(422)
    const nobody = [{ idType: 'cn-id', id: residentId(999) }]
    expect((await ask('club', { persons: nobody })).json).toEqual({ batch: root, places: [] })
    // No more persons than the warrant says.
    const two = [...nobody, ...persons]
    expect((await ask('club', { persons: two })).json).toEqual({ batch: root, places: [] })
    expect((await ask('club')).json).toEqual({ batch: root, places: [5] })

    await club.act('supervision.nameWarrantRows', { warrant, places: [5] })
    expect((await ask('club')).status).toBe(404)
    const { items } = treasury.ask('access.listGrants', { holder: 'treasury' }) as unknown as {
      items: Grant[]
    }
    const grant = items.find(({ id }) => id === confirmed.data.grant) as Grant
    expect(grant.warrant?.places).toEqual([5])
    const read = await treasury.act(
      'access.readSections',
      {
        grant: grant.id,
        case: caseId,
        holderKey: treasury.reading().holderKey,
        batch: { root, count: ROWS.length },
        rows: { section: 'fees', from: 5, count: 1 },
      },
      first,
    )
    const { openings } = await openCommitted(treasury.reading(first), read.data.read as string)
    expect(contentsOf(openings)).toEqual([ROWS[5]])
  })
})
