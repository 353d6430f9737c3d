// Goal: a host that is killed at any moment loses nothing it acknowledged and does nothing twice; its
// relays go on where they were.
// Method: a process that sends months of fees is killed with SIGKILL at random moments, eight times; then
// every acknowledged month is looked for, and every month's books, reads and seals are counted.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { steps } from '@renshe/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clubTerms, enrolReaders } from './found/club-consortium.fixture.ts'
import { foundConsortium } from './found/found-consortium.ts'
import { openHost } from './host.ts'
import { examineHost } from './operate/doctor.ts'
import { allPages } from './relays/bank-matching.ts'

const KILLS = 8
let folder = ''
let log = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-crash-'))
  log = join(folder, 'log')
  await foundConsortium(clubTerms(join(folder, 'data'), ['club', 'treasury']))
  const host = await openHost({ dataFolder: join(folder, 'data'), blockDelayMs: 0 })
  await enrolReaders(host, 5)
  await host.stop()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('loses nothing and does nothing twice', async () => {
  const seed = Date.now() % 2 ** 31
  let random = seed
  for (let kill = 0; kill < KILLS; kill++) {
    random = (random * 48_271) % 2_147_483_647
    await runAndKill(50 + (random % 1_500))
  }
  const host = await openHost({ dataFolder: join(folder, 'data'), blockDelayMs: 0 })
  try {
    await host.quiet()
    const club = host.member('club')
    const acknowledged = readLines()
    expect(acknowledged.length, `seed ${seed}`).toBeGreaterThan(0)
    const view = club.ledger.view()
    for (const { case: id } of acknowledged) {
      const sent = [...view.state(steps).range({ prefix: [id] })].filter(
        ([, { step, status }]) => step === 'send' && status === 'done',
      )
      expect(sent, id).toHaveLength(1)
    }
    // Every month that was sent is allocated, by both, once: versions of accounts count the journals.
    const journals = allPages<{ case: string }>(club, 'funds.listJournals', {
      book: 'C-1',
      postings: true,
    })
    const cases = journals.map(({ case: id }) => id)
    expect(new Set(cases).size).toBe(cases.length)
    for (const { case: id } of acknowledged) expect(cases).toContain(id)
    expect(examineHost(host, Date.now()).filter(({ code }) => code !== 'RELAYS_BEHIND')).toEqual([])
    const heads = host.members.map(({ ledger }) => ledger.copy.store.head?.headerHash)
    expect(new Set(heads).size).toBe(1)
  } finally {
    await host.stop()
  }
}, 300_000)

async function runAndKill(afterMs: number): Promise<void> {
  const program = fileURLToPath(new URL('./host-process.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', program, join(folder, 'data'), log], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (part) => {
    errors += String(part)
  })
  await ready(child, () => errors)
  await new Promise((resolve) => {
    setTimeout(resolve, afterMs)
  })
  const ended = new Promise((resolve) => {
    child.once('exit', resolve)
  })
  expect(child.exitCode, errors).toBeNull()
  child.kill('SIGKILL')
  await ended
}

function ready(child: ChildProcess, errors: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${errors()}`)))
  })
}

function readLines(): { case: string }[] {
  if (!existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').split('\n')
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as { case: string }]
    } catch {
      // The line that was being written when the process was killed.
      return []
    }
  })
}
