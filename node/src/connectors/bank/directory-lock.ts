import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Another process works in this directory. */
export class DirectoryInUse extends Error {
  readonly directory: string
  readonly process: string

  constructor(directory: string, process: string) {
    super(`${directory} is in use by process ${process}: stop it first`)
    this.name = 'DirectoryInUse'
    this.directory = directory
    this.process = process
  }
}

/** Directories that this process holds: a lock of its own that is not among them could not be removed. */
const held = new Set<string>()

/**
 * Takes a directory for this process; a lock whose process is gone (kill −9, restart) is taken
 * over.
 *
 * @returns a function that gives it back
 * @throws DirectoryInUse
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, 'lock')
  const mine = `${process.pid} ${startOf(process.pid)}`
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const file = openSync(path, 'wx', 0o600)
      writeSync(file, mine)
      closeSync(file)
      held.add(path)
      return () => giveBack(path)
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error
    }
    const holder = readFileSync(path, 'utf8')
    const isLeftByUs = holder === mine && !held.has(path)
    if (!isLeftByUs && isAlive(holder))
      throw new DirectoryInUse(directory, holder.split(' ')[0] ?? '')
    unlinkSync(path)
  }
  throw new DirectoryInUse(directory, '?')
}

/** A disk that does not remove the lock now keeps nobody out: it is known to be held no more. */
function giveBack(path: string): void {
  held.delete(path)
  try {
    unlinkSync(path)
  } catch {
    // Taken over by the next one who locks.
  }
}

/**
 * A process number is used again after a restart: the time of its start tells two holders apart.
 */
function isAlive(holder: string): boolean {
  const [pid = '', start = ''] = holder.split(' ')
  const number = Number(pid)
  if (!Number.isInteger(number) || number <= 0) return false
  try {
    process.kill(number, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return start === startOf(number)
}

/** Start time of a process in clock ticks since boot; empty where the system does not tell. */
function startOf(pid: number): string {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
