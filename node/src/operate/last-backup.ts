/* When a data folder was last backed up: told to metrics and doctor, needed by nothing. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = 'last-backup.json'

/** Remembers a whole backup; who may only read the data folder leaves no note. */
export function noteBackup(dataFolder: string, madeAt: number): void {
  const path = join(dataFolder, FILE)
  try {
    writeFileSync(`${path}.part`, `${JSON.stringify({ v: 1, madeAt })}\n`, { flush: true })
    renameSync(`${path}.part`, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EROFS') throw error
  }
}

/** UTC ms of the newest backup that was noted; undefined if there is none. */
export function lastBackupAt(dataFolder: string): number | undefined {
  const path = join(dataFolder, FILE)
  if (!existsSync(path)) return undefined
  try {
    const { madeAt } = JSON.parse(readFileSync(path, 'utf8')) as { madeAt?: unknown }
    return typeof madeAt === 'number' ? madeAt : undefined
  } catch {
    // A note that cannot be read is none: the next backup writes it anew.
    return undefined
  }
}
