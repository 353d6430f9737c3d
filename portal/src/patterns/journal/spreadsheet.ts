/* Tables as files: CSV for anything, XLSX for spreadsheets. Cells that begin like a formula stay text. */
import { type ArchiveEntry, makeArchive } from './archive.ts'

/** A cell: text as it is, or an exact decimal that a spreadsheet may add up. */
export type Cell = string | { readonly decimal: string }

/** Rows of a file, the head first. */
export type Sheet = readonly (readonly Cell[])[]

const FORMULA = /^[=+\-@\t\r]/

function plain(cell: Cell): string {
  if (typeof cell !== 'string') return cell.decimal
  return FORMULA.test(cell) ? `'${cell}` : cell
}

/** CSV in UTF-8 with a mark, so that spreadsheets know it. */
export function csvOf(sheet: Sheet): Uint8Array {
  const lines = sheet.map((row) =>
    row.map((cell) => `"${plain(cell).replaceAll('"', '""')}"`).join(','),
  )
  return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`)
}

/** XLSX with one sheet; decimals are numbers with their places, everything else is text. */
export function xlsxOf(sheet: Sheet, name: string): Uint8Array {
  const encode = (path: string, text: string): ArchiveEntry => ({
    path,
    bytes: new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>${text}`),
  })
  const rows = sheet.map((row, index) => xmlRow(row, index + 1)).join('')
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const package_ = 'http://schemas.openxmlformats.org/package/2006'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return makeArchive([
    encode(
      '[Content_Types].xml',
      `<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${spreadsheet}.worksheet+xml"/></Types>`,
    ),
    encode(
      '_rels/.rels',
      `<Relationships xmlns="${package_}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    encode(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(name.slice(0, 31))}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    encode(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${package_}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    encode(
      'xl/worksheets/sheet1.xml',
      `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`,
    ),
  ])
}

function xmlRow(row: readonly Cell[], number: number): string {
  const cells = row.map((cell, index) => {
    const at = `${columnName(index)}${number}`
    // Beyond 15 digits a spreadsheet would round: then the number stays text.
    const isNumber = typeof cell !== 'string' && cell.decimal.replace(/\D/g, '').length <= 15
    const text = typeof cell === 'string' ? cell : cell.decimal
    return isNumber
      ? `<c r="${at}"><v>${text}</v></c>`
      : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
  })
  return `<row r="${number}">${cells.join('')}</row>`
}

function columnName(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : `${columnName(Math.floor(index / 26) - 1)}${columnName(index % 26)}`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
