// Goal: an act is prepared, signed elsewhere and handed in over HTTP; what is wrong is told and writes nothing.
// Method: the fictional reading club on the real engine, served on a free port of the loopback.
import { fromBase64Url, type JsonObject, sectionCommitment } from '@renshe/crypto'
import { parseBody } from '@renshe/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { feeRows } from '../testing/club-flows.fixture.ts'
import { ApiWorld, PASSWORD } from './api-world.fixture.ts'

let world: ApiWorld

beforeAll(async () => {
  world = await ApiWorld.create()
}, 60_000)

afterAll(() => world?.close())

const openMonth = (month: string) => ({
  input: { service: 'club-fees', fields: { number: 'C-1', month } },
})

describe('an act', () => {
  it('is prepared, signed by its system, final, and the same again when handed in twice', async () => {
    const body = openMonth('2026-01')
    const prepared = await world.ask('/api/v1/actions/cases/open-case/prepare', {
      as: 'school',
      body,
    })
    expect(prepared.status).toBe(201)
    const said = parseBody(fromBase64Url(String(prepared.json.body)))
    expect(said).toMatchObject({ action: 'cases.openCase', input: body.input })
    const first = await world.submit('school', String(prepared.json.body))
    expect(first.status).toBe(200)
    const again = await world.submit('school', String(prepared.json.body))
    expect(again.json).toEqual(first.json)
    const [{ txId }] = first.json.items as unknown as [{ txId: string }]
    const shown = await world.ask(`/api/v1/transactions/${txId}`, { as: 'club' })
    expect(shown.json).toMatchObject({
      status: 'final',
      action: 'cases.openCase',
      member: 'school',
    })
    expect(shown.json.body).toBe(prepared.json.body)
  })

  it('shows the public who did what, but no body', async () => {
    const { json } = await world.ask('/api/v1/blocks')
    const blocks = json.items as unknown as { transactions: JsonObject[] }[]
    const acts = blocks.flatMap(({ transactions }) => transactions)
    const opening = acts.find(({ action }) => action === 'cases.openCase')
    expect(opening).toMatchObject({ member: 'school', code: 'OK' })
    for (const name of ['body', 'data', 'input']) expect(opening).not.toHaveProperty(name)
  })

  it('that nobody waits for is answered with a ticket, and told later', async () => {
    const prepared = await world.ask('/api/v1/actions/cases/open-case/prepare', {
      as: 'school',
      body: openMonth('2026-02'),
    })
    const ticket = await world.submit('school', String(prepared.json.body), { prefer: 'wait=0' })
    expect(ticket.status).toBe(202)
    const place = String(ticket.headers.get('location'))
    await expect
      .poll(async () => (await world.ask(place, { as: 'school' })).json.status)
      .toBe('final')
  })

  it('that a contract refuses is a problem document with facts and the block that has it', async () => {
    const came = await world.act('school', 'cases/act-on-step', {
      input: { case: '0'.repeat(26), step: 'send' },
    })
    expect(came.type).toContain('application/problem+json')
    expect(came.json).toMatchObject({ status: 404, code: 'CASE_NOT_FOUND' })
    expect(came.json).toHaveProperty('txId')
    expect(came.json).toHaveProperty('height')
  })

  it('that another member signed is not taken', async () => {
    const prepared = await world.ask('/api/v1/actions/cases/open-case/prepare', {
      as: 'school',
      body: openMonth('2026-03'),
    })
    const key = { kind: 'p256', value: 'A'.repeat(86) }
    const came = await world.ask('/api/v1/transactions', {
      as: 'club',
      body: { body: prepared.json.body, signature: key },
    })
    expect(came.json).toMatchObject({ status: 403, code: 'SIGNER_NOT_YOURS' })
    const id = String(prepared.json.preparedId)
    expect((await world.ask(`/api/v1/prepared/${id}`, { as: 'club' })).status).toBe(404)
    expect((await world.ask(`/api/v1/prepared/${id}`, { as: 'school' })).status).toBe(200)
  })
})

