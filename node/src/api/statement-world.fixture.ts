/* A club with one month allocated, and a sample person who may read the statement of one of its accounts. */
import { parseCanonicalJson } from '@renshe/crypto'
import { enrolmentRoots } from '../determine/account-map.ts'
import { sendFees } from '../found/club-consortium.fixture.ts'
import { feeRows } from '../testing/club-flows.fixture.ts'
import { openOwnBatch } from '../vault/read-sections.ts'
import { sampleAccounts } from './accounts.ts'
import { ApiWorld, PASSWORD } from './api-world.fixture.ts'
import { serve } from './serve.ts'

/** The world, and the accounts of its readers by their names. */
export interface StatementWorld {
  readonly world: ApiWorld
  readonly accounts: ReadonlyMap<string, string>
}

/** Allocates a month of five fees; `person` is the name of the reader who may sign in as `reader`. */
export async function statementWorld(person: string): Promise<StatementWorld> {
  const world = await ApiWorld.create()
  const { host } = world
  const month = await sendFees(host, '2026-01', feeRows(5))
  for (const id of ['club', 'treasury']) {
    await host.member(id).determineStep({ case: month.case, step: 'allocate' })
  }
  await host.quiet()
  const club = host.member('club')
  const [root = ''] = enrolmentRoots(club.ledger.view(), 'club-enrolment', 'C-1')
  const accounts = new Map<string, string>()
  for (const opening of openOwnBatch(club.vault, { root })) {
    if (opening === null) continue
    accounts.set(String(parseCanonicalJson(opening.content).name), opening.header.record)
  }
  await world.served.stop()
  const own = { plan: 'C-1', account: accounts.get(person) ?? '' }
  world.served = await serve(host, {
    port: 0,
    accounts: [
      ...(await sampleAccounts(host, PASSWORD)),
      { name: 'reader', kind: 'person', member: 'club', person: own, isSample: true },
    ],
    checksReplies: true,
    now: () => world.now,
  })
  return { world, accounts }
}
