// Goal: whatever comes as a payroll, the draft and the disk are as they were, or the cell is told and kept out of
// the batch; never a value that nobody wrote (threats 28, 29).
// Method: files forged byte by byte around one good row, through the real reader into a draft on a real store.
import { type Bytes, utf8 } from '@renshe/crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FILE_LIMITS } from '../files/limits.ts'
import { FileRefused } from '../files/refusals.ts'
import { forgeZip, workbookEntries } from '../files/zip-forge.ts'
import { feeRow, feeRows } from '../testing/club-flows.fixture.ts'
import { all, cellsOf, DraftWorld, feesCsv } from './draft-world.fixture.ts'

let world: DraftWorld
beforeEach(() => {
  world = new DraftWorld()
})
afterEach(() => world.close())

const HEADINGS = Object.keys(cellsOf(feeRow(0)))
const GOOD = cellsOf(feeRow(0))
const csv = Buffer.from(feesCsv([feeRow(0)])).toString('utf8')
const [head = ''] = csv.split('\r\n')

/** A workbook of one row, where one cell is other XML. */
function workbook(column = '', cell = '', more = ''): Bytes {
  const letter = (at: number) => String.fromCharCode(65 + at)
  const text = (place: string, value: string) =>
    `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`
  const headings = HEADINGS.map((name, at) => text(`${letter(at)}1`, name)).join('')
  const cells = HEADINGS.map((name, at) =>
    name === column
      ? cell.replace('<c', `<c r="${letter(at)}2"`)
      : text(`${letter(at)}2`, GOOD[name] ?? ''),
  ).join('')
  const sheet = `<row r="1">${headings}</row><row r="2">${cells}</row>${more}`
  return Uint8Array.from(forgeZip(workbookEntries(sheet)))
}

function withPart(name: string, text: string | Uint8Array): Bytes {
  return Uint8Array.from(forgeZip([...workbookEntries('<row r="1"/>', [{ name, text }])]))
}

describe('threats 28 and 29: a payroll of which nothing may be kept', () => {
  const sheet = 'xl/worksheets/sheet1.xml'
  it.each<[string, () => Bytes, string]>([
    ['51 MiB', () => new Uint8Array(FILE_LIMITS.fileBytes + 1).fill(0x20), 'FILE_TOO_LARGE'],
    ['zero bytes', () => new Uint8Array(4_096), 'FORMAT_UNKNOWN'],
    ['a NUL in a name', () => utf8(csv.replace(',', '\u0000,')), 'FORMAT_UNKNOWN'],
    ['a lone surrogate, written as UTF-8', () => surrogate(), 'BYTES_INVALID'],
    ['an overlong spelling of a comma', () => bytesAfter(0xc0, 0xac), 'BYTES_INVALID'],
    ['a heading __proto__', () => utf8(csv.replace('books', '__proto__')), 'HEADER_WRONG'],
    ['a heading constructor', () => utf8(csv.replace('books', 'constructor')), 'HEADER_WRONG'],
    ['a heading twice', () => utf8(csv.replace('remark', 'books')), 'HEADER_WRONG'],
    ['a line of 100,000 cells', () => utf8(`${head}\n${','.repeat(100_000)}`), 'TOO_MANY_COLUMNS'],
    ['elements 1,000,000 deep', () => withPart(sheet, '<a>'.repeat(1_000_000)), 'ZIP_RATIO'],
    ['elements 40 deep', () => withPart(sheet, '<a>'.repeat(40)), 'XML_TOO_DEEP'],
    ['100 MB packed into 100 KB', () => withPart('xl/a.xml', new Uint8Array(1e8)), 'ZIP_RATIO'],
    [
      'entities that unfold',
      () => withPart(sheet, '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;&b;</a>'),
      'XML_DOCTYPE',
    ],
    [
      'a NUL in a cell',
      () => workbook('name', '<c t="inlineStr"><is><t>&#0;</t></is></c>'),
      'XML_BROKEN',
    ],
    [
      'a lone surrogate in a cell',
      () => workbook('name', '<c t="inlineStr"><is><t>&#xD800;</t></is></c>'),
      'XML_BROKEN',
    ],
  ])('%s: refused; draft and disk are as they were', async (_what, bytes, code) => {
    const draft = world.open()
    for (const row of feeRows(2, 5)) await draft.addRow(cellsOf(row))
    const before = [draft.summary(), world.parts()]
    const refused = await draft.addFile(bytes()).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(FileRefused)
    expect((refused as FileRefused).refusal.code).toBe(code)
    expect([draft.summary(), world.parts()]).toEqual(before)
    expect(await all(draft.rows())).toEqual(feeRows(2, 5))
  })

  function bytesAfter(...bytes: number[]): Bytes {
    return Uint8Array.of(...utf8(csv), ...bytes)
  }

  function surrogate(): Bytes {
    return bytesAfter(0xed, 0xa0, 0x80)
  }
})

describe('threat 29: a cell with two readings', () => {
  it.each<[string, string, string]>([
    ['1e400 as money', 'fee', '1e400'],
    ['an exponent', 'fee', '4e2'],
    ['nothing that is a number', 'fee', 'NaN'],
    ['infinity', 'fee', 'Infinity'],
    ['hexadecimal', 'books', '0x10'],
    ['a third place', 'fee', '4.005'],
    ['more digits than a fund has', 'fee', '9'.repeat(40)],
    ['2^53 + 1 with a fraction', 'books', '9007199254740993.5'],
    ['a number in full-width digits with a letter', 'books', '１２x'],
    ['a day that is none', 'joinedOn', '2026-02-30'],
    ['an ID number with a wrong check digit', 'memberId', '110105194912310021'],
  ])('%s is told, and its row is not in the batch', async (_what, column, value) => {
    const draft = world.open()
    const row = { ...GOOD, [column]: value }
    const cells = head.split(',').map((_, at) => row[HEADERS[at] as string] ?? '')
    await draft.addFile(utf8(`${head}\r\n${cells.join(',')}\r\n`))
    expect(draft.summary()).toMatchObject({ good: 0, bad: 1 })
    expect(() => draft.rows()).toThrow('BAD_ROWS')
  })

  it.each<[string, string]>([
    ['a number beyond a double', '<c><v>1e400</v></c>'],
    ['not a number', '<c><v>NaN</v></c>'],
    ['an error of the spreadsheet', '<c t="e"><v>#DIV/0!</v></c>'],
    ['a date for money', '<c t="d"><v>2026-01-05</v></c>'],
  ])('%s in a workbook is told too', async (_what, cell) => {
    const draft = world.open()
    await draft.addFile(workbook('fee', cell))
    expect(draft.summary()).toMatchObject({ good: 0, bad: 1 })
  })

  it('a name with a formula, a rare character or two spellings stays what was written', async () => {
    const draft = world.open()
    const rows = ['=HYPERLINK("x")', '𠮷', 'Am\u00e9lie', 'Ame\u0301lie', '__proto__'].map(
      (name, at) => ({ ...feeRow(at), name }),
    )
    for (const row of rows) await draft.addRow(cellsOf(row))
    expect(await all(draft.rows())).toEqual(rows)
  })
})

const HEADERS = ['memberId', 'name', 'fee', 'books', 'joinedOn', 'change', 'remark']
