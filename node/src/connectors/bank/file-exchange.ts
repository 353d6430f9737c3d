import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { syncDirectory, writeAll } from './durable-journal.ts'

/** A file of the exchange, whole: a file without such an ending is still being written. */
const READY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,180}\.(?:xml|json)$/

/** Where files of the exchange live after they were read. */
export type Outcome = 'done' | 'refused'

/** Makes the directories of an exchange. */
export async function prepareExchange(...directories: readonly string[]): Promise<void> {
  for (const directory of directories) {
    await mkdir(join(directory, 'done'), { recursive: true, mode: 0o700 })
    await mkdir(join(directory, 'refused'), { recursive: true, mode: 0o700 })
  }
}

/**
 * Puts a file where the other side looks for it: written under another name, made durable, then
 * renamed, so that nobody ever sees half of it. Doing it again replaces it by the same bytes.
 */
export function placeFile(directory: string, name: string, bytes: Uint8Array): void {
  if (!READY.test(name)) throw new RangeError(`not a name of the exchange: ${name}`)
  const temporary = join(directory, `.${name}.part`)
  const file = openSync(temporary, 'w', 0o600)
  try {
    writeAll(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, join(directory, name))
  syncDirectory(directory)
}

/** Names of the files that have arrived whole, in code-point order. */
export function listArrived(directory: string, ending: '.xml' | '.json' = '.xml'): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && READY.test(entry.name) && entry.name.endsWith(ending))
    .map(({ name }) => name)
    .sort()
}

/**
 * The bytes of an arrived file, or undefined above the limit: a file of any size must not fill the
 * memory.
 */
export function readArrived(
  directory: string,
  name: string,
  limitBytes: number,
): Uint8Array | undefined {
  const path = join(directory, name)
  return statSync(path).size > limitBytes ? undefined : readFileSync(path)
}

/** The first bytes of an arrived file. */
export function readHead(directory: string, name: string, length: number): Uint8Array {
  const file = openSync(join(directory, name), 'r')
  try {
    const head = Buffer.alloc(length)
    return head.subarray(0, readSync(file, head, 0, length, 0))
  } finally {
    closeSync(file)
  }
}

/** Moves a file out of the way once its effect is durable. `hash` keeps files of one name apart. */
export function setAside(directory: string, name: string, outcome: Outcome, hash: string): void {
  renameSync(join(directory, name), join(directory, outcome, `${hash.slice(0, 16)}-${name}`))
}
