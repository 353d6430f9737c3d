/**
 * Goal: what is too large for the start or for the thread of the blocks is done in a thread, with the same outcome:
 * a row that changed or vanished stops the ledger; a snapshot has the root that slices give, whatever comes between.
 * Method: a small chain with limits of zero rows, so that both threads are used; rows changed behind its back.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StoreFault } from '@renshe/kernel'
import { open as openDatabase } from 'lmdb'
import { afterAll, describe, expect, it } from 'vitest'
import { openLedger } from './open-ledger.ts'
import { addBlock, createTestChain, libraryContracts, TEST_CHAIN_TIME } from './testing.ts'

const root = mkdtempSync(join(tmpdir(), 'renshe-threads-'))
afterAll(() => rmSync(root, { recursive: true }))

/** The same acts in two folders need two chains that count nonces alike. */
function world(name: string, change: { slicedRows?: number; rowsAtStart?: number }) {
  const chain = createTestChain({ parameters: { 'ledger.snapshotDelay': 12 } })
  const settings = {
    folder: join(root, name),
    contracts: new Map([[1, libraryContracts()]]),
    genesisFile: chain.genesisFile,
    clock: () => TEST_CHAIN_TIME,
    ...change,
  }
  return { chain, settings, member: chain.members[0]! }
}

/** Cards are issued and closed before, while and after a snapshot is taken. */
async function snapshotOf(name: string, slicedRows: number, waitsForThread: boolean) {
  const { chain, settings, member } = world(name, { slicedRows })
  const open = await openLedger(settings)
  const { ledger } = open
  const issued: string[] = []
  const issue = async (count: number): Promise<void> => {
    const frames = Array.from({ length: count }, () => {
      const holder = `reader ${issued.length}`
      issued.push(holder)
      return chain.transaction(member, 'library.issueCard', { holder })
    })
    const { results } = await addBlock(ledger, frames)
    cards.push(...results.map((result) => JSON.parse(Buffer.from(result).toString()).data.card))
  }
  const cards: string[] = []
  await issue(400)
  await addBlock(ledger, [chain.transaction(member, 'ledger.checkpoint', {})])
  for (let block = 0; block < 12; block++) {
    // The thread is done long before its root is asked for, however slow it is.
    while (block === 6 && waitsForThread && !ledger.snapshots.files().includes(2)) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const close = (card: string) => chain.transaction(member, 'library.closeCard', { card })
    await addBlock(ledger, cards.splice(0, 20).map(close))
    if (block % 3 === 0) await issue(10)
  }
  const carried = Array.from({ length: ledger.height + 1 }, (_, at) => ledger.header(at).snapshot)
  const head = carried.find((snapshot) => snapshot !== null)
  expect(ledger.snapshots.newest?.tree.head).toEqual(head)
  await open.close()
  return head
}

describe('a thread beside the ledger', () => {
  it('computes the snapshot that slices compute, also if it comes too late', async () => {
    const sliced = await snapshotOf('sliced', 1_000_000, false)
    expect(sliced).toMatchObject({ height: 2 })
    expect(await snapshotOf('thread', 0, true)).toEqual(sliced)
    expect(await snapshotOf('late', 0, false)).toEqual(sliced)
  })

  it.each(['a row that changed', 'a row that vanished'])(
    'finds %s, and the ledger stops',
    async (what) => {
      const { chain, settings, member } = world(what, { rowsAtStart: 0 })
      const issue = (holder: string) => chain.transaction(member, 'library.issueCard', { holder })
      const first = await openLedger(settings)
      await addBlock(first.ledger, [issue('a'), issue('b')])
      expect(await first.rowsChecked).toBeNull()
      await first.close()

      const binary = { encoding: 'binary', keyEncoding: 'binary' } as const
      const path = join(settings.folder, 'state')
      const env = openDatabase<Buffer, Buffer>({ path, maxDbs: 16, noSubdir: false, ...binary })
      const values = env.openDB<Buffer, Buffer>({ name: 'values', ...binary })
      const [row] = [...values.getRange({})].map(
        ({ key, value }) => [Buffer.from(key), Buffer.from(value)] as const,
      )
      row![1][20]! ^= 1
      if (what.endsWith('vanished')) values.removeSync(row![0])
      else values.putSync(row![0], row![1])
      await env.close()

      const open = await openLedger(settings)
      expect(await open.rowsChecked).toMatchObject({
        code: 'STATE_DAMAGED',
        facts: { table: 'values' },
      })
      await expect(addBlock(open.ledger, [issue('c')])).rejects.toBeInstanceOf(StoreFault)
      const reader = { member: 'lib-0001', name: null, roles: [], unit: null }
      const answer = open.ledger.query('library.getCard', { card: 'x' }, reader)
      expect(answer).toMatchObject({ ok: false, code: 'STATE_DAMAGED' })
      expect(open.ledger.height).toBe(1)
      await open.close()
    },
  )
})
