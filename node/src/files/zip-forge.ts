import { crc32, deflateRawSync } from 'node:zlib'

/** One entry of a ZIP archive whose every field may lie: for tests of what must be refused. */
export type ForgedEntry = {
  readonly name: string
  readonly text: string | Uint8Array
  readonly method?: number
  readonly flags?: number
  /** What the directory claims, when it is not the truth. */
  readonly claimedSize?: number
  readonly claimedChecksum?: number
  /** Name in the local header, when it differs. */
  readonly localName?: string
  /** Take the bytes of the entry with this place instead of own ones. */
  readonly sharesBytesOf?: number
}

/** Builds an archive exactly as told, however wrong. */
export function forgeZip(entries: readonly ForgedEntry[]): Uint8Array {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  const offsets: number[] = []
  let offset = 0
  for (const entry of entries) {
    const bytes = Buffer.from(entry.text)
    const method = entry.method ?? 8
    const packed = method === 8 ? deflateRawSync(bytes) : bytes
    const local = localHeader(entry, packed, bytes, method)
    const shared = entry.sharesBytesOf === undefined ? undefined : offsets[entry.sharesBytesOf]
    offsets.push(shared ?? offset)
    directory.push(directoryHeader(entry, packed, bytes, method, shared ?? offset))
    if (shared !== undefined) continue
    locals.push(local)
    offset += local.byteLength
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.byteLength, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, list, end])
}

/**
 * The parts of a small, honest workbook with this sheet XML; further parts replace those of the
 * same name.
 */
export function workbookEntries(
  sheetData: string,
  others: readonly ForgedEntry[] = [],
): ForgedEntry[] {
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const parts: ForgedEntry[] = [
    { name: '[Content_Types].xml', text: '<Types/>' },
    {
      name: '_rels/.rels',
      text: `<Relationships><Relationship Id="a" Type="${relations}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      text: `<workbook xmlns:r="${relations}"><sheets><sheet name="s" sheetId="1" r:id="b"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text:
        `<Relationships><Relationship Id="b" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/>` +
        `<Relationship Id="c" Type="${relations}/styles" Target="styles.xml"/>` +
        `<Relationship Id="d" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      text:
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m"/></numFmts>' +
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="2"/></cellXfs></styleSheet>',
    },
    {
      name: 'xl/sharedStrings.xml',
      text: '<sst><si><t>共享</t></si><si><r><t>富</t></r><rPh><t>fu</t></rPh><r><t>文本</t></r></si></sst>',
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      text: `<worksheet><sheetData>${sheetData}</sheetData></worksheet>`,
    },
  ]
  const replaced = parts.map((part) => others.find(({ name }) => name === part.name) ?? part)
  return [...replaced, ...others.filter(({ name }) => !parts.some((part) => part.name === name))]
}

function localHeader(entry: ForgedEntry, packed: Buffer, bytes: Buffer, method: number): Buffer {
  const name = Buffer.from(entry.localName ?? entry.name, 'utf8')
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(entry.flags ?? 0x800, 6)
  head.writeUInt16LE(method, 8)
  writeSizes(head, 14, entry, packed, bytes)
  head.writeUInt16LE(name.byteLength, 26)
  return Buffer.concat([head, name, packed])
}

function directoryHeader(
  entry: ForgedEntry,
  packed: Buffer,
  bytes: Buffer,
  method: number,
  offset: number,
): Buffer {
  const name = Buffer.from(entry.name, 'utf8')
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(20, 6)
  head.writeUInt16LE(entry.flags ?? 0x800, 8)
  head.writeUInt16LE(method, 10)
  writeSizes(head, 16, entry, packed, bytes)
  head.writeUInt16LE(name.byteLength, 28)
  head.writeUInt32LE(offset, 42)
  return Buffer.concat([head, name])
}

function writeSizes(
  head: Buffer,
  at: number,
  entry: ForgedEntry,
  packed: Buffer,
  bytes: Buffer,
): void {
  head.writeUInt32LE(entry.claimedChecksum ?? crc32(bytes), at)
  head.writeUInt32LE(packed.byteLength, at + 4)
  head.writeUInt32LE(entry.claimedSize ?? bytes.byteLength, at + 8)
}
