/* Accounts of the embedded issuer: one more officer who may sign in, with a password read from standard input. */
import { randomBytes } from 'node:crypto'
import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { type Account, makeAccount, readAccounts } from '@renshe/node'
import { type ExitCode, type Given, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { pathOf, readInput, utf8Text } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'

const [MOST_BYTES, PASSWORD_LEAST, PASSWORD_MOST] = [1024 * 1024, 12, 256]

/** Adds an account to a file, or gives the one of that name another password. */
export async function addAccount(session: Session, given: Given): Promise<ExitCode> {
  const file = String(given.arguments[0] ?? '')
  const member = textOption(given, 'member') ?? ''
  const officer = textOption(given, 'officer') ?? ''
  const name = textOption(given, 'name') ?? `${member}/${officer}`
  const password = await passwordOf(session)
  const place = pathOf(session, file)
  const before = existsSync(place) ? await accountsOf(session, file) : []
  const salt = new Uint8Array(randomBytes(16))
  const account = await makeAccount({ name, member, officer }, password, salt)
  const accounts = [...before.filter((each) => each.name !== name), account]
  // Whole or not at all, and for nobody else's eyes.
  writeFileSync(`${place}.part`, `${JSON.stringify({ v: 1, accounts }, null, 1)}\n`, {
    mode: 0o600,
    flush: true,
  })
  renameSync(`${place}.part`, place)
  const done = session.say({
    zh: `${name} 可以登录了；${file} 里现在有 ${accounts.length} 个账户。`,
    en: `${name} may sign in; ${file} now has ${accounts.length} accounts.`,
  })
  if (session.isJson) await session.json({ ok: true, name, accounts: accounts.length })
  else await session.line(done)
  return 0
}

async function accountsOf(session: Session, file: string): Promise<readonly Account[]> {
  try {
    return readAccounts(await readInput(session, file, MOST_BYTES))
  } catch (error) {
    if (!(error instanceof RangeError) && !(error instanceof SyntaxError)) throw error
    throw usage(
      `${file} 不是账户文件：${error.message}。`,
      `${file} is no account file: ${error.message}.`,
    )
  }
}

/** The first line of standard input: a password never stands on a command line, where others see it. */
async function passwordOf(session: Session): Promise<string> {
  const text = utf8Text(await readInput(session, '-', PASSWORD_MOST * 4))
  const password = text?.split(/\r?\n/, 1)[0] ?? ''
  const { length } = [...password]
  if (length >= PASSWORD_LEAST && length <= PASSWORD_MOST) return password
  throw usage(
    `标准输入的第一行应为 ${PASSWORD_LEAST}–${PASSWORD_MOST} 个字符的口令；实为 ${length} 个。`,
    `The first line of standard input must be a password of ${PASSWORD_LEAST} to ${PASSWORD_MOST} characters; came ${length}.`,
  )
}
