import { readdirSync } from 'node:fs'
import { portalCommand } from './demo-portal.ts'
import { demonstrationPackages } from './service/demonstration-packages.ts'
import type { CommandSpec, ExitCode, Given } from './shell/command.ts'
import { flagOption, textOption } from './shell/command.ts'
import { failed, refused, usage } from './shell/failure.ts'
import { pathOf } from './shell/read-input.ts'
import type { Session } from './shell/session.ts'

const MOST_PEOPLE = 100_000

const annuityCommand: CommandSpec = {
  name: 'annuity',
  about: {
    zh: '演示：一个月的企业年金缴费，从工资表到个人对账单',
    en: "a month of annuity contributions, from a payroll file to a person's statement",
  },
  details: {
    zh: '在本机建一个演示联盟（人和钱都是虚构的），每一步都是签名的交易；最后给出一位职工的凭证文件和核验方法。',
    en:
      'Founds a demonstration consortium on this machine, with fictional people and ' +
      'money; every step is a signed transaction. It ends with the evidence file of ' +
      'one person and how to verify it.',
  },
  options: [
    {
      flags: '--people <number>',
      about: {
        zh: '虚构多少人，1–100000，缺省 12',
        en: 'how many fictional people, 1–100000, by default 12',
      },
    },
    {
      flags: '--payroll <file>',
      about: { zh: '自己的工资表，CSV 或 XLSX', en: 'a payroll of your own, CSV or XLSX' },
    },
    {
      flags: '--data <dir>',
      about: {
        zh: '写到这个空文件夹，缺省为临时文件夹',
        en: 'empty folder to write to, by default a temporary one',
      },
    },
    {
      flags: '--explain',
      about: { zh: '逐步说明谁签、谁能看什么', en: 'tell each step: who signs, who can see what' },
    },
  ],
  examples: [
    {
      line: 'renshe demo annuity --people 12 --explain',
      about: { zh: '12 人，逐步说明', en: 'twelve people, step by step' },
    },
    {
      line: 'renshe demo annuity --payroll payroll.xlsx --data ./demo-data --json',
      about: { zh: '自己的工资表，结果为 JSON', en: 'your own payroll, with a JSON result' },
    },
  ],
  run: demonstrate,
}

/** `renshe demo …`. */
export const commands: readonly CommandSpec[] = [annuityCommand, portalCommand]

async function demonstrate(session: Session, given: Given): Promise<ExitCode> {
  const payroll = textOption(given, 'payroll')
  const data = textOption(given, 'data')
  if (payroll !== undefined && textOption(given, 'people') !== undefined) {
    throw usage('--people 与 --payroll 只给一个。', 'Give --people or --payroll, not both.')
  }
  const people = peopleOf(textOption(given, 'people'))
  const { demonstrateAnnuity } = await import('@renshe/demo/annuity')
  // Without --explain a person still wants to read how it ended; --json wants nothing else.
  const says = !session.isJson
  const lines: string[] = []
  const outcome = await demonstrateAnnuity({
    people,
    payroll: payroll === undefined ? null : pathOf(session, payroll),
    dataFolder: data === undefined ? null : pathOf(session, data),
    packages: await demonstrationPackages(),
    say: says
      ? (text) => {
          if (flagOption(given, 'explain')) void session.line(text)
          else {
            lines.push(text)
            session.progress(text.split('\n')[0] ?? '')
          }
        }
      : null,
    locale: session.locale,
  }).catch((error: unknown) => {
    throw asFailure(error)
  })
  session.endProgress()
  if (session.isJson) await session.json(outcome)
  else if (lines.length > 0) await session.line(lines.at(-1))
  if (outcome.balanced) return 0
  session.tell(session.say({ zh: '账不平。', en: 'The books do not balance.' }))
  return 1
}

function peopleOf(text: string | undefined): number {
  if (text === undefined) return 12
  if (/^[1-9][0-9]{0,5}$/.test(text) && Number(text) <= MOST_PEOPLE) return Number(text)
  throw usage(
    `--people 应为 1–${MOST_PEOPLE} 的整数；实为 ${text}。`,
    `--people must be a whole number from 1 to ${MOST_PEOPLE}; came ${text}.`,
  )
}

/** Mistakes of whoever started it, told apart by name: the demonstration is loaded only when it runs. */
function asFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { folder } = error as { folder?: unknown }
  if (error.name === 'FolderTaken' && typeof folder === 'string') {
    const count = readdirSync(folder).length
    return failed(
      'FOLDER_TAKEN',
      `--data 应为空文件夹；${folder} 里已有 ${count} 项，什么也没有动。`,
      `--data must be an empty folder; ${folder} holds ${count} entries, and nothing was touched.`,
      { folder },
    )
  }
  if (error.name === 'PayrollRefused') {
    return refused('PAYROLL_REFUSED', error.message, error.message)
  }
  return error
}
