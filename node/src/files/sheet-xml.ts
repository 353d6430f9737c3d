import type { ColumnSpec, ColumnType } from './column-spec.ts'
import { serialOfDay } from './spreadsheet-number.ts'
import { isDangerous } from './write-csv.ts'

/**
 * One sheet of a workbook to be written; its rows come as XML texts, so that they can be streamed.
 */
export type SheetToWrite = {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: AsyncIterable<string> | Iterable<string>
  /** XML after the rows: validations. */
  readonly tail?: string
}

/** Width in characters and the style of a column's empty cells. */
export type SheetColumn = { readonly width: number; readonly style: number }

/** Places in `STYLES_XML`. */
export const STYLE = { plain: 0, heading: 1, text: 2, money: 3, day: 4, markedText: 5, wrapped: 6 }

/** The style of a column's cells: numbers that must not lose digits are text. */
export const STYLE_BY_TYPE: Record<ColumnType, number> = {
  money: STYLE.money,
  decimal: STYLE.text,
  int: STYLE.plain,
  date: STYLE.day,
  month: STYLE.text,
  code: STYLE.text,
  text: STYLE.text,
  id: STYLE.text,
}

/** Width of a column by what it holds. */
export function sheetColumnOf({ type }: ColumnSpec): SheetColumn {
  return { width: type === 'id' ? 22 : type === 'text' ? 20 : 14, style: STYLE_BY_TYPE[type] }
}

/** XML of one row of texts in one style, for headings and notes. */
export function textRow(line: number, texts: readonly string[], style: number): string {
  const cells = texts.map((text, place) => textCell(referenceOf(place, line), text, style))
  return `<row r="${line}">${cells.join('')}</row>`
}

/** XML of one row of values: money and days as numbers, everything else as text. */
export function valueRow(
  line: number,
  columns: readonly ColumnSpec[],
  row: Readonly<Record<string, string>>,
): string {
  const cells = columns.map(({ name, type }, place) => {
    const value = row[name] ?? ''
    if (value === '') return ''
    const reference = referenceOf(place, line)
    const number = numberOf(type, value)
    if (number !== undefined)
      return `<c r="${reference}" s="${STYLE_BY_TYPE[type]}"><v>${number}</v></c>`
    const style = isDangerous(value, type) ? STYLE.markedText : STYLE.text
    return textCell(reference, value, style)
  })
  return `<row r="${line}">${cells.join('')}</row>`
}

/** The whole sheet part, in pieces. */
export async function* sheetXml(sheet: SheetToWrite): AsyncGenerator<string> {
  const columns = sheet.columns.map(
    ({ width, style }, place) =>
      `<col min="${place + 1}" max="${place + 1}" width="${width}" style="${style}" customWidth="1"/>`,
  )
  yield `${XML_DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${columns.join('')}</cols><sheetData>`
  let piece = ''
  for await (const row of sheet.rows) {
    piece += row
    if (piece.length < PIECE_LENGTH) continue
    yield piece
    piece = ''
  }
  yield `${piece}</sheetData>${sheet.tail ?? ''}</worksheet>`
}

/** `A1`, `B1`, … `AA1` for column places from 0. */
export function referenceOf(place: number, line: number): string {
  let letters = ''
  for (let rest = place + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return `${letters}${line}`
}

/**
 * Text as XML content or attribute value, with the spreadsheet's spelling of characters that XML
 * cannot carry.
 */
export function escapeXml(text: string): string {
  if (/\p{Cs}/u.test(text)) throw new RangeError('a lone surrogate is not text')
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      CONTROL,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}

/** First line of every part. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
/** Namespace of spreadsheets. */
export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/**
 * @source ECMA-376 Part 1 section 18.8.39; `quotePrefix` (18.8.45) keeps a text that looks like a
 * formula a text when it is edited
 */
export const STYLES_XML =
  `${XML_DECLARATION}<styleSheet xmlns="${MAIN}">` +
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="7">' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment wrapText="1"/></xf>' +
  '</cellXfs></styleSheet>'

const PIECE_LENGTH = 32 * 1024
/** Characters that XML cannot carry, and CR, which it turns into LF. */
const CONTROL = /(?![\t\n])[\p{Cc}\ufffe\uffff]/gu
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function textCell(reference: string, text: string, style: number): string {
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`
}

/**
 * Days before March 1900 and amounts beyond 15 digits are written as text: a spreadsheet's number
 * would be another one.
 */
function numberOf(type: ColumnType, value: string): string | undefined {
  if (type === 'date' && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) && value >= '1900-03-01')
    return String(serialOfDay(value))
  const isShort = value.replace(/[-.]/g, '').length <= 15
  if (type === 'money' && isShort && /^-?[0-9]+\.[0-9]{2}$/.test(value)) return value
  return type === 'int' && isShort && /^-?[0-9]+$/.test(value) ? value : undefined
}
