import { posix } from 'node:path'

import { decodeText } from './decode-text.ts'
import type { FileLimits } from './limits.ts'
import { FileRefused, refuseFile } from './refusals.ts'
import { guardedXml, type XmlHandlers, XmlRefused } from './xml-guard.ts'
import type { ZipArchive } from './zip-archive.ts'

/** What must be known of a workbook before its first sheet can be read. */
export type Workbook = {
  readonly sheetName: string
  readonly sheetPart: string
  readonly stringsPart: string | undefined
  /** Per cell style: whether its numbers are days. */
  readonly isDayStyle: readonly boolean[]
  /** Days are counted from 1904 instead of 1900. */
  readonly isDate1904: boolean
}

/**
 * Finds the first sheet of a workbook and refuses macros, links and embedded objects.
 *
 * @source ECMA-376 Part 2 (packages, relationships) and Part 1 section 18 (workbook, styles)
 */
export async function readWorkbook(zip: ZipArchive, limits: FileLimits): Promise<Workbook> {
  refuseActiveParts(zip.names)
  refuseActiveTypes(await attributesOfAll(zip, '[Content_Types].xml', ['Override'], limits))

  const workbookPart = targetOf(
    await relationsOf(zip, '', '_rels/.rels', limits),
    '/officeDocument',
  )
  if (workbookPart === undefined) refuseFile({ code: 'XLSX_PART_MISSING', part: 'xl/workbook.xml' })
  const found = await attributesOfAll(zip, workbookPart, ['sheet', 'workbookPr'], limits)
  const folder = posix.dirname(workbookPart)
  const relationsPart = posix.join(folder, '_rels', `${posix.basename(workbookPart)}.rels`)
  const relations = await relationsOf(zip, folder, relationsPart, limits)

  const sheet = found.find(({ element }) => element === 'sheet')?.attributes
  if (sheet === undefined)
    return refuseFile({ code: 'XLSX_PART_MISSING', part: 'xl/worksheets/sheet1.xml' })
  if ((sheet.get('state') ?? 'visible') !== 'visible') refuseFile({ code: 'XLSX_SHEET_HIDDEN' })
  const sheetPart = relations.find(({ id }) => id === relationIdOf(sheet))?.target
  if (sheetPart === undefined || !zip.has(sheetPart))
    return refuseFile({ code: 'XLSX_PART_MISSING', part: 'xl/worksheets/sheet1.xml' })

  const properties = found.find(({ element }) => element === 'workbookPr')?.attributes
  const stylesPart = targetOf(relations, '/styles')
  const sheetRelations = posix.join(
    posix.dirname(sheetPart),
    '_rels',
    `${posix.basename(sheetPart)}.rels`,
  )
  if (zip.has(sheetRelations))
    await relationsOf(zip, posix.dirname(sheetPart), sheetRelations, limits)
  return {
    sheetName: sheet.get('name') ?? '',
    sheetPart,
    stringsPart: targetOf(relations, '/sharedStrings'),
    isDayStyle: stylesPart === undefined ? [] : await readStyles(zip, stylesPart, limits),
    isDate1904: ['1', 'true'].includes(properties?.get('date1904') ?? ''),
  }
}

/** The attribute `r:id`; the prefix is the producer's choice. */
function relationIdOf(attributes: ReadonlyMap<string, string>): string | undefined {
  for (const [name, value] of attributes) if (name.endsWith(':id')) return value
  return undefined
}

/** Feeds one part to handlers; whatever is wrong with its XML is told with the part's name. */
export async function parsePart(
  zip: ZipArchive,
  part: string,
  limits: FileLimits,
  handlers: XmlHandlers,
  afterPiece: () => void = () => {},
): Promise<void> {
  for await (const _ of parsePartInPieces(zip, part, limits, handlers)) afterPiece()
}

/** The same, giving way after every piece: what the handlers gathered can then be told. */
export async function* parsePartInPieces(
  zip: ZipArchive,
  part: string,
  limits: FileLimits,
  handlers: XmlHandlers,
): AsyncGenerator<void> {
  if (!zip.has(part)) refuseFile({ code: 'XLSX_PART_MISSING', part: shownPart(part) })
  const parser = guardedXml(handlers, {
    depth: 32,
    attributes: 64,
    textLength: limits.cellLength,
    length: limits.unpackedBytes,
  })
  try {
    for await (const text of decodeText(zip.read(part), 'utf-8')) {
      parser.write(text)
      yield
    }
    parser.end()
  } catch (error) {
    if (error instanceof XmlRefused) refuseFile({ ...error.refusal, part: shownPart(part) })
    if (error instanceof TypeError && !(error instanceof FileRefused))
      refuseFile({ code: 'XML_ENCODING', part: shownPart(part) })
    throw error
  }
  yield
}

/** All texts of the shared strings part, in order; phonetic guides are left out. */
export async function readSharedStrings(
  zip: ZipArchive,
  part: string,
  limits: FileLimits,
): Promise<string[]> {
  const texts: string[] = []
  let total = 0
  let text = ''
  let isInText = false
  let phoneticDepth = 0
  await parsePart(zip, part, limits, {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') phoneticDepth += 1
      isInText = name === 't' && phoneticDepth === 0
    },
    close(name) {
      if (name === 'rPh') phoneticDepth -= 1
      if (name === 't') isInText = false
      if (name !== 'si') return
      total += text.length
      if (texts.length >= limits.sharedStrings || total > limits.sharedStringLength)
        refuseFile({ code: 'XLSX_TOO_MANY_TEXTS', limit: limits.sharedStrings })
      texts.push(unescapeText(text))
    },
    text(piece) {
      if (isInText) text += piece
    },
  })
  return texts
}

