// Goal: a CSV file of an office is read exactly or refused with its place (threats section 4).
// Method: a table of hostile and odd files, each with the one thing it breaks; the good row beside
// it stays good.
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'

import { FILE_LIMITS } from './limits.ts'
import { parsedRows } from './read-csv.ts'
import { readTable } from './read-table.ts'
import { explainFileRefusal } from './refusals.ts'
import { splitPlainCsv } from './split-plain-csv.ts'
import { CARD_COLUMNS, EXAMPLE_ID, refusalOf, rowsOf } from './test-columns.ts'

const HEADER = '读者证号,姓名,费用,办证日期,月份,类别,册数,折扣'
const GOOD = `${EXAMPLE_ID},王小明,420.00,2026-01-05,2026-01,ADULT,3,0.0800`

describe('encodings', () => {
  it('tells UTF-8 with and without byte order mark, and GB 18030, also with its mark', async () => {
    const text = `${HEADER}\r\n${GOOD}\r\n`
    const files: [Uint8Array, string][] = [
      [Buffer.from(text), 'utf-8'],
      [Buffer.from(`\ufeff${text}`), 'utf-8'],
      [iconv.encode(text, 'gb18030'), 'gb18030'],
      [iconv.encode(`\ufeff${text}`, 'gb18030'), 'gb18030'],
    ]
    for (const [bytes, encoding] of files) {
      const table = await readTable(bytes, { columns: CARD_COLUMNS })
      expect(table.encoding).toBe(encoding)
      const rows = []
      for await (const row of table) rows.push(row)
      expect(rows).toHaveLength(1)
      expect(rows[0]).toMatchObject({ line: 2, problems: [], cells: { name: '王小明' } })
    }
  })

  it('keeps rare names of planes 2 and 3 and names that are not NFC, in both encodings', async () => {
    for (const name of ['𠮷野', '𰻝面', '\ufa15', '䶮', '阿卜杜热西提·买买提依明', 'e\u0301']) {
      const text = `reader,name,fee\n${EXAMPLE_ID},${name},1`
      for (const bytes of [Buffer.from(text), iconv.encode(text, 'gb18030')])
        expect((await rowsOf(bytes))[0]?.cells.name).toBe(name)
    }
  })

  it('maps as GB 18030-2022 does: A6D9 is U+FE10, FE59 is U+9FB4', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`reader,name,fee\n${EXAMPLE_ID},`),
      Buffer.from([0xa6, 0xd9, 0xfe, 0x59]),
      Buffer.from(',1'),
    ])
    expect((await rowsOf(bytes))[0]?.cells.name).toBe('\ufe10\u9fb4')
  })

  it('tells the place of a bad byte', async () => {
    const utf8 = Buffer.concat([Buffer.from(`${HEADER}\n王小明,`), Buffer.from([0xc3, 0x28, 0x0a])])
    expect(await refusalOf(utf8)).toMatchObject({ code: 'BYTES_INVALID', line: 2 })
    const gb = Buffer.concat([iconv.encode(`${HEADER}\n王`, 'gb18030'), Buffer.from([0xff, 0x0a])])
    expect(await refusalOf(gb)).toEqual({
      code: 'BYTES_INVALID',
      encoding: 'GB 18030',
      line: 2,
      byteOfLine: 3,
      offset: iconv.encode(`${HEADER}\n王`, 'gb18030').byteLength + 1,
    })
  })

  it('does not take a lone byte 80 for a euro sign', async () => {
    const gb = Buffer.concat([iconv.encode(`${HEADER}\n王`, 'gb18030'), Buffer.from([0x80, 0x0a])])
    expect(await refusalOf(gb)).toMatchObject({ code: 'BYTES_INVALID', line: 2, byteOfLine: 3 })
    const euro = iconv.encode(`reader,name,fee\n${EXAMPLE_ID},王€,1`, 'gb18030')
    expect((await rowsOf(euro))[0]?.cells.name).toBe('王€')
  })

  it('finds a bad byte after megabytes of good text', async () => {
    const good = iconv.encode(`${HEADER}\n${`${GOOD}\n`.repeat(20_000)}`, 'gb18030')
    const bytes = Buffer.concat([good, Buffer.from([0x81])])
    expect(await refusalOf(bytes)).toMatchObject({ code: 'BYTES_INVALID', line: 20_002 })
  })
})

