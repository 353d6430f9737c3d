/*
 * A long chain, built once and kept under `.cache/bench`: signed transactions of the fictional library of the
 * ledger's own tests, a hundred to a block and one block every fourteen minutes, so that a million take a
 * hundred days of the chain's time and the nonces of one day are remembered, as they would be.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { frameBundle } from '@renshe/kernel'
import type { OpenSettings } from '@renshe/ledger'
import { openLedger } from '@renshe/ledger'
import { createTestChain, libraryContracts, TEST_CHAIN_TIME } from '@renshe/ledger/testing'

/** Where built folders are kept between runs. */
export const BENCH_CACHE = new URL('../.cache/bench', import.meta.url).pathname

const FORM = 'a hundred cards a block, one block every 864 s, 1'
const BLOCK_TRANSACTIONS = 100
const BLOCK_MS = 864_000
const chain = createTestChain({
  name: 'demo-long',
  hasWitnesses: false,
  parameters: { 'ledger.snapshotEvery': 1_048_576 },
})

/** Settings that open the chain in a folder. */
export function longChainSettings(folder: string): OpenSettings {
  return {
    folder,
    contracts: new Map([[1, libraryContracts()]]),
    genesisFile: chain.genesisFile,
    clock: () => TEST_CHAIN_TIME,
  }
}

/**
 * The folder of a chain with so many transactions; built if no earlier run did. A build that is cut short
 * goes on where it stopped.
 */
export async function longChain(transactions: number): Promise<string> {
  const folder = join(BENCH_CACHE, `long-${contentKey()}-${transactions}`)
  if (existsSync(folder)) return folder
  const part = `${folder}.part`
  mkdirSync(part, { recursive: true })
  rmSync(join(part, 'lock'), { force: true })
  const open = await openLedger(longChainSettings(part))
  const { ledger } = open
  for (let height = ledger.height + 1; height <= transactions / BLOCK_TRANSACTIONS; height++) {
    const timeMs = TEST_CHAIN_TIME + BLOCK_MS * height
    const frames = Array.from({ length: BLOCK_TRANSACTIONS }, (_, at) => stepOf(height, at, timeMs))
    ledger.execute({
      engineHeight: BigInt(height),
      timeMs,
      bundles: [frameBundle(frames)],
      misbehaviour: [],
    })
    await ledger.commit()
  }
  await open.close()
  renameSync(part, folder)
  return folder
}

function stepOf(height: number, at: number, timeMs: number) {
  const nonce = createHash('sha256').update(`${height} ${at}`).digest().subarray(0, 16)
  const holder = `reader ${height} ${at}`
  const change = { nonce: new Uint8Array(nonce), expiresAt: timeMs + 600_000 }
  return chain.transaction(chain.members[at % 3]!, 'library.issueCard', { holder }, change)
}

/** Another genesis document or another form of the steps gives another folder. */
function contentKey(): string {
  const { hash } = chain.genesis
  return createHash('sha256').update(hash).update(FORM).digest('hex').slice(0, 12)
}
