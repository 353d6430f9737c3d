// Goal: an uploaded table becomes rows exactly as the contracts take them; every row tells what was expected and
// what came; a file that cannot be read leaves nothing behind.
// Method: files of a fictional club through the real reader, the real package and a real vault store; what the
// draft gives is judged again by the contracts.
import { readFileSync } from 'node:fs'
import { compilePackage, type ServiceDefinition, serviceOf } from '@renshe/contracts'
import { canonicalJson, type JsonObject, utf8 } from '@renshe/crypto'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkRows } from '../../../contracts/src/cases/row-check.ts'
import { FileRefused } from '../files/refusals.ts'
import { writeXlsx } from '../files/write-xlsx.ts'
import { readContent } from '../prepare/section-content.ts'
import { feeRow, feeRows } from '../testing/club-flows.fixture.ts'
import { residentId } from '../testing/club-world.fixture.ts'
import type { Draft } from './draft.ts'
import { DraftRefused } from './draft-refused.ts'
import { all, cellsOf, DraftWorld, feesCsv, NOW } from './draft-world.fixture.ts'
import { tableColumns } from './drafts.ts'

let world: DraftWorld
beforeEach(() => {
  world = new DraftWorld()
})
afterEach(() => world.close())

function accepted(draft: Draft, rows: readonly JsonObject[]): void {
  const faults = checkRows(world.code, 'fees', rows, { now: NOW })
  expect(faults).toEqual(rows.map(() => null))
  const fields = world.code.findRow('fee-row')?.columns ?? {}
  for (const row of rows) expect(readContent(fields, canonicalJson(row))).toHaveProperty('values')
  expect(draft.batch().count).toBe(rows.length)
}

describe('a good file', () => {
  it.each(['utf-8', 'gb18030'] as const)(
    'in %s becomes the rows it was made of',
    async (encoding) => {
      const rows = feeRows(7).filter(({ name }) => encoding === 'utf-8' || name !== 'Ame\u0301lie')
      const text = Buffer.from(feesCsv(rows)).toString('utf8')
      const draft = world.open()
      const { file } = await draft.addFile(iconv.encode(text, encoding))
      expect(file).toMatchObject({ format: 'csv', encoding, rows: rows.length, bad: 0 })
      expect(await all(draft.rows())).toEqual(rows)
      accepted(draft, await all(draft.rows()))
    },
  )

  it('in XLSX, written from the columns of the section, too', async () => {
    const rows = feeRows(6)
    const columns = tableColumns(world.code, 'fees')
    const bytes = Buffer.concat(await all(writeXlsx(columns, rows.map(cellsOf))))
    const draft = world.open()
    const { file } = await draft.addFile(bytes)
    expect(file).toMatchObject({ format: 'xlsx', encoding: null, rows: 6, bad: 0 })
    expect(await all(draft.rows())).toEqual(rows)
  })

  it('is summed exactly, beyond what a double can tell apart', async () => {
    const cents = ['0.10', '0.20', '99.99', '0.01', '70.07']
    const rows = cents.map((fee, at) => ({ ...feeRow(at), fee, books: at }))
    const draft = world.open()
    await draft.addFile(feesCsv(rows))
    expect(draft.summary()).toMatchObject({
      rows: 5,
      good: 5,
      bad: 0,
      totals: { fee: '170.37', books: 10 },
      leastRows: 5,
      isReady: true,
    })
  })

  it('of fewer rows than the section takes is kept and not ready', async () => {
    const draft = world.open()
    await draft.addFile(feesCsv(feeRows(4)))
    expect(draft.summary()).toMatchObject({ bad: 0, leastRows: 5, isReady: false })
  })

  it('is kept as it came, longer than one piece', async () => {
    const bytes = feesCsv(feeRows(20_000))
    expect(bytes.length).toBeGreaterThan(1024 * 1024)
    const draft = world.open()
    const told: number[] = []
    const options = { name: '会费.csv', onProgress: (rows: number) => told.push(rows) }
    await draft.addFile(bytes, options)
    expect(told).toHaveLength(21)
    expect(told.at(-1)).toBe(20_000)
    const original = draft.originalFile()
    expect(original).toMatchObject({ mediaType: 'text/csv', encoding: 'utf-8', name: '会费.csv' })
    expect(Buffer.compare(original.bytes, bytes)).toBe(0)
    expect(() => draft.originalFile(2)).toThrow(DraftRefused)
  })
})

