/**
 * Goal: one flipped byte in any file that a ledger keeps is noticed at the next start or by `verify`, with
 * the name of the file; no file is left out (threat 1). Pages of the state file that hold nothing are the
 * exception, and `crash.faults.test.ts` shows it in processes of their own.
 * Method: a small chain with a log, a snapshot and packages at rest; every file of the folder, bytes spread
 * over its length, flipped one at a time.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLedger, verifyLedger } from './open-ledger.ts'
import { addBlock, createTestChain, libraryContracts, TEST_CHAIN_TIME } from './testing.ts'

/** Bytes of each file that are flipped, first and last among them. */
const FLIPS = 40
const chain = createTestChain()
const root = mkdtempSync(join(tmpdir(), 'renshe-stored-'))
const good = join(root, 'good')
const settingsOf = (folder: string) => ({
  folder,
  contracts: new Map([[1, libraryContracts()]]),
  genesisFile: chain.genesisFile,
  clock: () => TEST_CHAIN_TIME,
})

beforeAll(async () => {
  const open = await openLedger(settingsOf(good))
  for (let at = 0; at < 4; at++) {
    const holder = `reader ${at}`
    const [member] = chain.members
    await addBlock(open.ledger, [chain.transaction(member!, 'library.issueCard', { holder })])
  }
  await open.close()
})
afterAll(() => rmSync(root, { recursive: true }))

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort()

/** What start and `verify` say of a folder. */
async function judged(folder: string): Promise<string> {
  try {
    const verified = await verifyLedger(settingsOf(folder))
    const open = await openLedger(settingsOf(folder))
    await open.close()
    return `sound ${JSON.stringify(verified)}`
  } catch (error) {
    return (error as Error).message
  }
}

describe('threat 1: one byte of a stored file', () => {
  it('lies in one of these files, and the folder as it was is sound', async () => {
    // lock.mdb is the table of readers at work, made anew by every first process: it says nothing of the chain.
    expect(filesOf(good)).toEqual([
      'genesis.json',
      'log/000000000000.rsl',
      'state/data.mdb',
      'state/lock.mdb',
    ])
    expect(await judged(good)).toMatch(/^sound .*"height":4/)
  })

  it.each([
    ['genesis.json', /^GENESIS_REFUSED .*"reason":".*genesis file/],
    [
      'log/000000000000.rsl',
      /^LOG_DAMAGED .*"segment":"000000000000.rsl","offset":\d+,"height":\d/,
    ],
  ])('in %s is refused, and the file stays as it was', async (file, refusal) => {
    const bytes = readFileSync(join(good, file))
    for (let part = 0; part < FLIPS; part++) {
      const at = Math.floor(((bytes.length - 1) * part) / (FLIPS - 1))
      const folder = join(root, `${file.slice(0, 3)}-${part}`)
      cpSync(good, folder, { recursive: true })
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1
      writeFileSync(join(folder, file), changed)
      expect(await judged(folder), `byte ${at}`).toMatch(refusal)
      expect(readFileSync(join(folder, file)).equals(changed)).toBe(true)
      rmSync(folder, { recursive: true })
    }
  })
})
