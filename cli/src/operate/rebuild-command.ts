import { rebuildLedger } from '@renshe/ledger'
import type { ExitCode, Given } from '../shell/command.ts'
import type { Session } from '../shell/session.ts'
import { ledgerFolders, openSettings } from './ledger-folders.ts'

/** Makes the state of every copy anew from its block log; digests come out equal or it fails. */
export async function rebuild(session: Session, given: Given): Promise<ExitCode> {
  const copies: object[] = []
  for (const place of ledgerFolders(session, given)) {
    const opened = await rebuildLedger(openSettings(session, place))
    const { height } = opened.report
    const { headerHash = null } = opened.ledger.store.head ?? {}
    await opened.close()
    session.endProgress()
    copies.push({ member: place.member, height, headerHash })
    if (!session.isJson) {
      await session.line(
        session.say({
          zh: `${place.member}：已由区块日志重建到高度 ${height}，头部 ${headerHash}`,
          en: `${place.member}: rebuilt from the block log to height ${height}, header ${headerHash}`,
        }),
      )
    }
  }
  if (session.isJson) await session.json({ ok: true, copies })
  return 0
}
