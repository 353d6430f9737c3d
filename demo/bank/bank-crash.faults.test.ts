// Goal: kill −9 of the bank and of its customers at random moments loses no order, pays none twice,
// tells every event at least once
// with one id, and every file sent again is byte-identical.
// Method: three real processes under load; the test kills one of them at a random moment, 24 times,
// starts it again, sends every
// order again, then lets the system rest and compares books, orders and told events. The seed is
// printed by the test's name.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { customerDirectories } from './bank-host.ts'
import type { Scenario } from './scenario.ts'

const EMPLOYER = '6200000000000101'
const CUSTODY = '6200000000000201'
const ROUNDS = 24
const ORDERS = 120
const SEED = 20_260_105

const SCENARIO: Scenario = {
  date: '2026-01-05',
  accounts: [
    { account: EMPLOYER, name: '示例企业', balance: '1000000.00', customer: 'employer' },
    { account: CUSTODY, name: '托管账户', balance: '0.00', customer: 'custodian' },
  ],
  rules: [{ match: { endToEndId: 'E7' }, effect: { notice: 'none' } }],
  incoming: [],
}

type Started = { process: ChildProcess; lines: string[] }

let root: string
const running = new Map<string, Started>()
/** First content of every file ever seen on the way to or from the bank. */
const seen = new Map<string, string>()
const differing: string[] = []

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'bank-crash-'))
  writeFileSync(join(root, 'scenario.json'), JSON.stringify(SCENARIO))
})
afterAll(async () => {
  for (const name of running.keys()) await kill(name)
  rmSync(root, { recursive: true })
})

const bank = () => join(root, 'bank')
const logOf = (customer: string) => join(root, `${customer}.log`)
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

async function start(name: string): Promise<void> {
  const account = name === 'employer' ? EMPLOYER : CUSTODY
  const args =
    name === 'bank'
      ? [
          here('main.ts'),
          '--dir',
          bank(),
          '--scenario',
          join(root, 'scenario.json'),
          '--poll-ms',
          '5',
        ]
      : [here('connector-process.ts'), bank(), name, join(root, name), account, logOf(name)]
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  running.set(name, { process: child, lines })
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  child.stdin.on('error', () => {})
  await until(() => lines.some((line) => line.includes('ready')), `${name} is ready`)
}

async function kill(name: string): Promise<void> {
  const child = running.get(name)?.process
  if (child === undefined || child.exitCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

async function until(isDone: () => boolean, what: string): Promise<void> {
  for (let wait = 0; wait < 4_000; wait += 1) {
    if (isDone()) return
    await sleep(5)
  }
  throw new Error(`in vain: ${what}`)
}

function send(name: string, value: unknown): void {
  running.get(name)?.process.stdin?.write(`${JSON.stringify(value)}\n`)
}

function orderOf(place: number) {
  return {
    paymentKey: `key-${place}`,
    amountFen: String(100 + place),
    debtor: { name: '示例企业', account: EMPLOYER },
    creditor: { name: '托管账户', account: CUSTODY },
    executeOn: '2026-01-05',
    remittance: `缴费 ${place}`,
    endToEndId: `E${place}`,
    orderedAt: Date.UTC(2026, 0, 5) + place,
  }
}

/** Looks at every file that is in exchange now: a name must always carry the same bytes. */
function look(): void {
  for (const customer of ['employer', 'custodian']) {
    const { toBank, fromBank } = customerDirectories(bank(), customer)
    for (const directory of [toBank, fromBank].flatMap((one) => [one, join(one, 'done')])) {
      if (!existsSync(directory)) continue
      for (const name of readdirSync(directory).filter((one) => /^[^.].*\.xml$/.test(one))) {
        const bytes = readOrUndefined(join(directory, name))
        if (bytes === undefined) continue
        const plain = `${customer}/${name.replace(/^[0-9a-f]{16}-/, '')}`
        const hash = createHash('sha256').update(bytes).digest('hex')
        if ((seen.get(plain) ?? hash) !== hash) differing.push(plain)
        seen.set(plain, hash)
      }
    }
  }
}

/** A file may be taken away between listing and reading. */
function readOrUndefined(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

function told(customer: string): Record<string, string>[] {
  if (!existsSync(logOf(customer))) return []
  const lines = readFileSync(logOf(customer), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line))
}

it(`pays every order once through ${ROUNDS} kills, seed ${SEED}`, async () => {
  let state = SEED
  const random = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % limit
  }
  for (const name of ['bank', 'employer', 'custodian']) await start(name)
  let next = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let n = 0; n < ORDERS / ROUNDS; n += 1) send('employer', orderOf(next + n))
    await sleep(random(60))
    look()
    const victim = ['bank', 'employer', 'custodian', 'employer', 'bank'][random(5)] ?? 'bank'
    await kill(victim)
    await start(victim)
    // The caller never learnt whether an order was taken: it sends all of them again.
    for (let n = 0; n < next + ORDERS / ROUNDS; n += 1) send('employer', orderOf(n))
    look()
    next += ORDERS / ROUNDS
  }

  const settled = () =>
    new Set(
      told('employer').flatMap(({ status, paymentKey }) =>
        status === 'settled' ? paymentKey : [],
      ),
    )
  await until(() => settled().size >= ORDERS - 1, 'every order with a notice is settled')
  send('bank', { id: 'end', do: 'endOfDay' })
  await until(() => settled().size === ORDERS, 'the last order is settled by the statement')
  const credits = () =>
    new Map(told('custodian').map(({ eventId, amountFen }) => [eventId, amountFen]))
  const amounts = () => [...credits().values()].flatMap((fen) => fen ?? []).map(Number)
  await until(() => amounts().length === ORDERS, 'every credit is told')
  look()

  send('bank', { id: 'status', do: 'status' })
  const bankLines = running.get('bank')?.lines ?? []
  await until(() => bankLines.some((line) => line.includes('"id":"status"')), 'the bank answers')
  const status = JSON.parse(bankLines.find((line) => line.includes('"id":"status"')) ?? '{}').result
  const total = Array.from({ length: ORDERS }, (_, place) => 100 + place).reduce((a, b) => a + b)
  expect(status.transfers).toEqual({ waiting: 0, booked: ORDERS, rejected: 0, returned: 0 })
  expect(status.bookings).toBe(2 * ORDERS)
  expect(status.balances[CUSTODY]).toBe((total / 100).toFixed(2))
  expect(amounts().reduce((a, b) => a + b)).toBe(total)

  expect(differing).toEqual([])
  const orderFiles = [...seen.keys()].filter((name) => name.includes('pain001'))
  expect(orderFiles.length).toBeGreaterThan(ORDERS / 4)
  const findings = [...told('employer'), ...told('custodian')].flatMap(({ code }) => code ?? [])
  expect(new Set(findings)).toEqual(new Set(['NOTICE_MISSED']))
})
