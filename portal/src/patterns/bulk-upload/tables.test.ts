// Goal: a table is read as the person wrote it, its columns are matched, and rows that say something else are found.
// Method: CSV in both encodings and a workbook made here; headings that are known, guessed and unknown; one cell changed.
import { describe, expect, it } from 'vitest'
import type { Fields } from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'
import { compareRows } from './compare-rows.ts'
import type { DraftRow } from './drafts.ts'
import { mappedCsv, matchColumns, remapped } from './match-columns.ts'
import { readTable } from './read-table.ts'
import { workbookOf } from './workbook.ts'

const fields: Fields = {
  memberId: { type: 'resident-id' },
  name: { type: 'text' },
  employee: { type: 'money' },
  joinedOn: { type: 'date' },
  change: { type: 'code', codes: ['NONE', 'LEFT'] },
  remark: { type: 'text', optional: true },
}

const zh: Readonly<Record<string, string>> = {
  'field.memberId': '社会保障号码',
  'field.name': '姓名',
  'field.employee': '个人缴费',
  'field.joinedOn': '参加日期',
  'field.change': '变动',
  'code.change.NONE': '无变动',
}
const texts = { find: (key: string) => zh[key], other: () => undefined } as unknown as PackageTexts

const HEADINGS = ['社会保障号码', '姓名', '个人缴费', '参加日期', '变动']
const ROWS = [
  ['999999199001010016', '示例·𠮷野，"家"', '1,200.5', '2020/1/2', '无变动'],
  ['999999196802180019', '示例·王䶮', '180', '43832', 'NONE'],
]

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())

describe('a table', () => {
  it('is read from CSV with quotes and line breaks, in UTF-8 and GB 18030', () => {
    const text = '\ufeffa,b\r\n"x, ""y""\nz",2\r\n\r\n3,4'
    expect(readTable(new TextEncoder().encode(text))).toEqual({
      headings: ['a', 'b'],
      rows: [
        ['x, "y"\nz', '2'],
        ['3', '4'],
      ],
      lines: [2, 5],
      encoding: 'utf-8',
    })
    const gb = Uint8Array.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0x32])
    expect(readTable(gb)).toMatchObject({ headings: ['姓名', 'b'], encoding: 'gb18030' })
  })

  it('comes back from a workbook character by character', async () => {
    const rows = [HEADINGS, ...ROWS, ['007', 'a & <b> "c"', '', '', '']]
    const read = readTable(await bytesOf(workbookOf(rows, [{ at: 4, values: ['无变动', '离职'] }])))
    expect(read).toMatchObject({ headings: HEADINGS, rows: rows.slice(1), lines: [2, 3, 4] })
  })

  it('is no picture', () => {
    expect(() => readTable(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]))).toThrow()
  })
})

describe('columns', () => {
  it('are matched exactly, or with our own reasons left out', () => {
    expect(matchColumns(HEADINGS, fields, texts)).toMatchObject({ isExact: true, missing: [] })
    const own = matchColumns([...HEADINGS, '原因'], fields, texts)
    expect(own).toMatchObject({ isExact: false, isSafe: true })
  })

  it('are guessed where their names are near, and asked for', () => {
    const headings = ['身份证', '姓 名', '个人', '参加日期', '备注']
    const map = matchColumns(headings, fields, texts)
    expect(map.columns).toEqual(['memberId', 'name', 'employee', 'joinedOn', null])
    expect(map).toMatchObject({ isExact: false, isSafe: false, missing: ['change'] })
    const mended = remapped(map, 4, 'change', headings, fields)
    expect(mended.missing).toEqual([])
  })

  it('go up under the names of the package', async () => {
    const table = { headings: ['个人', 'x'], rows: [['=1', 'y']], lines: [2], encoding: null }
    const map = { columns: ['employee', null], missing: [], isExact: false, isSafe: true }
    const text = new TextDecoder().decode(await bytesOf(mappedCsv(table, map)))
    expect(text).toBe('employee\r\n=1\r\n')
  })
})

describe('rows to be signed', () => {
  const table = { headings: HEADINGS, rows: ROWS, lines: [2, 3], encoding: null } as const
  const file = { table, columns: matchColumns(HEADINGS, fields, texts).columns, lines: [2, 3] }
  const rowOf = (number: number, values: DraftRow['values']): DraftRow => ({
    number,
    file: 1,
    line: number + 1,
    cells: {},
    values,
    problems: [],
    remarks: [],
  })
  const good = [
    rowOf(1, {
      memberId: '999999199001010016',
      name: '示例·𠮷野，"家"',
      employee: '1200.50',
      joinedOn: '2020-01-02',
      change: 'NONE',
    }),
    rowOf(2, {
      memberId: '999999196802180019',
      name: '示例·王䶮',
      employee: '180.00',
      joinedOn: '2020-01-02',
      change: 'NONE',
    }),
  ]

  it('agree with the file, however a spreadsheet writes dates and amounts', () => {
    expect(compareRows(good, file, fields, texts, new Set())).toEqual({ same: 2, differs: null })
  })

  it.each(['memberId', 'name', 'employee', 'joinedOn', 'change'])('differ in %s', (name) => {
    const [first, second] = good as [DraftRow, DraftRow]
    const values = { ...second.values, [name]: name === 'employee' ? '180.01' : 'other' }
    const rows = [first, { ...second, values }]
    expect(compareRows(rows, file, fields, texts, new Set())).toEqual({ same: 1, differs: 3 })
    // A row that the person typed anew is another one by right.
    expect(compareRows(rows, file, fields, texts, new Set([2])).differs).toBeNull()
  })
})