describe('a row with a problem', () => {
  const cases: [string, JsonObject, JsonObject[]][] = [
    ['money with three places', { fee: '1.005' }, [{ column: 'fee', code: 'TOO_MANY_PLACES' }]],
    ['money in words', { fee: '壹元' }, [{ column: 'fee', code: 'NOT_MONEY', came: '壹元' }]],
    ['below the minimum', { fee: '-0.01' }, [{ column: 'fee', code: 'BELOW_MINIMUM' }]],
    ['above the rule', { fee: '100.01' }, [{ column: 'fee', code: 'FEE_TOO_HIGH' }]],
    ['a part of a book', { books: '1.5' }, [{ column: 'books', code: 'NOT_INT' }]],
    ['a day that is none', { joinedOn: '2026-02-30' }, [{ column: 'joinedOn', code: 'NOT_DATE' }]],
    ['an unknown code', { change: 'AWAY' }, [{ column: 'change', code: 'NOT_IN_LIST' }]],
    ['no name', { name: '' }, [{ column: 'name', code: 'EMPTY', came: '' }]],
    ['a name too long', { name: '长'.repeat(61) }, [{ column: 'name', code: 'TOO_LONG' }]],
    [
      'a name too long in UTF-16, as the contracts count',
      { name: '𠮷'.repeat(31) },
      [{ column: 'name', code: 'FIELD_INVALID' }],
    ],
    [
      'a wrong check digit: the rule about it is not asked as well',
      { memberId: '999999199001010010' },
      [{ column: 'memberId', code: 'ID_CHECK_DIGIT', came: '999999199001010010' }],
    ],
    [
      'everything at once',
      { name: '', fee: '-1.00', books: 'x' },
      [
        { column: 'name', code: 'EMPTY' },
        { column: 'books', code: 'NOT_INT' },
        { column: 'fee', code: 'BELOW_MINIMUM' },
      ],
    ],
  ]

  // One file for all of them: a good row, then each bad one beside it, then good ones.
  const rows = [feeRow(0), ...cases.map(([, change], at) => ({ ...feeRow(at + 1), ...change }))]
  const good = [feeRow(0), ...feeRows(5, 100)]
  let together: DraftWorld
  let draft: Draft
  beforeAll(async () => {
    together = new DraftWorld()
    draft = together.open()
    await draft.addFile(feesCsv([...rows, ...good.slice(1)]))
  })
  afterAll(() => together.close())

  it.each(cases.map(([name, , told], at) => ({ name, told, at })))(
    '$name: told and kept',
    ({ told, at }) => {
      const row = draft.row(at + 2)
      expect(row).toMatchObject({ file: 1, line: at + 3, values: null, problems: told })
      for (const { expected } of row.problems) {
        expect(expected.zh).toMatch(/[\u4e00-\u9fff]/)
        expect(expected.en).not.toBe('')
      }
    },
  )

  it('does not touch the good rows beside it, and holds the batch back', async () => {
    const numbers = [...draft.results({ onlyBad: true })].map(({ number }) => number)
    expect(numbers).toEqual(cases.map((_, at) => at + 2))
    const refused = new DraftRefused({ code: 'BAD_ROWS', bad: cases.length })
    expect(() => draft.batch()).toThrow(refused)
    expect(await all(draft.rows({ onlyGood: true }))).toEqual(good)
    expect(draft.batch({ onlyGood: true }).count).toBe(6)
    expect(draft.summary()).toMatchObject({ rows: cases.length + 6, good: 6, isReady: false })
  })

  it('says what the rule expects in the words of the package, with its facts', async () => {
    const draft = world.open()
    await draft.addFile(feesCsv([{ ...feeRow(1), fee: '100.01' }]))
    expect(draft.row(1).problems).toEqual([
      {
        code: 'FEE_TOO_HIGH',
        column: 'fee',
        expected: { zh: '会费不得超过 100。', en: 'A fee is at most 100.' },
        came: '100.01',
      },
    ])
  })

  it('that comes twice is held from the second on, with the line of the first', async () => {
    const draft = world.open()
    await draft.addFile(feesCsv([feeRow(1), feeRow(2), feeRow(1), feeRow(1)]))
    const bad = [...draft.results({ onlyBad: true })]
    expect(bad.map(({ number, problems }) => [number, problems.map(({ code }) => code)])).toEqual([
      [3, ['ROW_TWICE']],
      [4, ['ROW_TWICE']],
    ])
    expect(bad[0]?.problems[0]?.expected.en).toBe('one row for each; line 2 has the same')
  })

  it('about a person without an account is held until the account is there', async () => {
    const accounts = new Set(feeRows(6).map(({ memberId }) => memberId as string))
    accounts.delete(residentId(4))
    const draft = world.open({ accounts })
    await draft.addFile(feesCsv(feeRows(6)))
    const [held] = draft.results({ onlyBad: true })
    expect(held).toMatchObject({
      number: 5,
      problems: [{ code: 'NO_ACCOUNT', column: 'memberId' }],
    })
    accounts.add(residentId(4))
    expect(await draft.recheck()).toMatchObject({ good: 6, bad: 0, isReady: true })
    expect(await all(draft.rows())).toEqual(feeRows(6))
  })

  it('may be remarked on and still be good', async () => {
    const text = Buffer.from(feesCsv([{ ...feeRow(0), memberId: '11010519491231002x' }]))
    const draft = world.open()
    await draft.addFile(text)
    expect(draft.row(1)).toMatchObject({
      values: { memberId: '11010519491231002X' },
      problems: [],
      remarks: [{ code: 'LOWER_CASE_X_TAKEN', column: 'memberId' }],
    })
  })
})

