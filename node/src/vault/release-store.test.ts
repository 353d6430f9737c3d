// Goal: half B of a section or page opens in its own place alone; deleting it erases; after a rotation the old file,
// and with it every deleted B, is gone; a crash anywhere loses nothing and leaves one store.
// Method: a real store in a temporary folder, closed and opened again; crashes are errors thrown at named points;
// what a thief of the disk would see is the raw file.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bytes, toHex } from '@renshe/crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AtCrashPoint, CrashPoint } from './crash-points.ts'
import { type Expected, ReleaseStore } from './release-store.ts'
import { openStoreFile } from './store-tables.ts'
import { wrappingKey } from './wrapping-key.ts'

const CHAIN = 'demo-test-00000000'
const random = (length: number): Bytes => new Uint8Array(randomBytes(length))
const OLD = random(32).slice()
const NEW = random(32).slice()
const batchOf = (number: number): string => String(number).repeat(64)
const EXPECTED: Expected = {
  root: null,
  record: '0'.repeat(32),
  sections: [],
  count: 0,
  case: 'C',
  step: 's',
  expiresAt: 1,
}

let folder: string
let store: ReleaseStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-release-'))
  store = open(OLD)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

function open(key: Bytes, older: readonly Bytes[] = [], atCrashPoint?: AtCrashPoint): ReleaseStore {
  return ReleaseStore.open({
    folder,
    chain: CHAIN,
    key: wrappingKey('RS-INTL-1', key, older),
    random,
    ...(atCrashPoint === undefined ? {} : { atCrashPoint }),
  })
}

async function reopened(key: Bytes, older: readonly Bytes[] = []): Promise<void> {
  await store.close()
  store = open(key, older)
}

const rowsOf = (count: number): Bytes => random(count * 32).slice()
const halfAt = (halves: Bytes, row: number): Bytes => halves.slice(row * 32, row * 32 + 32)

async function putBatch(number: number, halves: Bytes): Promise<void> {
  await store.putPages(halves, 'fees', { ...EXPECTED, root: batchOf(number) })
}

describe('halves', () => {
  it('come back from disk, pages cut at 1,000', async () => {
    const halves = rowsOf(1001)
    const sections = [{ name: 'note', commitment: 'c'.repeat(64) }]
    await putBatch(1, halves)
    await store.putHalves([halfAt(halves, 7)], { ...EXPECTED, sections })
    await reopened(OLD)
    expect(store.findPage(batchOf(1), 'fees', 0)).toEqual(halves.slice(0, 32_000))
    expect(store.findPage(batchOf(1), 'fees', 1)).toEqual(halfAt(halves, 1000))
    expect(store.findPage(batchOf(1), 'fees', 2)).toBeUndefined()
    expect(store.findHalf('c'.repeat(64))).toEqual(halfAt(halves, 7))
  })

  it('do not open under another key', async () => {
    await putBatch(1, rowsOf(3))
    await reopened(NEW)
    expect(() => store.findPage(batchOf(1), 'fees', 0)).toThrow('SEAL_BROKEN')
  })

  it.each([
    ['batch 2', [batchOf(2), 'fees', 0, 1]],
    ['another section', [batchOf(1), 'note', 0, 1]],
    ['another page', [batchOf(1), 'fees', 5, 1]],
  ] as const)('threat 21: a page under %s does not open', async (_, place) => {
    await putBatch(1, rowsOf(3))
    await store.close()
    const file = openStoreFile(folder, join(folder, 'release-000001.mdb'))
    const pages = file.table('pages')
    file.write(() => pages.put([...place], pages.get([batchOf(1), 'fees', 0, 1]) as Bytes))
    await file.close()
    store = open(OLD)
    expect(() => store.findPage(place[0], place[1], place[2])).toThrow('SEAL_BROKEN')
  })
})

