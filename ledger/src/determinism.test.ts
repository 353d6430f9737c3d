/**
 * Goal: a block gives the same digests wherever it is executed (threat 14): another process, time
 * zone, locale, Node version, order of insertion; and a contract that reads the clock is caught.
 * Method: the log of a run is executed again by `test-process.ts`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromUtf8, toHex } from '@renshe/crypto'
import { headerHash } from '@renshe/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenLedger, openLedger } from './open-ledger.ts'
import { linesOf, nodeBinaries, startProcess } from './run-process.ts'
import {
  addBlock,
  createTestChain,
  libraryContracts,
  TEST_CHAIN_TIME,
  tellTime,
} from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'renshe-determinism-'))
const chain = createTestChain()
const [first, second, third] = chain.members
const titles = ['İstanbul', 'ısı', '𠮷野家', '﨑', 'straße', 'e\u0301', 'Ω', '\u{10ffff}']
let expected: string[]

async function makeRun(open: OpenLedger, tellsTime: boolean): Promise<void> {
  const { ledger } = open
  const held: string[] = []
  for (const [i, title] of titles.entries()) {
    await addBlock(ledger, [chain.transaction(first!, 'library.issueCard', { holder: title })])
    const { result } = ledger.store.result(ledger.height, 0)!
    held.push((JSON.parse(fromUtf8(result)) as { data: { card: string } }).data.card)
    await addBlock(ledger, [
      ...held.map((card) => chain.transaction(second!, 'library.lendBook', { card, title })),
      chain.transaction(third!, 'library.issueCard', { holder: title }),
      chain.transaction(third!, 'ledger.checkpoint', {}),
    ])
    if (i % 3 === 2) {
      const card = held.shift()!
      await addBlock(ledger, [chain.transaction(first!, 'library.closeCard', { card })])
    }
  }
  if (tellsTime) await addBlock(ledger, [chain.transaction(first!, 'library.tellTime', {})])
}

async function openRun(name: string): Promise<OpenLedger> {
  return openLedger({
    folder: join(folder, name),
    contracts: new Map([[1, libraryContracts({ actions: [tellTime] })]]),
    genesisFile: chain.genesisFile,
    clock: () => TEST_CHAIN_TIME,
  })
}

beforeAll(async () => {
  const open = await openRun('good')
  await makeRun(open, false)
  expected = Array.from({ length: open.ledger.height + 1 }, (_, height) =>
    toHex(headerHash(Uint8Array.from(open.ledger.store.headerBytes(height)!))),
  )
  await open.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

const places = [
  { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
  { TZ: 'America/St_Johns', LC_ALL: 'C', LANG: 'C' },
]

describe('threat 14: a run', () => {
  it.each(nodeBinaries().flatMap((node) => places.map((env) => ({ node, env }))))(
    'has the same digests under $env.TZ with $node.path',
    async ({ node, env }) => {
      const child = startProcess(['digest', join(folder, 'good')], { node, env })
      const lines: Record<string, unknown>[] = []
      for await (const line of linesOf(child)) lines.push(line)
      expect(lines[0]).toEqual({ hashes: expected })
      expect(lines[1]).toMatchObject({ timeZone: env.TZ })
      expect(expected.length).toBe(19)
    },
  )

  it('in which a contract reads the clock is caught at that block', async () => {
    const open = await openRun('bad')
    await makeRun(open, true)
    const { height } = open.ledger
    await open.close()
    const lines: Record<string, unknown>[] = []
    for await (const line of linesOf(startProcess(['digest', join(folder, 'bad')])))
      lines.push(line)
    expect(lines[0]).toMatchObject({
      fault: 'STATE_DIVERGED',
      facts: { height, member: 'writeRoot' },
    })
  })
})
