/*
 * A large state in the form in which the store keeps it: what one real step wrote is put again and again under ids
 * of its own, straight into the tables of values and indexes, with checksums, value hashes and sums as a commit
 * makes them. The log does not have these entries; nothing else tells them from real ones, and the check of
 * all rows after the next start goes over them.
 */
import { crc32 } from 'node:zlib'
import { type Bytes, fromUtf8, ledgerHash, u32, utf8 } from '@renshe/crypto'
import { type AnyCollection, decodeKey, indexEntries, type KeyText } from '@renshe/kernel'
import { open } from 'lmdb'
import type { StoredWrite } from '../ledger/src/block-changes.ts'
import { keyBuffer } from '../ledger/src/state-keys.ts'
import { encodeRow } from '../ledger/src/state-rows.ts'

/** Rows in one transaction of the store. */
const BATCH_ROWS = 50_000
const MODULUS = 2 ** 48
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ID = /[0-7][0-9A-HJKMNP-TV-Z]{25}/g

interface Sum {
  rows: number
  sum: number
}

/** What is filled, and with what. */
export interface Filling {
  readonly stateFolder: string
  readonly collections: readonly AnyCollection[]
  /** Writes of one step, of which the copies are made. */
  readonly writes: readonly StoredWrite[]
  /** Height that the copies name. */
  readonly height: number
  /** Texts in keys and values that must differ between steps, beside the ids. */
  readonly own: readonly string[]
}

/** Puts copies of a step until the state has so many entries more; the store must be closed. */
export async function fillState(filling: Filling, entries: number): Promise<void> {
  const binary = { encoding: 'binary', keyEncoding: 'binary' } as const
  const env = open<Buffer, Buffer>({
    path: filling.stateFolder,
    maxDbs: 16,
    noSubdir: false,
    ...binary,
  })
  const table = (name: string) => env.openDB<Buffer, Buffer>({ name, ...binary })
  const [values, indexes, meta] = [table('values'), table('indexes'), table('meta')]
  const stored = meta.get(Buffer.from('head'))!
  const head = JSON.parse(fromUtf8(stored.subarray(4))) as { sums: [Sum, Sum] }
  const [valueSum, indexSum] = head.sums
  const copies = Math.ceil(entries / filling.writes.length)
  const declared = new Map(filling.collections.map((each) => [each.name, each]))
  const names = namesOf(filling)
  for (const write of filling.writes) {
    const renamerOf = renamer(write, names, copies)
    for (let begin = 0; begin < copies; begin += BATCH_ROWS) {
      env.transactionSync(() => {
        for (let copy = begin; copy < Math.min(copies, begin + BATCH_ROWS); copy++) {
          const rename = renamerOf(copy)
          const key = rename(write.key)
          const text = rename(write.text ?? '{}')
          const hash = ledgerHash('value', utf8(text))
          put(values, valueSum, keyBuffer(key), encodeRow({ height: filling.height, hash, text }))
          for (const entry of entriesOf(declared, key, text)) {
            put(indexes, indexSum, keyBuffer(entry), keyBuffer(key))
          }
        }
      })
    }
  }
  meta.putSync(Buffer.from('head'), rowOf(Buffer.from('head'), utf8(JSON.stringify(head))))
  await env.flushed
  await env.close()
}

function entriesOf(declared: ReadonlyMap<string, AnyCollection>, key: KeyText, text: string) {
  const { collection: name, parts } = decodeKey(key)
  const collection = declared.get(name)
  if (collection === undefined || Object.keys(collection.indexes).length === 0) return []
  return indexEntries(collection, parts, JSON.parse(text))
}

function put(
  table: ReturnType<ReturnType<typeof open<Buffer, Buffer>>['openDB']>,
  sum: Sum,
  key: Buffer,
  value: Bytes,
): void {
  const row = rowOf(key, value)
  sum.rows += 1
  sum.sum = (sum.sum + row.readUInt32BE(0)) % MODULUS
  table.put(key, row)
}

function rowOf(key: Buffer, value: Bytes): Buffer {
  return Buffer.concat([u32(crc32(value, crc32(key))), value])
}

/** Ids and other own texts of the step, each with a number, as they stand in keys and values. */
function namesOf({ writes, own }: Filling): string[] {
  const found = new Set(own)
  for (const { key, text } of writes) {
    for (const [id] of `${key} ${text}`.matchAll(ID)) found.add(id)
  }
  return [...found]
}

/** Puts the names of a copy for those of the step in one of its writes. */
function renamer({ key, text }: StoredWrite, names: readonly string[], copies: number) {
  const here = names
    .map((name, n) => [name, n] as const)
    .filter(([name]) => key.includes(name) || text?.includes(name))
  return (copy: number) => {
    const others = here.map(([name, n]) => [name, nameOf(name.length, n, copy, copies)] as const)
    return (given: string): string =>
      others.reduce((renamed, [name, other]) => renamed.replaceAll(name, other), given)
  }
}

/** Evenly spread over the places that ids have, as hashes are: ids begin with 0 to 7, hex has no letters beyond f. */
function nameOf(length: number, n: number, copy: number, copies: number): string {
  const share = Math.floor(((copy + 0.5) / copies) * 2 ** 43)
  const digits = Array.from({ length: 9 }, (_, i) => DIGITS[Math.floor(share / 32 ** (8 - i)) % 32])
  const lead = length === 64 ? (share * 2).toString(16).padStart(11, '0') : digits.join('')
  return `${lead}${String(copy).padStart(10, '0')}${n}`.padEnd(length, '0').slice(0, length)
}
