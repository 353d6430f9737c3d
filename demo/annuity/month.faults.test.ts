/**
 * Goal: whenever the demonstration's host dies, the month goes on where it stood: no acknowledged transaction
 * is lost or doubled, the bank pays once, vaults and chain agree, the books balance, a rebuild is equal.
 * Method: the host is a process that is killed (SIGKILL) 50 times, in the long form (RENSHE_FAULTS=long) 1,000 times,
 * spread over the steps of the month, at random moments inside them, some of them while it opens; its bank dies with
 * it. Then everything is read on every member's disk.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContracts, PROTOCOL } from '@renshe/contracts'
import { fromHex, toHex } from '@renshe/crypto'
import { type OpenLedger, openLedger, rebuildLedger, verifyLedger } from '@renshe/ledger'
import { headerHash, transactionId } from '@renshe/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundingPackages } from '../../cli/src/service/founding-packages.ts'
import { PackageFolders } from '../../cli/src/service/package-folders.ts'
import { PARTS } from './consortium.ts'
import { bankFolderOf, foundMonth, type OpenMonth, openMonth, PEOPLE } from './month.fixture.ts'
import {
  buildMonthPrograms,
  type MonthPrograms,
  startMonthProcess,
} from './month-process.fixture.ts'
import type { MonthLine } from './month-run.fixture.ts'
import { nameOfThing, sealedThings, tryToRead } from './readable-set.fixture.ts'
import { ACCOUNTS, PLAN } from './set-up-plan.ts'

const isLong = process.env.RENSHE_FAULTS === 'long'
const KILLS = Number(process.env.RENSHE_KILLS ?? (isLong ? 1_000 : 50))
/** Steps that the story tells; kills are spread over them. */
const STORY_STEPS = 39
const LAST_STEP = 'transfer'
const AFTER_THE_MONEY: ReadonlySet<string> = new Set([
  'bank-pays',
  'arrival',
  'instruct',
  'allocate',
  'agree-allocation',
  'invest',
  'transfer',
])
/** After the life of what was sealed in vain, a sweep has deleted it. */
const SWEEP_MS = 12 * 3_600_000

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'renshe-month-crash-'))
const acknowledged = new Map<string, number>()
const faults: string[] = []
const killedIn: string[] = []
let contribution = ''
let programs: MonthPrograms

beforeAll(async () => {
  const roots = ['services', 'demo/packages'].map((path) => new PackageFolders(join(root, path)))
  await foundMonth(folder, foundingPackages(roots))
  programs = await buildMonthPrograms()
  for (let kills = 0; contribution === ''; kills++) await runOnce(kills)
}, 60_000 * KILLS)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  for (const program of Object.values(programs)) rmSync(program, { force: true })
})

/** Lets the host work until it is killed, or until the month is over when it was killed often enough. */
async function runOnce(kills: number): Promise<void> {
  const isToBeKilled = kills < KILLS
  const target = Math.ceil((kills * STORY_STEPS) / KILLS)
  let position = 0
  let at = 'opening'
  let isDoomed = false
  const { child, ended } = startMonthProcess(programs, folder, (line) => {
    take(line)
    if (line.kind !== 'step') return
    if (line.is !== 'done') position += 1
    if (line.is === 'begins') at = line.step
    if (!isToBeKilled || isDoomed) return
    if (line.is === 'begins' && position >= target) killSoon(250)
    // Behind the last step a snapshot is taken.
    else if (line.is !== 'begins' && line.step === LAST_STEP) killSoon(1_000)
  })
  function killSoon(longestMs: number): void {
    isDoomed = true
    setTimeout(() => child.kill('SIGKILL'), Math.random() * longestMs)
  }
  // Every sixth time it does not even come to open its stores, or only just.
  if (kills % 6 === 5 && isToBeKilled) setTimeout(killSoon, 300, 1_500)
  const { end, complaints } = await ended
  if (end === 'SIGKILL') killedIn.push(at)
  else expect({ end, position, complaints }).toMatchObject({ end: 0, position: STORY_STEPS })
}

function take(line: MonthLine): void {
  if (line.kind === 'acknowledged') {
    expect(acknowledged.get(line.txId) ?? line.height).toBe(line.height)
    acknowledged.set(line.txId, line.height)
  }
  if (line.kind === 'notice' && line.notice.includes('fault')) faults.push(line.notice)
  if (line.kind === 'over') contribution = line.contribution
}

const settingsOf = (id: string) => ({
  folder: join(folder, 'members', id, 'ledger'),
  contracts: new Map([[PROTOCOL, createContracts()]]),
})

function hashesOf({ ledger }: OpenLedger): string[] {
  return Array.from({ length: ledger.height + 1 }, (_, height) =>
    toHex(headerHash(ledger.log.read(height).headerBytes)),
  )
}

interface TrialBalance {
  readonly fen: { readonly debit: string; readonly credit: string }
  readonly units: { readonly debit: string; readonly credit: string }
  readonly equalities: readonly { readonly leftSum: string; readonly rightSum: string }[]
}

