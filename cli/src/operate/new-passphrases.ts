import { passphrasesOfCredentials } from '@renshe/node'
import { failed } from '../shell/failure.ts'
import type { Session } from '../shell/session.ts'

/** Passphrases that new key files get: one file a key, in the folder that CREDENTIALS_DIRECTORY names. */
export function passphrasesForNew(session: Session) {
  const folder = session.terminal.environment.CREDENTIALS_DIRECTORY
  if (folder === undefined) {
    throw failed(
      'PASSPHRASES_MISSING',
      '新密钥要有口令：每把密钥一个文件 renshe-<密钥>，放在环境变量 CREDENTIALS_DIRECTORY 指明的文件夹。',
      'New keys need passphrases: a file renshe-<key> for each, in the folder that CREDENTIALS_DIRECTORY names.',
    )
  }
  return () => passphrasesOfCredentials(folder)
}