describe('sealed content', () => {
  it('comes back as openings from which every commitment of the body is recomputed', async () => {
    const id = await world.openMonth('2026-04')
    const fields = { month: '2026-04', place: 'HALL' }
    const prepared = await world.ask('/api/v1/actions/cases/act-on-step/prepare', {
      as: 'school',
      body: {
        input: { case: id, step: 'send', fields },
        sealed: {
          sections: { note: { noteText: 'for 𠮷野家' } },
          batch: { section: 'fees', rows: feeRows(5) },
        },
      },
    })
    expect(prepared.status).toBe(201)
    const { input } = parseBody(fromBase64Url(String(prepared.json.body)))
    const [section] = prepared.json.sections as unknown as [
      { opening: { header: never; seed: string; content: string } },
    ]
    const { header, seed, content } = section.opening
    const opened = { header, seed: fromBase64Url(seed), content: fromBase64Url(content) }
    const [signed] = input.sections as unknown as [{ commitment: string }]
    expect(sectionCommitment(opened).commitment).toBe(signed.commitment)
    expect(prepared.json.batch).toMatchObject({ section: 'fees', count: 5, pages: 1 })
    const pages = `/api/v1/prepared/${String(prepared.json.preparedId)}/openings/0`
    const page = await world.ask(pages, { as: 'school' })
    expect(page.json.items).toHaveLength(5)
    const done = await world.submit('school', String(prepared.json.body))
    expect(done.status).toBe(200)
  })

  it('that does not fit is refused with its place, and without what came', async () => {
    const id = await world.openMonth('2026-05')
    const came = await world.ask('/api/v1/actions/cases/act-on-step/prepare', {
      as: 'school',
      body: {
        input: { case: id, step: 'send', fields: { month: '2026-05', place: 'HALL' } },
        sealed: { sections: { note: { noteText: 7 } } },
      },
    })
    expect(came.json).toMatchObject({ status: 422, code: 'INPUT_INVALID' })
  })
})

describe('uploads', () => {
  const heading = 'memberId,name,fee,books,joinedOn,change'
  const line = (row: JsonObject) =>
    heading
      .split(',')
      .map((name) => String(row[name]))
      .join(',')

  it('tell what is wrong with each row, take the fix, and are sealed from the draft', async () => {
    const id = await world.openMonth('2026-06')
    const rows = feeRows(5)
    const bad = { ...(rows[2] as JsonObject), fee: 'much' }
    const file = [heading, ...rows.map((row, at) => line(at === 2 ? bad : row))].join('\n')
    const place = `/api/v1/drafts/${id}/send/fees`
    const added = await world.ask(`${place}/files?as=whole`, {
      as: 'school',
      method: 'POST',
      body: new TextEncoder().encode(file),
      headers: { 'content-type': 'text/csv' },
    })
    expect(added.json).toMatchObject({ summary: { rows: 5, bad: 1, isReady: false } })
    const wrong = await world.ask(`${place}/rows?only=bad`, { as: 'school' })
    const [row] = wrong.json.items as unknown as [{ number: number; problems: JsonObject[] }]
    expect(row.problems[0]).toMatchObject({ column: 'fee', code: 'NOT_MONEY' })
    const fixed = await world.ask(`${place}/rows/${row.number}`, {
      as: 'school',
      method: 'PUT',
      body: { cells: Object.fromEntries(heading.split(',').map((n) => [n, String(rows[2]?.[n])])) },
    })
    expect(fixed.status).toBe(200)
    const came = await world.act('school', 'cases/act-on-step', {
      input: { case: id, step: 'send', fields: { month: '2026-06', place: 'HALL' } },
      sealed: {
        sections: { note: { noteText: 'n' } },
        draft: { section: 'fees', onlyGood: false },
      },
    })
    expect(came.status).toBe(200)
  })

  it('of somebody else’s step are absent', async () => {
    const id = await world.openMonth('2026-07')
    const own = await world.ask(`/api/v1/drafts/${id}/send/fees`, { as: 'club' })
    const none = await world.ask(`/api/v1/drafts/${'0'.repeat(26)}/send/fees`, { as: 'club' })
    expect([own.status, own.text]).toEqual([404, none.text])
  })
})

