import {
  examineBackups,
  examineDisk,
  examineFolder,
  examineHost,
  examinePeerClocks,
  examineTimeService,
  examineTls,
  type Finding,
  openHost,
  timeIn,
} from '@renshe/node'
import { type ExitCode, flagOption, type Given, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { dataFolder, passphrasesFor } from '../shell/node-session.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'

/** Looks at a data folder and, where that is asked, at the members at work in it. */
export async function doctor(session: Session, given: Given): Promise<ExitCode> {
  const folder = dataFolder(session, given)
  const found = examineFolder(folder, timeIn(folder, Date.now()))
  // Without genesis and settings that fit there is nothing further to look at.
  const isReadable = found.every(({ code }) => !UNREADABLE.has(code))
  if (isReadable) {
    found.push(...examineDisk(folder), ...examineTimeService(folder))
    found.push(...(await examinePeerClocks(folder, Date.now)))
    found.push(...examineNamed(session, given, folder))
    if (flagOption(given, 'open')) found.push(...(await examineOpened(session, folder)))
  }
  const isSound = found.every(({ severity }) => severity !== 'fault')
  if (session.isJson) await session.json({ ok: isSound, findings: found })
  else await tell(session, found)
  return isSound ? 0 : 1
}

const UNREADABLE: ReadonlySet<string> = new Set(['GENESIS_UNREADABLE', 'NODE_FILE_WRONG'])

/** What only the operator knows where it lies: backups, the certificate of the server. */
function examineNamed(session: Session, given: Given, folder: string): Finding[] {
  const backups = textOption(given, 'backups')
  const certificate = textOption(given, 'tlsCert')
  const found: Finding[] = []
  if (backups !== undefined) {
    found.push(...examineBackups(folder, pathOf(session, backups), Date.now()))
  }
  if (certificate === undefined) return found
  try {
    found.push(...examineTls(pathOf(session, certificate), Date.now()))
  } catch (error) {
    const { message } = error as Error
    throw usage(
      `--tls-cert 应为 PEM 证书文件：${message}。`,
      `--tls-cert must be a certificate file in PEM: ${message}.`,
    )
  }
  return found
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
