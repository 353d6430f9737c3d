import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createContracts, PROTOCOL } from '@renshe/contracts'
import { dataLayout, readNodeFile } from '@renshe/node'
import { type Given, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { dataFolder } from '../shell/node-session.ts'
import type { Session } from '../shell/session.ts'

/** One member's copy of the ledger in a data folder. */
export interface LedgerFolder {
  readonly member: string
  readonly folder: string
}

/** Copies of the ledger that lie in the data folder; one of them where `--as` names it. */
export function ledgerFolders(session: Session, given: Given): LedgerFolder[] {
  const data = dataFolder(session, given)
  const layout = dataLayout(data)
  const asked = textOption(given, 'as')
  const found = readNodeFile(join(data, 'node.json'))
    .members.map(({ id }) => ({ member: id, folder: layout.member(id).ledger }))
    .filter(({ folder }) => existsSync(folder))
  const named = found.filter(({ member }) => asked === undefined || member === asked)
  if (named.length > 0) return named
  const list = found.map(({ member }) => member).join(', ')
  throw usage(
    `--as 应为在此存有账本的成员：${list}；实为 ${asked ?? '没有给出'}。`,
    `--as must be a member with a ledger here: ${list}; came ${asked ?? 'nothing'}.`,
  )
}

/** How the ledger of a folder is opened: every copy executes with contracts of its own. */
export function openSettings(session: Session, { member, folder }: LedgerFolder) {
  return {
    folder,
    contracts: new Map([[PROTOCOL, createContracts()]]),
    onProgress: (done: number, total: number) => {
      if (done % 100 === 0 || done === total) session.progress(`${member}: ${done} / ${total}`)
    },
  }
}
