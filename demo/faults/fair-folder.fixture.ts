/* A fair in a real folder, with every kind of file that a member keeps: for tests that damage them. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { canonicalJson } from '@renshe/crypto'
import { noticeFile } from '../../node/src/connectors/bank/bank-files-for-tests.ts'
import type { BankPlace } from '../../node/src/found/node-file.ts'
import { type Host, openHost } from '../../node/src/host.ts'
import {
  FAIR_ACCOUNTS,
  FAIR_SIDES,
  fairBank,
  foundFairConsortium,
} from '../../node/src/relays/fair-consortium.fixture.ts'

const SIDES = FAIR_SIDES

/** Kinds of files, by where they lie; a file of no kind is a kind that somebody forgot to damage. */
export const KINDS: Readonly<Record<string, RegExp>> = {
  'genesis file': /^genesis\.json$|\/ledger\/genesis\.json$/,
  'founding package': /(^|\/ledger\/)packages\//,
  'node file': /^node\.json$/,
  'key file': /\/keys\//,
  'log segment': /\/ledger\/log\/.*\.rsl$/,
  'state store': /\/ledger\/state\/data\.mdb$/,
  snapshot: /\/ledger\/snapshots\//,
  'memory of a witness': /\/ledger\/checkpoint$/,
  'vault store': /\/vault\/vault\.mdb$/,
  'release store': /\/release\/release-\d+\.mdb$/,
  'name of the release store': /\/release\/current$/,
  'journal of the bank connector': /\/bank\/bank\.journal$/,
  'cursor of the relays': /\/relays\/cursor\.json$/,
}
/** Locks of LMDB hold nothing that is read after a restart. */
const NOTHING_KEPT = /-lock$|\/lock\.mdb$|\/lock$/

/** Files of a folder by kind; throws for a file of no kind. */
export function filesByKind(folder: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = relative(folder, join(entry.parentPath, entry.name))
    if (NOTHING_KEPT.test(path) || path.startsWith('banks/')) continue
    const kind = Object.entries(KINDS).find(([, where]) => where.test(path))?.[0]
    if (kind === undefined) throw new Error(`a file of no kind: ${path}`)
    found.set(kind, [...(found.get(kind) ?? []), path])
  }
  return found
}

function bankOf(folder: string, side: string): BankPlace {
  // Relative to where the process works: copies of the folder have banks of their own.
  const place = (way: string): string => join(folder, 'banks', side, way)
  return fairBank(place('in'), place('out'))
}

/** Opens a fair for a test. */
export function openFair(dataFolder: string): Promise<Host> {
  return openHost({ dataFolder, blockDelayMs: 0, verifyThreads: 0 })
}

/** Founds a fair, orders a fee, takes money of unknown purpose, keeps a draft, takes a snapshot, ends. */
export async function makeFairFolder(dataFolder: string): Promise<number> {
  await foundFairConsortium(dataFolder, (side) => bankOf('.', side))
  const host = await openFair(dataFolder)
  const keeper = host.member('keeper')
  const fields = { number: 'F-1', guest: 'payer' }
  const { data } = await keeper.act('cases.openCase', { service: 'fair-founding', fields })
  for (const side of SIDES) {
    const step = `${side}-account`
    const content = { accountNo: FAIR_ACCOUNTS[side], accountName: `示例·${side}` }
    const input = { case: data.case as string, step }
    const sealed = { sections: { [step]: content } }
    await host.member(side).act('cases.actOnStep', input, 'system', sealed)
  }
  await keeper.act('cases.actOnStep', { case: data.case as string, step: 'found' })
  const payer = host.member('payer')
  const fee = { service: 'fair-fee', fields: { number: 'F-1', fee: '12.30' } }
  const opened = await payer.act('cases.openCase', fee)
  await payer.act('cases.actOnStep', { case: opened.data.case as string, step: 'order' })
  await host.quiet()
  const inFolder = join('banks', 'keeper', 'in')
  mkdirSync(inFolder, { recursive: true })
  const entry = { fen: 500, bankReference: 'C-2', endToEndId: 'SOMETHING' }
  writeFileSync(join(inFolder, 'n-1.xml'), noticeFile('n-1', [entry], FAIR_ACCOUNTS.keeper))
  await host.advanceTo(host.clock.now() + 1_000)
  keeper.vault.store.lock('draft', [['d-1', canonicalJson({ name: '𠮷野家' })]])
  await host.snapshot()
  const { height } = keeper.ledger.copy
  await host.stop()
  return height
}
