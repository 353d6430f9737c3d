import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type JsonObject, parseStrictJson } from '@renshe/crypto'

/** A member as this node knows it. */
export interface NodeMember {
  readonly id: string
  /** Whether its keys, vault and relays are at work in this process. */
  readonly hosted: boolean
  /** Whether it keeps a ledger of its own here; without one it reads the operator's. */
  readonly replica: boolean
  /** Where its node answers, if another process hosts it. */
  readonly url: string | null
}

/** What `node.json` says: which members run here, and how; no secrets. */
export interface NodeFile {
  readonly v: 1
  readonly chain: string
  readonly operator: string
  /** `scripted` in demonstrations: time stands until it is moved. */
  readonly clock: 'wall' | 'scripted'
  readonly members: readonly NodeMember[]
}

/** Writes `node.json`; whole or not at all. */
export function writeNodeFile(path: string, file: NodeFile): void {
  const text = `${JSON.stringify(file, null, 2)}\n`
  writeFileSync(`${path}.part`, text, { flush: true })
  renameSync(`${path}.part`, path)
}

/**
 * Reads `node.json`.
 *
 * @throws JsonRefused, RangeError with what was expected
 */
export function readNodeFile(path: string): NodeFile {
  const file = parseStrictJson(new Uint8Array(readFileSync(path)))
  const isRight =
    file.v === 1 &&
    typeof file.chain === 'string' &&
    typeof file.operator === 'string' &&
    (file.clock === 'wall' || file.clock === 'scripted') &&
    Array.isArray(file.members) &&
    file.members.every(isNodeMember)
  if (!isRight) throw new RangeError(`${path} is not a node.json of version 1`)
  return file as unknown as NodeFile
}

function isNodeMember(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { id, hosted, replica, url } = value as JsonObject
  return (
    typeof id === 'string' &&
    typeof hosted === 'boolean' &&
    typeof replica === 'boolean' &&
    (url === null || typeof url === 'string')
  )
}
