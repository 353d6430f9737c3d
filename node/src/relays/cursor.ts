import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseStrictJson } from '@renshe/crypto'

/**
 * How far the relays of a member have come. Work itself is owed on chain: a cursor that was lost costs a
 * second look, never a second act.
 */
export interface Cursor {
  /** Newest height whose events were looked at; −1 at first. */
  readonly height: number
  move(height: number): void
}

/** Opens the cursor in a file; `move` is durable when it returns. */
export function openCursor(path: string): Cursor {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  let height = readHeight(path)
  return {
    get height() {
      return height
    },
    move(next) {
      if (next === height) return
      writeFileSync(`${path}.part`, `${JSON.stringify({ v: 1, height: next })}\n`, { flush: true })
      renameSync(`${path}.part`, path)
      height = next
    },
  }
}

/** The height in a cursor file; −1 if there is none, or if a crash left it unreadable. */
export function readHeight(path: string): number {
  if (!existsSync(path)) return -1
  try {
    const { height } = parseStrictJson(new Uint8Array(readFileSync(path)))
    return typeof height === 'number' ? height : -1
  } catch {
    return -1
  }
}
