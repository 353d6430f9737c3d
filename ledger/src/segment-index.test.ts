/**
 * Goal: indexes of full segments spare taking them apart and nothing else: one changed byte of a segment is
 * refused with its place although an index is there; a changed, lost or foreign index changes nothing.
 * Method: a log of several segments, opened as a start does; bytes of segments and indexes flipped.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BlockLog } from './block-log.ts'
import { LedgerFault } from './fault.ts'
import type { SealedSegment } from './log-scan.ts'
import { openLedger } from './open-ledger.ts'
import { segmentName } from './segment.ts'
import { decodeIndex, indexName } from './segment-index.ts'
import { addBlock, createTestChain, libraryContracts, TEST_CHAIN_TIME } from './testing.ts'

const chain = createTestChain()
const root = mkdtempSync(join(tmpdir(), 'renshe-index-'))
const BLOCKS = 8
const settings = {
  folder: join(root, 'good'),
  contracts: new Map([[1, libraryContracts()]]),
  genesisFile: chain.genesisFile,
  clock: () => TEST_CHAIN_TIME,
  segmentBytes: 2_500,
}
const good = join(settings.folder, 'log')
/** First heights of the segments that are full, and the index that was written while running. */
let full: number[] = []

beforeAll(async () => {
  const open = await openLedger(settings)
  for (let i = 0; i < BLOCKS; i++) {
    const holder = `reader ${i}`
    await addBlock(open.ledger, [
      chain.transaction(chain.members[0]!, 'library.issueCard', { holder }),
    ])
  }
  await open.close()
  const segments = readdirSync(good).filter((name) => name.endsWith('.rsl'))
  full = segments.map((name) => Number.parseInt(name, 10)).sort((a, b) => a - b)
  full.pop()
})
afterAll(() => rmSync(root, { recursive: true }))

let copies = 0
function copyOfLog(): string {
  copies += 1
  const folder = join(root, `log-${copies}`)
  cpSync(good, folder, { recursive: true })
  return folder
}

/** Opens a log as a start does; tells what was taken by an index and what was taken apart. */
function opened(folder: string): { sealed: number[]; apart: number[]; height: number } {
  const told = { sealed: [] as number[], apart: [] as number[] }
  const { log } = BlockLog.open(
    { folder, genesisHash: chain.genesis.hash, requiredHeight: BLOCKS, trustsIndexes: true },
    {
      block: ({ header }) => told.apart.push(header.height),
      sealed: ({ lastBlock }: SealedSegment) => told.sealed.push(lastBlock.header.height) > 0,
    },
  )
  expect(log.read(2).header.height).toBe(2)
  return { ...told, height: log.height }
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes[at]! ^= 1
  writeFileSync(path, bytes)
}

describe('the index of a full segment', () => {
  it('was written while the log grew, and a start takes the segment by it', () => {
    expect(full.length).toBeGreaterThan(1)
    const { sealed, apart, height } = opened(copyOfLog())
    expect(sealed).toHaveLength(full.length)
    expect(apart[0]).toBe(sealed.at(-1)! + 1)
    expect(height).toBe(BLOCKS)
  })

  it('hides no changed byte of its segment: refused with the place', () => {
    const path = (folder: string) => join(folder, segmentName(full[1]!))
    const { length } = readFileSync(path(good))
    for (let at = 0; at < length; at += 37) {
      const folder = copyOfLog()
      flip(path(folder), at)
      try {
        opened(folder)
        throw new Error(`byte ${at} was not noticed`)
      } catch (error) {
        if (!(error instanceof LedgerFault)) throw error
        expect(error).toMatchObject({
          code: 'LOG_DAMAGED',
          facts: { segment: segmentName(full[1]!) },
        })
        expect(error.facts.offset).toBeLessThanOrEqual(at)
      }
      rmSync(folder, { recursive: true })
    }
  })

  it('that was changed, lost or taken from elsewhere is made again, and equal', () => {
    const [first] = full as [number]
    const name = indexName(first)
    const written = readFileSync(join(good, name))
    const folder = copyOfLog()
    for (const at of [0, 9, 20, 40, 57, 61, written.length - 5, written.length - 1]) {
      flip(join(folder, name), at)
      expect(opened(folder).apart[0], `byte ${at}`).toBe(0)
      expect(readFileSync(join(folder, name)).equals(written)).toBe(true)
      expect(opened(folder).apart[0]).toBeGreaterThan(first)
    }
    rmSync(join(folder, name))
    expect(opened(folder).apart[0]).toBe(0)
    cpSync(join(good, indexName(full[1]!)), join(folder, name))
    expect(opened(folder).apart[0]).toBe(0)
    expect(decodeIndex(readFileSync(join(folder, name)))?.offsets).toHaveLength(full[1]!)
  })
})
