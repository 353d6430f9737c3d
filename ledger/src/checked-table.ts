import { crc32 } from 'node:zlib'
import { type Bytes, toHex, u32 } from '@renshe/crypto'
import { StoreFault } from '@renshe/kernel'
import type { Database } from 'lmdb'
import { LedgerFault } from './fault.ts'

/** One table of the state store. */
export type Table = Database<Buffer, Buffer>

/** Count of rows and a sum over their checksums: says that none is missing, more or changed. */
export interface TableSum {
  readonly rows: number
  readonly sum: number
}

/** The sum of a table without rows. */
export const EMPTY_SUM: TableSum = { rows: 0, sum: 0 }

/** Whether the store is known to be damaged: then its tables give nothing any more. */
export interface TableHealth {
  fault: StoreFault | undefined
}

/** Rows between two looks whether a check is still wanted. */
const ROWS_BETWEEN_LOOKS = 4_096

/** Checksums add up below this, so that sums stay exact. */
const MODULUS = 2 ** 48

/**
 * A table whose rows carry a checksum over key and value. LMDB itself notices no changed byte; and
 * a value that changed under a ledger must stop it, not feed the next block.
 */
export class CheckedTable {
  readonly name: string
  readonly #table: Table
  readonly #health: TableHealth
  #sum: TableSum = EMPTY_SUM

  constructor(name: string, table: Table, health: TableHealth) {
    this.name = name
    this.#table = table
    this.#health = health
  }

  /** Kept beside the rows in every commit and compared at start. */
  get sum(): TableSum {
    return this.#sum
  }

  /** Takes over the sum that was stored with the newest commit. */
  restoreSum(sum: TableSum): void {
    this.#sum = sum
  }

  /** @throws StoreFault if the row does not have its checksum */
  get(key: Buffer): Bytes | undefined {
    const row = this.#table.get(key)
    return row === undefined ? undefined : this.#open(key, row)
  }

  /** Rows with `from ≤ key < end`, or from the last below `end` down to `from` if `reverse`. */
  *range(from: Buffer, end: Buffer, isReverse = false): IterableIterator<[Buffer, Bytes]> {
    const bounds = isReverse
      ? { start: end, end: from, reverse: true, exclusiveStart: true, inclusiveEnd: true }
      : { start: from, end }
    for (const { key, value } of this.#table.getRange({ ...bounds, snapshot: false })) {
      yield [key, this.#open(key, value)]
    }
  }

  put(key: Buffer, value: Bytes): void {
    this.#count(this.#table.get(key), -1)
    this.append(key, value)
  }

  /** Puts a row whose key is known to be new. */
  append(key: Buffer, value: Bytes): void {
    const row = rowOf(key, value)
    this.#count(row, 1)
    this.#table.put(key, row)
  }

  remove(key: Buffer): void {
    const before = this.#table.get(key)
    if (before === undefined) return
    this.#count(before, -1)
    this.#table.remove(key)
  }

  /** Puts a row without counting it: for the rows that hold the sums themselves. */
  putUncounted(key: Buffer, value: Bytes): void {
    this.#table.put(key, rowOf(key, value))
  }

  clear(): void {
    this.#table.clearSync()
    this.#sum = EMPTY_SUM
  }

  /**
   * Reads every row and compares count and sum.
   *
   * @param shouldStop  asked now and then; a check that stops finds nothing
   * @throws StoreFault naming the first bad row, or the table if rows are missing
   */
  check(shouldStop: () => boolean = () => false): void {
    let rows = 0
    let sum = 0
    for (const { key, value } of this.#table.getRange({ snapshot: false })) {
      this.#open(key, value)
      rows += 1
      if (rows % ROWS_BETWEEN_LOOKS === 0 && shouldStop()) return
      sum = (sum + value.readUInt32BE(0)) % MODULUS
    }
    if (rows !== this.#sum.rows || sum !== this.#sum.sum) {
      throw storeFault({ table: this.name, expectedRows: this.#sum.rows, rows })
    }
  }

  #open(key: Buffer, row: Buffer): Bytes {
    if (this.#health.fault !== undefined) throw this.#health.fault
    const value = row.subarray(4)
    if (row.length < 4 || row.readUInt32BE(0) !== crc32(value, crc32(key))) {
      throw storeFault({ table: this.name, key: toHex(key) })
    }
    return value
  }

  #count(row: Buffer | undefined, sign: 1 | -1): void {
    if (row === undefined) return
    const { rows, sum } = this.#sum
    const next = (sum + sign * row.readUInt32BE(0) + MODULUS) % MODULUS
    this.#sum = { rows: rows + sign, sum: next }
  }
}

function rowOf(key: Buffer, value: Bytes): Buffer {
  return Buffer.concat([u32(crc32(value, crc32(key))), value])
}

/** The fault of a store that holds something else than was written. */
export function storeFault(facts: Record<string, string | number>): StoreFault {
  const fault = new LedgerFault('STATE_DAMAGED', facts)
  return new StoreFault(fault.message, { cause: fault })
}
