import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bytes } from '@renshe/crypto'
import { NAMES } from './consortium.ts'
import { readPayroll, writePayroll } from './payroll-file.ts'
import { type AnnuityOutcome, runAnnuity } from './run-annuity.ts'
import type { StoryLine } from './story.ts'

export { PayrollRefused } from './payroll-file.ts'

/** Options of `renshe demo annuity`. */
export interface DemonstrationOptions {
  /** Sample people, if no payroll is given; 12 of them are read from a committed workbook. */
  readonly people: number
  /** A payroll of one's own, CSV or XLSX. */
  readonly payroll: string | null
  /** Folder for everything the demonstration writes; a fresh one below the system's if null. */
  readonly dataFolder: string | null
  /** Canonical bytes of the packages of `services/` and `demo/packages/`, libraries first. */
  readonly packages: readonly Bytes[]
  /** Hears what to print; nothing if null. */
  readonly say: ((text: string) => void) | null
  readonly locale: 'zh' | 'en'
}

/** The data folder already holds something: nothing is overwritten. */
export class FolderTaken extends Error {
  readonly folder: string

  constructor(folder: string) {
    super(`${folder} is not empty`)
    this.name = 'FolderTaken'
    this.folder = folder
  }
}

const SAMPLE_PEOPLE = 12

/**
 * Carries one contribution month from a payroll file to a member's statement.
 *
 * @throws FolderTaken, PayrollRefused, FileRefused
 */
export async function demonstrateAnnuity(options: DemonstrationOptions): Promise<AnnuityOutcome> {
  const { say, locale, packages } = options
  const dataFolder = freeFolder(options.dataFolder)
  const payroll = await payrollOf(options, dataFolder)
  const month = await readPayroll(payroll)
  say?.(opening(payroll, month.count))
  const outcome = await runAnnuity({
    dataFolder,
    packages,
    month: { ...month, payroll },
    random: (length) => new Uint8Array(randomBytes(length)),
    onLine: (line) => say?.(lineText(line)),
  })
  say?.(closing(locale, outcome, dataFolder))
  return outcome
}

function freeFolder(wanted: string | null): string {
  if (wanted === null) return mkdtempSync(join(tmpdir(), 'renshe-demo-'))
  const folder = resolve(wanted)
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new FolderTaken(folder)
  mkdirSync(folder, { recursive: true })
  return folder
}

async function payrollOf(
  { payroll, people }: DemonstrationOptions,
  dataFolder: string,
): Promise<string> {
  if (payroll !== null) return resolve(payroll)
  if (people === SAMPLE_PEOPLE) {
    return fileURLToPath(new URL('../payrolls/2026-01-12-people.xlsx', import.meta.url))
  }
  const path = join(dataFolder, `payroll-2026-01-${people}-people.csv`)
  await writePayroll(path, people)
  return path
}

function opening(payroll: string, count: number): string {
  return `演示联盟 demo-annuity：八个机构，虚构的人和钱，密钥一文不值。
Demonstration consortium demo-annuity: eight organisations, fictional people and money, worthless keys.
工资表 payroll: ${payroll} (${count})
每步：时间 机构 经办人：做了什么 [区块, 用时]。 Each step: time, organisation, officer, what was done [block, time taken].
`
}

/** One step for a person: when, who, what, which block, who can see what; Chinese first. */
export function lineText(line: StoryLine): string {
  const { at, height, ms, part, signer, seen, zh, en } = line
  const { zh: nameZh, en: nameEn } = NAMES[part]
  const [keyZh, keyEn] = signer === 'system' ? ['系统', 'system'] : [`#${signer}`, `#${signer}`]
  const block = height === null ? '' : ` [${height}, ${ms} ms]`
  const lines = [`${at}  ${nameZh} ${keyZh}：${zh}${block}`, `${INDENT}${nameEn} ${keyEn}: ${en}`]
  if (seen !== null) lines.push(`${INDENT}└ ${seen.zh} · ${seen.en}`)
  return lines.join('\n')
}

const INDENT = ' '.repeat(18)

/** How it ended and how to verify it by hand; the wanted language first. */
function closing(locale: 'zh' | 'en', outcome: AnnuityOutcome, dataFolder: string): string {
  const { evidence, page, heads } = outcome
  const genesis = join(dataFolder, 'genesis.json')
  const verify = `npx renshe evidence verify "${evidence}" --trust "${genesis}" --heads "${heads}"`
  const [first, second] = locale === 'zh' ? [closingZh, closingEn] : [closingEn, closingZh]
  return `
${first(outcome, dataFolder)}

${second(outcome, dataFolder)}

  ${evidence}
  ${page}
  ${verify}`
}

function closingZh({ totals, chain, height, balanced }: AnnuityOutcome, folder: string): string {
  const { members, billed, arrived, allocated, units, residue } = totals
  return [
    `${balanced ? '平衡' : '不平衡'}：${members} 人，账单 ${billed} = 到账 ${arrived} = 分配 ${allocated} 元，`,
    `份额 ${units}，尾差 ${residue}。账本 ${chain}，高度 ${height}。\n`,
    '下面是一位职工的份额对账单（凭证文件）、离线核验网页、核验命令。',
    '断网打开网页，把凭证拖进去：七项检查逐条显示，改动任何一个字节都会变红。\n',
    `或者只用 OpenSSL 和 Python：docs/understand/evidence.md。数据都在 ${folder}，看完可以删除。`,
  ].join('')
}

function closingEn({ totals, chain, height, balanced }: AnnuityOutcome, folder: string): string {
  const { members, billed, arrived, allocated, units, residue } = totals
  return [
    `${balanced ? 'Balanced' : 'NOT balanced'}: ${members} people, billed ${billed} = arrived `,
    `${arrived} = allocated ${allocated} yuan, ${units} units, residue ${residue}. `,
    `Chain ${chain}, height ${height}.\n`,
    "Below: one member's unit statement (an evidence file), the offline page that checks it, and the ",
    'command that does. Cut the network, open the page, drop the file on it: seven checks; change any ',
    'byte and one turns red.\n',
    'Or with OpenSSL and Python alone: docs/understand/evidence.md. ',
    `Everything lies in ${folder}; delete it when you have seen enough.`,
  ].join('')
}
