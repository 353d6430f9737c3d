/**
 * Goal: no acknowledged transaction is lost or doubled, whenever the process dies and whenever the
 * disk is full; afterwards log, state and witnesses agree, and a rebuild gives the same digests.
 * Method: a real process under load is killed (SIGKILL) at random moments, 24 times on one folder (long form: 200);
 * then one whose heap is limited; then one whose files may not grow, until they may; then bytes of the
 * state file are changed.
 */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromHex, toHex } from '@renshe/crypto'
import { headerHash } from '@renshe/proof'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { txIdOf } from './block-format.ts'
import { openLedger, rebuildLedger, verifyLedger } from './open-ledger.ts'
import { linesOf, startProcess } from './run-process.ts'
import { addBlock, createTestChain, libraryContracts, TEST_CHAIN_TIME } from './testing.ts'

const chain = createTestChain()
const contracts = new Map([[1, libraryContracts()]])
const { genesisFile } = chain
const clock = () => TEST_CHAIN_TIME

interface Acknowledged {
  readonly ack: string
  readonly height: number
  readonly index: number
}

const isLong = process.env.RENSHE_FAULTS === 'long'
const KILLS = isLong ? 200 : 24
/** Heaps, from one in which it hardly starts to one in which it has what it needs. */
const HEAPS_MIB = [10, 20, 24, 64]

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-crash-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function settingsOf(name: string) {
  return { folder: join(folder, name), contracts, genesisFile, clock }
}

/** Compares what was acknowledged with what is there, everywhere. */
async function judge(acknowledged: readonly Acknowledged[]): Promise<number> {
  const open = await openLedger(settingsOf('operator'))
  const { ledger } = open
  for (const { ack, height, index } of acknowledged) {
    expect(ledger.store.placeOf(fromHex(ack))).toEqual({ height, index })
  }
  const seen = new Set<string>()
  const hashes: string[] = []
  for (let height = 0; height <= ledger.log.height; height++) {
    const block = ledger.log.read(height)
    hashes.push(toHex(headerHash(block.headerBytes)))
    for (const transaction of block.transactions) {
      const txId = txIdOf(transaction)
      expect(seen.has(txId)).toBe(false)
      seen.add(txId)
    }
  }
  const before = ledger.info()
  await open.close()
  for (const { id } of chain.members) {
    const replica = await openLedger(settingsOf(id))
    for (let height = 0; height <= replica.ledger.height; height++) {
      const { headerBytes } = replica.ledger.log.read(height)
      // A witness may lack the newest blocks; it never has another one.
      expect(toHex(headerHash(headerBytes))).toBe(hashes[height])
    }
    await replica.close()
  }
  const verified = await verifyLedger(settingsOf('operator'))
  expect(verified).toMatchObject({ height: before.height, transactions: seen.size })
  const rebuilt = await rebuildLedger(settingsOf('operator'))
  expect(rebuilt.ledger.info()).toEqual(before)
  await rebuilt.close()
  return seen.size
}

describe('a process that is killed', () => {
  it(`${KILLS} times at random moments loses and doubles nothing`, async () => {
    const acknowledged: Acknowledged[] = []
    for (let run = 0; run < KILLS; run++) {
      // Every second run sends again what the run before had sent.
      const child = startProcess(['operate', folder, `${Math.floor(run / 2)}`])
      const exit = once(child, 'exit')
      for await (const line of linesOf(child)) {
        if ('started' in line) setTimeout(() => child.kill('SIGKILL'), Math.random() * 700)
        if ('ack' in line) acknowledged.push(line as unknown as Acknowledged)
        expect(line).not.toHaveProperty('refused')
      }
      expect(await exit).toEqual([null, 'SIGKILL'])
    }
    const total = await judge(acknowledged)
    expect(acknowledged.length).toBeGreaterThan(100)
    expect(total).toBeGreaterThanOrEqual(new Set(acknowledged.map(({ ack }) => ack)).size)
  }, 3_600_000)
})

describe('a process whose memory is limited', () => {
  it('works or dies, and loses nothing that it acknowledged', async () => {
    const acknowledged: Acknowledged[] = []
    const ends: unknown[] = []
    for (const [run, heapMiB] of HEAPS_MIB.entries()) {
      const env = { NODE_OPTIONS: `--max-old-space-size=${heapMiB}` }
      const child = startProcess(['operate', folder, `memory ${run}`], { env })
      const exit = once(child, 'exit')
      const before = acknowledged.length
      const enough = setTimeout(() => child.kill('SIGKILL'), 30_000)
      for await (const line of linesOf(child)) {
        if ('ack' in line) acknowledged.push(line as unknown as Acknowledged)
        if (acknowledged.length >= before + 300) child.kill('SIGKILL')
        expect(line).not.toHaveProperty('refused')
      }
      ends.push(await exit)
      clearTimeout(enough)
    }
    // One heap must be too small for the test to say anything, one large enough.
    expect(ends.some((end) => String(end) !== ',SIGKILL')).toBe(true)
    expect(acknowledged.length).toBeGreaterThan(0)
    await judge(acknowledged)
  })
})

