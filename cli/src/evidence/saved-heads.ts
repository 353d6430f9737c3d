import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { SavedHead, Verification } from '@renshe/proof'
import { usage } from '../shell/failure.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'

const MOST_HEADS = 200

/** Heads that a file keeps; none if it is not there yet. */
export function readHeads(session: Session, path: string): SavedHead[] {
  const place = pathOf(session, path)
  if (!existsSync(place)) return []
  const heads = parse(readFileSync(place, 'utf8'))
  if (Array.isArray(heads) && heads.every(isHead)) return heads
  throw usage(
    `--heads 应为本命令写的账本头文件；${path} 不是。`,
    `--heads must be a file of heads that this command wrote; ${path} is none.`,
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isHead(value: unknown): value is SavedHead {
  const head = value as Partial<SavedHead> | null
  return (
    typeof head?.chain === 'string' &&
    typeof head.root === 'string' &&
    Number.isSafeInteger(head.size)
  )
}

/** Keeps the head of a file whose finality holds and that contradicts no head seen before. */
export function keepHead(
  session: Session,
  path: string,
  known: readonly SavedHead[],
  { checks, summary }: Verification,
): void {
  const isFinal = checks.some(({ name, state }) => name === 'finality' && state === 'green')
  const isRewritten = checks.some(({ name, state }) => name === 'consistency' && state === 'red')
  if (summary === null || !isFinal || isRewritten) return
  const { chain, tip } = summary
  const head: SavedHead = { chain, size: tip.height, root: tip.log }
  const others = known.filter((other) => other.chain !== head.chain || other.size !== head.size)
  const place = pathOf(session, path)
  writeFileSync(`${place}.part`, `${JSON.stringify([head, ...others].slice(0, MOST_HEADS))}\n`)
  renameSync(`${place}.part`, place)
}
