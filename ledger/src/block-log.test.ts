/**
 * Goal: a log that was cut anywhere opens with what is whole, a log that was changed anywhere is
 * refused with its place, and nothing is ever skipped (ledger-bytes section 11, threat 1).
 * Method: cut at every byte of the last record; one bit changed in every record, and every byte of
 * small segments; with and without a state that needs the blocks.
 */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeBlock } from './block-format.ts'
import { BlockLog } from './block-log.ts'
import { LedgerFault } from './fault.ts'
import { openLedger } from './open-ledger.ts'
import { decodeRecord, encodeRecord, segmentName } from './segment.ts'
import { addBlock, createTestChain, libraryContracts, TEST_CHAIN_TIME } from './testing.ts'

const chain = createTestChain()
const contracts = new Map([[1, libraryContracts()]])
const settings = { contracts, genesisFile: chain.genesisFile, clock: () => TEST_CHAIN_TIME }
const root = mkdtempSync(join(tmpdir(), 'renshe-log-'))
const good = join(root, 'good')
const BLOCKS = 5
let segment: Buffer
/** Offset of each record, and the end of the last. */
const offsets: number[] = []

async function makeLog(folder: string, segmentBytes?: number): Promise<void> {
  const open = await openLedger({ ...settings, folder, ...(segmentBytes ? { segmentBytes } : {}) })
  for (let i = 0; i < BLOCKS; i++) {
    const member = chain.members[i % 3]!
    const holder = `reader ${i}`
    await addBlock(open.ledger, [chain.transaction(member, 'library.issueCard', { holder })])
  }
  await open.close()
}

beforeAll(async () => {
  await makeLog(good)
  segment = readFileSync(join(good, 'log', segmentName(0)))
  for (let at = 52; at < segment.length; at = decodeRecord(segment, at)!.end) offsets.push(at)
  offsets.push(segment.length)
})
afterAll(() => rmSync(root, { recursive: true }))

let copies = 0
/** A copy of the good log alone, with other bytes in its segment. */
function logOf(bytes: Buffer): string {
  copies += 1
  const folder = join(root, `log-${copies}`)
  cpSync(join(good, 'log'), folder, { recursive: true })
  writeFileSync(join(folder, segmentName(0)), bytes)
  return folder
}

function open(folder: string, requiredHeight: number) {
  return BlockLog.open({ folder, genesisHash: chain.genesis.hash, requiredHeight })
}

function faultOf(work: () => unknown): LedgerFault {
  try {
    work()
  } catch (error) {
    if (error instanceof LedgerFault) return error
    throw error
  }
  throw new Error('expected a fault')
}

describe('records that come at once', () => {
  it('are written one after the other, as they came', async () => {
    const folder = logOf(segment)
    const { log } = open(folder, BLOCKS)
    const proof = new Uint8Array(1_500).fill(0x20)
    // As at a witness: what is told of one block is not waited for, the next is there.
    const heights = Array.from({ length: 20 }, (_, at) => BLOCKS + 1 + at)
    const written = heights.flatMap((height) => [
      log.appendFinality(height, proof),
      log.appendFinality(height, proof.subarray(0, 700)),
    ])
    await Promise.all(written)
    await log.close()
    const found: number[] = []
    const again = BlockLog.open(
      { folder, genesisHash: chain.genesis.hash, requiredHeight: BLOCKS },
      { finality: (height) => found.push(height) },
    )
    await again.log.close()
    expect(again.torn).toBeNull()
    expect(found.slice(-40)).toEqual(heights.flatMap((height) => [height, height]))
  })
})

describe('a torn tail', () => {
  it('at every byte of the last record is cut, copied and reported', async () => {
    const [last, end] = [offsets.at(-2)!, offsets.at(-1)!]
    for (let length = last; length < end; length++) {
      const folder = logOf(segment.subarray(0, length))
      const { log, torn } = open(folder, -1)
      expect(log.height).toBe(BLOCKS - 1)
      expect(readFileSync(join(folder, segmentName(0))).length).toBe(last)
      if (length === last) {
        expect(torn).toBeNull()
      } else {
        expect(torn).toMatchObject({ offset: last, bytes: length - last })
        const copy = readFileSync(join(folder, `torn-${last}.bin`))
        expect(copy.equals(segment.subarray(last, length))).toBe(true)
      }
      rmSync(folder, { recursive: true })
    }
  })

  it('can be written over, and the log goes on', async () => {
    const folder = logOf(segment.subarray(0, segment.length - 3))
    const { log } = open(folder, -1)
    const { payload } = decodeRecord(segment, offsets.at(-2)!)!
    await log.append(payload)
    await log.close()
    expect(readFileSync(join(folder, segmentName(0))).equals(segment)).toBe(true)
  })

  it('of a segment that was just begun takes the segment away', () => {
    for (const length of [0, 1, 51]) {
      const folder = logOf(segment)
      writeFileSync(join(folder, segmentName(BLOCKS + 1)), segment.subarray(0, length))
      const { log, torn } = open(folder, BLOCKS)
      expect(log.height).toBe(BLOCKS)
      expect(torn?.offset ?? 0).toBe(0)
      expect(existsSync(join(folder, segmentName(BLOCKS + 1)))).toBe(false)
    }
  })
})