/**
 * Undoes the spelling `_xHHHH_` by which spreadsheets store characters that XML cannot.
 *
 * @source ECMA-376 Part 1 section 22.9.2.19 ST_Xstring
 */
export function unescapeText(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text
}

/** A part's name as shown to people: whatever it is called, cut and without surprises. */
function shownPart(part: string): string {
  return part.replace(/[^A-Za-z0-9_./[\]-]/g, '?').slice(0, 100)
}

type Relation = { id: string; type: string; target: string }

async function relationsOf(
  zip: ZipArchive,
  folder: string,
  part: string,
  limits: FileLimits,
): Promise<Relation[]> {
  const found = await attributesOfAll(zip, part, ['Relationship'], limits)
  return found.flatMap(({ attributes }) => {
    const type = attributes.get('Type') ?? ''
    const isExternal = attributes.get('TargetMode') === 'External'
    // Spreadsheets turn a typed mail address into a link by themselves: it is never followed here.
    if (isExternal && type.endsWith('/hyperlink')) return []
    if (isExternal) refuseFile({ code: 'XLSX_EXTERNAL_LINK' })
    const target = attributes.get('Target') ?? ''
    const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target)
    return [{ id: attributes.get('Id') ?? '', type, target: path }]
  })
}

function targetOf(relations: readonly Relation[], kind: string): string | undefined {
  return relations.find(({ type }) => type.endsWith(kind))?.target
}

type Found = { element: string; attributes: ReadonlyMap<string, string> }

async function attributesOfAll(
  zip: ZipArchive,
  part: string,
  elements: readonly string[],
  limits: FileLimits,
): Promise<Found[]> {
  const found: Found[] = []
  await parsePart(zip, part, limits, {
    open(element, attributes) {
      if (!elements.includes(element)) return
      if (found.length >= limits.zipEntries * 10)
        refuseFile({ code: 'XLSX_BROKEN', part: shownPart(part), line: 0 })
      found.push({ element, attributes })
    },
    close() {},
    text() {},
  })
  return found
}

function refuseActiveParts(names: readonly string[]): void {
  const folded = names.map((name) => name.toLowerCase())
  if (folded.some((name) => /vbaproject|vbadata|\/macrosheets\/|\/dialogsheets\//.test(name)))
    refuseFile({ code: 'XLSX_MACROS' })
  if (folded.some((name) => /\/externallinks\/|\/connections\.xml|\/querytables\//.test(name)))
    refuseFile({ code: 'XLSX_EXTERNAL_LINK' })
  if (folded.some((name) => /\/embeddings\/|\/activex\/|\/ctrlprops\//.test(name)))
    refuseFile({ code: 'XLSX_EMBEDDED_OBJECT' })
}

function refuseActiveTypes(overrides: readonly Found[]): void {
  for (const { attributes } of overrides) {
    const type = (attributes.get('ContentType') ?? '').toLowerCase()
    if (/macroenabled|vbaproject|macrosheet/.test(type)) refuseFile({ code: 'XLSX_MACROS' })
    if (/externallink|connections\+xml/.test(type)) refuseFile({ code: 'XLSX_EXTERNAL_LINK' })
    if (/oleobject|activex/.test(type)) refuseFile({ code: 'XLSX_EMBEDDED_OBJECT' })
  }
}

async function readStyles(zip: ZipArchive, part: string, limits: FileLimits): Promise<boolean[]> {
  const dayFormats = new Set<number>()
  const isDayStyle: boolean[] = []
  let isInCellFormats = false
  await parsePart(zip, part, limits, {
    open(name, attributes) {
      const format = Number(attributes.get('numFmtId') ?? '0')
      if (name === 'numFmt' && isDayFormat(attributes.get('formatCode') ?? ''))
        dayFormats.add(format)
      if (name === 'cellXfs') isInCellFormats = true
      if (name === 'xf' && isInCellFormats && isDayStyle.length < 65_536)
        isDayStyle.push(dayFormats.has(format) || isBuiltInDayFormat(format))
    },
    close(name) {
      if (name === 'cellXfs') isInCellFormats = false
    },
    text() {},
  })
  return isDayStyle
}

/**
 * @source ECMA-376 Part 1 section 18.8.30: ids that mean dates or times, those of Chinese locales
 * (27–36, 50–58) among them
 */
function isBuiltInDayFormat(id: number): boolean {
  return (
    (id >= 14 && id <= 22) ||
    (id >= 27 && id <= 36) ||
    (id >= 45 && id <= 47) ||
    (id >= 50 && id <= 58)
  )
}

/** Whether a format code shows days: it has y, m or d outside of quotes, escapes and brackets. */
function isDayFormat(formatCode: string): boolean {
  return /[ymd]/i.test(formatCode.replace(/"[^"]*"|\\.|_.|\[[^\]]*\]/g, ''))
}
