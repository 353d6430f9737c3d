/* Settings of `node.json` that nothing reads, or that contradict each other. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type JsonObject, parseStrictJson } from '@renshe/crypto'
import type { Genesis } from '@renshe/ledger'
import type { DataLayout } from '../found/data-layout.ts'
import type { NodeFile, NodeMember } from '../found/node-file.ts'
import { type Finding, finding } from './finding.ts'

const FILE_SETTINGS = ['v', 'chain', 'operator', 'clock', 'members']
const MEMBER_SETTINGS = ['id', 'hosted', 'replica', 'url', 'determines', 'bank']
const BANK_SETTINGS = ['outFolder', 'inFolder', 'register', 'numberField', 'nameField', 'notice']

/** Looks at `node.json`, which is known to be one of this chain. */
export function examineNodeFile(layout: DataLayout, node: NodeFile, genesis: Genesis): Finding[] {
  const contradicts = contradictionsOf(node, genesis)
  return [
    ...unknownSettings(layout),
    ...contradicts.map(([member, reason]) => finding('SETTING_CONTRADICTS', member, { reason })),
    ...node.members.flatMap((member) => examineBank(layout, member)),
  ]
}

function unknownSettings({ nodeFile }: DataLayout): Finding[] {
  const file = parseStrictJson(new Uint8Array(readFileSync(nodeFile)))
  const found = strangers(file, FILE_SETTINGS).map((name) => [null, name] as const)
  const inMembers = (file.members as JsonObject[]).flatMap((member) => {
    const bank = (member.bank ?? {}) as JsonObject
    const names = [...strangers(member, MEMBER_SETTINGS), ...strangers(bank, BANK_SETTINGS)]
    return names.map((name) => [String(member.id), name] as const)
  })
  return [...found, ...inMembers].map(([member, setting]) =>
    finding('SETTING_UNKNOWN', member, { setting }),
  )
}

function strangers(given: JsonObject, known: readonly string[]): string[] {
  return Object.keys(given).filter((name) => !known.includes(name))
}

type Contradiction = readonly [member: string | null, reason: string]

function contradictionsOf(node: NodeFile, genesis: Genesis): Contradiction[] {
  const found: Contradiction[] = []
  const ids = node.members.map(({ id }) => id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice !== undefined) found.push([twice, 'it is listed twice'])
  const operator = node.members.find(({ id }) => id === node.operator)
  if (operator === undefined) found.push([node.operator, 'the operator is not among the members'])
  else if (!operator.replica) found.push([node.operator, 'the operator needs replica: true'])
  if (node.clock === 'scripted' && !genesis.isDemonstration) {
    found.push([null, 'only a demonstration may have clock: scripted'])
  }
  for (const { id, hosted, url, determines, bank } of node.members) {
    if (hosted && url !== null) found.push([id, 'it is hosted here and has a url elsewhere'])
    if (!hosted && determines) found.push([id, 'it determines but is not hosted here'])
    if (!hosted && bank !== null) found.push([id, 'it has a bank but is not hosted here'])
    if (bank !== null && resolve(bank.inFolder) === resolve(bank.outFolder)) {
      found.push([id, 'inFolder and outFolder of the bank are the same'])
    }
  }
  return found
}

function examineBank({ folder }: DataLayout, { id, hosted, bank }: NodeMember): Finding[] {
  if (!hosted || bank === null) return []
  const folders = [bank.inFolder, bank.outFolder].map((each) => resolve(folder, each))
  return folders
    .filter((path) => !mayWrite(path))
    .map((path) => finding('BANK_FOLDER_MISSING', id, { folder: path }))
}

function mayWrite(path: string): boolean {
  if (!existsSync(path)) return false
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}
