/* A chain whose state has a given number of entries, built once and kept under `.cache/bench`. */
import { createHash } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { packageBytes } from '@renshe/contracts'
import { fromUtf8, parseStrictJson } from '@renshe/crypto'
import type { OpenLedger } from '@renshe/ledger'
import { PUBLISHED_CARD } from '../node/src/found/library-consortium.fixture.ts'
import { rulesByProtocol } from '../node/src/host-parts.ts'
import { fillState } from './fill-state.ts'
import { CHAIN_TIME, foundLibrary, openCopy, StepMaker } from './library-chain.ts'
import { BENCH_CACHE } from './long-chain.ts'

/** Another form of the filling is another folder. */
const FORM = 'copies of one opened case, 1'
/** So that a snapshot may be computed in the background for as long as the rules allow. */
const PARAMETERS = [
  { name: 'ledger.snapshotDelay', value: 1_024 },
  { name: 'ledger.snapshotEvery', value: 1_048_576 },
]

/** The folder of a chain with so many entries of state; built if no earlier run did. */
export async function filledChain(entries: number): Promise<string> {
  const key = createHash('sha256').update(packageBytes(PUBLISHED_CARD)).update(FORM).digest('hex')
  const folder = join(BENCH_CACHE, `state-${key.slice(0, 12)}-${entries}`)
  if (existsSync(folder)) return folder
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  const chain = await foundLibrary(part, { parameters: PARAMETERS })
  const open = await openCopy(part)
  await addSteps(open, new StepMaker(chain, 'first').bundle(1, CHAIN_TIME + 1_000))
  const { store } = open.ledger
  const writes = store.writes(1)
  const { tx } = parseStrictJson(Uint8Array.from(store.result(1, 0)!.result))
  const [rules] = rulesByProtocol().values()
  await open.close()
  const stateFolder = store.folder
  const own = ['first-000000000', String(tx)]
  const collections = rules?.collections ?? []
  await fillState({ stateFolder, collections, writes, height: 1, own }, entries)
  renameSync(part, folder)
  return folder
}

/** Executes one block of a bundle of steps, every one of which must be accepted, and makes it durable. */
export async function addSteps({ ledger }: OpenLedger, ...bundles: Uint8Array[]): Promise<void> {
  const height = ledger.height + 1
  const timeMs = CHAIN_TIME + 1_000 * height
  const made = ledger.execute({ engineHeight: BigInt(height), timeMs, bundles, misbehaviour: [] })
  const refused = made.admissions.flat().find(({ code }) => code !== 'OK')
  const [first] = made.results
  if (refused !== undefined || first === undefined || !fromUtf8(first).includes('"code":"OK"')) {
    throw new RangeError(`a step was refused: ${refused?.code ?? first}`)
  }
  await ledger.commit()
}
