import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { usage } from './failure.ts'
import type { Session } from './session.ts'

/** Where a path that was typed leads. */
export function pathOf(session: Session, path: string): string {
  return resolve(session.terminal.folder, path)
}

/**
 * Bytes of a file that was named, or of standard input for `-`.
 *
 * @param mostBytes  what such a file may be large at most
 */
export async function readInput(
  session: Session,
  path: string,
  mostBytes: number,
): Promise<Uint8Array> {
  if (path === '-') return readStandardInput(session, mostBytes)
  const place = pathOf(session, path)
  const found = statSync(place, { throwIfNoEntry: false })
  if (found === undefined) {
    throw usage(`应为一个文件；没有 ${path}。`, `Expected a file; there is no ${path}.`)
  }
  if (found.isDirectory()) {
    throw usage(`应为一个文件；${path} 是文件夹。`, `Expected a file; ${path} is a folder.`)
  }
  if (found.size > mostBytes) throw tooLarge(path, mostBytes)
  return readFileSync(place)
}

async function readStandardInput(session: Session, mostBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of session.terminal.input) {
    length += piece.length
    if (length > mostBytes) throw tooLarge('-', mostBytes)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function tooLarge(path: string, mostBytes: number) {
  return usage(
    `${path} 太大：至多 ${mostBytes} 字节。`,
    `${path} is too large: at most ${mostBytes} bytes.`,
  )
}

/** Text of bytes that must be UTF-8; undefined if they are not. A byte order mark at the start is left out. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