describe('threat 1: a changed bit of the log', () => {
  it('in any record that the state needs is refused with its place', () => {
    for (let record = 0; record <= BLOCKS; record++) {
      const [start, end] = [offsets[record]!, offsets[record + 1]!]
      for (const at of [start, start + 3, start + 5, start + 8, start + 20, end - 1]) {
        const bytes = Buffer.from(segment)
        bytes[at]! ^= 1 << (at % 8)
        const folder = logOf(bytes)
        const fault = faultOf(() => open(folder, BLOCKS))
        expect(fault.code).toBe('LOG_DAMAGED')
        expect(fault.facts).toEqual({ segment: segmentName(0), offset: start, height: record })
        expect(fault.advice).toContain('backup')
        // Nothing was changed.
        expect(readFileSync(join(folder, segmentName(0))).equals(bytes)).toBe(true)
        expect(readdirSync(folder)).toHaveLength(1)
      }
    }
  })

  it('in any byte of the head is refused', () => {
    for (let at = 0; at < 52; at++) {
      const bytes = Buffer.from(segment)
      bytes[at]! ^= 1
      expect(faultOf(() => open(logOf(bytes), BLOCKS)).code).toBe('LOG_DAMAGED')
    }
  })

  it('with a checksum made to fit is still noticed, whatever the state', () => {
    for (let record = 1; record <= BLOCKS; record++) {
      const { payload } = decodeRecord(segment, offsets[record]!)!
      // A changed header is betrayed by its child; that of the newest block by the state alone.
      for (const at of record < BLOCKS ? [30, payload.length - 40] : [payload.length - 40]) {
        const forged = Uint8Array.from(payload)
        forged[at]! ^= 1
        const folder = logOf(segment)
        const { log } = open(folder, -1)
        expect(log.height).toBe(BLOCKS)
        const bytes = Buffer.concat([
          segment.subarray(0, offsets[record]),
          Buffer.from(encodeRecord(1, forged)),
          segment.subarray(offsets[record + 1]),
        ])
        expect(faultOf(() => open(logOf(bytes), -1)).code).toBe('LOG_DAMAGED')
      }
    }
  })

  it('while running is noticed when the block is read', () => {
    const folder = logOf(segment)
    const { log } = open(folder, BLOCKS)
    const bytes = Buffer.from(segment)
    bytes[offsets[3]! + 30]! ^= 1
    writeFileSync(join(folder, segmentName(0)), bytes)
    expect(log.read(2).header.height).toBe(2)
    const fault = faultOf(() => log.read(3))
    expect(fault.facts).toEqual({ segment: segmentName(0), offset: offsets[3], height: 3 })
  })
})

describe('a log', () => {
  it('that lost blocks of the state is refused', () => {
    const folder = logOf(segment.subarray(0, offsets.at(-2)))
    const fault = faultOf(() => open(folder, BLOCKS))
    expect(fault.code).toBe('LOG_BEHIND_STATE')
    expect(fault.facts).toEqual({ logHeight: BLOCKS - 1, stateHeight: BLOCKS })
  })

  it('of another chain is refused', () => {
    const genesisHash = new Uint8Array(32)
    const fault = faultOf(() =>
      BlockLog.open({ folder: logOf(segment), genesisHash, requiredHeight: -1 }),
    )
    expect(fault.code).toBe('FOLDER_OF_ANOTHER_CHAIN')
    expect(fault.facts.genesis).toBe(toHex(chain.genesis.hash))
  })

  it('that is exchanged for another one of the same chain is noticed by the state', async () => {
    const other = join(root, 'other')
    const opened = await openLedger({ ...settings, folder: other })
    for (let i = 0; i < BLOCKS; i++) {
      const frame = chain.transaction(chain.members[0]!, 'library.issueCard', { holder: `x${i}` })
      await addBlock(opened.ledger, [frame])
    }
    await opened.close()
    rmSync(join(other, 'log'), { recursive: true })
    cpSync(join(good, 'log'), join(other, 'log'), { recursive: true })
    await expect(openLedger({ ...settings, folder: other })).rejects.toMatchObject({
      code: 'LOG_DAMAGED',
      facts: { height: 1 },
    })
  })

  it('goes over many segments, and each is needed', async () => {
    const folder = join(root, 'segments')
    await makeLog(folder, 1500)
    const names = readdirSync(join(folder, 'log'))
      .filter((name) => name.endsWith('.rsl'))
      .sort()
    expect(names.length).toBeGreaterThan(3)
    const { log } = open(join(folder, 'log'), BLOCKS)
    expect(log.height).toBe(BLOCKS)
    const { header } = log.read(4)
    expect(header.height).toBe(4)
    const middle = join(folder, 'log', names[2]!)
    truncateSync(middle, 100)
    expect(faultOf(() => open(join(folder, 'log'), -1)).code).toBe('LOG_DAMAGED')
    rmSync(middle)
    expect(faultOf(() => open(join(folder, 'log'), -1)).code).toBe('LOG_DAMAGED')
  })

  it('reads back what was appended', () => {
    const { log } = open(logOf(segment), BLOCKS)
    for (let height = 0; height <= BLOCKS; height++) {
      const { headerBytes, transactions } = log.read(height)
      const frames = transactions.map(({ frame }) => frame)
      const { payload } = decodeRecord(segment, offsets[height]!)!
      expect(toHex(encodeBlock(headerBytes, frames))).toBe(toHex(payload))
    }
    expect(faultOf(() => log.read(BLOCKS + 1)).code).toBe('HEIGHT_UNKNOWN')
  })
})
