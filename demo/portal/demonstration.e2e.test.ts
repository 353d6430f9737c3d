/**
 * Goal: a browser carries the month of 1,284 people through all parties, to the sums of the portal's pages; a
 * short payment takes its branch; starting over and a restart do what they say; bad input is told.
 * Method: the demonstration is founded once and served; a page's requests are made by `fetch`, and what they
 * did is read from the members' copies of the chain.
 */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PLAN } from '../annuity/set-up-plan.ts'
import { DemonstrationFolder } from './demonstration-folder.ts'
import { annuityPackages } from './packages.fixture.ts'
import { type ServedDemonstration, serveDemonstration } from './serve-demonstration.ts'
import { casesOf, findContribution, stepsOf } from './world.ts'

const scratch = mkdtempSync(join(tmpdir(), 'renshe-portal-'))
const folder = join(scratch, 'data')
const packages = annuityPackages()
let served: ServedDemonstration

beforeAll(async () => {
  served = await serveDemonstration({ folder, port: 0, packages })
}, 480_000)

afterAll(async () => {
  await served?.stop()
  rmSync(scratch, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly json: JsonObject & { readonly code?: string }
}

async function ask(method: string, path: string, body?: object, headers = {}): Promise<Answer> {
  const origin = `http://127.0.0.1:${served.port}`
  const answer = await fetch(`${origin}/api/v1/demonstration${path}`, {
    method,
    headers: {
      ...(method === 'POST' ? { origin } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, json: (await answer.json()) as Answer['json'] }
}

const post = (path: string, body: object = {}): Promise<Answer> => ask('POST', path, body)

interface Scene {
  readonly id: string
  readonly status: string
  readonly txId?: string
}

async function scenes(): Promise<Scene[]> {
  const { json } = await ask('GET', '')
  return json.scenes as unknown as Scene[]
}

async function statusOf(id: string): Promise<string | undefined> {
  return (await scenes()).find((scene) => scene.id === id)?.status
}

/** Values of the month's steps, the newest of each name. */
function monthValues(): JsonObject {
  const { world } = served.demonstration()
  const contribution = findContribution(world)
  if (contribution === undefined) throw new Error('no month was opened')
  return Object.assign({}, ...stepsOf(world.cast, contribution.id).map(({ values }) => values))
}

async function startOver(): Promise<void> {
  const { json } = await post('/start-over')
  for (let tries = 0; tries < 400; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const state = await ask('GET', '').catch(() => undefined)
    if (state !== undefined && state.json.run !== json.run) return
  }
  throw new Error('it did not begin again')
}

describe('before the month', () => {
  it('tells people, clock and scenes, and nothing that one must sign in for', async () => {
    const { status, json } = await ask('GET', '')
    expect(status).toBe(200)
    const text = JSON.stringify(json)
    expect(json).toMatchObject({
      isDemonstration: true,
      clock: { isScripted: true, next: { scene: 'open-contribution' } },
      ids: { plan: PLAN, contribution: null, valuation: null },
      payroll: { count: 1_284 },
      bank: { waiting: 0 },
    })
    expect((json.people as JsonObject[]).map(({ party }) => party)).toHaveLength(9)
    for (const secret of ['620000000000', '808937', '999999', '629719']) {
      expect(text).not.toContain(secret)
    }
    const { carried } = served.demonstration().world.cast.trustee.ask('funds.getBook', {
      book: PLAN,
    }) as JsonObject
    expect(carried).toBe('0.00318206')
  })

  it.each([
    ['a scene before its turn', '/stand-in', { scene: 'confirm' }, 409, 'SCENE_TOO_EARLY'],
    ['a scene that is none', '/stand-in', { scene: 'rob-the-bank' }, 404, 'NOT_FOUND'],
    ['a scene of another shape', '/stand-in', { scene: 7 }, 422, 'INPUT_INVALID'],
    ['a member too many', '/stand-in', { scene: 'confirm', as: 'x' }, 422, 'INPUT_INVALID'],
    ['a bank without orders', '/bank', { do: 'settle' }, 409, 'ORDER_NOT_WAITING'],
    ['a bank that gives', '/bank', { do: 'give' }, 422, 'INPUT_INVALID'],
    ['a clock to the end of time', '/advance', { to: 8e15 }, 422, 'INPUT_INVALID'],
    ['a clock of words', '/advance', { to: 'tomorrow' }, 422, 'INPUT_INVALID'],
  ])('refuses %s', async (_, path, body, status, code) => {
    const before = served.demonstration().host.engine
    const heightOf = () => served.demonstration().world.cast.bank.ledger.finalHeight
    const height = heightOf()
    expect(await post(path, body)).toMatchObject({ status, json: { code } })
    expect([served.demonstration().host.engine, heightOf()]).toEqual([before, height])
  })

  it.each([
    ['no origin', {}, { origin: '' }],
    ['another site', {}, { origin: 'http://evil.example' }],
    ['a frame of another site', {}, { 'sec-fetch-site': 'cross-site' }],
  ])('refuses a page of %s', async (_, body, headers) => {
    const refused = await ask('POST', '/advance', body, headers)
    expect(refused).toMatchObject({ status: 403, json: { code: 'ORIGIN_REFUSED' } })
  })

  it('shows the orders at the bank and what a form holds to nobody without a session', async () => {
    expect((await ask('GET', '/bank')).status).toBe(401)
    expect((await ask('GET', '/scenes/value-one')).status).toBe(401)
  })

  it('walks its clock forwards only', async () => {
    const now = served.demonstration().host.clock.now()
    const back = await post('/advance', { to: now - 60_000 })
    expect(back.status).toBe(200)
    expect(served.demonstration().host.clock.now()).toBeGreaterThanOrEqual(now)
    await post('/advance')
    expect(new Date(served.demonstration().host.clock.now()).toISOString()).toMatch(
      /^2026-11-09T01:00/,
    )
  })

  it('gives the payroll of the month', async () => {
    const url = `http://127.0.0.1:${served.port}/api/v1/demonstration/payroll.xlsx?faulty=3`
    const answer = await fetch(url)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect([answer.status, bytes[0], bytes[1], bytes.length > 50_000]).toEqual([200, 80, 75, true])
  })

  it('is held against a second process', () => {
    expect(() => new DemonstrationFolder(folder)).toThrow(/in use by process/)
  })
})

describe('a payment that comes short', () => {
  it('waits at the bank until it is booked, then asks the trustee', async () => {
    const { status } = await post('/stand-in', { scene: 'remit', through: true })
    expect(status).toBe(200)
    expect((await ask('GET', '')).json.bank).toEqual({ waiting: 1 })
    expect((await post('/bank', { do: 'short' })).json.booked).toBe(1)
    expect(await statusOf('shortfall')).toBe('now')
    expect(monthValues()).toMatchObject({
      arrivedAmount: '808000.00',
      match: { kind: 'SHORT', difference: '-937.36' },
    })
    const { items } = served.demonstration().world.cast.supervisor.ask('supervision.listAlerts', {
      state: 'open',
    }) as unknown as { items: { code: string }[] }
    expect(items.map(({ code }) => code)).toContain('SHORT_PAYMENT')
  })

  it('is topped up by an order for the rest', async () => {
    await post('/stand-in', { scene: 'shortfall' })
    await post('/stand-in', { scene: 'remit' })
    expect(served.demonstration().orders()).toMatchObject([{ amount: '937.36' }])
    // The money answers the second expectation, not the one that came short.
    expect((await post('/bank', { do: 'settle' })).json.booked).toBe(1)
    expect(await statusOf('instruct')).toBe('now')
  })
})

describe('starting over', () => {
  it('is as it was founded', async () => {
    await startOver()
    const { json } = await ask('GET', '')
    expect(json).toMatchObject({ ids: { contribution: null }, bank: { waiting: 0 } })
    expect((await scenes()).filter(({ status }) => status === 'done')).toEqual([])
  })
})

describe('the whole month', () => {
  it('comes to the sums of the pages', async () => {
    const { status, json } = await post('/stand-in', { scene: 'transfer', through: true })
    expect([status, json]).toMatchObject([200, { done: expect.anything() }])
    expect(monthValues()).toMatchObject({
      billTotal: '808937.36',
      arrivedAmount: '808937.36',
      unitNav: '1.2846',
      unitsBought: '629719.1299',
      residue: '0.16573046',
      wholeFen: '0.16',
      investable: '808937.20',
      amounts: ['485362.32', '323574.88'],
    })
    const { trustee } = served.demonstration().world.cast
    expect((trustee.ask('funds.getBook', { book: PLAN }) as JsonObject).carried).toBe('0.00891252')
  })

  it('sends the order within 40 % of equities, and not the one above', async () => {
    await post('/stand-in', { scene: 'execute-order', through: true })
    const { world } = served.demonstration()
    const orders = casesOf(world.cast, 'annuity-investment').map(({ id, status }) => [
      status,
      stepsOf(world.cast, id).find(({ step }) => step === 'check-limits')?.outcome,
    ])
    expect(orders).toEqual([
      ['REFUSED', 'refused'],
      ['EXECUTED', 'within'],
    ])
  })

  it('is looked into by warrant, one row, and then all is done', async () => {
    const { status } = await post('/stand-in', { scene: 'look', through: true })
    expect(status).toBe(200)
    const all = await scenes()
    expect(all.filter(({ status: one }) => one !== 'done').map(({ id }) => id)).toEqual([
      'statement',
    ])
    expect(all.find(({ id }) => id === 'look')?.txId).toMatch(/^[0-9a-f]{64}$/)
    const again = await post('/stand-in', { scene: 'look' })
    expect(again).toMatchObject({ status: 409, json: { code: 'SCENE_DONE' } })
    const anyway = await post('/stand-in', { scene: 'look', through: true })
    expect(anyway).toMatchObject({ status: 200, json: { done: [] } })
  })

  it('is there after a restart, also in a folder that was moved', async () => {
    const { json } = await ask('GET', '')
    await served.stop()
    const moved = join(scratch, 'moved')
    renameSync(folder, moved)
    served = await serveDemonstration({ folder: moved, port: 0, packages })
    const after = (await ask('GET', '')).json
    expect([after.run, after.ids, after.scenes]).toEqual([json.run, json.ids, json.scenes])
    expect((after.clock as JsonObject).now).toBeGreaterThan(0)
  })
})

describe('the folder', () => {
  it('of another edition is set aside, one that was interrupted is cleared', () => {
    const own = new DemonstrationFolder(join(scratch, 'other'))
    expect(own.find(packages.hash, 12)).toBeUndefined()
    for (const name of ['current', 'founding', 'current.part']) {
      cpSync(join(scratch, 'moved', 'pristine', 'packages'), join(scratch, 'other', name), {
        recursive: true,
      })
    }
    writeFileSync(
      join(scratch, 'other', 'demonstration.json'),
      JSON.stringify({ v: 1, edition: 0, packages: '', people: 12, worker: '' }),
    )
    expect(own.find(packages.hash, 12)).toBeUndefined()
    own.clear(true)
    expect(readdirSync(join(scratch, 'other')).sort()).toEqual(['earlier', 'lock'])
    own.clear(false)
    own.release()
    expect(existsSync(join(scratch, 'other', 'lock'))).toBe(false)
  })
})
