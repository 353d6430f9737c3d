import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  type ActingAs,
  demonstrationPassphrases,
  type Host,
  type Member,
  openHost,
  passphrasesOfCredentials,
  readNodeFile,
} from '@renshe/node'
import { type Given, textOption } from './command.ts'
import { failed, usage } from './failure.ts'
import { pathOf } from './read-input.ts'
import type { Session } from './session.ts'

/** The data folder that was named; a consortium must lie there. */
export function dataFolder(session: Session, given: Given): string {
  const named = textOption(given, 'data') ?? ''
  const folder = pathOf(session, named)
  if (existsSync(join(folder, 'genesis.json')) && existsSync(join(folder, 'node.json'))) {
    return folder
  }
  throw usage(
    `--data 应为节点的数据文件夹（其中有 genesis.json 和 node.json）；${named} 不是。用 renshe init 或 renshe demo 建一个。`,
    `--data must be the data folder of a node, with genesis.json and node.json; ` +
      `${named} is none. Make one with renshe init or renshe demo.`,
  )
}

/** A member of the host, in whose name a command works. */
export interface AtWork {
  readonly host: Host
  readonly member: Member
  readonly as: ActingAs
}

/**
 * Opens the node of a data folder in this process, works in a member's name, and closes it again.
 *
 * @param runsRelays  whether members also do by themselves what time and blocks ask of them
 */
export async function withMember<Result>(
  session: Session,
  given: Given,
  { runsRelays }: { readonly runsRelays: boolean },
  work: (at: AtWork) => Promise<Result>,
): Promise<Result> {
  const folder = dataFolder(session, given)
  const id = memberOf(folder, textOption(given, 'as'))
  const officer = textOption(given, 'signer')
  const host = await openHost({
    dataFolder: folder,
    runsRelays,
    passphrases: passphrasesFor(session, folder),
    onNotice: (notice) => session.tell(notice),
  })
  try {
    const member = host.member(id)
    if (officer !== undefined && !member.keys.has(`officer-${officer}`)) {
      throw failed(
        'OFFICER_UNKNOWN',
        `成员 ${id} 没有经办人 ${officer} 的密钥。`,
        `Member ${id} holds no key of the officer ${officer}.`,
      )
    }
    const result = await work({ host, member, as: officer === undefined ? 'system' : { officer } })
    if (runsRelays) await host.quiet()
    return result
  } finally {
    await host.stop()
  }
}

function memberOf(folder: string, asked: string | undefined): string {
  const { members } = readNodeFile(join(folder, 'node.json'))
  const hosted = members.filter((one) => one.hosted).map(({ id }) => id)
  const [only, second] = hosted
  if (asked === undefined && only !== undefined && second === undefined) return only
  if (asked !== undefined && hosted.includes(asked)) return asked
  const list = hosted.join(', ')
  throw usage(
    `--as 应为本节点的成员：${list}；实为 ${asked ?? '没有给出'}。`,
    `--as must be a member that runs here: ${list}; came ${asked ?? 'nothing'}.`,
  )
}

/** Those of a demonstration for a demonstration; else one file a key, in the folder that systemd names. */
export function passphrasesFor(session: Session, folder: string) {
  const { chain } = readNodeFile(join(folder, 'node.json'))
  if (chain.startsWith('demo')) return demonstrationPassphrases
  const credentials = session.terminal.environment.CREDENTIALS_DIRECTORY
  if (credentials !== undefined) return () => passphrasesOfCredentials(credentials)
  throw failed(
    'PASSPHRASES_MISSING',
    '密钥文件有口令：把口令放进只有本服务可读的文件夹（每把密钥一个文件 renshe-<密钥>），用环境变量 CREDENTIALS_DIRECTORY 指明。',
    'The key files have passphrases: put each into a file renshe-<key> of a folder ' +
      'that only this service reads, and name the folder in CREDENTIALS_DIRECTORY.',
  )
}
