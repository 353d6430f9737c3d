/*
 * Executes the blocks of a ledger again in a process of its own:
 *
 *   node --import tsx demo/annuity/replay-blocks.fixture.ts FOLDER as-it-is|shuffled|spoilt
 *
 * `shuffled` inserts everything in another order, `spoilt` reads the clock of the machine once.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createContracts, PROTOCOL } from '@renshe/contracts'
import { type Json, sha256, toHex, utf8 } from '@renshe/crypto'
import type { Action, Context, Contracts } from '@renshe/kernel'
import { LedgerFault, rebuildLedger } from '@renshe/ledger'
import { headerHash } from '@renshe/proof'

/** How the rule books behave while blocks are executed again. */
export type ReplayManner = 'as-it-is' | 'shuffled' | 'spoilt'

/** What the process tells. */
export interface Replayed {
  readonly timeZone: string
  readonly locale: string
  readonly node: string
  /** Hash of each header, from height 0; empty after a fault. */
  readonly hashes: readonly string[]
  readonly fault: { readonly code: string; readonly height: number | null } | null
}

const PROGRAM = fileURLToPath(import.meta.url)

/** Node binaries to execute blocks with: this one, and another version where one is named. */
export function replayRunners(): string[] {
  const { RENSHE_OTHER_NODE: other, RENSHE_NODE_24: newest } = process.env
  return [...new Set([process.execPath, other ?? newest ?? process.execPath])]
}

/** Executes the blocks of a ledger's folder again; the folder is copied, nothing in it changes. */
export async function replayBlocks(
  folder: string,
  manner: ReplayManner,
  { node = process.execPath, env = {} }: { node?: string; env?: Record<string, string> } = {},
): Promise<Replayed> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const child = spawn(node, ['--import', tsx, PROGRAM, folder, manner], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  for await (const chunk of child.stdout) told += String(chunk)
  return JSON.parse(told) as Replayed
}

async function replay(folder: string, manner: ReplayManner): Promise<void> {
  const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions()
  const scratch = mkdtempSync(join(tmpdir(), 'renshe-replay-'))
  cpSync(folder, scratch, { recursive: true })
  let replayed: Pick<Replayed, 'hashes' | 'fault'>
  try {
    const contracts = contractsOf(manner)
    const open = await rebuildLedger({
      folder: scratch,
      contracts: new Map([[PROTOCOL, contracts]]),
      verifiesSignatures: true,
    })
    const { ledger } = open
    const hashes = Array.from({ length: ledger.height + 1 }, (_, height) =>
      toHex(headerHash(Uint8Array.from(ledger.store.headerBytes(height) ?? []))),
    )
    await open.close()
    replayed = { hashes, fault: null }
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error
    const { height = null } = error.facts as { height?: number }
    replayed = { hashes: [], fault: { code: error.code, height } }
  }
  rmSync(scratch, { recursive: true })
  const told: Replayed = { timeZone, locale, node: process.version, ...replayed }
  process.stdout.write(JSON.stringify(told))
}

function contractsOf(manner: ReplayManner): Contracts {
  const contracts = createContracts()
  if (manner === 'as-it-is') return contracts
  const change = manner === 'shuffled' ? shuffledContext : spoiltContext
  const actions = [...contracts.actions.values()].reverse().map(
    (action): Action<never> => ({
      ...action,
      run: (ctx, input) => action.run(change(ctx), input),
    }),
  )
  return {
    ...contracts,
    collections: [...contracts.collections].reverse(),
    actions: new Map(actions.map((action) => [action.name, action])),
  }
}

/** The same values, the members of every object in another order. */
function shuffled(value: Json): Json {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  const order = (name: string): string => toHex(sha256(utf8(`order ${name}`)))
  const members = Object.entries(value).map(([name, member]) => [name, shuffled(member)] as const)
  members.sort(([a], [b]) => (order(a) < order(b) ? -1 : 1))
  return Object.fromEntries(members)
}

function shuffledContext(ctx: Context): Context {
  return {
    ...ctx,
    emit: (name, data) => ctx.emit(name, shuffled(data) as never),
    state: (collection) => {
      const state = ctx.state(collection)
      return Object.assign(Object.create(state) as typeof state, {
        find: (key: never) => state.find(key),
        get: (key: never) => state.get(key),
        read: (key: never) => state.read(key),
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

/** Rule books that look at the clock of the machine: a defect that must be caught. */
function spoiltContext(ctx: Context): Context {
  return { ...ctx, emit: (name, data) => ctx.emit(name, { ...data, seenAt: Date.now() }) }
}

if (process.argv[1] === PROGRAM) {
  const [, , folder = '', manner = 'as-it-is'] = process.argv
  await replay(folder, manner as ReplayManner)
}
