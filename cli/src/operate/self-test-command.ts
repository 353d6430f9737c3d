import { runSelfTests, type SelfTestLine } from '@renshe/crypto/self-test'
import type { CommandSpec, ExitCode } from '../shell/command.ts'
import type { Session } from '../shell/session.ts'

const PASSED = { zh: '通过', en: 'passed' }
const FAILED = { zh: '不符', en: 'FAILED' }

/** `renshe self-test`. */
export const selfTestCommand: CommandSpec = {
  name: 'self-test',
  about: {
    zh: '密码自检：两套算法对照公布的样例，已知的坑逐一核对',
    en: 'cryptography tests itself: both suites against published examples, and the known traps',
  },
  details: {
    zh:
      '在本机当场运行：国际和国密两套算法的标准样例，必须拒绝的输入（延展、非规范、不在曲线上、截短），' +
      '以及本平台已知的坑。不需要数据文件夹。有一项不符时退出码为 1。',
    en:
      'Runs here and now: published examples of both suites, inputs that must be refused (malleable, ' +
      'not canonical, off the curve, cut short) and the known traps of this platform. Needs no data ' +
      'folder. Exit code 1 if a line does not hold.',
  },
  examples: [
    { line: 'renshe self-test', about: { zh: '逐项列出', en: 'line by line' } },
    { line: 'renshe self-test --json', about: { zh: '供程序读取', en: 'for programs' } },
  ],
  run: (session) => tellSelfTests(session, runSelfTests()),
}

/** Tells the lines of a self-test; exit code 1 if one does not hold. */
export async function tellSelfTests(
  session: Session,
  lines: readonly SelfTestLine[],
): Promise<ExitCode> {
  const failed = lines.filter(({ expected, came }) => expected !== came)
  const isSound = failed.length === 0
  if (session.isJson) {
    const told = lines.map((line) => ({ ...line, ok: line.expected === line.came }))
    await session.json({ ok: isSound, lines: told })
    return isSound ? 0 : 1
  }
  for (const { standard, subject, expected, came } of lines) {
    const result = session.say(expected === came ? PASSED : FAILED)
    const difference = expected === came ? '' : ` (${expected} ≠ ${came})`
    await session.line(`${result}  ${session.say(subject)} [${standard}]${difference}`)
  }
  await session.line(
    session.say({
      zh: `共 ${lines.length} 项，${failed.length} 项不符。`,
      en: `${lines.length} lines, ${failed.length} failed.`,
    }),
  )
  return isSound ? 0 : 1
}
