import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dataLayout, type LedgerOfMember, readNodeFile } from '@renshe/node'
import { type Given, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { dataFolder } from '../shell/node-session.ts'
import type { Session } from '../shell/session.ts'

/** Members whose copy of the ledger lies in the data folder; one of them where `--as` names it. */
export function ledgerMembers(session: Session, given: Given): LedgerOfMember[] {
  const folder = dataFolder(session, given)
  const layout = dataLayout(folder)
  const asked = textOption(given, 'as')
  const found = readNodeFile(join(folder, 'node.json'))
    .members.map(({ id }) => id)
    .filter((id) => existsSync(layout.member(id).ledger))
  const named = found.filter((id) => asked === undefined || id === asked)
  if (named.length === 0) {
    const list = found.join(', ')
    throw usage(
      `--as 应为在此存有账本的成员：${list}；实为 ${asked ?? '没有给出'}。`,
      `--as must be a member with a ledger here: ${list}; came ${asked ?? 'nothing'}.`,
    )
  }
  return named.map((member) => ({
    dataFolder: folder,
    member,
    onProgress: (done, total) => {
      if (done % 100 === 0 || done === total) session.progress(`${member}: ${done} / ${total}`)
    },
  }))
}