describe('threat 28: files that are refused as a whole', () => {
  const csv = (text: string) => Buffer.from(text)
  const cases: [string, Uint8Array, object][] = [
    ['nothing', csv(''), { code: 'FILE_EMPTY' }],
    ['only line ends', csv('\r\n\r\n'), { code: 'HEADER_MISSING' }],
    ['only a mark', csv('\ufeff'), { code: 'HEADER_MISSING' }],
    ['UTF-16', Buffer.from('\ufeffa,b', 'utf16le'), { code: 'ENCODING_UNSUPPORTED' }],
    ['PDF', csv('%PDF-1.7\n'), { code: 'FORMAT_UNKNOWN', came: 'PDF' }],
    ['HTML named .xls', csv(' <html><table>'), { code: 'FORMAT_UNKNOWN', came: 'HTML/XML' }],
    ['binary', Buffer.from([1, 2, 0, 3]), { code: 'FORMAT_UNKNOWN', came: 'binary' }],
    [
      'old Excel',
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      { code: 'FORMAT_OLD_OR_ENCRYPTED_EXCEL' },
    ],
    ['open quote', csv(`${HEADER}\n"abc,1,2`), { code: 'CSV_QUOTE_BROKEN', line: 2 }],
    ['stray quote', csv(`${HEADER}\n${GOOD}\nab"c,1`), { code: 'CSV_QUOTE_BROKEN', line: 3 }],
    ['text after quote', csv(`${HEADER}\n"ab"c,1`), { code: 'CSV_QUOTE_BROKEN', line: 2 }],
    [
      'a title above the header',
      csv(`2026年1月缴费明细,,\n${HEADER}\n`),
      { code: 'HEADER_WRONG', missing: ['读者证号', '姓名', '费用'] },
    ],
    ['semicolons', csv(HEADER.replaceAll(',', ';')), { code: 'HEADER_WRONG' }],
    [
      'unknown column',
      csv(`${HEADER},备注\n`),
      { code: 'HEADER_WRONG', unknown: ['备注'], missing: [], twice: [] },
    ],
    [
      'column twice, by two names',
      csv(`${HEADER},Fee\n`),
      { code: 'HEADER_WRONG', twice: ['费用'] },
    ],
    ['__proto__', csv(`${HEADER},__proto__\n`), { code: 'HEADER_WRONG', unknown: ['__proto__'] }],
    ['300 columns', csv(`${HEADER}${','.repeat(300)}\n`), { code: 'TOO_MANY_COLUMNS', line: 1 }],
    [
      'a line of 2 MiB',
      csv(`${HEADER}\n${'字'.repeat(700_000)}`),
      { code: 'RECORD_TOO_LONG', line: 2 },
    ],
    [
      'a quoted record of 2 MiB in short lines',
      csv(`${HEADER}\n"${'一二三\n'.repeat(200_000)}"`),
      { code: 'RECORD_TOO_LONG', limitBytes: 1_048_576 },
    ],
    ['a cell of 40,000', csv(`${HEADER}\n${'x'.repeat(40_000)}`), { code: 'RECORD_TOO_LONG' }],
  ]
  it.each(cases)('%s', async (_, bytes, refusal) => {
    expect(await refusalOf(bytes)).toMatchObject(refusal)
  })

  it('refuses by size, by rows and by the format asked for', async () => {
    const bytes = csv(`${HEADER}\n${GOOD}\n${GOOD}\n${GOOD}\n`)
    expect(await refusalOf(bytes, { limits: { fileBytes: 50 } })).toEqual({
      code: 'FILE_TOO_LARGE',
      limitBytes: 50,
    })
    expect(await refusalOf(bytes, { limits: { rows: 2 } })).toEqual({
      code: 'TOO_MANY_ROWS',
      limit: 2,
    })
    expect(await refusalOf(bytes, { format: 'xlsx' })).toMatchObject({ code: 'FORMAT_DIFFERS' })
  })

  it('refuses a stream as soon as it is too long', async () => {
    let pulled = 0
    async function* endless() {
      for (;;) {
        pulled += 1
        yield Buffer.alloc(1024, 'a')
      }
    }
    expect(await refusalOf(endless(), { limits: { fileBytes: 10_000 } })).toMatchObject({
      code: 'FILE_TOO_LARGE',
    })
    expect(pulled).toBe(10)
  })

  it('explains every refusal in both languages, with its facts and without placeholders', async () => {
    for (const [, bytes] of cases) {
      const { zh, en } = explainFileRefusal(await refusalOf(bytes))
      expect(zh).not.toMatch(/[{}]/)
      expect(en).not.toMatch(/[{}]/)
    }
  })
})

