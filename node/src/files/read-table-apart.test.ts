// Goal: reading in a thread gives what reading here gives, and a file that costs too much time or memory costs only its thread.
// Method: the same files both ways; limits so low that an honest file meets them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { readTableApart } from './read-table-apart.ts'
import { bytesOf, CARD_COLUMNS, EXAMPLE_ID, rowsOf } from './test-columns.ts'
import { writeCsv } from './write-csv.ts'
import { writeXlsx } from './write-xlsx.ts'

const options = { columns: CARD_COLUMNS }

function* rows(count: number): Generator<Record<string, string>> {
  for (let n = 0; n < count; n += 1)
    yield { reader: EXAMPLE_ID, name: n % 3 === 0 ? '' : `𠮷${n}`, fee: `${n}.25` }
}

it('gives the same rows, problems and header as reading here', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'apart-'))
  for (const write of [writeCsv, writeXlsx]) {
    const bytes = await bytesOf(write(CARD_COLUMNS, rows(1_234)))
    writeFileSync(join(directory, 'file'), bytes)
    for (const source of [bytes, { path: join(directory, 'file') }]) {
      const table = await readTableApart(source, options)
      expect(table.fields).toHaveLength(CARD_COLUMNS.length)
      const read = []
      for await (const row of table) read.push(row)
      expect(read).toEqual(await rowsOf(bytes))
    }
  }
  rmSync(directory, { recursive: true })
})

it('tells refusals at once and between rows', async () => {
  await expect(readTableApart(Buffer.from('%PDF-1.7'), options)).rejects.toMatchObject({
    refusal: { code: 'FORMAT_UNKNOWN' },
  })
  const bytes = await bytesOf(writeCsv(CARD_COLUMNS, rows(1_000)))
  const table = await readTableApart(bytes, { ...options, limits: { rows: 700 } })
  const taking = async () => {
    for await (const row of table) expect(row.line).toBeLessThan(702)
  }
  await expect(taking()).rejects.toMatchObject({ refusal: { code: 'TOO_MANY_ROWS', limit: 700 } })
})

it('threat 28: stops a reader that takes too long, or too much', async () => {
  const bytes = await bytesOf(writeXlsx(CARD_COLUMNS, rows(50_000)))
  const take = async (limits: { timeoutMs?: number; memoryMiB?: number }) => {
    for await (const _ of await readTableApart(bytes, options, limits));
  }
  await expect(take({ timeoutMs: 1 })).rejects.toMatchObject({
    refusal: { code: 'READING_TOOK_TOO_LONG', limitMs: 1 },
  })
  await expect(take({ memoryMiB: 8 })).rejects.toMatchObject({
    refusal: { code: 'READING_TOOK_TOO_MUCH' },
  })
})

it('ends its thread when nobody wants more rows: there is no second time', async () => {
  const bytes = await bytesOf(writeCsv(CARD_COLUMNS, rows(5_000)))
  const table = await readTableApart(bytes, options)
  for await (const row of table) {
    expect(row.line).toBe(2)
    break
  }
  await expect(table[Symbol.asyncIterator]().next()).rejects.toThrow('has ended')
})
