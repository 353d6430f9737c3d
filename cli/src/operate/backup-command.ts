import { type BackupManifest, makeBackup, type Restored, restoreBackup } from '@renshe/node'
import {
  type ExitCode,
  type Given,
  listOption,
  textArgument,
  textOption,
} from '../shell/command.ts'
import { dataFolder } from '../shell/node-session.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'

/** Copies members' data and reads the copy back: a backup that was not read is none. */
export async function backup(session: Session, given: Given): Promise<ExitCode> {
  const target = pathOf(session, textOption(given, 'out') ?? '')
  const members = listOption(given, 'member')
  const manifest = await makeBackup({
    dataFolder: dataFolder(session, given),
    target,
    ...(members.length === 0 ? {} : { members }),
    now: Date.now(),
    onProgress: (done, total) => session.progress(`${done} / ${total}`),
  })
  session.endProgress()
  await tell(session, manifest, target)
  if (!session.isJson) {
    await session.line(
      session.say({
        zh: '释放密钥 R 不在备份里：由另一人另行保管，恢复时放回各成员的 keys 文件夹。',
        en: 'The release key R is not in the backup: another person keeps it, and puts it back into keys/ when restoring.',
      }),
    )
  }
  return 0
}

/** Puts a backup into a new folder, every file compared and every log executed. */
export async function restore(session: Session, given: Given): Promise<ExitCode> {
  const from = pathOf(session, textArgument(given, 0) ?? '')
  const target = pathOf(session, textOption(given, 'data') ?? '')
  const chain = textOption(given, 'chain')
  const newer = textOption(given, 'ledger')
  const { manifest, heights } = await restoreBackup(from, target, {
    ...(chain === undefined ? {} : { chain }),
    ...(newer === undefined ? {} : { newerLedger: pathOf(session, newer) }),
    onProgress: (done, total) => session.progress(`${done} / ${total}`),
  })
  session.endProgress()
  await tell(session, manifest, target, heights)
  if (!session.isJson) await session.line(session.say(NEXT))
  return 0
}

const NEXT = {
  zh:
    '接下来：由保管人把 R（release.json）放回各成员的 keys 文件夹；有银行的，先与银行核对备份之后的付款；' +
    '再 renshe start。节点先补做备份之后的删除，然后才答复任何查看。',
  en:
    "Next: whoever keeps R puts release.json back into each member's keys/; with a bank, compare the " +
    'payments since the backup first; then renshe start. Erasures since the backup are replayed before ' +
    'any read is answered.',
}

async function tell(
  session: Session,
  manifest: BackupManifest,
  folder: string,
  heights?: Restored['heights'],
): Promise<void> {
  const { chain, members, ledgers, files } = manifest
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  if (session.isJson) {
    const counts = { files: files.length, bytes }
    await session.json({ ok: true, folder, chain, members, ledgers, ...counts, heights })
    return
  }
  await session.line(
    session.say({
      zh: `${folder}：${chain}，${members.join('、')}，${files.length} 个文件，${bytes} 字节`,
      en: `${folder}: ${chain}, ${members.join(', ')}, ${files.length} files, ${bytes} bytes`,
    }),
  )
  for (const { member, height, headerHash } of ledgers) {
    await session.line(
      session.say({
        zh: `  ${member}：账本已重新执行到高度 ${height}，头部 ${headerHash}`,
        en: `  ${member}: ledger executed again to height ${height}, header ${headerHash}`,
      }),
    )
  }
}
