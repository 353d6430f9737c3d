import { rebuildMember } from '@renshe/node'
import type { ExitCode, Given } from '../shell/command.ts'
import type { Session } from '../shell/session.ts'
import { ledgerMembers } from './ledger-members.ts'

/** Makes the state of every copy anew from its block log; digests come out equal or it fails. */
export async function rebuild(session: Session, given: Given): Promise<ExitCode> {
  const copies: object[] = []
  for (const place of ledgerMembers(session, given)) {
    const { member, height, headerHash } = await rebuildMember(place)
    session.endProgress()
    copies.push({ member, height, headerHash })
    if (!session.isJson) {
      await session.line(
        session.say({
          zh: `${member}：已由区块日志重建到高度 ${height}，头部 ${headerHash}`,
          en: `${member}: rebuilt from the block log to height ${height}, header ${headerHash}`,
        }),
      )
    }
  }
  if (session.isJson) await session.json({ ok: true, copies })
  return 0
}
