// Goal: a workbook is read exactly, and every hostile one of threats section 4 is refused by name.
// Method: archives forged byte by byte; each breaks one thing. The cells' table shows what each
// kind of cell becomes.
import { describe, expect, it } from 'vitest'

import { EXAMPLE_ID, refusalOf, rowsOf } from './test-columns.ts'
import { type ForgedEntry, forgeZip, workbookEntries } from './zip-forge.ts'

const HEADER_ROW = `<row r="1">${inline('A1', 'reader')}${inline('B1', 'name')}${inline('C1', 'fee')}${inline('D1', 'since')}${inline('E1', 'month')}</row>`
const ID_CELL = inline('A2', EXAMPLE_ID)
const GOOD_ROW = `<row r="2">${ID_CELL}${inline('B2', '王')}<c r="C2"><v>420</v></c></row>`
const SHEET = HEADER_ROW + GOOD_ROW

function inline(reference: string, text: string): string {
  return `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`
}

function workbook(sheet: string, others: ForgedEntry[] = []): Uint8Array {
  return forgeZip(workbookEntries(sheet, others))
}

describe('cells', () => {
  const cells: [string, string, object][] = [
    ['shared text', '<c r="B2" t="s"><v>0</v></c>', { name: '共享' }],
    ['rich text without its reading aid', '<c r="B2" t="s"><v>1</v></c>', { name: '富文本' }],
    ['text with an escape', inline('B2', '_x005F_x0041_'), { name: '_x0041_' }],
    ['17 digits for 4016.18', '<c r="C2"><v>4016.1799999999998</v></c>', { fee: '4016.18' }],
    ['an exponent', '<c r="C2"><v>1.5E+3</v></c>', { fee: '1500.00' }],
    ['a day', '<c r="D2" s="1"><v>46027</v></c>', { since: '2026-01-05' }],
    ['the first day', '<c r="D2" s="1"><v>1</v></c>', { since: '1900-01-01' }],
    ['behind the false leap day', '<c r="D2" s="1"><v>61</v></c>', { since: '1900-03-01' }],
    ['an ISO day', '<c r="D2" t="d"><v>2026-01-05</v></c>', { since: '2026-01-05' }],
    ['a month typed as such', '<c r="E2" s="2"><v>46023</v></c>', { month: '2026-01' }],
  ]
  it.each(cells)('%s', async (_, cell, expected) => {
    const base = [ID_CELL, inline('B2', '王'), '<c r="C2"><v>1</v></c>']
    const own = cell.slice(6, 8)
    const row = [...base.filter((one) => !one.includes(`"${own}"`)), cell].sort((a, b) =>
      a.slice(6, 8).localeCompare(b.slice(6, 8)),
    )
    const [read] = await rowsOf(workbook(`${HEADER_ROW}<row r="2">${row.join('')}</row>`))
    expect(read).toMatchObject({ line: 2, problems: [], cells: expected })
  })

  const bad: [string, string, string, string][] = [
    ['an ID as a number', 'A2', '<c r="A2"><v>1.1010519491231E+17</v></c>', 'ID_STORED_AS_NUMBER'],
    ['computed amount', 'C2', '<c r="C2"><v>0.30000000000000004</v></c>', 'TOO_MANY_PLACES'],
    ['a day that never was', 'D2', '<c r="D2" s="1"><v>60</v></c>', 'WRONG_CELL_KIND'],
    ['a time', 'D2', '<c r="D2" s="1"><v>46027.5</v></c>', 'NOT_DATE'],
    ['a text formula', 'B2', '<c r="B2" t="str"><f>A1</f><v>王</v></c>', 'FORMULA'],
    ['a formula without value', 'C2', '<c r="C2"><f>1+1</f></c>', 'FORMULA'],
    ['an error', 'C2', '<c r="C2" t="e"><v>#REF!</v></c>', 'CELL_ERROR'],
    ['a truth value', 'C2', '<c r="C2" t="b"><v>1</v></c>', 'WRONG_CELL_KIND'],
    ['not a number', 'C2', '<c r="C2"><v>NaN</v></c>', 'WRONG_CELL_KIND'],
    ['a shared text that is not there', 'B2', '<c r="B2" t="s"><v>9</v></c>', 'WRONG_CELL_KIND'],
    ['a lone surrogate', 'B2', inline('B2', '_xD842_'), 'CONTROL_CHARACTER'],
  ]
  it.each(bad)('%s is a problem of its cell', async (_, place, cell, code) => {
    const base: [string, string][] = [
      ['A2', ID_CELL],
      ['B2', inline('B2', '王')],
      ['C2', '<c r="C2"><v>1</v></c>'],
      ['D2', ''],
    ]
    const row = base.map(([reference, xml]) => (reference === place ? cell : xml)).join('')
    const [read] = await rowsOf(workbook(`${HEADER_ROW}<row r="2">${row}</row>`))
    expect(read?.problems.map((problem) => problem.code)).toEqual([code])
  })

  it('takes the stored result of a formula when it is a number, and says so', async () => {
    const row = `${ID_CELL}${inline('B2', '王')}<c r="C2"><f>SUM(A1:A9)</f><v>420.5</v></c>`
    const [read] = await rowsOf(workbook(`${HEADER_ROW}<row r="2">${row}</row>`))
    expect(read).toMatchObject({
      problems: [],
      cells: { fee: '420.50' },
      remarks: [{ column: 'fee', code: 'FORMULA_VALUE_TAKEN', came: '420.5' }],
    })
  })

  it('counts days from 1904 where the workbook says so', async () => {
    const text =
      '<workbook xmlns:q="x"><workbookPr date1904="1"/><sheets><sheet name="s" q:id="b"/></sheets></workbook>'
    const row = `${ID_CELL}${inline('B2', '王')}<c r="C2"><v>1</v></c><c r="D2" s="1"><v>0</v></c>`
    const bytes = workbook(`${HEADER_ROW}<row r="2">${row}</row>`, [
      { name: 'xl/workbook.xml', text },
    ])
    expect((await rowsOf(bytes))[0]?.cells.since).toBe('1904-01-01')
  })

  it('reads prefixed elements, rows without places and gaps in rows', async () => {
    const sheet = `${HEADER_ROW}<x:row xmlns:x="y" r="7">${ID_CELL.replace('A2', 'A7')}<x:c t="s"><x:v>0</x:v></x:c><x:c><x:v>3</x:v></x:c></x:row>`
    expect(await rowsOf(workbook(sheet))).toMatchObject([
      { line: 7, problems: [], cells: { name: '共享', fee: '3.00' } },
    ])
  })
})