describe('rows', () => {
  it('keeps the good rows and tells the bad ones with line, column and what was expected', async () => {
    const rows = await rowsOf(
      Buffer.from(`${HEADER}\n${GOOD}\n,王二,4200.005,2026-02-30,2026-13,X,1.5,0.08001\n${GOOD}\n`),
    )
    expect(rows.map(({ line, problems }) => [line, problems.map(({ code }) => code)])).toEqual([
      [2, []],
      [
        3,
        [
          'EMPTY',
          'TOO_MANY_PLACES',
          'NOT_DATE',
          'NOT_MONTH',
          'NOT_IN_LIST',
          'NOT_INT',
          'TOO_MANY_PLACES',
        ],
      ],
      [4, []],
    ])
    const [problem] = rows[1]?.problems.slice(1) ?? []
    expect(problem).toMatchObject({ column: 'fee', came: '4200.005' })
    expect(problem?.expected.zh).toContain('两位小数')
    expect(rows[1]?.cells).not.toHaveProperty('fee')
  })

  it('tells lines right behind quoted line breaks, blank lines and every line end', async () => {
    const bad = `${EXAMPLE_ID},"王\n明",1`
    const text = `reader,name,fee\r\n${bad}\r\n\r\n,,\r\n${EXAMPLE_ID},王,1\r\n`
    const rows = await rowsOf(Buffer.from(text))
    expect(rows.map(({ line, problems }) => [line, problems[0]?.code])).toEqual([
      [2, 'CONTROL_CHARACTER'],
      [6, undefined],
    ])
    const cr = await rowsOf(Buffer.from(`reader,name,fee\r${EXAMPLE_ID},王,1\r`))
    expect(cr).toMatchObject([{ line: 2, problems: [] }])
  })

  it('takes columns in any order and language, and says which are left out', async () => {
    const table = await readTable(Buffer.from(`Fee,备注,name,读者证号\n7,x,王,${EXAMPLE_ID}\n`), {
      columns: CARD_COLUMNS,
      unknownColumns: 'tell',
    })
    expect(table.fields).toEqual(['fee', undefined, 'name', 'reader'])
    expect(table.unknownHeadings).toEqual(['备注'])
    for await (const row of table) expect(row).toMatchObject({ cells: { fee: '7.00', since: '' } })
  })

  it('refuses a row with too few or too many cells, but not trailing empty ones', async () => {
    const rows = await rowsOf(
      Buffer.from(
        `reader,name,fee\n${EXAMPLE_ID},王\n${EXAMPLE_ID},王,1,2\n${EXAMPLE_ID},王,1,,\n`,
      ),
    )
    expect(rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['COLUMN_COUNT', 'EMPTY'],
      ['COLUMN_COUNT'],
      [],
    ])
  })

  it('a formula is text, a leading minus is a number only in a numeric column', async () => {
    const [row] = await rowsOf(Buffer.from(`reader,name,fee\n${EXAMPLE_ID},=1+1,-5\n`))
    expect(row).toMatchObject({ problems: [], cells: { name: '=1+1', fee: '-5.00' } })
    const [other] = await rowsOf(Buffer.from(`reader,name,fee\n${EXAMPLE_ID},-5,=1+1\n`))
    expect(other).toMatchObject({ problems: [{ column: 'fee', code: 'NOT_MONEY' }] })
  })
})

describe('a file without quotation marks', () => {
  const piecesOf = async function* (pieces: readonly string[]) {
    yield* pieces
  }
  const cellsOf = async (rows: AsyncIterable<readonly { cells: readonly unknown[] }[]>) => {
    const all = []
    for await (const some of rows) all.push(...some.map(({ cells }) => cells))
    return all
  }

  it('is split as the parser reads it, whatever its line ends, in pieces of any size', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ',', '\n', '\r', '\r\n', "'", '=', '𠮷', ' ', '1.50', '\t', '中'),
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(40), { maxLength: 4 }), async (whole, cuts) => {
        const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b)]
        const pieces = places.map((from, at) => whole.slice(from, places[at + 1] ?? whole.length))
        expect(await cellsOf(splitPlainCsv(piecesOf(pieces), FILE_LIMITS))).toEqual(
          await cellsOf(parsedRows(piecesOf([whole]), FILE_LIMITS)),
        )
      }),
      { numRuns: 400 },
    )
  })

  it('is read as the same file with quotation marks', async () => {
    const lines = Array.from({ length: 2_000 }, (_, n) => `${EXAMPLE_ID},𠮷${n},${n}.25`)
    const plain = Buffer.from(['reader,name,fee', ...lines].join('\r\n'))
    const quoted = Buffer.from(['reader,"name",fee', ...lines].join('\r\n'))
    const rows = await rowsOf(plain)
    expect(rows).toHaveLength(2_000)
    expect(rows).toEqual(await rowsOf(quoted))
  })

  it('tells the line of a row behind empty lines', async () => {
    const bytes = Buffer.from(`reader,name,fee\n\n\n${EXAMPLE_ID},王,1`)
    expect((await rowsOf(bytes))[0]?.line).toBe(4)
  })

  it('refuses a line beyond the limit', async () => {
    const long = async (text: string) => cellsOf(splitPlainCsv(piecesOf([text]), FILE_LIMITS))
    const commas = 'a,'.repeat(100)
    await expect(long(`${commas}\n${'中,'.repeat(300_000)}`)).rejects.toMatchObject({
      refusal: { code: 'RECORD_TOO_LONG', line: 2 },
    })
    await expect(long(`\n${'a,'.repeat(256)}`)).rejects.toMatchObject({
      refusal: { code: 'TOO_MANY_COLUMNS', line: 2 },
    })
  })
})