describe('a month whose host was killed again and again', () => {
  it(`was killed again and again, in many of its steps, and no contract failed`, () => {
    expect(killedIn.length).toBeGreaterThanOrEqual(0.8 * KILLS)
    expect(new Set(killedIn).size).toBeGreaterThan(10)
    expect(killedIn.some((step) => AFTER_THE_MONEY.has(step))).toBe(true)
    expect(faults).toEqual([])
  })

  it('lost and doubled no acknowledged transaction, on any disk', async () => {
    expect(acknowledged.size).toBeGreaterThan(40)
    const hashes: string[][] = []
    for (const id of Object.values(PARTS)) {
      const open = await openLedger(settingsOf(id))
      const places = new Map<string, number>()
      for (let height = 0; height <= open.ledger.height; height++) {
        for (const { bodyBytes } of open.ledger.log.read(height).transactions) {
          const txId = toHex(transactionId(bodyBytes))
          expect(places.has(txId)).toBe(false)
          places.set(txId, height)
        }
      }
      for (const [txId, height] of acknowledged) {
        expect([id, txId, places.get(txId)]).toEqual([id, txId, height])
        expect(open.ledger.store.placeOf(fromHex(txId))?.height).toBe(height)
      }
      hashes.push(hashesOf(open))
      await open.close()
    }
    // A witness that died may learn the newest blocks only when it is next at work.
    const longest = hashes.reduce((a, b) => (a.length >= b.length ? a : b))
    for (const own of hashes) expect(own).toEqual(longest.slice(0, own.length))
  })

  it('gives the same digests when it is verified and rebuilt', async () => {
    const copy = join(folder, 'rebuilt')
    cpSync(join(folder, 'members', PARTS.trustee, 'ledger'), copy, { recursive: true })
    const settings = { ...settingsOf(PARTS.trustee), folder: copy }
    const open = await openLedger(settings)
    const before = { info: open.ledger.info(), hashes: hashesOf(open) }
    await open.close()
    const verified = await verifyLedger(settings)
    expect(verified.height).toBe(before.info.height)
    const rebuilt = await rebuildLedger(settings)
    expect({ info: rebuilt.ledger.info(), hashes: hashesOf(rebuilt) }).toEqual(before)
    await rebuilt.close()
  })

  describe('and then goes on', () => {
    let month: OpenMonth

    beforeAll(async () => {
      month = await openMonth(folder)
      // Vaults go by block time, so blocks must come.
      await month.host.advanceTo(month.host.clock.now() + SWEEP_MS)
      await month.host.snapshot()
    }, 600_000)
    afterAll(async () => month?.stop())

    it('has been paid once', async () => {
      const { result } = (await month.bank.command({ id: 'end', do: 'status' })) as {
        result: { transfers: Record<string, number>; balances: Record<string, string> }
      }
      expect(result.transfers).toEqual({ waiting: 0, booked: 1, rejected: 0, returned: 0 })
      expect(result.balances[ACCOUNTS.custody.accountNo]).toBe('12759.87')
      expect(readFileSync(join(bankFolderOf(folder), 'bank.journal'), 'utf8')).not.toBe('')
      const { items } = month.cast.bank.ask('funds.listPayments', { case: contribution }) as {
        items: { state: string; amount: string; attempt: number }[]
      }
      expect(items).toMatchObject([{ state: 'settled', amount: '12759.87', attempt: 1 }])
    })

    it('has books that balance, with every fen of the payroll', () => {
      const { items } = month.cast.supervisor.ask('funds.listJournals', { book: PLAN }) as {
        items: { kind: string; fen: { account: string; amount: string; side: string }[] }[]
      }
      expect(items.map(({ kind }) => kind)).toEqual(['ARRIVAL', 'ALLOCATION', 'TRANSFER'])
      const credited = items[1]?.fen.filter(({ side }) => side === 'credit') ?? []
      const fen = (text: string): bigint => BigInt(text.replace('.', ''))
      const sum = credited.reduce((total, { amount }) => total + fen(amount), 0n)
      const rows = PEOPLE.reduce(
        (total, { employer, employee }) => total + fen(employer) + fen(employee),
        0n,
      )
      expect(sum).toBe(rows)
      const {
        fen: yuan,
        units,
        equalities,
      } = month.cast.supervisor.ask('funds.getTrialBalance', {
        book: PLAN,
      }) as unknown as TrialBalance
      expect([yuan.debit, units.debit]).toEqual([yuan.credit, units.credit])
      expect(equalities).toMatchObject([{ leftSum: '12759.8700', rightSum: '12759.8700' }])
    })

    it('has vaults that hold what the chain registered, and nothing in vain', async () => {
      const things = sealedThings(month.cast.supervisor)
      expect(new Set(things.map(nameOfThing)).size).toBe(10)
      for (const thing of things) {
        const { owner } = thing.kind === 'batch' ? thing.batch : thing.section
        const attempt = await tryToRead(month.host.member(owner), thing)
        expect([nameOfThing(thing), Object.keys(attempt)]).toEqual([
          nameOfThing(thing),
          ['opened', 'contents'],
        ])
      }
      for (const { id, vault } of month.host.members) {
        expect([id, vault.store.unsettled(), vault.release.waiting()]).toEqual([id, [], []])
      }
    })
  })
})
