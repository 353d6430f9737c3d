import { Readable } from 'node:stream'

import { ZipFile } from 'yazl'

import type { ColumnSpec } from './column-spec.ts'
import {
  escapeXml,
  MAIN,
  type SheetToWrite,
  STYLE,
  STYLES_XML,
  sheetColumnOf,
  sheetXml,
  textRow,
  valueRow,
  XML_DECLARATION,
} from './sheet-xml.ts'
import type { RowSource } from './write-csv.ts'

/** How a workbook is written. */
export type WriteXlsxOptions = {
  readonly heading?: 'zh' | 'en' | 'name'
  readonly sheetName?: string
  /**
   * Stored without compression, the bytes are the same under every version of the compression
   * library.
   */
  readonly isCompressed?: boolean
}

/**
 * Writes rows as an XLSX workbook of one sheet, streaming; the same rows give the same bytes (all
 * dates inside are fixed).
 *
 * Amounts and days are numbers with a format; ID numbers, codes and names are text, also when they
 * look like a formula.
 */
export async function* writeXlsx(
  columns: readonly ColumnSpec[],
  rows: RowSource,
  options: WriteXlsxOptions = {},
): AsyncGenerator<Uint8Array> {
  const heading = options.heading ?? 'zh'
  const titles = columns.map(({ name, title }) => (heading === 'name' ? name : title[heading]))
  yield* writeWorkbook(
    [
      {
        name: options.sheetName ?? (heading === 'zh' ? '数据' : 'data'),
        columns: columns.map(sheetColumnOf),
        rows: sheetRows(columns, titles, rows),
      },
    ],
    options.isCompressed ?? true,
  )
}

/** Writes a workbook of given sheets. */
export async function* writeWorkbook(
  sheets: readonly SheetToWrite[],
  isCompressed: boolean,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  zip.on('error', (error: Error) => output.destroy(error))
  const options = {
    // In DOS time, which has no zone: the local constructor gives the same bytes in every time
    // zone.
    mtime: new Date(2000, 0, 1),
    mode: 0o100644,
    forceDosTimestamp: true,
    compress: isCompressed,
  }
  for (const [name, xml] of partsOf(sheets)) zip.addBuffer(Buffer.from(xml, 'utf8'), name, options)
  sheets.forEach((sheet, place) => {
    const xml = Readable.from(bytesOf(sheetXml(sheet)), { objectMode: false })
    xml.on('error', (error) => output.destroy(error))
    zip.addReadStream(xml, `xl/worksheets/sheet${place + 1}.xml`, options)
  })
  zip.end()
  yield* output as AsyncIterable<Uint8Array>
}

async function* sheetRows(
  columns: readonly ColumnSpec[],
  titles: readonly string[],
  rows: RowSource,
): AsyncGenerator<string> {
  yield textRow(1, titles, STYLE.heading)
  let line = 1
  for await (const row of rows) {
    line += 1
    yield valueRow(line, columns, row)
  }
}

async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) yield Buffer.from(text, 'utf8')
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function partsOf(sheets: readonly SheetToWrite[]): [string, string][] {
  const places = sheets.map((_, place) => place + 1)
  const types = places.map(
    (place) =>
      `<Override PartName="/xl/worksheets/sheet${place}.xml" ContentType="${CONTENT}.worksheet+xml"/>`,
  )
  const list = sheets.map(
    ({ name }, place) =>
      `<sheet name="${escapeXml(name)}" sheetId="${place + 1}" r:id="rId${place + 1}"/>`,
  )
  const relations = places.map(
    (place) =>
      `<Relationship Id="rId${place}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${place}.xml"/>`,
  )
  return [
    [
      '[Content_Types].xml',
      `${XML_DECLARATION}<Types xmlns="${PACKAGE}/content-types">` +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        '<Default Extension="xml" ContentType="application/xml"/>' +
        `<Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>` +
        `<Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/>${types.join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${XML_DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">` +
        `<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${XML_DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${list.join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML_DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}` +
        `<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', STYLES_XML],
  ]
}