describe('threat 28: a file of which nothing may be kept', () => {
  const hostile: [string, Uint8Array, string][] = [
    ['nothing', new Uint8Array(0), 'FILE_EMPTY'],
    ['a page of the web', utf8('<html><table><tr><td>1'), 'FORMAT_UNKNOWN'],
    ['a broken archive', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0), 'ZIP_BROKEN'],
    ['another heading', utf8('社会保障号码,名字\r\n1,2\r\n'), 'HEADER_WRONG'],
    [
      'a heading that nobody knows',
      utf8(
        Buffer.from(feesCsv(feeRows(5)))
          .toString('utf8')
          .replace('remark', 'remarks'),
      ),
      'HEADER_WRONG',
    ],
    [
      'a bad byte in the last of 2,500 lines',
      Buffer.concat([feesCsv(feeRows(2_500)), Uint8Array.of(0xff, 0xff)]),
      'BYTES_INVALID',
    ],
    [
      'a quotation mark that is never closed, after 2,500 good lines',
      Buffer.concat([feesCsv(feeRows(2_500)), utf8('"never')]),
      'CSV_QUOTE_BROKEN',
    ],
  ]

  it.each(hostile)('%s: refused; the draft, also on disk, is as it was', async (_, bytes, code) => {
    const draft = world.open()
    for (const row of feeRows(6)) await draft.addRow(cellsOf(row))
    const [before, parts] = [draft.summary(), world.parts()]
    const refused = await draft.addFile(bytes).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(FileRefused)
    expect((refused as FileRefused).refusal.code).toBe(code)
    expect(draft.summary()).toEqual(before)
    expect(world.parts()).toEqual(parts)
    expect(await all(draft.rows())).toEqual(feeRows(6))
  })

  it('columns nobody knows are told and left out when the caller asks so', async () => {
    const text = Buffer.from(feesCsv(feeRows(5)))
      .toString('utf8')
      .replace('remark', 'remarks')
    const draft = world.open()
    const { unknownHeadings } = await draft.addFile(utf8(text), { unknownColumns: 'tell' })
    expect(unknownHeadings).toEqual(['remarks'])
    expect(await all(draft.rows())).toEqual(feeRows(5))
  })
})

