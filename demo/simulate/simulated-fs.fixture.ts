/*
 * What the code under test gets when it imports `node:fs`: the functions that it uses, on the simulated disk.
 * Paths outside of it are the real disk's, for programs and packages that are only read.
 */
import * as real from 'node:fs'
import { basename, dirname } from 'node:path'
import { machine } from './machine.fixture.ts'
import { SimulatedFile } from './simulated-disk.fixture.ts'

export * from 'node:fs'

/** Everything below lies on the simulated disk. */
export const SIMULATED = '/simulated'

interface OpenFile {
  readonly path: string
  readonly file: SimulatedFile | null
  readonly isAppending: boolean
  position: number
}

const openFiles = new Map<number, OpenFile>()
let nextFd = 1_000_000

const isSimulated = (path: unknown): path is string =>
  typeof path === 'string' && path.startsWith(SIMULATED)

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: '${path}'`), { code, path })
}

function fileAt(path: string): SimulatedFile {
  machine().alive()
  const file = machine().disk.find(path)
  if (file === undefined) throw failure('ENOENT', path)
  return file
}

function opened(fd: number): OpenFile {
  machine().alive()
  const found = openFiles.get(fd)
  if (found === undefined) throw failure('EBADF', String(fd))
  return found
}

function contentOf(fd: number): { readonly of: OpenFile; readonly file: SimulatedFile } {
  const of = opened(fd)
  if (of.file === null) throw failure('EISDIR', of.path)
  return { of, file: of.file }
}

export function existsSync(path: string): boolean {
  if (!isSimulated(path)) return real.existsSync(path)
  machine().alive()
  return machine().disk.find(path) !== undefined || machine().disk.isFolder(path)
}

export function mkdirSync(path: string, options?: real.MakeDirectoryOptions): void {
  if (!isSimulated(path)) real.mkdirSync(path, options)
  else machine().disk.makeFolder(path)
}

export function mkdtempSync(head: string): string {
  if (!isSimulated(head)) return real.mkdtempSync(head)
  const path = `${head}${nextFd++}`
  machine().disk.makeFolder(path)
  return path
}

export function openSync(path: string, flags = 'r', mode = 0o666): number {
  if (!isSimulated(path)) return real.openSync(path, flags, mode)
  machine().alive()
  const { disk } = machine()
  const fd = nextFd++
  if (disk.isFolder(path)) {
    openFiles.set(fd, { path, file: null, isAppending: false, position: 0 })
    return fd
  }
  let file = disk.find(path)
  if (file !== undefined && flags.includes('x')) throw failure('EEXIST', path)
  if (file === undefined) {
    if (flags.startsWith('r') || !disk.isFolder(dirname(path))) throw failure('ENOENT', path)
    const made = new SimulatedFile()
    made.mode = mode
    machine().change(path, true, () => disk.name([[path, made]]))
    file = made
  } else if (flags.startsWith('w')) {
    const known = file
    machine().change(path, true, () => known.cut(0))
  }
  openFiles.set(fd, { path, file, isAppending: flags.startsWith('a'), position: 0 })
  return fd
}

export function closeSync(fd: number): void {
  if (fd < 1_000_000) real.closeSync(fd)
  else openFiles.delete(fd)
}

export function readdirSync(path: string, options?: { readonly withFileTypes?: boolean }) {
  if (!isSimulated(path)) return real.readdirSync(path, options as never)
  machine().alive()
  const { disk } = machine()
  if (!disk.isFolder(path)) throw failure('ENOENT', path)
  const names = disk.list(path)
  if (options?.withFileTypes !== true) return names.map((name) => name.replace(/\/$/, ''))
  return names.map((name) => ({
    name: name.replace(/\/$/, ''),
    isFile: () => !name.endsWith('/'),
    isDirectory: () => name.endsWith('/'),
  }))
}

export function readFileSync(path: string, encoding?: BufferEncoding): Buffer | string {
  if (!isSimulated(path)) return real.readFileSync(path, encoding as never)
  const bytes = Buffer.from(fileAt(path).bytes)
  return encoding === undefined ? bytes : bytes.toString(encoding)
}

export function readSync(
  fd: number,
  into: Uint8Array,
  at = 0,
  length = into.length - at,
  position: number | null = null,
): number {
  if (fd < 1_000_000) return real.readSync(fd, into, at, length, position)
  const { of, file } = contentOf(fd)
  const from = position ?? of.position
  const part = file.bytes.subarray(from, from + length)
  into.set(part, at)
  if (position === null) of.position += part.length
  return part.length
}

export function writeSync(
  fd: number,
  bytes: Uint8Array | string,
  from = 0,
  length?: number,
  position: number | null = null,
): number {
  if (fd < 1_000_000) return real.writeSync(fd, bytes as Uint8Array, from, length, position)
  const { of, file } = contentOf(fd)
  const given = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  const own = given.subarray(from, from + (length ?? given.length - from))
  const place = of.isAppending ? file.bytes.length : (position ?? of.position)
  machine().change(of.path, false, (part) =>
    file.write(place, own.subarray(0, Math.ceil(part * own.length))),
  )
  if (position === null) of.position = place + own.length
  return own.length
}

export function fsyncSync(fd: number): void {
  if (fd < 1_000_000) {
    real.fsyncSync(fd)
    return
  }
  const { file, path } = opened(fd)
  machine().change(path, true, () => {
    if (file === null) machine().disk.syncNames(path)
    else file.sync()
  })
}

export function fdatasyncSync(fd: number): void {
  fsyncSync(fd)
}

export function fstatSync(fd: number): { size: number; mode: number } {
  const { file } = contentOf(fd)
  return { size: file.bytes.length, mode: file.mode }
}

export function statSync(path: string) {
  if (!isSimulated(path)) return real.statSync(path)
  if (machine().disk.isFolder(path)) return { size: 0, mode: 0o700, isDirectory: () => true }
  const { bytes, mode } = fileAt(path)
  return { size: bytes.length, mode, isDirectory: () => false }
}

export function ftruncateSync(fd: number, length = 0): void {
  const { of, file } = contentOf(fd)
  machine().change(of.path, true, () => file.cut(length))
}

export function truncateSync(path: string, length = 0): void {
  const file = fileAt(path)
  machine().change(path, true, () => file.cut(length))
}

export function writeFileSync(
  path: string,
  content: Uint8Array | string,
  options?: { readonly flush?: boolean; readonly mode?: number },
): void {
  if (!isSimulated(path)) {
    real.writeFileSync(path, content, options as never)
    return
  }
  const fd = openSync(path, 'w', options?.mode)
  try {
    writeSync(fd, content)
    if (options?.flush === true) fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

export function renameSync(from: string, to: string): void {
  const file = fileAt(from)
  machine().change(to, true, () =>
    machine().disk.name([
      [from, null],
      [to, file],
    ]),
  )
}

export function unlinkSync(path: string): void {
  fileAt(path)
  machine().change(path, true, () => machine().disk.name([[path, null]]))
}

export function rmSync(path: string, options?: real.RmOptions): void {
  if (!isSimulated(path)) {
    real.rmSync(path, options)
    return
  }
  const { disk } = machine()
  machine().alive()
  if (disk.isFolder(path)) {
    for (const name of disk.list(path)) rmSync(`${path}/${name.replace(/\/$/, '')}`, options)
  } else if (disk.find(path) !== undefined) unlinkSync(path)
  else if (options?.force !== true) throw failure('ENOENT', basename(path))
}

export function chmodSync(path: string, mode: number): void {
  if (isSimulated(path)) fileAt(path).mode = mode
  else real.chmodSync(path, mode)
}
