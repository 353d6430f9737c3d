/* A workbook of one sheet in which every cell is text: long numbers and leading zeros stay as they are. */
import { strToU8, zipSync } from 'fflate'

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

/** A column whose cells are chosen from a list. */
export interface ListedColumn {
  /** Place of the column, from 0. */
  readonly at: number
  readonly values: readonly string[]
}

/** Longest list that a cell may name. */
const LIST_LENGTH = 255
/** Rows for which lists and formats are prepared. */
const PREPARED_ROWS = 100_001

/** Makes a workbook; the first row is the headings. */
export function workbookOf(
  rows: Iterable<readonly string[]>,
  lists: readonly ListedColumn[] = [],
): Blob {
  const sheet = sheetXml(rows, lists)
  const files = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': sheet,
  }
  const packed = zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
  )
  return new Blob([Uint8Array.from(packed)], { type: TYPE })
}

function sheetXml(rows: Iterable<readonly string[]>, lists: readonly ListedColumn[]): string {
  const lines: string[] = []
  let widest = 1
  for (const row of rows) {
    const number = lines.length + 1
    const style = number === 1 ? 2 : 1
    widest = Math.max(widest, row.length)
    const cells = row.map(
      (text, at) =>
        `<c r="${columnName(at)}${number}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`,
    )
    lines.push(`<row r="${number}">${cells.join('')}</row>`)
  }
  const columns = `<cols><col min="1" max="${widest}" width="20" style="1" customWidth="1"/></cols>`
  return `${HEAD}<worksheet xmlns="${MAIN}">${columns}<sheetData>${lines.join('')}</sheetData>${validations(lists)}</worksheet>`
}

function validations(lists: readonly ListedColumn[]): string {
  const usable = lists.filter(({ values }) => values.join(',').length <= LIST_LENGTH)
  if (usable.length === 0) return ''
  const each = usable.map(({ at, values }) => {
    const column = columnName(at)
    return `<dataValidation type="list" allowBlank="1" sqref="${column}2:${column}${PREPARED_ROWS}"><formula1>"${escaped(values.join(','))}"</formula1></dataValidation>`
  })
  return `<dataValidations count="${usable.length}">${each.join('')}</dataValidations>`
}

function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26))
  return at < 26 ? letter : `${columnName(Math.floor(at / 26) - 1)}${letter}`
}

/** Characters that XML has no place for become a replacement character. */
function escaped(text: string): string {
  let made = ''
  for (const character of text) {
    const point = character.codePointAt(0) as number
    const isAllowed = point >= 32 || point === 9 || point === 10 || point === 13
    if (!isAllowed || (point >= 0xd800 && point <= 0xdfff)) made += '\ufffd'
    else if (character === '&') made += '&amp;'
    else if (character === '<') made += '&lt;'
    else if (character === '>') made += '&gt;'
    else if (character === '"') made += '&quot;'
    else made += character
  }
  return made
}
