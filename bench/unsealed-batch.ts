/*
 * A batch without seals. The product has no such path: personal rows are always sealed. The bench composes one
 * of the product's own parts, so that it can be seen what sealing costs: the reader of tables in its thread,
 * the judge of drafts (form and rules of rows), the index of people, a leaf over a drawn record id and the row's
 * canonical JSON, the batch tree, a file that is synced, and the act on the chain.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import type { CompiledPackage, RowDefinition } from '@renshe/contracts'
import { type Bytes, canonicalText, type JsonObject, toHex } from '@renshe/crypto'
import { draftColumns } from '@renshe/node'
import { leafHash, rootOfHashes } from '@renshe/proof'
import { valuesOf } from '../node/src/drafts/draft-columns.ts'
import { KeyIndex } from '../node/src/drafts/key-index.ts'
import { RowJudge } from '../node/src/drafts/row-judge.ts'
import { readTableApart } from '../node/src/files/read-table-apart.ts'
import { RowTotals } from '../node/src/prepare/row-totals.ts'

/** What a batch is on chain. */
export interface UnsealedBatch {
  readonly root: string
  readonly count: number
  readonly totals: JsonObject
}

/** Most bytes of one row as JSON. */
const ROW_BYTES = 4_096
const HASH_BYTES = 32
const RECORD_BYTES = 16

/**
 * Reads a CSV file, judges every row, appends it to a file, and makes the batch tree. When this returns the
 * rows are on disk.
 *
 * @throws RangeError for a row that is not good: the bench has none
 */
export async function makeUnsealedBatch(
  source: { readonly path: string },
  code: CompiledPackage,
  appendTo: string,
  now: number,
): Promise<UnsealedBatch> {
  const section = code.findSection('payroll')
  const row = section?.row as RowDefinition
  const columns = draftColumns(code, row)
  const judge = new RowJudge({ code, row, columns, environment: { now } })
  const totals = new RowTotals(section?.definition.totals)
  const people = new KeyIndex()
  const hashes: Bytes[] = []
  const file = openSync(appendTo, 'a')
  let count = 0
  const table = await readTableApart(source, { columns: columns.map(({ spec }) => spec) })
  for await (const { lines, texts, told } of table.pages()) {
    if (told.size > 0) throw new RangeError('a row that cannot be read')
    const page = Buffer.allocUnsafe(lines.length * ROW_BYTES)
    const leaves = new Uint8Array(lines.length * HASH_BYTES)
    const records = randomBytes(lines.length * RECORD_BYTES)
    let end = 0
    for (let at = 0; at < lines.length; at++) {
      const cells = texts.slice(at * columns.length, (at + 1) * columns.length)
      const key = judge.keyOf(cells) ?? ''
      if (judge.judge(cells).length > 0 || people.holderOf(key) !== undefined) {
        throw new RangeError(`line ${lines[at]} is not good`)
      }
      people.add(key, count)
      const values = valuesOf(columns, cells)
      totals.add(values)
      const begin = end
      page.set(records.subarray(at * RECORD_BYTES, (at + 1) * RECORD_BYTES), begin)
      end = begin + RECORD_BYTES
      end += page.write(canonicalText(values), end)
      leaves.set(leafHash('batch', page.subarray(begin, end)), at * HASH_BYTES)
      count += 1
    }
    writeSync(file, page, 0, end)
    hashes.push(leaves)
  }
  fdatasyncSync(file)
  closeSync(file)
  return { root: toHex(rootOfHashes(Buffer.concat(hashes))), count, totals: totals.toJson() }
}
