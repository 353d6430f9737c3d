/*
 * A search of every byte of every file: for text and keys in clear, and for wraps that a key which still exists
 * opens. Whoever has all disks and all keys of a member finds what this finds.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Bytes,
  fromHex,
  type SuiteId,
  symmetricKeyId,
  toHex,
  unwrap,
  type WrapContext,
} from '@renshe/crypto'

/** Files below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })
}

/** Which of the byte strings lie in which file, `<file>: <name>`. */
export function findBytes(
  folder: string,
  needles: readonly (readonly [name: string, bytes: Bytes])[],
): string[] {
  return filesBelow(folder).flatMap((path) => {
    const bytes = readFileSync(path)
    return needles
      .filter(([, needle]) => bytes.indexOf(needle) >= 0)
      .map(([name]) => `${path.slice(folder.length + 1)}: ${name}`)
  })
}

/** A wrap that may lie somewhere. */
export interface WrapSought {
  readonly name: string
  /** Bytes of its secret. */
  readonly length: number
  /** @param edition  hex of the 16 bytes in front of it */
  readonly context: (edition: string) => WrapContext
  /** Whether what it opens to is more than zeros. */
  readonly isLeak?: (secret: Bytes) => boolean
}

const KEY_ID_BYTES = 16

/** Which of the wraps lie in a file, whole, and open under one of the keys. */
export function findOpening(
  folder: string,
  suite: SuiteId,
  keys: readonly Bytes[],
  sought: readonly WrapSought[],
): string[] {
  const found: string[] = []
  for (const path of filesBelow(folder)) {
    const bytes = new Uint8Array(readFileSync(path))
    for (const key of keys) {
      const keyId = fromHex(symmetricKeyId(suite, key))
      const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      for (let at = all.indexOf(keyId); at >= 0; at = all.indexOf(keyId, at + 1)) {
        const edition = toHex(bytes.subarray(Math.max(0, at - KEY_ID_BYTES), at))
        for (const { name, length, context, isLeak } of sought) {
          const start = at + KEY_ID_BYTES
          const wrapped = bytes.subarray(start, start + length + KEY_ID_BYTES)
          const secret = tryUnwrap(suite, key, context(edition), wrapped)
          if (secret !== undefined && (isLeak?.(secret) ?? true)) {
            found.push(`${path.slice(folder.length + 1)}: ${name}`)
          }
        }
      }
    }
  }
  return [...new Set(found)]
}

function tryUnwrap(suite: SuiteId, key: Bytes, context: WrapContext, wrapped: Bytes) {
  try {
    return unwrap(suite, key, context, wrapped)
  } catch {
    return undefined
  }
}
