import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'

/**
 * An append-only file of records: what `append` returned from is there after kill −9 and power
 * loss.
 */
export type DurableJournal<R> = {
  append(record: R): void
  close(): void
  /** False after `close`, and after a write that failed: open it anew to go on. */
  readonly isOpen: boolean
  /** Bytes of an unfinished last record that were cut off when the journal was opened. */
  readonly cutBytes: number
}

/** A journal with a damaged record before its end: nothing after it can be trusted. */
export class JournalDamaged extends Error {
  readonly path: string
  readonly line: number

  constructor(path: string, line: number) {
    super(`record ${line} of ${path} is damaged: restore the file from a backup`)
    this.name = 'JournalDamaged'
    this.path = path
    this.line = line
  }
}

/**
 * Opens a journal, tells every record in order, and then takes new ones.
 *
 * One record is one line: checksum, space, JSON. A last line without its line end was never
 * acknowledged and is cut off; any other damage is refused, never skipped.
 *
 * @throws JournalDamaged
 */
export function openJournal<R>(path: string, tell: (record: R) => void): DurableJournal<R> {
  const file = openSync(path, 'a+', 0o600)
  try {
    syncDirectory(dirname(path))
    const size = fstatSync(file).size
    const sound = replay(file, path, (json) => tell(JSON.parse(json) as R))
    if (sound < size) ftruncateSync(file, sound)
    // What a killed process wrote may lie in memory alone: nothing is built on it before it is on disk.
    fdatasyncSync(file)
    return journalOn(file, sound, size - sound)
  } catch (error) {
    closeSync(file)
    throw error
  }
}

function journalOn<R>(file: number, start: number, cutBytes: number): DurableJournal<R> {
  let size = start
  let isOpen = true
  return {
    cutBytes,
    get isOpen() {
      return isOpen
    },
    append(record) {
      if (!isOpen) throw new Error('the journal is closed')
      const line = Buffer.from(frame(JSON.stringify(record)), 'utf8')
      try {
        writeAll(file, line)
        fdatasyncSync(file)
      } catch (error) {
        // No space or a failing disk: nothing was acknowledged, so nothing may stay; without
        // knowing what stayed, no more is taken.
        isOpen = false
        cutAndClose(file, size)
        throw error
      }
      size += line.byteLength
    },
    close() {
      if (isOpen) closeSync(file)
      isOpen = false
    },
  }
}

/** A disk that refuses this, too, leaves a tail that the next opening cuts or refuses. */
function cutAndClose(file: number, size: number): void {
  try {
    ftruncateSync(file, size)
  } catch {
    // The error that is told is the one of the write.
  } finally {
    closeSync(file)
  }
}

/** Makes the names in a directory durable. */
export function syncDirectory(path: string): void {
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

/** Writes all bytes at the place of the file. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.byteLength; )
    written += writeSync(file, bytes, written, bytes.byteLength - written)
}

/** Tells every whole line and returns the length of them all. */
function replay(file: number, path: string, tell: (json: string) => void): number {
  const chunk = Buffer.alloc(1024 * 1024)
  let rest: Buffer = Buffer.alloc(0)
  let sound = 0
  let line = 0
  for (let position = 0; ; ) {
    const count = readSync(file, chunk, 0, chunk.byteLength, position)
    if (count === 0) return sound
    position += count
    rest = Buffer.concat([rest, chunk.subarray(0, count)])
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      line += 1
      const json = unframe(rest.subarray(0, end))
      if (json === undefined) throw new JournalDamaged(path, line)
      tell(json)
      sound += end + 1
      rest = rest.subarray(end + 1)
    }
  }
}

function frame(json: string): string {
  return `${checksumOf(Buffer.from(json, 'utf8'))} ${json}\n`
}

function unframe(line: Buffer): string | undefined {
  const bytes = line.subarray(9)
  return line.subarray(0, 9).toString('latin1') === `${checksumOf(bytes)} `
    ? bytes.toString('utf8')
    : undefined
}

function checksumOf(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0')
}