describe('a disk without space', () => {
  it('stops acknowledging, says why, and goes on when there is space', async () => {
    const limit = 'trap "" XFSZ; ulimit -S -f 1500'
    const child = startProcess(['operate', folder, '0'], { limit })
    const exit = once(child, 'exit')
    const acknowledged: Acknowledged[] = []
    let waitedFor: string | undefined
    let before = 0
    let raised = false
    for await (const line of linesOf(child)) {
      if ('ack' in line) acknowledged.push(line as unknown as Acknowledged)
      expect(line).not.toHaveProperty('refused')
      const status = line.status as { state: string; reason: string | null } | undefined
      if (status?.state === 'failed') throw new Error(status.reason ?? '')
      if (status?.state === 'waiting' && !raised) {
        waitedFor = status.reason ?? ''
        before = acknowledged.length
        raised = true
        // Twice as long as it waits between attempts: in this time nothing is acknowledged.
        setTimeout(() => {
          expect(acknowledged.length).toBe(before)
          execFileSync('prlimit', ['--pid', `${child.pid}`, '--fsize=unlimited'])
        }, 150)
      }
      if (raised && acknowledged.length > before + 200) child.kill('SIGKILL')
    }
    await exit
    expect(waitedFor).toMatch(/WRITE_FAILED|UNAVAILABLE/)
    expect(waitedFor).toContain('space')
    expect(acknowledged.length).toBeGreaterThan(before + 100)
    await judge(acknowledged)
  })

  it('leaves the log as it was, and takes the same block when there is space', async () => {
    const source = await openLedger({ ...settingsOf('source') })
    for (let i = 0; i < 12; i++) {
      const frames = Array.from({ length: 20 }, (_, j) =>
        chain.transaction(chain.members[0]!, 'library.issueCard', { holder: `reader ${i} ${j}` }),
      )
      await addBlock(source.ledger, frames)
    }
    await source.close()
    const limit = 'trap "" XFSZ; ulimit -S -f 60'
    const child = startProcess(['append', folder], { limit })
    let failures = 0
    let appended = -1
    for await (const line of linesOf(child)) {
      if ('appended' in line) {
        appended += 1
        expect(line.appended).toBe(appended)
      } else {
        failures += 1
        expect(line.fault).toContain('LOG_WRITE_FAILED')
        expect(line.fault).toContain('EFBIG')
        expect(line.height).toBe(appended)
      }
      if (failures === 3) execFileSync('prlimit', ['--pid', `${child.pid}`, '--fsize=unlimited'])
    }
    expect(failures).toBeGreaterThanOrEqual(3)
    const read = (name: string) => readFileSync(join(folder, name, '000000000000.rsl'))
    expect(read('target').equals(read('source/log'))).toBe(true)
  })
})

describe('threat 1: a changed byte of the state file', () => {
  it('is noticed, or was in a page that holds nothing', async () => {
    const open = await openLedger(settingsOf('good'))
    for (let i = 0; i < 10; i++) {
      const frames = Array.from({ length: 10 }, (_, j) =>
        chain.transaction(chain.members[0]!, 'library.issueCard', { holder: `reader ${i} ${j}` }),
      )
      await addBlock(open.ledger, frames)
    }
    await open.close()
    const judgeFolder = async (name: string): Promise<Record<string, unknown>> => {
      // The database library may not survive such a page: that is noticed too.
      let outcome: Record<string, unknown> = { fault: 'the process died' }
      for await (const line of linesOf(startProcess(['state', join(folder, name)]))) outcome = line
      return outcome
    }
    const { digest } = await judgeFolder('good')
    expect(digest).toHaveLength(64)
    let noticed = 0
    for (let i = 0; i < 30; i++) {
      const name = `changed-${i}`
      cpSync(join(folder, 'good'), join(folder, name), { recursive: true })
      const path = join(folder, name, 'state', 'data.mdb')
      const bytes = readFileSync(path)
      const at = Math.floor((bytes.length * (i + Math.random())) / 30)
      bytes[at]! ^= 1 << Math.floor(Math.random() * 8)
      writeFileSync(path, bytes)
      const outcome = await judgeFolder(name)
      if ('fault' in outcome) noticed += 1
      else expect({ at, digest: outcome.digest }).toEqual({ at, digest })
      rmSync(join(folder, name), { recursive: true })
    }
    expect(noticed).toBeGreaterThan(0)
  })
})
