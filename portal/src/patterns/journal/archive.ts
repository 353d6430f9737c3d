/* ZIP archives without compression: bundles of evidence, spreadsheets. */

/** One file of an archive. */
export interface ArchiveEntry {
  /** With `/` between folders. */
  readonly path: string
  readonly bytes: Uint8Array
}

const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50]
/** Names are UTF-8. */
const UTF8 = 0x0800
/** 1 January 1980: an archive of the same files has the same bytes. */
const DOS_DAY = 0x0021

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  return value >>> 0
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] as number)
  return (crc ^ 0xffffffff) >>> 0
}

/** Bytes of an archive that holds these files, in this order. */
export function makeArchive(entries: readonly ArchiveEntry[]): Uint8Array {
  const locals: Uint8Array[] = []
  const centrals: Uint8Array[] = []
  let offset = 0
  for (const { path, bytes } of entries) {
    const name = new TextEncoder().encode(path)
    const crc = crc32(bytes)
    const shared = [
      [2, 20],
      [2, UTF8],
      [2, 0],
      [2, 0],
      [2, DOS_DAY],
      [4, crc],
      [4, bytes.length],
      [4, bytes.length],
      [2, name.length],
      [2, 0],
    ] as const
    const local = joined([fields([[4, LOCAL], ...shared]), name, bytes])
    locals.push(local)
    const rest = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ] as const
    centrals.push(joined([fields([[4, CENTRAL], [2, 20], ...shared, ...rest]), name]))
    offset += local.length
  }
  const directory = joined(centrals)
  const end = fields([
    [4, END],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, directory.length],
    [4, offset],
    [2, 0],
  ])
  return joined([...locals, directory, end])
}

/** Little-endian numbers of 2 or 4 bytes. */
function fields(parts: readonly (readonly [2 | 4, number])[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, [size]) => sum + size, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [size, value] of parts) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += size
  }
  return bytes
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
