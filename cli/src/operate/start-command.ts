import { openHost } from '@renshe/node'
import type { ExitCode, Given } from '../shell/command.ts'
import { dataFolder, passphrasesFor } from '../shell/node-session.ts'
import type { Session } from '../shell/session.ts'

/** Runs the members of a data folder until it is told to stop. */
export async function start(session: Session, given: Given): Promise<ExitCode> {
  const folder = dataFolder(session, given)
  const host = await openHost({
    dataFolder: folder,
    passphrases: passphrasesFor(session, folder),
    onNotice: (notice) => session.tell(notice),
  })
  try {
    const members = host.members.map(({ id }) => id)
    const height = Math.max(...host.members.map(({ ledger }) => ledger.finalHeight))
    const torn = [...host.report.copies].filter(([, report]) => report.torn !== null)
    for (const [member, report] of torn) {
      session.tell(
        session.say({
          zh: `${member}：区块日志的残尾已切下并另存：${JSON.stringify(report.torn)}`,
          en: `${member}: the torn tail of the block log was cut and kept: ${JSON.stringify(report.torn)}`,
        }),
      )
    }
    if (session.isJson) await session.json({ ok: true, chain: host.chain, height, members })
    else {
      await session.line(
        session.say({
          zh: `${host.chain} 在运行：${members.join('、')}，定案高度 ${height}。Ctrl-C 停止。`,
          en: `${host.chain} runs: ${members.join(', ')}, final height ${height}. Ctrl-C stops it.`,
        }),
      )
    }
    await untilStopped()
    session.tell(session.say({ zh: '正在停止 …', en: 'stopping …' }))
  } finally {
    await host.stop()
  }
  return 0
}

/** A timer keeps the process alive: the host's own ones do not. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => {}, 60_000)
    const stop = (): void => {
      clearInterval(alive)
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
