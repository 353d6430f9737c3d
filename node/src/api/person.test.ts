// Goal: a sample person reads who looked at its own account, and nobody else's; its session is a person's.
// Method: the club's note of a month is read by the treasury; one person's account is that record, another's
// is not; both sign in on a second server of the same host.
import type { Grant } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendFees } from '../found/club-consortium.fixture.ts'
import { feeRows } from '../testing/club-flows.fixture.ts'
import { readItems } from '../vault/read-sections.ts'
import { ApiWorld } from './api-world.fixture.ts'
import { CookieJar } from './cookie-jar.fixture.ts'
import { type Served, serve } from './serve.ts'

let world: ApiWorld
let served: Served

const sample = (name: string, account: string) => ({
  name,
  kind: 'person' as const,
  member: 'club',
  isSample: true,
  person: { plan: 'C-1', account },
  label: { zh: '示例·读者', en: 'Sample reader' },
})

beforeAll(async () => {
  world = await ApiWorld.create()
  const { case: caseId } = await sendFees(world.host, '2026-01', feeRows(5))
  const club = world.host.member('club')
  const sealed = club.ask('access.listSections', { case: caseId }) as JsonObject
  const [note] = (sealed.items as unknown as { section: string; record: string }[]).filter(
    ({ section }) => section === 'note',
  )
  const record = note?.record ?? ''
  const treasury = world.host.member('treasury')
  const granted = treasury.ask('access.listGrants', { holder: 'treasury' }) as JsonObject
  const grant = (granted.items as unknown as Grant[]).find(({ sections }) =>
    sections.includes('note'),
  )
  await readItems(treasury.reading(), grant as Grant, [{ record, version: 1, section: 'note' }])
  served = await serve(world.host, {
    port: 0,
    accounts: [sample('reader/one', record), sample('reader/two', 'b'.repeat(32))],
    checksReplies: true,
    now: () => world.now,
  })
}, 60_000)

afterAll(async () => {
  await served?.stop()
  await world?.close()
})

async function signedIn(account: string) {
  const jar = new CookieJar()
  const last = await jar.follow(
    `${served.url}/api/v1/sign-in?account=${encodeURIComponent(account)}`,
    (address) => new URL(address).pathname === '/',
  )
  const ask = async (path: string) => {
    const response = await fetch(`${served.url}/api/v1${path}`, {
      headers: { cookie: jar.header() },
    })
    return { status: response.status, json: await response.json() }
  }
  return { ask, cookie: last.headers.getSetCookie().at(-1) }
}

describe('a sample person', () => {
  it('sees the look at its own account, with its purpose and outcome', async () => {
    const one = await signedIn('reader/one')
    const { json } = await one.ask('/person/reads')
    expect(json.items).toHaveLength(1)
    expect(json.items[0]).toMatchObject({
      owner: 'club',
      member: 'treasury',
      kind: 'CONTRACT',
      sections: ['note'],
      isBulk: false,
      purpose: { service: 'club-fees' },
    })
    const receipt = await one.ask(`/transactions/${json.items[0].read}`)
    expect(receipt.json).toMatchObject({ action: 'access.readSections', member: 'treasury' })
    expect(receipt.json).not.toHaveProperty('body')
    const two = await signedIn('reader/two')
    expect((await two.ask('/person/reads')).json).toEqual({ items: [] })
  })

  it('has a session that lies half an hour at most, and that a link may open', async () => {
    const { ask, cookie } = await signedIn('reader/one')
    expect(cookie).toContain('SameSite=Lax')
    const shown = await ask('/session')
    expect(shown.json).toMatchObject({ kind: 'person', idleMs: 30 * 60_000, certificate: null })
    world.now += 29 * 60_000
    expect((await ask('/session')).status).toBe(200)
    world.now += 30 * 60_000
    expect((await ask('/session')).status).toBe(401)
  })

  it('is listed among the accounts without what it is bound to', async () => {
    const { ask } = await signedIn('reader/one')
    const { json } = await ask('/accounts')
    expect(json.items[0]).toEqual({
      name: 'reader/one',
      kind: 'person',
      member: 'club',
      memberName: { zh: '示例·club', en: 'Sample club' },
      party: null,
      officer: null,
      roles: [],
      label: { zh: '示例·读者', en: 'Sample reader' },
    })
  })
})
