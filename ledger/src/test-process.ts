/**
 * A process for tests that need one of their own: another time zone, another Node, a kill.
 *
 * `digest <folder>`: executes the log of a folder again, in a folder of its own, with everything
 * inserted in another order, and prints the header hashes.
 * `state <folder>`: opens a ledger, reads all of it and prints one digest.
 * `append <folder>`: appends the blocks of one log to another, again and again those that fail.
 * `operate <folder>`: runs a consortium under load and prints a line for each acknowledged
 * transaction, until it is killed.
 */
import { mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fromHex, type Json, ledgerHash, sha256, toHex, utf8 } from '@renshe/crypto'
import {
  type Action,
  type Context,
  type Contracts,
  cutTransaction,
  frameBundle,
} from '@renshe/kernel'
import { encodeBlock, txIdOf } from './block-format.ts'
import { BlockLog } from './block-log.ts'
import { EmbeddedEngine } from './embedded/engine.ts'
import { ReplicaWitness } from './embedded/replica-witness.ts'
import { readGenesisFile } from './genesis.ts'
import { scanLog } from './log-scan.ts'
import { openLedger } from './open-ledger.ts'
import { createTestChain, libraryContracts, TEST_CHAIN_TIME, tellTime } from './testing.ts'

function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

/** The same values with the members of every object in another order. */
function shuffled(value: Json): Json {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [name, shuffled(member)] as const)
  const order = (name: string): string => toHex(sha256(utf8(`order ${name}`)))
  members.sort(([a], [b]) => (order(a) < order(b) ? -1 : 1))
  return Object.fromEntries(members)
}

/** Rule books that do the same, and insert everything in another order. */
function shuffledContracts(contracts: Contracts): Contracts {
  const actions = [...contracts.actions.values()].reverse().map(
    (action): Action<never> => ({
      ...action,
      run: (ctx, input) => {
        const result = action.run(shuffledContext(ctx), shuffled(input) as never)
        return result === undefined ? undefined : shuffled(result)
      },
    }),
  )
  return {
    ...contracts,
    collections: [...contracts.collections].reverse(),
    actions: new Map(actions.map((action) => [action.name, action])),
  }
}

function shuffledContext(ctx: Context): Context {
  return {
    ...ctx,
    emit: (name, data) => ctx.emit(name, shuffled(data) as never),
    state: (collection) => {
      const state = ctx.state(collection)
      return Object.assign(Object.create(state) as typeof state, {
        find: (key: never) => state.find(key),
        read: (key: never) => state.read(key),
        get: (key: never) => state.get(key),
        has: (key: never) => state.has(key),
        range: (range: never) => state.range(range),
        index: (name: string, range: never) => state.index(name, range),
        delete: (key: never) => state.delete(key),
        put: (key: never, value: Json, bound?: never) =>
          state.put(key, shuffled(value) as never, bound),
      })
    },
  }
}

async function digest(folder: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'renshe-digest-'))
  const genesisFile = new Uint8Array(readFileSync(join(folder, 'genesis.json')))
  const contracts = shuffledContracts(libraryContracts({ actions: [tellTime] }))
  const open = await openLedger({
    folder: scratch,
    genesisFile,
    contracts: new Map([[1, contracts]]),
  })
  const hashes = [toHex(open.ledger.info().headerHash)]
  const { hash } = readGenesisFile(genesisFile)
  const blocks: Parameters<typeof open.ledger.replay>[0][] = []
  scanLog(
    { folder: join(folder, 'log'), genesisHash: hash, requiredHeight: -1 },
    { block: (block) => blocks.push(block) },
  )
  try {
    for (const block of blocks.slice(1)) {
      open.ledger.replay(block)
      await open.ledger.commit()
      hashes.push(toHex(open.ledger.info().headerHash))
    }
    say({ hashes })
  } catch (error) {
    say({
      hashes,
      fault: (error as { code?: string }).code,
      facts: (error as { facts?: Json }).facts,
    })
  }
  await open.close()
  rmSync(scratch, { recursive: true })
  const zone = new Intl.DateTimeFormat().resolvedOptions()
  say({ node: process.version, timeZone: zone.timeZone, locale: zone.locale })
}