describe('threat 4: a signed request', () => {
  it('counts once', async () => {
    const headers = await world.signed('/api/v1/session', { as: 'club' })
    expect((await world.ask('/api/v1/session', { headers })).status).toBe(200)
    const again = await world.ask('/api/v1/session', { headers })
    expect(again.json).toMatchObject({ status: 401, code: 'REQUEST_REPLAYED' })
  })

  it('is refused when it is old, or when target, content or signature are others', async () => {
    const old = await world.ask('/api/v1/session', { as: 'club', createdMs: world.now - 61_000 })
    const headers = await world.signed('/api/v1/session', { as: 'club' })
    const target = await world.ask('/api/v1/sessions', { headers })
    const path = '/api/v1/queries/membership/list-members'
    const signed = await world.signed(path, { as: 'club', method: 'POST', body: { input: {} } })
    const content = await world.ask(path, { body: { input: { limit: 1 } }, headers: signed })
    for (const { json } of [old, target, content]) expect(json.code).toBe('REQUEST_SIGNATURE')
  })
})

describe('queries', () => {
  it('answer as of a height, and say what they do not know', async () => {
    const path = '/api/v1/queries/cases/list-cases'
    const input = { service: 'club-fees' }
    const now = await world.ask(path, { as: 'club', body: { input } })
    expect((now.json.data as JsonObject).items).not.toHaveLength(0)
    const before = await world.ask(path, { as: 'club', body: { input, asOf: 1 } })
    expect(before.json).toMatchObject({ height: 1, data: { items: [] } })
    const later = await world.ask(path, { as: 'club', body: { input, asOf: 1_000_000 } })
    expect(later.json).toMatchObject({ status: 404, code: 'HEIGHT_UNKNOWN' })
  })

  it('give the public what is absent for it', async () => {
    const body = { input: { service: 'club-fees' } }
    const came = await world.ask('/api/v1/queries/cases/list-cases', { body })
    expect((came.json.data as JsonObject).items).toEqual([])
  })
})

describe('events', () => {
  it('go on after the event that was seen last', async () => {
    const path = '/api/v1/events?after=0.0'
    const headers = await world.signed(path, { as: 'club' })
    const response = await fetch(world.served.url + path, { headers })
    const seen = await framesOf(response, 4)
    const last = seen[1] ?? ''
    const more = `/api/v1/events?after=${last}`
    const resumed = await fetch(world.served.url + more, {
      headers: await world.signed(more, { as: 'club' }),
    })
    expect(await framesOf(resumed, 2)).toEqual(seen.slice(2, 4))
  })
})

describe('the node', () => {
  it('tells its health, its counters, and logs nothing but declared fields', async () => {
    expect((await world.ask('/healthz')).status).toBe(200)
    const { text } = await world.ask('/metrics')
    expect(text).toMatch(/renshe_http_requests_total\{route="cases.openCase",status="201"\} \d+/)
    const logged = JSON.stringify(world.log)
    for (const row of feeRows(5)) {
      expect(logged).not.toContain(String(row.memberId))
      expect(logged).not.toContain(String(row.name))
    }
    expect(logged).not.toContain(PASSWORD)
  })

  it('gives evidence of an act', async () => {
    const { json } = await world.ask('/api/v1/blocks/2')
    const [act] = json.transactions as unknown as [{ txId: string }]
    const came = await world.ask(`/api/v1/transactions/${act.txId}/evidence`, { as: 'treasury' })
    expect(came.status).toBe(200)
    expect(came.headers.get('content-disposition')).toContain(`${act.txId}.renshe.json`)
  })
})

async function framesOf(response: Response, count: number): Promise<string[]> {
  const reader = response.body?.getReader()
  const ids: string[] = []
  let text = ''
  while (ids.length < count) {
    const read = await reader?.read()
    if (read === undefined || read.done) break
    text += new TextDecoder().decode(read.value)
    ids.length = 0
    for (const [, id] of text.matchAll(/^id: (\d+\.\d+)$/gm)) ids.push(id ?? '')
  }
  await reader?.cancel()
  return ids.slice(0, count)
}
