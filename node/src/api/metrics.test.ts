// Goal: what /metrics writes is what METRICS promises: every name, its type, its labels, numbers that a
// scraper can read; events and bugs are counted; a histogram adds up.
// Method: a served club; its text is parsed line by line.
import { createContracts } from '@renshe/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ApiWorld } from './api-world.fixture.ts'
import { METRICS, type MetricMeaning } from './metric-names.ts'
import { ApiMetrics } from './metrics.ts'

let world: ApiWorld
beforeAll(async () => {
  world = await ApiWorld.create(2)
}, 120_000)
afterAll(() => world.close())

interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

function parse(text: string): Sample[] {
  return text.split('\n').flatMap((line): Sample[] => {
    if (line === '' || line.startsWith('#')) return []
    const [, name = '', labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    expect(name, line).not.toBe('')
    expect(Number.isFinite(Number(value)), line).toBe(true)
    const pairs = [...labels.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key, own]) => [key, own])
    return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }]
  })
}

it('writes every promised metric with its type and labels, and no other', async () => {
  await world.ask('/api/v1/openapi.json')
  const { text } = await world.ask('/metrics')
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type])
  expect(types).toEqual(Object.entries(METRICS).map(([name, { type }]) => [name, type]))
  for (const { name, labels } of parse(text)) {
    const base = name.replace(/_(bucket|sum|count)$/, '')
    const known = METRICS as Readonly<Record<string, MetricMeaning>>
    const meaning = known[name] ?? known[base]
    const expected = [...(meaning?.labels ?? []), ...(name.endsWith('_bucket') ? ['le'] : [])]
    expect(Object.keys(labels), name).toEqual(expected)
  }
  const value = (name: string, member?: string) =>
    parse(text).find((each) => each.name === name && each.labels.member === member)?.value
  expect(value('renshe_engine_up')).toBe(1)
  expect(value('renshe_ledger_final_height')).toBe(world.host.engine.status().finalHeight)
  expect(value('renshe_copy_lag_blocks', 'club')).toBe(0)
  expect(value('renshe_disk_free_bytes')).toBeGreaterThan(0)
  expect(value('renshe_protocol_enacted')).toBe(1)
  expect(
    parse(text).filter(({ name }) => name === 'renshe_certificate_end_seconds').length,
  ).toBeGreaterThan(8)
})

it('adds up: buckets are cumulative, events and bugs are counted apart', () => {
  const metrics = new ApiMetrics(createContracts())
  try {
    for (const ms of [1, 7, 7, 400, 60_000]) metrics.count('a.b', 200, ms)
    metrics.countEvent('signed-in')
    metrics.countEvent('signed-in')
    metrics.countEvent('fault')
    const samples = parse(metrics.text(world.host, 3))
    const buckets = samples.filter(({ name }) => name.endsWith('_bucket'))
    expect(buckets.map(({ value }) => value)).toEqual([1, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5])
    const told = (name: string) => samples.find((each) => each.name === name)?.value
    expect(told('renshe_http_request_seconds_count')).toBe(5)
    expect(told('renshe_http_request_seconds_sum')).toBeCloseTo(60.415)
    expect(told('renshe_security_events_total')).toBe(2)
    expect(told('renshe_faults_total')).toBe(1)
    expect(told('renshe_sessions')).toBe(3)
  } finally {
    metrics.stop()
  }
})
