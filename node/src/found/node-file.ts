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
  /** Whether its system computes and signs determinations by itself. */
  readonly determines: boolean
  /** How its bank is reached; null if it pays and tells nothing. */
  readonly bank: BankPlace | null
}

/** A member's link to its bank: two folders, and where account numbers are kept. */
export interface BankPlace {
  /** Files for the bank are put here. */
  readonly outFolder: string
  /** Files of the bank arrive here. */
  readonly inFolder: string
  /** Register whose entries stand for bank accounts. */
  readonly register: string
  /** Fields of the sealed section of such an entry: number and name of the account. */
  readonly numberField: string
  readonly nameField: string
  /** Section of the form of an arrival, and its fields, in which a notice of the bank is sealed. */
  readonly notice: {
    readonly section: string
    readonly fields: Readonly<Record<string, NoticeSource>>
  } | null
}

/** What of a credit a field of the sealed notice is filled with. */
export type NoticeSource =
  | 'bankReference'
  | 'endToEndId'
  | 'payerName'
  | 'payerAccount'
  | 'remittance'
  | 'bookingDate'

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
  const { id, hosted, replica, url, determines, bank } = value as JsonObject
  return (
    typeof id === 'string' &&
    typeof hosted === 'boolean' &&
    typeof replica === 'boolean' &&
    (url === null || typeof url === 'string') &&
    typeof determines === 'boolean' &&
    (bank === null || isBankPlace(bank))
  )
}

const BANK_TEXTS = ['outFolder', 'inFolder', 'register', 'numberField', 'nameField'] as const

function isBankPlace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const place = value as JsonObject
  const { notice } = place
  return (
    BANK_TEXTS.every((name) => typeof place[name] === 'string') &&
    (notice === null || (typeof notice === 'object' && notice !== undefined))
  )
}
