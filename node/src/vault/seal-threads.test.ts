// Goal: a thread seals what would be sealed here, byte for byte and in order, and refuses what would be refused.
// Method: the same pages with the same drawn bytes both ways; a page with a row that is not as its columns demand.
import { seeded } from '@renshe/contracts/testing'
import {
  type Bytes,
  canonicalJson,
  createBatchKey,
  type JsonObject,
  openSection,
  sectionCommitment,
  toHex,
} from '@renshe/crypto'
import { expect, it } from 'vitest'
import { feeRow } from '../testing/club-flows.fixture.ts'
import { CLUB_RULES } from '../testing/club-packages.fixture.ts'
import {
  type PageToSeal,
  ROW_DRAWN_BYTES,
  type RowSealing,
  rowPageOf,
  rowSealing,
} from './row-sealing.ts'
import { beginPages } from './seal-threads.ts'

const shared = {
  chain: 'demo-1a2b3c4d',
  entryHash: '11'.repeat(32),
  kind: 'whole',
  level: 2,
  owner: 'club',
  section: 'fees',
  suite: 'RS-INTL-1',
} as const
const sealing: RowSealing = {
  shared,
  tree: 'batch',
  batchHalf: seeded('A*')(32),
  indexKey: seeded('K')(32),
  columns: CLUB_RULES.rows['fee-row']?.columns ?? {},
  unique: 'memberId',
}
const MANY = 100_000

function pageOf(rows: readonly JsonObject[], seed: string): PageToSeal {
  const drawn = seeded(seed)(rows.length * ROW_DRAWN_BYTES)
  return { ...rowPageOf(rows.map((row) => canonicalJson(row))), drawn }
}

const rowsFrom = (first: number) => Array.from({ length: 120 }, (_, at) => feeRow(first + at))
const bytesOf = (page: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(page as Record<string, Bytes | Uint32Array>).map(([name, part]) => [
      name,
      toHex(new Uint8Array(part.buffer, part.byteOffset, part.byteLength)),
    ]),
  )

it('seals pages given ahead, in order, as they are sealed here', async () => {
  const here = rowSealing(sealing)
  const threads = beginPages(sealing, MANY)
  const pages = [0, 1, 2, 3].map((at) => rowsFrom(1_000 * at))
  const answers = await Promise.all(pages.map((rows, at) => threads.seal(pageOf(rows, `${at}`))))
  threads.end()
  answers.forEach((answer, at) => {
    const own = here(pageOf(pages[at] as JsonObject[], `${at}`))
    if (!('made' in answer) || !('made' in own)) throw new Error('refused')
    expect(bytesOf(answer.made)).toEqual(bytesOf(own.made))
  })
})

it('refuses a page with one row that does not fit, and goes on with the next', async () => {
  const threads = beginPages(sealing, MANY)
  const rows = rowsFrom(0)
  const wrong = rows.map((row, at) => (at === 7 ? { ...row, fee: '1.5' } : row))
  expect(await threads.seal(pageOf(wrong, 'w'))).toEqual({
    refusal: { row: 7, column: 'fee', expected: 'yuan with exactly two places' },
  })
  const spaced = { ...rowPageOf([new TextEncoder().encode('{ }')]), drawn: seeded('s')(112) }
  expect(await threads.seal(spaced)).toMatchObject({ refusal: { row: 0, column: null } })
  const next = await threads.seal(pageOf(rows, 'n'))
  threads.end()
  if (!('made' in next)) throw new Error('refused')
  const { made } = next
  const part = (bytes: Bytes, size: number) => bytes.slice(5 * size, 6 * size)
  const header = {
    ...shared,
    record: toHex(part(made.records, 16)),
    salt: toHex(part(made.salts, 32)),
    v: 1 as const,
    version: 1,
  }
  const content = canonicalJson(rows[5] as JsonObject)
  const opening = { header, seed: part(made.seeds, 32), content }
  const { headerHash, commitment } = sectionCommitment(opening)
  const opened = openSection({
    sealed: made.sealed.slice(made.sealedEnds[4], made.sealedEnds[5]),
    halfA: createBatchKey('RS-INTL-1', sealing.batchHalf).rowHalf(headerHash),
    halfB: part(made.halves, 32),
    registered: { ...header, commitment },
    suites: ['RS-INTL-1'],
  })
  expect(opened).toEqual(opening)
})

it('says that too few random bytes came', async () => {
  const threads = beginPages(sealing, MANY)
  const short = { ...pageOf(rowsFrom(0), 'x'), drawn: new Uint8Array(100) }
  await expect(threads.seal(short)).rejects.toThrow('too few random bytes')
  threads.end()
})
