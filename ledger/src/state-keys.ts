import {
  type Bytes,
  concatBytes,
  fromBase64Url,
  fromHex,
  toBase64Url,
  toHex,
  u16,
} from '@renshe/crypto'
import type { KeyText, OrderedMap } from '@renshe/kernel'
import type { CheckedTable } from './checked-table.ts'
import type { SpentEntry } from './spent-set.ts'
import { heightBytes, heightOf } from './state-rows.ts'

/** Behind every key. */
export const END_OF_KEYS = Buffer.alloc(64, 0xff)

/** A state key or index entry as the store's key. */
export function keyBuffer(key: KeyText): Buffer {
  return Buffer.from(key, 'latin1')
}

/** Key of what belongs to one transaction: rows lie in the order of the chain. */
export function placeKey(height: number, index: number): Buffer {
  return Buffer.from(concatBytes(heightBytes(height), u16(index)))
}

/** Key of what belongs to one block. */
export function heightKey(height: number): Buffer {
  return Buffer.from(heightBytes(height))
}

/** Key of a node of the header log. */
export function nodeKey(level: number, index: number): Buffer {
  return Buffer.from(concatBytes(Uint8Array.of(level), heightBytes(index)))
}

/** A table as the kernel reads it. */
export function mapOf(table: CheckedTable, textOf: (row: Bytes) => string): OrderedMap {
  return {
    get: (key) => {
      const row = table.get(keyBuffer(key))
      return row && textOf(row)
    },
    *range(from, end, isReverse) {
      for (const [key, row] of table.range(keyBuffer(from), keyBuffer(end), isReverse)) {
        yield [key.toString('latin1'), textOf(row)] as const
      }
    },
  }
}

/** Ordered by expiry, so that new rows come last and old ones are dropped from the front. */
export function spentRowKey({ expiresAt, signer, nonce }: SpentEntry): Buffer {
  return Buffer.from(concatBytes(heightBytes(expiresAt), fromHex(signer), fromBase64Url(nonce)))
}

/** The entry of a spent row. */
export function spentOf(key: Buffer, row: Bytes): SpentEntry {
  return {
    expiresAt: heightOf(key),
    signer: toHex(key.subarray(6, 38)),
    nonce: toBase64Url(key.subarray(38, 54)),
    height: heightOf(row),
  }
}