const extra = (name: string, text: string | Uint8Array = 'x', more: Partial<ForgedEntry> = {}) =>
  workbook(SHEET, [{ name, text, ...more }])
const relation = (type: string) =>
  `<Relationships><Relationship Id="b" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
  `<Relationship Id="z" Type="x/${type}" Target="file:///etc/passwd" TargetMode="External"/></Relationships>`
const deep = `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`
const withDoctype = `<!DOCTYPE s [<!ENTITY e "boom">]><worksheet><sheetData>${SHEET}</sheetData></worksheet>`
const sheetPart = 'xl/worksheets/sheet1.xml'

describe('threat 28: archives that are refused', () => {
  const cases: [string, () => Uint8Array, object][] = [
    ['cut short', () => workbook(SHEET).subarray(0, -30), { code: 'ZIP_BROKEN' }],
    [
      'bytes behind the end',
      () => Buffer.concat([workbook(SHEET), Buffer.alloc(9)]),
      { code: 'ZIP_BROKEN' },
    ],
    ['a name with ..', () => extra('xl/../../etc/passwd'), { code: 'ZIP_ENTRY_NAME', entry: 8 }],
    ['an absolute name', () => extra('/etc/passwd'), { code: 'ZIP_ENTRY_NAME' }],
    ['a drive', () => extra('C:/x'), { code: 'ZIP_ENTRY_NAME' }],
    ['a backslash', () => extra('xl\\x.xml'), { code: 'ZIP_ENTRY_NAME' }],
    ['a control character', () => extra('xl/a\nb'), { code: 'ZIP_ENTRY_NAME' }],
    [
      'another name inside',
      () => extra('xl/a.xml', 'x', { localName: 'xl/b.xml' }),
      { code: 'ZIP_ENTRY_NAME' },
    ],
    [
      'the same part twice',
      () => forgeZip([...workbookEntries(SHEET), { name: sheetPart, text: '<x/>' }]),
      { code: 'ZIP_ENTRY_TWICE', entry: 8 },
    ],
    ['twice but for case', () => extra('XL/Workbook.xml'), { code: 'ZIP_ENTRY_TWICE' }],
    [
      'encrypted',
      () => extra('xl/a.xml', 'x', { flags: 0x801 }),
      { code: 'ZIP_ENCRYPTED', entry: 8 },
    ],
    [
      'strongly encrypted',
      () => extra('xl/a.xml', 'x', { flags: 0x841 }),
      { code: 'ZIP_ENCRYPTED' },
    ],
    [
      'another method',
      () => extra('xl/a.xml', 'x', { method: 12 }),
      { code: 'ZIP_METHOD', method: 12 },
    ],
    ['an archive inside', () => extra('xl/inner.zip'), { code: 'ZIP_NESTED' }],
    [
      'a bomb of one part',
      () => extra('xl/a.xml', Buffer.alloc(10_000_000)),
      { code: 'ZIP_RATIO' },
    ],
    [
      'a lying bomb',
      () => workbook(SHEET, [{ name: sheetPart, text: ' '.repeat(9_000_000), claimedSize: 1000 }]),
      { code: 'ZIP_SIZE_LIES', entry: 7 },
    ],
    [
      'longer than it says',
      () =>
        workbook(SHEET, [
          {
            name: sheetPart,
            text: `<worksheet><sheetData>${SHEET}</sheetData></worksheet>`,
            claimedSize: 100,
          },
        ]),
      { code: 'ZIP_SIZE_LIES' },
    ],
    [
      'shorter than it says',
      () =>
        workbook(SHEET, [
          {
            name: sheetPart,
            text: `<worksheet><sheetData>${SHEET}</sheetData></worksheet>`,
            claimedSize: 5000,
          },
        ]),
      { code: 'ZIP_SIZE_LIES' },
    ],
    [
      'stored and lying',
      () => workbook(SHEET, [{ name: sheetPart, text: 'x', method: 0, claimedSize: 5 }]),
      { code: 'ZIP_SIZE_LIES' },
    ],
    [
      'a wrong checksum',
      () =>
        workbook(SHEET, [
          {
            name: sheetPart,
            text: `<worksheet><sheetData>${SHEET}</sheetData></worksheet>`,
            claimedChecksum: 1,
          },
        ]),
      { code: 'ZIP_CHECKSUM', entry: 7 },
    ],
    [
      'parts sharing bytes',
      () =>
        forgeZip([
          ...workbookEntries(SHEET),
          { name: 'xl/a.xml', text: '<x/>' },
          { name: 'xl/b.xml', text: '<x/>', sharesBytesOf: 7 },
        ]),
      { code: 'ZIP_OVERLAP' },
    ],
    [
      'a part with broken compression',
      () =>
        workbook(SHEET, [{ name: sheetPart, text: '<worksheet/>', method: 0 }]).map(
          (byte, place, all) =>
            place === localMethodPlace(all) || place === directoryMethodPlace(all) ? 8 : byte,
        ),
      { code: 'ZIP_BROKEN' },
    ],
    ['macros', () => extra('xl/vbaProject.bin'), { code: 'XLSX_MACROS' }],
    [
      'macros by content type',
      () =>
        extra(
          '[Content_Types].xml',
          '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
        ),
      { code: 'XLSX_MACROS' },
    ],
    ['old macro sheets', () => extra('xl/macrosheets/sheet1.xml'), { code: 'XLSX_MACROS' }],
    [
      'a linked workbook',
      () => extra('xl/externalLinks/externalLink1.xml'),
      { code: 'XLSX_EXTERNAL_LINK' },
    ],
    ['a data connection', () => extra('xl/connections.xml'), { code: 'XLSX_EXTERNAL_LINK' }],
    [
      'a relation outside',
      () => extra('xl/_rels/workbook.xml.rels', relation('worksheet')),
      { code: 'XLSX_EXTERNAL_LINK' },
    ],
    [
      'a sheet with an outside picture',
      () => extra('xl/worksheets/_rels/sheet1.xml.rels', relation('image')),
      { code: 'XLSX_EXTERNAL_LINK' },
    ],
    [
      'an embedded object',
      () => extra('xl/embeddings/oleObject1.bin'),
      { code: 'XLSX_EMBEDDED_OBJECT' },
    ],
    ['no workbook', () => forgeZip([{ name: 'a.txt', text: 'x' }]), { code: 'XLSX_PART_MISSING' }],
    [
      'no sheet',
      () => forgeZip(workbookEntries(SHEET).filter(({ name }) => name !== sheetPart)),
      { code: 'XLSX_PART_MISSING' },
    ],
    [
      'a hidden sheet first',
      () =>
        extra(
          'xl/workbook.xml',
          '<workbook xmlns:r="x"><sheets><sheet name="s" state="veryHidden" r:id="b"/></sheets></workbook>',
        ),
      { code: 'XLSX_SHEET_HIDDEN' },
    ],
    ['a DOCTYPE', () => extra(sheetPart, withDoctype), { code: 'XML_DOCTYPE', part: sheetPart }],
    [
      'an unknown entity',
      () => extra(sheetPart, '<worksheet>&e;</worksheet>'),
      { code: 'XML_BROKEN' },
    ],
    ['depth', () => extra(sheetPart, deep), { code: 'XML_TOO_DEEP', limit: 32 }],
    [
      'attributes',
      () => extra(sheetPart, `<w ${Array.from({ length: 99 }, (_, n) => `a${n}="1"`).join(' ')}/>`),
      { code: 'XML_TOO_MANY_ATTRIBUTES' },
    ],
    [
      'a long text',
      () => extra(sheetPart, `<w>${randomText(200_000)}</w>`),
      { code: 'XML_TEXT_TOO_LONG' },
    ],
    [
      'a processing instruction',
      () => extra(sheetPart, '<?php x?><w/>'),
      { code: 'XML_INSTRUCTION' },
    ],
    [
      'another encoding',
      () => extra(sheetPart, '<?xml version="1.0" encoding="GBK"?><w/>'),
      { code: 'XML_ENCODING' },
    ],
    [
      'bytes that are not UTF-8',
      () => extra(sheetPart, Buffer.from([0x3c, 0xff])),
      { code: 'XML_ENCODING' },
    ],
    ['XML cut short', () => extra(sheetPart, '<worksheet><sheetData>'), { code: 'XML_BROKEN' }],
    [
      'rows backwards',
      () => workbook(`${HEADER_ROW}${GOOD_ROW}<row r="2"/>`),
      { code: 'XLSX_BROKEN' },
    ],
    [
      'cells backwards',
      () => workbook('<row r="1"><c r="B1"/><c r="A1"/></row>'),
      { code: 'XLSX_BROKEN' },
    ],
    [
      'a cell of another row',
      () => workbook('<row r="1"><c r="A2"/></row>'),
      { code: 'XLSX_BROKEN' },
    ],
    ['a cell outside of rows', () => workbook('<c r="A1"/>'), { code: 'XLSX_BROKEN' }],
    [
      'a column far away',
      () => workbook('<row r="1"><c r="XFD1"/></row>'),
      { code: 'TOO_MANY_COLUMNS' },
    ],
    ['an empty sheet', () => workbook(''), { code: 'HEADER_MISSING' }],
  ]
  it.each(cases)('%s', async (_, make, refusal) => {
    expect(await refusalOf(make())).toMatchObject(refusal)
  })

  it('too many parts, too much unpacked, too many texts', async () => {
    const many = Array.from({ length: 1_001 }, (_, n) => ({ name: `p${n}.xml`, text: '' }))
    expect(await refusalOf(forgeZip(many))).toMatchObject({ code: 'ZIP_TOO_MANY_ENTRIES' })
    const limits = { unpackedBytes: 1_000 }
    expect(await refusalOf(workbook(SHEET), { limits })).toMatchObject({
      code: 'ZIP_TOO_LARGE_UNPACKED',
    })
    expect(await refusalOf(workbook(SHEET), { limits: { sharedStrings: 1 } })).toMatchObject({
      code: 'XLSX_TOO_MANY_TEXTS',
    })
  })

  it('a mail address that became a link is only text', async () => {
    const bytes = extra('xl/worksheets/_rels/sheet1.xml.rels', relation('hyperlink'))
    expect(await rowsOf(bytes)).toMatchObject([{ problems: [] }])
  })
})

/** Text that does not compress: its length, not its ratio, must be what is refused. */
function randomText(length: number): string {
  let state = 1
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647
    return String.fromCharCode(0x4e00 + (state % 20_000))
  }).join('')
}

function localMethodPlace(bytes: Uint8Array): number {
  return Buffer.from(bytes).lastIndexOf(Buffer.from('504b0304', 'hex')) + 8
}

function directoryMethodPlace(bytes: Uint8Array): number {
  return Buffer.from(bytes).lastIndexOf(Buffer.from('504b0102', 'hex')) + 10
}