describe('any cells', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('', '0', '-0', '-0.00', '1e3', '__proto__', '=1+1', '2026-01-01', 'NONE', '１'),
  )
  const columns = ['memberId', 'name', 'fee', 'books', 'joinedOn', 'change', 'remark']

  it('give a row with problems or one that the contracts accept', async () => {
    const draft = world.open()
    const property = fc.asyncProperty(
      fc.tuple(...columns.map(() => fc.option(cell, { nil: undefined }))),
      async (typed) => {
        const good: JsonObject = { ...feeRow(3), memberId: residentId(3) }
        const cells = columns.map((name, at) => [name, typed[at] ?? String(good[name] ?? '')])
        const row = await draft.addRow(Object.fromEntries(cells) as Record<string, string>)
        const { values } = row
        if (values === null) expect(row.problems).not.toEqual([])
        else expect(checkRows(world.code, 'fees', [values], { now: NOW })).toEqual([null])
        await draft.removeRow(row.number)
      },
    )
    await fc.assert(property, { numRuns: 60 })
    expect(draft.summary().rows).toBe(0)
  })
})

function withoutTotals(service: ServiceDefinition): ServiceDefinition {
  const { totals: _, ...fees } = service.sections.fees as NonNullable<
    ServiceDefinition['sections'][string]
  >
  return { ...service, sections: { ...service.sections, fees } }
}

describe('the sample payrolls', () => {
  const folder = new URL('../../../demo/payrolls/', import.meta.url)

  it.each(['csv', 'gb18030.csv', 'xlsx'])('12 people in %s are the same rows', async (ending) => {
    const columns = {
      memberId: { type: 'resident-id' },
      name: { type: 'text', maxLength: 200 },
      wageBase: { type: 'money', minimum: '0.00' },
      employer: { type: 'money', minimum: '0.00' },
      employee: { type: 'money', minimum: '0.00' },
      taxed: { type: 'money', minimum: '0.00' },
      joinedOn: { type: 'date' },
      change: { type: 'code', codes: ['NONE', 'JOINED', 'LEFT', 'UNPAID_LEAVE'] },
    } as const
    const titles = '社会保障号码,姓名,缴费基数,企业缴费,个人缴费,个人缴费应税部分,参加日期,变动'
    const pairs = Object.keys(columns).map((name, at) => [`field.${name}`, titles.split(',')[at]])
    const words = Object.fromEntries(pairs) as Record<string, string>
    const { document } = world.code
    const rule = { unless: 'taxed <= employee', refuse: 'TAXED_ABOVE_EMPLOYEE', column: 'taxed' }
    const code = compilePackage(
      {
        ...document,
        rows: { 'fee-row': { columns, unique: 'memberId', checks: [rule] } },
        service: withoutTotals(serviceOf(world.code)),
        texts: { zh: words, en: words },
      },
      [],
    )
    const draft = world.open({ code, step: 'payroll' })
    const name = `2026-01-12-people.${ending}`
    await draft.addFile({ path: new URL(name, folder).pathname }, { name })
    const rows = await all(draft.rows())
    expect(rows).toHaveLength(12)
    expect(rows[2]).toEqual({
      memberId: '999999196902120016',
      name: '𠮷文远',
      wageBase: '6387.72',
      employer: '511.01',
      employee: '255.50',
      taxed: '0.00',
      joinedOn: '2025-04-15',
      change: 'NONE',
    })
    expect(Buffer.compare(draft.originalFile().bytes, readFileSync(new URL(name, folder)))).toBe(0)
  })
})