async function state(folder: string): Promise<void> {
  try {
    const contracts = new Map([[1, libraryContracts()]])
    const open = await openLedger({ folder, contracts, clock: () => TEST_CHAIN_TIME })
    const { store, log } = open.ledger
    const seen: unknown[] = [open.ledger.height]
    for (const map of [store.source.values, store.source.indexes]) {
      seen.push([...map.range('', '\u00ff', false)])
    }
    for (let height = 0; height <= open.ledger.height; height++) {
      seen.push(store.header(height), store.writes(height), store.undo(height))
      for (const { result } of store.results(height)) seen.push(toHex(result))
      for (const { bodyBytes } of log.read(height).transactions) {
        seen.push(store.placeOf(fromHex(toHex(ledgerHash('tx', bodyBytes)))))
      }
    }
    say({ digest: toHex(sha256(utf8(JSON.stringify(seen)))) })
    await open.close()
  } catch (error) {
    say({ fault: (error as Error).message })
  }
}

async function append(folder: string): Promise<void> {
  const { hash } = readGenesisFile(createTestChain().genesisFile)
  const source = BlockLog.open({
    folder: join(folder, 'source/log'),
    genesisHash: hash,
    requiredHeight: -1,
  })
  const target = BlockLog.open({
    folder: join(folder, 'target'),
    genesisHash: hash,
    requiredHeight: -1,
  })
  for (let height = 0; height <= source.log.height; ) {
    const { headerBytes, transactions } = source.log.read(height)
    const frames = transactions.map(({ frame }) => frame)
    try {
      await target.log.append(encodeBlock(headerBytes, frames))
      say({ appended: height })
      height += 1
    } catch (error) {
      say({ fault: (error as Error).message, height: target.log.height })
      await sleep(50)
    }
  }
  await target.log.close()
}

async function operate(folder: string): Promise<void> {
  const chain = createTestChain()
  const contracts = new Map([[1, libraryContracts()]])
  const { genesisFile } = chain
  const clock = (): number => TEST_CHAIN_TIME + Math.floor(performance.now())
  const settings = { contracts, genesisFile, clock, segmentBytes: 200_000 }
  const witnesses = await Promise.all(
    chain.members.map(({ id, witness }) =>
      ReplicaWitness.open({ ...settings, folder: join(folder, id), member: id, keys: witness }),
    ),
  )
  const open = await openLedger({ ...settings, folder: join(folder, 'operator') })
  const engine = new EmbeddedEngine({
    operatorKeys: [chain.operator],
    witnesses,
    clock,
    blockDelayMs: 1,
    retryMs: 50,
    verifyThreads: 0,
    onNotice: (notice) => say({ notice }),
  })
  await engine.start(open.ledger)
  say({ started: open.ledger.height, torn: open.report.torn, replayed: open.report.replayed })
  // What was sent before the kill is sent again, with the same bytes: nobody knows if it arrived.
  const run = Number(process.argv[4])
  const lines = Array.from({ length: 8 }, async (_, line) => {
    for (let i = 0; ; i++) {
      const seed = utf8(`${run} ${line} ${i}`)
      const frame = chain.transaction(
        chain.members[line % 3]!,
        'library.issueCard',
        { holder: `${run} ${line} ${i} ${'x'.repeat(60)}` },
        { nonce: sha256(seed).slice(0, 16) },
      )
      const txId = txIdOf(cutTransaction(frame, 0)!)
      const [outcome] = await engine.submitAndWait(frameBundle([frame]))
      if (outcome?.included) say({ ack: txId, height: outcome.height, index: outcome.index })
      else say({ refused: txId, code: outcome?.code })
    }
  })
  setInterval(() => say({ status: engine.status() }), 100).unref()
  await Promise.all(lines)
}

const [, , command, folder] = process.argv
if (command === 'digest') await digest(folder!)
else if (command === 'state') await state(folder!)
else if (command === 'append') await append(folder!)
else if (command === 'operate') await operate(folder!)
