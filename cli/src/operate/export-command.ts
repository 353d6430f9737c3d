import { makeExitKit, openHost } from '@renshe/node'
import { type ExitCode, flagOption, type Given, listOption, textOption } from '../shell/command.ts'
import { dataFolder, passphrasesFor } from '../shell/node-session.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'

/** Writes everything that members own, and what makes a node of it elsewhere. */
export async function exportKit(session: Session, given: Given): Promise<ExitCode> {
  const folder = dataFolder(session, given)
  const target = pathOf(session, textOption(given, 'out') ?? '')
  const members = listOption(given, 'member')
  const opensSealed = !flagOption(given, 'keepSealed')
  const host = await openHost({
    dataFolder: folder,
    passphrases: passphrasesFor(session, folder),
    runsRelays: false,
    onNotice: (notice) => session.tell(notice),
  })
  try {
    const kit = await makeExitKit({
      host,
      target,
      ...(members.length === 0 ? {} : { members }),
      opensSealed,
      now: Date.now(),
      onProgress: (what, done) => session.progress(`${what}: ${done}`),
    })
    session.endProgress()
    if (session.isJson) {
      await session.json({ ok: true, folder: target, ...kit })
      return 0
    }
    await session.line(`${target}: ${kit.chain}`)
    for (const { member, evidence, opened } of kit.members) {
      const sections = opened?.sections ?? 0
      await session.line(
        session.say({
          zh: `  ${member}：${evidence} 份凭证，打开 ${sections} 份密封内容`,
          en: `  ${member}: ${evidence} evidence files, ${sections} sealed sections opened`,
        }),
      )
    }
    if (opensSealed) {
      await session.line(
        session.say({
          zh: '包里有明文个人信息：按保险库的等级保管。',
          en: 'The kit holds personal data in clear: keep it as you keep the vault.',
        }),
      )
    }
    return 0
  } finally {
    await host.stop()
  }
}
