import { examineFolder, examineHost, type Finding, openHost } from '@renshe/node'
import { type ExitCode, flagOption, type Given } from '../shell/command.ts'
import { dataFolder, passphrasesFor } from '../shell/node-session.ts'
import type { Session } from '../shell/session.ts'

/** Looks at a data folder and, where that is asked, at the members at work in it. */
export async function doctor(session: Session, given: Given): Promise<ExitCode> {
  const folder = dataFolder(session, given)
  const found = examineFolder(folder, Date.now())
  if (flagOption(given, 'open')) found.push(...(await examineOpened(session, folder)))
  const isSound = found.every(({ severity }) => severity !== 'fault')
  if (session.isJson) await session.json({ ok: isSound, findings: found })
  else await tell(session, found)
  return isSound ? 0 : 1
}

async function examineOpened(session: Session, folder: string): Promise<Finding[]> {
  const host = await openHost({
    dataFolder: folder,
    passphrases: passphrasesFor(session, folder),
    onNotice: (notice) => session.tell(notice),
  })
  try {
    await host.quiet()
    return examineHost(host, Date.now())
  } finally {
    await host.stop()
  }
}

async function tell(session: Session, found: readonly Finding[]): Promise<void> {
  const words = {
    fault: session.say({ zh: '故障', en: 'fault' }),
    warning: session.say({ zh: '警告', en: 'warning' }),
    note: session.say({ zh: '提示', en: 'note' }),
  }
  for (const { severity, code, member, facts, advice } of found) {
    const who = member === null ? '' : ` ${member}`
    const told = Object.keys(facts).length === 0 ? '' : ` ${JSON.stringify(facts)}`
    await session.line(`${words[severity]}${who} ${code}${told}: ${session.say(advice)}`)
  }
  if (found.length === 0) {
    await session.line(session.say({ zh: '没有发现问题。', en: 'Nothing found.' }))
  }
}