describe('erasing rows', () => {
  it('leaves zeros in their places and nothing else changed', async () => {
    const halves = rowsOf(1500)
    await putBatch(1, halves)
    await store.eraseRows(batchOf(1), 'fees', [0, 999, 1000])
    await reopened(OLD)
    const [first, second] = [0, 1].map((page) => store.findPage(batchOf(1), 'fees', page) as Bytes)
    expect(halfAt(first as Bytes, 0)).toEqual(new Uint8Array(32))
    expect(halfAt(first as Bytes, 999)).toEqual(new Uint8Array(32))
    expect(halfAt(second as Bytes, 0)).toEqual(new Uint8Array(32))
    expect(halfAt(first as Bytes, 998)).toEqual(halfAt(halves, 998))
    expect(halfAt(second as Bytes, 1)).toEqual(halfAt(halves, 1001))
  })

  it('stays erased if the process dies with the new page written and the old one not yet deleted', async () => {
    const halves = rowsOf(5)
    await putBatch(1, halves)
    await store.close()
    const dying = open(OLD, [], (point) => {
      if (point === 'page-written') throw new Error('killed')
    })
    await expect(dying.eraseRows(batchOf(1), 'fees', [2])).rejects.toThrow('killed')
    await dying.close()
    store = open(OLD)
    const page = store.findPage(batchOf(1), 'fees', 0) as Bytes
    expect(halfAt(page, 2)).toEqual(new Uint8Array(32))
    await store.eraseRows(batchOf(1), 'fees', [3])
    const again = store.findPage(batchOf(1), 'fees', 0) as Bytes
    expect([2, 3].map((row) => toHex(halfAt(again, row)))).toEqual(['0'.repeat(64), '0'.repeat(64)])
    expect(halfAt(again, 4)).toEqual(halfAt(halves, 4))
  })
})

describe('rotation', () => {
  it('keeps every live half, forgets the erased and the waiting list stays', async () => {
    const halves = rowsOf(2100)
    await putBatch(1, halves)
    await store.putHalves([halfAt(halves, 1)], {
      ...EXPECTED,
      sections: [{ name: 'note', commitment: 'd'.repeat(64) }],
    })
    await store.eraseRows(batchOf(1), 'fees', [5])
    const waiting = store.waiting()
    await store.rotate(wrappingKey('RS-INTL-1', NEW, [OLD]))
    await reopened(NEW)
    expect(store.waiting()).toEqual(waiting)
    expect(store.findHalf('d'.repeat(64))).toEqual(halfAt(halves, 1))
    const page = store.findPage(batchOf(1), 'fees', 0) as Bytes
    expect(halfAt(page, 5)).toEqual(new Uint8Array(32))
    expect(halfAt(page, 6)).toEqual(halfAt(halves, 6))
    expect(store.findPage(batchOf(1), 'fees', 2)).toEqual(halves.slice(64_000))
  })

  it('leaves no byte of a deleted wrap on disk', async () => {
    const gone = 'e'.repeat(64)
    const expected = { ...EXPECTED, sections: [{ name: 'n', commitment: gone }] }
    await store.putHalves([rowsOf(1)], expected)
    await store.keep(expected)
    const isOnDisk = (text: string): boolean =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.mdb'))
        .some((name) => readFileSync(join(folder, name)).includes(text))
    await store.eraseHalf(gone)
    // The page is free, not empty: that is why the file is replaced.
    expect(isOnDisk(gone)).toBe(true)
    await store.rotate(wrappingKey('RS-INTL-1', NEW, [OLD]))
    expect(isOnDisk(gone)).toBe(false)
    expect(readdirSync(folder).filter((name) => name.endsWith('.mdb'))).toHaveLength(1)
  })

  it('loses nothing that is put while it runs', async () => {
    await putBatch(1, rowsOf(3000))
    const late = rowsOf(4)
    const rotating = store.rotate(wrappingKey('RS-INTL-1', NEW, [OLD]))
    await Promise.all([rotating, putBatch(2, late)])
    await reopened(NEW)
    expect(store.findPage(batchOf(2), 'fees', 0)).toEqual(late)
  })

  it.each<CrashPoint>(['rotation-copied', 'rotation-switched'])(
    'killed at %s: one whole store, and the next run finishes',
    async (point) => {
      const halves = rowsOf(1200)
      await putBatch(1, halves)
      await store.close()
      const dying = open(OLD, [], (at) => {
        if (at === point) throw new Error('killed')
      })
      await expect(dying.rotate(wrappingKey('RS-INTL-1', NEW, [OLD]))).rejects.toThrow('killed')
      store = open(NEW, [OLD])
      expect(store.findPage(batchOf(1), 'fees', 1)).toEqual(halves.slice(32_000))
      expect(readdirSync(folder).filter((name) => name.endsWith('.mdb'))).toHaveLength(1)
      await store.rotate(wrappingKey('RS-INTL-1', NEW, [OLD]))
      await reopened(NEW)
      expect(store.findPage(batchOf(1), 'fees', 0)).toEqual(halves.slice(0, 32_000))
    },
  )
})
