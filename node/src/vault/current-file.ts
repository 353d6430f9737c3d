/* Which file of a folder is the store: a small file beside names it, and changes in one rename. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { utf8 } from '@renshe/crypto'

const CURRENT = 'current'

/** Name of the file that is the store; undefined where none was ever named. */
export function currentName(folder: string): string | undefined {
  const path = join(folder, CURRENT)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** Names the file that is the store from now on; durable when it returns. */
export function setCurrent(folder: string, name: string): void {
  const path = join(folder, CURRENT)
  const file = openSync(`${path}.new`, 'w', 0o600)
  writeSync(file, utf8(name))
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** Removes stores that are not the current one: a change that was cut short left them. */
export function removeOthers(folder: string, pattern: RegExp, current: string): void {
  for (const name of readdirSync(folder)) {
    const store = name.replace(/-lock$/, '')
    if (pattern.test(store) && store !== current) removeStore(folder, store)
  }
}

/** Removes a store and its lock. */
export function removeStore(folder: string, name: string): void {
  for (const file of [name, `${name}-lock`]) rmSync(join(folder, file), { force: true })
}
