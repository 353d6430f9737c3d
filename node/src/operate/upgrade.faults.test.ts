// Goal: the drill of an upgrade: members vote for a protocol version at a height; the older release stops
// before that height and says what it needs, acknowledges nothing it cannot do, and loses nothing; the newer
// one goes on from the same folder with the same digests, and executes the whole log to them again.
// Method: a club of voting members; "newer" is this release with a second rule book that only this test has.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createContracts, PROTOCOL } from '@renshe/contracts'
import { toHex } from '@renshe/crypto'
import { type Action, action, type Contracts } from '@renshe/kernel'
import { rebuildLedger } from '@renshe/ledger'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clubTerms, enrolReaders, sendFees } from '../found/club-consortium.fixture.ts'
import { dataLayout } from '../found/data-layout.ts'
import { foundConsortium } from '../found/found-consortium.ts'
import { type Host, openHost } from '../host.ts'
import { readPackages } from '../host-parts.ts'
import { feeRows } from '../testing/club-flows.fixture.ts'
import { examineHost } from './doctor.ts'

const NEXT = PROTOCOL + 1
const VOTERS = ['club', 'overseer', 'treasury']
let folder = ''

/** What the next release would bring: everything as before, and one action that is new. */
function nextContracts(): Contracts {
  const before = createContracts()
  const added = action({
    name: 'membership.greet',
    summary: 'Greets; there only from the next protocol version on.',
    input: Type.Object({ word: Type.String({ maxLength: 16 }) }),
    run: (ctx, { word }) => {
      ctx.emit('Greeted', { word })
      return { word }
    },
  }) as unknown as Action<never>
  const actions = new Map([...before.actions, [added.name, added]])
  return { ...before, protocol: NEXT, actions: new Map([...actions].sort(byName)) }
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

const olderRelease = () => new Map([[PROTOCOL, createContracts()]])
const newerRelease = () => new Map([...olderRelease(), [NEXT, nextContracts()]])

async function open(contracts: () => ReadonlyMap<number, Contracts>) {
  const notices: string[] = []
  const onNotice = (notice: string) => notices.push(notice)
  const settings = { dataFolder: folder, blockDelayMs: 0, verifyThreads: 0, contracts, onNotice }
  return { host: await openHost(settings), notices }
}

const headsOf = (host: Host) =>
  new Set(host.members.map(({ ledger }) => toHex(ledger.copy.info().headerHash)))

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-upgrade-'))
  await foundConsortium(clubTerms(folder, ['club', 'treasury']))
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('stops the older release at the enacted height, and the newer one goes on', async () => {
  const older = await open(olderRelease)
  await enrolReaders(older.host, 5)
  const height = await enactSwitch(older.host)

  // The older release works up to the height before, and not one block further.
  const club = older.host.member('club')
  for (let left = height - older.host.engine.status().height; left > 1; left--) {
    await club.act('membership.registerUnit', unit(left))
  }
  await older.host.quiet()
  expect(older.host.engine.status().height).toBe(height - 1)
  const before = headsOf(older.host)
  expect(before.size).toBe(1)
  const refused = await club.tryAct('membership.registerUnit', unit(0))
  expect(refused).toMatchObject({ included: false, code: 'ENGINE_BUSY' })
  const { state, reason } = older.host.engine.status()
  expect(state).toBe('failed')
  expect(reason).toContain(`PROTOCOL_UNKNOWN {"protocol":${NEXT},"height":${height}`)
  expect(reason).toContain('Install the release that knows this protocol version')
  expect(older.notices.join('\n')).toContain('PROTOCOL_UNKNOWN')
  expect(examineHost(older.host, Date.now())).toContainEqual(
    expect.objectContaining({ code: 'PROTOCOL_BEHIND', severity: 'fault' }),
  )
  // Reading goes on.
  expect(club.ask('membership.listMembers', {})).toBeTruthy()
  await older.host.stop()

  // Started again it is as it was: nothing is lost, nothing is done.
  const again = await open(olderRelease)
  expect(headsOf(again.host)).toEqual(before)
  expect(again.host.engine.status()).toMatchObject({ state: 'failed', height: height - 1 })
  await again.host.stop()

  const newer = await open(newerRelease)
  try {
    await newer.host.quiet()
    const { copy } = newer.host.member('overseer').ledger
    expect(newer.host.engine.status().state).toBe('running')
    const greeted = await newer.host.member('club').act('membership.greet', { word: 'hello' })
    expect(greeted.height).toBeGreaterThanOrEqual(height)
    expect(copy.header(height).parent).toBe([...before][0])
    const protocols = [height - 1, height].map((each) => copy.header(each).protocol)
    expect(protocols).toEqual([PROTOCOL, NEXT])
    await sendFees(newer.host, '2026-09', feeRows(5))
    await newer.host.quiet()
    expect(headsOf(newer.host).size).toBe(1)
  } finally {
    await newer.host.stop()
  }
}, 120_000)

it('gives the same digests when the whole log is executed again by the newer release', async () => {
  const layout = dataLayout(folder)
  const heads: string[] = []
  for (const id of VOTERS) {
    const opened = await rebuildLedger({
      folder: layout.member(id).ledger,
      contracts: newerRelease(),
      genesisFile: new Uint8Array(readFileSync(layout.genesisFile)),
      packages: readPackages(layout),
    })
    heads.push(toHex(opened.ledger.info().headerHash))
    await opened.close()
  }
  expect(new Set(heads).size).toBe(1)
  const older = rebuildLedger({
    folder: layout.member('club').ledger,
    contracts: olderRelease(),
    genesisFile: new Uint8Array(readFileSync(layout.genesisFile)),
    packages: readPackages(layout),
  })
  await expect(older).rejects.toThrow('PROTOCOL_UNKNOWN')
}, 60_000)

function unit(number: number) {
  return { unit: `unit-${number}`, name: { zh: '科', en: 'Unit' } }
}

/** Proposes the switch as soon as it is allowed, votes, enacts; gives its height. */
async function enactSwitch(host: Host): Promise<number> {
  const height = host.engine.status().height + 24
  const { data } = await host
    .member('club')
    .act('governance.proposeProtocol', { protocol: NEXT, height })
  const proposal = data.proposal as string
  for (const id of VOTERS) {
    await host.member(id).tryAct('governance.castVote', { proposal, choice: 'FOR' })
  }
  await host.quiet()
  const shown = () =>
    host.member('club').ask('governance.getProposal', { proposal }) as unknown as {
      proposal: { status: string }
    }
  if (shown().proposal.status !== 'ENACTED') {
    await host.member('club').tryAct('governance.enactProposal', { proposal })
  }
  expect(shown().proposal.status).toBe('ENACTED')
  return height
}
