// Goal: what is written is read back as it was, the same rows give the same bytes, and nothing
// written is executed by a spreadsheet.
// Method: fast-check round trips over CSV (both encodings) and XLSX; known bytes; 100,000 rows both
// ways in bounded memory.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { readTable } from './read-table.ts'
import { bytesOf, CARD_COLUMNS, EXAMPLE_ID, rowsOf } from './test-columns.ts'
import { writeCsv } from './write-csv.ts'
import { writeTemplate } from './write-template.ts'
import { writeXlsx } from './write-xlsx.ts'

/**
 * Names as people have them, and texts that break careless writers; what a reader refuses is left
 * out.
 */
const nameOf = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    fc.constantFrom(
      '𠮷',
      '𰻝',
      '\ufa15',
      '=1+1',
      "'=1",
      "''-1",
      '@x',
      '+1',
      '"a"',
      'a,b',
      '_x0041_x0042_',
    ),
    fc.constantFrom('<b>&amp;</b>', ']]>', '-', '__proto__', '王・小明', "O'Neil"),
  )
  .filter((name) => !/[\p{Cc}\p{Cs}\p{Co}\u2028\u2029\ufffe\uffff]|^\s|\s$/u.test(name))

const rowOf = fc.record({
  reader: fc.constant(EXAMPLE_ID),
  name: nameOf,
  fee: fc.bigInt({ min: -99_999_999_999_999n, max: 99_999_999_999_999n }).map((fen) => yuanOf(fen)),
  since: fc
    .date({ min: new Date('1800-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  month: fc.constantFrom('', '2026-01', '1999-12'),
  kind: fc.constantFrom('', 'CHILD', 'ADULT'),
  books: fc.integer({ min: 0, max: 1_000_000 }).map(String),
  rate: fc.constantFrom('', '0.0800', '1', '0.1'),
})

function yuanOf(fen: bigint): string {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

describe('round trips', () => {
  const writers = {
    'CSV in UTF-8': (rows: Row[]) => writeCsv(CARD_COLUMNS, rows),
    'CSV in GB 18030': (rows: Row[]) => writeCsv(CARD_COLUMNS, rows, { encoding: 'gb18030' }),
    XLSX: (rows: Row[]) => writeXlsx(CARD_COLUMNS, rows, { heading: 'en' }),
  }
  it.each(Object.entries(writers))('%s: read ∘ write = identity', async (_, write) => {
    await fc.assert(
      fc.asyncProperty(fc.array(rowOf, { minLength: 1, maxLength: 5 }), async (rows) => {
        const read = await rowsOf(await bytesOf(write(rows)))
        expect(read.map(({ problems }) => problems)).toEqual(rows.map(() => []))
        expect(read.map(({ cells }) => ({ ...cells }))).toEqual(rows)
      }),
      { numRuns: 150 },
    )
  })
})

type Row = Record<string, string>
const ROW: Row = { reader: EXAMPLE_ID, name: '王', fee: '1.00', since: '2026-01-05' }

describe('CSV', () => {
  it('has known bytes', async () => {
    const text = Buffer.from(await bytesOf(writeCsv(CARD_COLUMNS.slice(0, 4), [ROW]))).toString()
    expect(text).toBe(`\ufeff读者证号,姓名,费用,办证日期\r\n${EXAMPLE_ID},王,1.00,2026-01-05\r\n`)
  })

  it('marks what a spreadsheet would execute, but not numbers in numeric columns', async () => {
    const columns = CARD_COLUMNS.slice(1, 3)
    const names = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=cmd|"/c calc"!A1', 'a=1']
    const rows = names.map((name) => ({ name, fee: '-1.00' }))
    const text = Buffer.from(await bytesOf(writeCsv(columns, rows))).toString()
    const cells = text.split('\r\n').slice(1, 9)
    expect(cells[0]).toBe("'=1+1,-1.00")
    expect(cells[2]).toBe("'-1,-1.00")
    expect(text).not.toMatch(/(^|\n)"?[=+\-@\t\r]/)
    expect(cells[7]).toBe('a=1,-1.00')
    const inNumeric = await bytesOf(writeCsv(columns, [{ name: 'x', fee: '=1' }]))
    expect(Buffer.from(inNumeric).toString()).toContain("x,'=1")
  })

  it('refuses to write private-use characters in GB 18030, where they would change', async () => {
    const rows = [{ ...ROW, name: '\ue78d' }]
    await expect(bytesOf(writeCsv(CARD_COLUMNS, rows, { encoding: 'gb18030' }))).rejects.toThrow(
      RangeError,
    )
  })
})

describe('XLSX', () => {
  it('gives the same bytes for the same rows, in every time zone', async () => {
    const zone = process.env.TZ
    const write = () => bytesOf(writeXlsx(CARD_COLUMNS, [ROW], { isCompressed: false }))
    const files: Uint8Array[] = []
    for (const TZ of ['UTC', 'Asia/Shanghai', 'America/St_Johns']) {
      process.env.TZ = TZ
      files.push(await write())
    }
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
    expect(new Set(files.map((file) => Buffer.from(file).toString('hex'))).size).toBe(1)
  })

  it('stores ID numbers and formulas as text, the latter marked', async () => {
    const rows = [{ ...ROW, name: '=1+1' }]
    const bytes = await bytesOf(writeXlsx(CARD_COLUMNS, rows, { isCompressed: false }))
    const xml = Buffer.from(bytes).toString()
    expect(xml).toContain(
      '<c r="B2" s="5" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>',
    )
    expect(xml).toContain(`<c r="A2" s="2" t="inlineStr">`)
    expect(xml).not.toContain('<f>')
  })

  it('a failing row source ends the file with its error', async () => {
    async function* failing() {
      yield ROW
      throw new Error('disk gone')
    }
    await expect(bytesOf(writeXlsx(CARD_COLUMNS, failing()))).rejects.toThrow('disk gone')
  })
})

describe('template', () => {
  it('filled in by hand is what the reader takes: headings, text formats, lists', async () => {
    for (const locale of ['zh', 'en'] as const) {
      const bytes = await writeTemplate(CARD_COLUMNS, locale)
      expect(bytes).toEqual(await writeTemplate(CARD_COLUMNS, locale))
      const table = await readTable(bytes, { columns: CARD_COLUMNS })
      expect(table.fields).toEqual(CARD_COLUMNS.map(({ name }) => name))
      const rows = []
      for await (const row of table) rows.push(row)
      expect(rows).toEqual([])
      const xml = Buffer.from(bytes).toString()
      expect(xml).toContain('sqref="F2:F100001"')
      expect(xml).toContain("'!$A$2:$A$3</formula1>")
      expect(xml).toContain(locale === 'zh' ? '少儿' : 'Child')
      expect(xml).toContain('<col min="1" max="1" width="22" style="2" customWidth="1"/>')
    }
  })
})

describe('100,000 rows', () => {
  function* rows(): Generator<Row> {
    for (let n = 0; n < 100_000; n += 1)
      yield { ...ROW, name: `𠮷${n}`, fee: `${n}.25`, kind: n % 2 === 0 ? 'CHILD' : 'ADULT' }
  }
  it.each([
    ['csv', () => writeCsv(CARD_COLUMNS, rows())],
    ['xlsx', () => writeXlsx(CARD_COLUMNS, rows())],
  ] as const)('%s is written and read without keeping the rows', async (_, write) => {
    const bytes = await bytesOf(write())
    const before = process.memoryUsage().heapUsed
    let count = 0
    let highest = 0
    for await (const row of await readTable(bytes, { columns: CARD_COLUMNS })) {
      expect(row.problems.length).toBe(0)
      count += 1
      if (count % 5_000 === 0) highest = Math.max(highest, process.memoryUsage().heapUsed - before)
    }
    expect(count).toBe(100_000)
    // The rows as objects would be about 60 MB with their texts and more: garbage not yet collected
    // is all that may show.
    expect(highest).toBeLessThan(150 * 1024 * 1024)
  })
})
