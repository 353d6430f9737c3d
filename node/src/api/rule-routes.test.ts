// Goal: anyone asks a published rule without sign-in and gets outputs, trace, clause and sentences, or a refusal
// that says what was expected, what came and where; nothing is stored.
// Method: a club that also publishes a fictional library of fines, served on the loopback.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageBytes } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FINES } from '../../../contracts/src/catalogue/testing.ts'
import { clubTerms } from '../found/club-consortium.fixture.ts'
import { foundConsortium } from '../found/found-consortium.ts'
import { type Host, openHost } from '../host.ts'
import type { LogLine } from './log-line.ts'
import { type Served, serve } from './serve.ts'

const folder = mkdtempSync(join(tmpdir(), 'renshe-rules-'))
const log: LogLine[] = []
let host: Host
let served: Served
let now = Date.now()

beforeAll(async () => {
  const terms = clubTerms(folder)
  await foundConsortium({ ...terms, packages: [...(terms.packages ?? []), packageBytes(FINES)] })
  host = await openHost({ dataFolder: folder, blockDelayMs: 0, verifyThreads: 0 })
  const onLog = (line: LogLine) => log.push(line)
  served = await serve(host, { port: 0, checksReplies: true, onLog, now: () => now })
}, 60_000)

afterAll(async () => {
  await served?.stop()
  await host?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(path: string, body?: string, type = 'application/json') {
  const sent = { method: 'POST', body: body ?? '', headers: { 'content-type': type } }
  const response = await fetch(`${served.url}/api/v1/rules${path}`, body === undefined ? {} : sent)
  const text = await response.text()
  return { status: response.status, type: response.headers.get('content-type') ?? '', text }
}

const json = ({ text }: { text: string }) => JSON.parse(text) as JsonObject
const evaluate = (body: unknown, id = 'fines.amount') =>
  ask(`/${id}/evaluate`, typeof body === 'string' ? body : JSON.stringify(body))

it('lists and describes published rules', async () => {
  const [line] = JSON.parse((await ask('')).text) as [JsonObject]
  expect(line).toMatchObject({ id: 'fines.amount', zh: '滞还费', inForceFrom: '2020-01-01' })
  const entry = json(await ask('/fines.amount'))
  expect(entry).toMatchObject({
    group: 'fines',
    certainty: 'P',
    inputs: [{ name: 'days', type: 'int', required: true }],
    outputs: [{ name: 'amount', type: 'money' }],
    rule: { package: 'fines', hash: line.hash },
    clauses: [{ id: 'library-statute/7' }],
    parameters: [{ parameter: 'fines.per-day', values: [{ value: '0.50' }, { value: '0.60' }] }],
  })
  expect((entry.examples as unknown[]).length).toBe(2)
  expect(await ask('/fines.other')).toMatchObject({
    status: 404,
    type: expect.stringMatching(/problem/),
  })
})

it('answers by the law of the day, with trace, clause and sentences', async () => {
  const came = await evaluate({ on: '2026-09-01', facts: { days: 3 } })
  expect(came.status).toBe(200)
  const answer = json(came)
  expect(answer).toMatchObject({
    ok: true,
    outputs: { amount: '1.50' },
    rule: { id: 'fines.amount', version: '1.0.0' },
    trace: [{ output: 'amount', clause: 'library-statute/7', value: '1.50' }],
    clauses: [{ id: 'library-statute/7', certainty: 'P' }],
  })
  const { zh, en } = answer.sentences as unknown as { zh: string[]; en: string[] }
  expect(zh.length).toBeGreaterThan(0)
  expect(en.length).toBe(zh.length)
  const later = json(await evaluate({ on: '2027-01-01', facts: { days: 3 } }))
  expect(later.outputs).toEqual({ amount: '1.80' })
  const { hash: version } = later.rule as unknown as { hash: string }
  // Before the first publication the first version decides; a pinned one decides always.
  expect(json(await evaluate({ on: '2020-01-01', facts: { days: 2 } })).outputs).toEqual({
    amount: '1.00',
  })
  expect((await evaluate({ on: '2026-09-01', facts: { days: 3 }, version })).status).toBe(200)
})

it.each([
  ['{"on":"2026-09-01","facts":{},"facts":{}}', 400, 'REQUEST_MALFORMED', ''],
  ['[]', 400, 'REQUEST_MALFORMED', ''],
  [{ on: '2026-09-31', facts: { days: 3 } }, 400, 'REQUEST_MALFORMED', 'on'],
  [{ on: '2026-09-01', facts: [] }, 400, 'REQUEST_MALFORMED', 'facts'],
  [{ on: '2026-09-01', facts: {}, id: 'fines.amount' }, 400, 'REQUEST_MALFORMED', 'id'],
  [{ on: '2026-09-01', facts: {}, version: 'newest' }, 400, 'REQUEST_MALFORMED', 'version'],
  [{ on: '2026-09-01', facts: {}, version: '0'.repeat(64) }, 404, 'RULE_UNKNOWN', 'version'],
  [{ on: '2019-12-31', facts: { days: 3 } }, 422, 'RULE_NOT_IN_FORCE', 'on'],
  [{ on: '2026-09-01', region: '999999', facts: { days: 3 } }, 422, 'REGION_UNKNOWN', 'region'],
  [{ on: '2026-09-01', facts: { days: 3, weeks: 1 } }, 422, 'FACT_UNKNOWN', 'weeks'],
  [{ on: '2026-09-01', facts: {} }, 422, 'FACT_MISSING', 'days'],
  [{ on: '2026-09-01', facts: { days: '3' } }, 422, 'FACT_TYPE', 'days'],
  [{ on: '2026-09-01', facts: { days: -1 } }, 422, 'FACT_RANGE', 'days'],
])('refuses %j with %i %s', async (body, status, code, field) => {
  const before = host.engine.status().height
  const came = await evaluate(body)
  expect(came).toMatchObject({ status, type: expect.stringMatching(/^application\/problem\+json/) })
  expect(json(came)).toMatchObject({ status, code, field, message: expect.stringMatching(/./) })
  expect(host.engine.status().height).toBe(before)
})

it('refuses a rule that nobody published', async () => {
  const body = { on: '2026-09-01', facts: {} }
  for (const id of ['fines.other', 'FINES', '%E9%BE%91']) {
    expect(json(await evaluate(body, id))).toMatchObject({ status: 404, code: 'RULE_UNKNOWN' })
  }
})

it('answers a batch line by line; a refused line stops nothing', async () => {
  const lines = [
    JSON.stringify({ id: 'fines.amount', on: '2026-09-01', facts: { days: 3 } }),
    '',
    '{',
    JSON.stringify({ id: 'fines.amount', on: '2027-01-01', facts: { days: 3 } }),
  ]
  const came = await ask('/evaluate-batch', lines.join('\n'), 'application/x-ndjson')
  expect(came.type).toMatch(/^application\/x-ndjson/)
  const answers = came.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonObject)
  expect(answers).toMatchObject([
    { line: 1, ok: true, outputs: { amount: '1.50' } },
    { line: 3, ok: false, error: { code: 'REQUEST_MALFORMED' } },
    { line: 4, ok: true, outputs: { amount: '1.80' } },
  ])
  const many = '{}\n'.repeat(10_001)
  expect((await ask('/evaluate-batch', many, 'application/x-ndjson')).status).toBe(413)
})

it('is limited in size and rate, and its log tells no fact', async () => {
  expect((await evaluate(`{"on":"${'9'.repeat(70_000)}"}`)).status).toBe(413)
  now += 120_000
  const body = { on: '2026-09-01', facts: { days: 987_654 } }
  expect((await evaluate(body)).status).toBe(200)
  for (let n = 0; n < 20; n++) await ask('/evaluate-batch', '', 'application/x-ndjson')
  const late = await ask('/evaluate-batch', '', 'application/x-ndjson')
  expect(json(late)).toMatchObject({ status: 429, code: 'TOO_MANY' })
  expect(JSON.stringify(log)).not.toContain('987654')
})
