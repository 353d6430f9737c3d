import type { RawCell } from './column-spec.ts'
import type { FileLimits } from './limits.ts'
import type { RawRow } from './raw-row.ts'
import { refuseFile } from './refusals.ts'
import { dayOfSerial, decimalOfStored } from './spreadsheet-number.ts'
import type { OpenedSource } from './table-source.ts'
import {
  parsePartInPieces,
  readSharedStrings,
  readWorkbook,
  unescapeText,
  type Workbook,
} from './xlsx-parts.ts'
import type { XmlHandlers } from './xml-guard.ts'
import { openZip, type ZipArchive } from './zip-archive.ts'

/**
 * Rows of the first sheet of a workbook. `close` frees the file when the rows are not read to the
 * end.
 */
export type XlsxRows = {
  readonly sheetName: string
  /** As many at a time as one piece of the sheet holds. */
  readonly rows: AsyncIterable<readonly RawRow[]>
  close(): void
}

/**
 * Reads the first sheet of an XLSX workbook, hidden rows and columns included.
 *
 * @throws FileRefused  for every hostile archive, macros, links, broken XML, and whatever exceeds a
 *                      limit
 */
export async function readXlsx(source: OpenedSource, limits: FileLimits): Promise<XlsxRows> {
  const zip = await openZip(source, limits)
  try {
    const workbook = await readWorkbook(zip, limits)
    const strings =
      workbook.stringsPart === undefined
        ? []
        : await readSharedStrings(zip, workbook.stringsPart, limits)
    const rows = rowsOf(zip, workbook, strings, limits)
    return { sheetName: workbook.sheetName, rows, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function* rowsOf(
  zip: ZipArchive,
  workbook: Workbook,
  strings: readonly string[],
  limits: FileLimits,
): AsyncGenerator<readonly RawRow[]> {
  let ready: RawRow[] = []
  const sheet = sheetHandlers(workbook, strings, limits, (row) => ready.push(row))
  try {
    for await (const _ of parsePartInPieces(zip, workbook.sheetPart, limits, sheet)) {
      if (ready.length > 0) yield ready
      ready = []
    }
  } finally {
    zip.close()
  }
}

type OpenCell = {
  column: number
  type: string
  style: number
  hasFormula: boolean
  value: string
  inline: string
}

/**
 * Collects cells into rows while the XML passes by; a place that goes backwards is refused: two
 * readers would see two tables.
 */
function sheetHandlers(
  workbook: Workbook,
  strings: readonly string[],
  limits: FileLimits,
  tell: (row: RawRow) => void,
): XmlHandlers {
  const broken = (line: number): never =>
    refuseFile({ code: 'XLSX_BROKEN', part: 'worksheet', line })
  let line = 0
  let cells: RawCell[] | undefined
  let cell: OpenCell | undefined
  let gathers: 'value' | 'inline' | undefined
  let phoneticDepth = 0

  return {
    open(name, attributes, _uri, xmlLine) {
      if (name === 'row') {
        if (cells !== undefined) broken(xmlLine)
        line = nextPlace(attributes.get('r'), line, xmlLine, broken)
        cells = []
      } else if (name === 'c') {
        if (cells === undefined || cell !== undefined) return broken(xmlLine)
        const column = columnOf(attributes.get('r'), line, cells.length, xmlLine, broken)
        if (column >= limits.columns)
          refuseFile({ code: 'TOO_MANY_COLUMNS', line, limit: limits.columns })
        const style = Number(attributes.get('s') ?? '0')
        const type = attributes.get('t') ?? 'n'
        cell = { column, type, style, hasFormula: false, value: '', inline: '' }
      } else if (cell !== undefined) {
        if (name === 'f') cell.hasFormula = true
        if (name === 'rPh') phoneticDepth += 1
        gathers =
          name === 'v' ? 'value' : name === 't' && phoneticDepth === 0 ? 'inline' : undefined
      }
    },
    close(name) {
      if (name === 'rPh') phoneticDepth -= 1
      if (name === 'v' || name === 't') gathers = undefined
      if (name === 'c' && cells !== undefined && cell !== undefined) {
        while (cells.length < cell.column) cells.push(EMPTY_CELL)
        cells.push(rawCellOf(cell, workbook, strings))
        cell = undefined
      }
      if (name === 'row' && cells !== undefined) {
        if (cells.some((one) => one.kind === 'unusable' || one.text !== '')) tell({ line, cells })
        cells = undefined
      }
    },
    text(text) {
      if (cell === undefined || gathers === undefined) return
      cell[gathers] += text
      if (cell[gathers].length > limits.cellLength)
        refuseFile({ code: 'XML_TEXT_TOO_LONG', part: 'worksheet', line, limit: limits.cellLength })
    },
  }
}

const EMPTY_CELL: RawCell = { kind: 'text', text: '' }

function rawCellOf(cell: OpenCell, workbook: Workbook, strings: readonly string[]): RawCell {
  const { type, value, hasFormula } = cell
  if (type === 'inlineStr') return textCell(unescapeText(cell.inline), hasFormula)
  if (type === 's') {
    const text = /^[0-9]{1,7}$/.test(value) ? strings[Number(value)] : undefined
    return text === undefined
      ? { kind: 'unusable', code: 'WRONG_CELL_KIND', text: value }
      : textCell(text, hasFormula)
  }
  if (type === 'str') return textCell(unescapeText(value), true)
  if (value === '') return hasFormula ? { kind: 'unusable', code: 'FORMULA', text: '' } : EMPTY_CELL
  if (type === 'd') return { kind: 'day', text: value, isFormula: hasFormula }
  if (type === 'e') return { kind: 'unusable', code: 'CELL_ERROR', text: value }
  if (type !== 'n') return { kind: 'unusable', code: 'WRONG_CELL_KIND', text: value }
  return numberCell(cell, workbook)
}

function numberCell({ value, style, hasFormula }: OpenCell, workbook: Workbook): RawCell {
  const decimal = decimalOfStored(value)
  if (decimal === undefined) return { kind: 'unusable', code: 'WRONG_CELL_KIND', text: value }
  if (workbook.isDayStyle[style] !== true)
    return { kind: 'number', text: decimal, isFormula: hasFormula }
  const day = dayOfSerial(decimal, workbook.isDate1904)
  return day === undefined
    ? { kind: 'unusable', code: 'WRONG_CELL_KIND', text: decimal }
    : { kind: 'day', text: day, isFormula: hasFormula }
}

function textCell(text: string, hasFormula: boolean): RawCell {
  return hasFormula ? { kind: 'unusable', code: 'FORMULA', text } : { kind: 'text', text }
}

type Broken = (line: number) => never

function nextPlace(text: string | undefined, last: number, xmlLine: number, broken: Broken) {
  if (text === undefined) return last + 1
  const place = /^[1-9][0-9]{0,6}$/.test(text) ? Number(text) : 0
  return place <= last ? broken(xmlLine) : place
}

/** Column index from 0 of a reference like `AB12`, whose row must be the row it stands in. */
function columnOf(
  reference: string | undefined,
  line: number,
  next: number,
  xmlLine: number,
  broken: Broken,
): number {
  if (reference === undefined) return next
  const parts = /^([A-Z]{1,3})([1-9][0-9]{0,6})$/.exec(reference)
  if (parts === null || Number(parts[2]) !== line) return broken(xmlLine)
  let column = 0
  for (const letter of parts[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1 < next ? broken(xmlLine) : column - 1
}
