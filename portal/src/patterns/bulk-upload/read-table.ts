/* A table as this browser reads it: for matching columns, and to compare with what is signed. */
import { strFromU8, unzipSync } from 'fflate'

/** A table: its headings, and rows below them as texts. */
export interface TableRead {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Line of the file of each row, from 1. */
  readonly lines: readonly number[]
  readonly encoding: 'utf-8' | 'gb18030' | null
}

/** Bytes of one entry of a workbook, unpacked. */
const MOST_UNPACKED = 400 * 1024 * 1024

/**
 * Reads a CSV or the first sheet of a workbook.
 *
 * @throws RangeError where this browser cannot
 */
export function readTable(bytes: Uint8Array): TableRead {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readWorkbook(bytes)
  const { text, encoding } = decoded(bytes)
  // Pictures and programs are no tables, whatever their bytes mean as text.
  if ([...text.slice(0, 4096)].some(isControl)) throw new RangeError('no text')
  return tableOf(readCsv(text), encoding)
}

function decoded(bytes: Uint8Array): { text: string; encoding: 'utf-8' | 'gb18030' } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes)
    return { text, encoding: 'gb18030' }
  }
}

function isControl(character: string): boolean {
  return character < ' ' && !'\t\n\r'.includes(character)
}

interface Line {
  readonly line: number
  readonly cells: readonly string[]
}

function tableOf(lines: readonly Line[], encoding: TableRead['encoding']): TableRead {
  const filled = lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  const [head, ...rest] = filled
  if (head === undefined) throw new RangeError('an empty table')
  const headings = head.cells.map((cell) => cell.trim())
  while (headings.at(-1) === '') headings.pop()
  return {
    headings,
    rows: rest.map(({ cells }) => cells),
    lines: rest.map(({ line }) => line),
    encoding,
  }
}

/** Records of RFC 4180; a record with a stray quote is not read as something else. */
export function readCsv(text: string): Line[] {
  const lines: Line[] = []
  const source = text.startsWith('\ufeff') ? text.slice(1) : text
  let [at, line] = [0, 1]
  while (at < source.length) {
    const begun = line
    const cells: string[] = []
    for (;;) {
      const { cell, end, breaks } = readCell(source, at)
      cells.push(cell)
      line += breaks
      at = end
      if (source[at] !== ',') break
      at += 1
    }
    if (source[at] === '\r') at += 1
    if (source[at] === '\n') at += 1
    line += 1
    lines.push({ line: begun, cells })
  }
  return lines
}

function readCell(source: string, from: number) {
  if (source[from] !== '"') {
    let end = from
    while (end < source.length && !',\r\n'.includes(source[end] as string)) end += 1
    return { cell: source.slice(from, end), end, breaks: 0 }
  }
  let cell = ''
  let at = from + 1
  for (;;) {
    const quote = source.indexOf('"', at)
    if (quote < 0) throw new RangeError('a quote is not closed')
    cell += source.slice(at, quote)
    if (source[quote + 1] !== '"') {
      return { cell, end: quote + 1, breaks: cell.split('\n').length - 1 }
    }
    cell += '"'
    at = quote + 2
  }
}

function readWorkbook(bytes: Uint8Array): TableRead {
  const wanted = /^xl\/(sharedStrings\.xml|worksheets\/sheet1\.xml)$/
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => wanted.test(name) && originalSize <= MOST_UNPACKED,
  })
  const sheet = parts['xl/worksheets/sheet1.xml']
  if (sheet === undefined) throw new RangeError('no sheet')
  const strings = parts['xl/sharedStrings.xml']
  const shared = strings === undefined ? [] : sharedTexts(strFromU8(strings))
  return tableOf(sheetLines(strFromU8(sheet), shared), null)
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole
    const point = name.startsWith('#x') ? parseInt(name.slice(2), 16) : Number(name.slice(1))
    return String.fromCodePoint(point)
  })
}

function textsIn(xml: string): string {
  let text = ''
  for (const [, one = ''] of xml.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<\/(?:\w+:)?t>/g)) {
    text += unescaped(one)
  }
  return text
}

function sharedTexts(xml: string): string[] {
  const items = xml.matchAll(/<(?:\w+:)?si(?:\s[^>]*)?>(.*?)<\/(?:\w+:)?si>|<(?:\w+:)?si\s*\/>/gs)
  // Readings of characters (furigana) are no part of a text.
  return Array.from(items, ([, inner = '']) =>
    textsIn(inner.replace(/<(?:\w+:)?rPh.*?<\/(?:\w+:)?rPh>/gs, '')),
  )
}

function sheetLines(xml: string, shared: readonly string[]): Line[] {
  const lines: Line[] = []
  let number = 0
  for (const [, head = '', inner = ''] of xml.matchAll(
    /<(?:\w+:)?row(\s[^>]*)?(?:\/>|>(.*?)<\/(?:\w+:)?row>)/gs,
  )) {
    number = Number(/\sr="(\d+)"/.exec(head)?.[1] ?? number + 1)
    const cells: string[] = []
    for (const [, attributes = '', content = ''] of inner.matchAll(
      /<(?:\w+:)?c(\s[^>]*?)?(?:\/>|>(.*?)<\/(?:\w+:)?c>)/gs,
    )) {
      const column = /\sr="([A-Z]+)\d+"/.exec(attributes)?.[1]
      const at = column === undefined ? cells.length : columnNumber(column)
      while (cells.length < at) cells.push('')
      cells[at] = cellText(attributes, content, shared)
    }
    lines.push({ line: number, cells })
  }
  return lines
}

function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters) number = number * 26 + (letter.charCodeAt(0) - 64)
  return number - 1
}

function cellText(attributes: string, content: string, shared: readonly string[]): string {
  const type = /\st="(\w+)"/.exec(attributes)?.[1]
  if (type === 'inlineStr') return textsIn(content)
  const value = /<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<\/(?:\w+:)?v>/.exec(content)?.[1]
  if (value === undefined) return ''
  return type === 's' ? (shared[Number(value)] ?? '') : unescaped(value)
}
