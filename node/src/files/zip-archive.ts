import { crc32 } from 'node:zlib'

import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl'

import type { FileLimits } from './limits.ts'
import { FileRefused, refuseFile } from './refusals.ts'
import type { OpenedSource } from './table-source.ts'

/** An archive whose central directory has been checked; the parts are unpacked as they are read. */
export type ZipArchive = {
  /** Names of the parts as written. */
  readonly names: readonly string[]
  has(name: string): boolean
  /** The bytes of a part; refused the moment they differ from what the directory says. */
  read(name: string): AsyncIterable<Uint8Array>
  close(): void
}

/**
 * Opens a ZIP archive and refuses it before anything is unpacked if its directory is hostile.
 *
 * @throws FileRefused  ZIP_…
 * @source shared/security/threats.md section 4; trap 37 of shared/engineering-facts.md
 */
export async function openZip(source: OpenedSource, limits: FileLimits): Promise<ZipArchive> {
  const zip = await openOrRefuse(source)
  try {
    const entries = await listEntries(zip, limits)
    checkTotals(entries, limits)
    await checkOverlap(zip, entries)
    const byName = new Map(entries.map((entry) => [entry.fileName, entry]))
    return {
      names: [...byName.keys()],
      has: (name) => byName.has(name),
      read: (name) => unpack(zip, entries, byName.get(name)),
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function openOrRefuse(source: OpenedSource): Promise<ZipFile> {
  const options = { autoClose: false, validateEntrySizes: true, strictFileNames: true }
  try {
    return source.kind === 'file'
      ? await openPromise(source.path, options)
      : await fromBufferPromise(Buffer.from(source.bytes), options)
  } catch {
    return refuseFile({ code: 'ZIP_BROKEN' })
  }
}

async function listEntries(zip: ZipFile, limits: FileLimits): Promise<Entry[]> {
  if (zip.entryCount > limits.zipEntries)
    refuseFile({ code: 'ZIP_TOO_MANY_ENTRIES', limit: limits.zipEntries })
  const entries: Entry[] = []
  const seen = new Set<string>()
  try {
    for await (const entry of zip.eachEntry()) {
      checkEntry(entry, entries.length + 1, seen, limits)
      entries.push(entry)
    }
  } catch (error) {
    if (error instanceof FileRefused) throw error
    refuseDirectory(error, entries.length + 1)
  }
  return entries
}

/** The library's own refusals, which it tells in words only. */
function refuseDirectory(error: unknown, entry: number): never {
  const words = error instanceof Error ? error.message : ''
  if (words.includes('encryption')) refuseFile({ code: 'ZIP_ENCRYPTED', entry })
  if (words.includes('size mismatch')) refuseFile({ code: 'ZIP_SIZE_LIES', entry })
  if (/relative path|absolute path|invalid characters/.test(words))
    refuseFile({ code: 'ZIP_ENTRY_NAME', entry })
  refuseFile({ code: 'ZIP_BROKEN' })
}

function checkEntry(entry: Entry, place: number, seen: Set<string>, limits: FileLimits): void {
  const name = entry.fileName
  const isStrange =
    name === '' ||
    name.length > 255 ||
    name.startsWith('/') ||
    /[\\:\p{Cc}]/u.test(name) ||
    name.split('/').some((part) => part === '..' || part === '.')
  if (isStrange) refuseFile({ code: 'ZIP_ENTRY_NAME', entry: place })
  const folded = name.toLowerCase()
  if (seen.has(folded)) refuseFile({ code: 'ZIP_ENTRY_TWICE', entry: place })
  seen.add(folded)
  if (entry.isEncrypted()) refuseFile({ code: 'ZIP_ENCRYPTED', entry: place })
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    refuseFile({ code: 'ZIP_METHOD', entry: place, method: entry.compressionMethod })
  if (NESTED.test(folded)) refuseFile({ code: 'ZIP_NESTED', entry: place })
  const isLarge = entry.uncompressedSize > limits.ratioFreeBytes
  if (isLarge && entry.uncompressedSize > entry.compressedSize * limits.ratio)
    refuseFile({ code: 'ZIP_RATIO', entry: place, limit: limits.ratio })
}

function checkTotals(entries: readonly Entry[], limits: FileLimits): void {
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  if (total > limits.unpackedBytes)
    refuseFile({ code: 'ZIP_TOO_LARGE_UNPACKED', limitBytes: limits.unpackedBytes })
}

/**
 * Parts that share bytes make a small file unpack to a large one without a large ratio in any of
 * them.
 */
async function checkOverlap(zip: ZipFile, entries: readonly Entry[]): Promise<void> {
  const inOrder = entries
    .map((entry, index) => ({ entry, place: index + 1 }))
    .sort((a, b) => a.entry.relativeOffsetOfLocalHeader - b.entry.relativeOffsetOfLocalHeader)
  let end = 0
  for (const { entry, place } of inOrder) {
    if (entry.relativeOffsetOfLocalHeader < end) refuseFile({ code: 'ZIP_OVERLAP', entry: place })
    const header = await localHeaderOf(zip, entry)
    if (!header.fileName.equals(entry.fileNameRaw))
      refuseFile({ code: 'ZIP_ENTRY_NAME', entry: place })
    end = header.fileDataStart + entry.compressedSize
  }
}

async function localHeaderOf(zip: ZipFile, entry: Entry) {
  try {
    return await zip.readLocalFileHeaderPromise(entry)
  } catch {
    return refuseFile({ code: 'ZIP_BROKEN' })
  }
}

async function* unpack(
  zip: ZipFile,
  entries: readonly Entry[],
  entry: Entry | undefined,
): AsyncGenerator<Uint8Array> {
  if (entry === undefined) return
  const place = entries.indexOf(entry) + 1
  let size = 0
  let checksum = 0
  try {
    const stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > entry.uncompressedSize) refuseFile({ code: 'ZIP_SIZE_LIES', entry: place })
      checksum = crc32(chunk, checksum)
      yield chunk
    }
  } catch (error) {
    refuseUnpacking(error, place)
  }
  if (size !== entry.uncompressedSize) refuseFile({ code: 'ZIP_SIZE_LIES', entry: place })
  if (checksum >>> 0 !== entry.crc32 >>> 0) refuseFile({ code: 'ZIP_CHECKSUM', entry: place })
}

function refuseUnpacking(error: unknown, entry: number): never {
  const words = error instanceof Error ? error.message : ''
  if (/too many bytes|not enough bytes/.test(words)) refuseFile({ code: 'ZIP_SIZE_LIES', entry })
  const isOfZlib = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
  if (isOfZlib) refuseFile({ code: 'ZIP_BROKEN' })
  throw error
}

const NESTED = /\.(zip|xlsx|xlsm|xlsb|docx|pptx|jar|gz|7z|rar|tar|bz2|xz)$/
