import type { CommandSpec } from '../shell/command.ts'
import { AS_OPTION, DATA_OPTION, SIGNER_OPTION } from '../shell/node-options.ts'

const DIR = {
  name: '<dir>',
  about: { zh: '服务包的文件夹', en: 'folder of the package' },
}

const buildCommand: CommandSpec = {
  name: 'build',
  about: {
    zh: '把服务包的 YAML 变成一个规范 JSON',
    en: 'make one canonical JSON of a folder of YAML',
  },
  details: {
    zh: '其内容哈希就是版本号。所用的服务包在旁边的文件夹里找。不给 --out 时文件本身写到标准输出。',
    en:
      'Its content hash is the version. Packages that it uses lie in folders beside ' +
      'it. Without --out the document goes to standard output.',
  },
  arguments: [DIR],
  options: [{ flags: '--out <file>', about: { zh: '写到这个文件', en: 'write to this file' } }],
  examples: [
    {
      line: 'renshe service build services/annuity-plan --out annuity-plan.json',
      about: { zh: '写成文件，给出哈希', en: 'write a file and tell its hash' },
    },
  ],
  run: async (session, given) => (await import('./build-command.ts')).build(session, given),
}

const checkCommand: CommandSpec = {
  name: 'check',
  about: {
    zh: '检查服务包，逐个演算全部算例',
    en: 'check packages and play every worked example',
  },
  details: {
    zh: '构建、静态检查、规则算例、办件算例逐步演算。每个问题给出文件、行、列、应为什么、实为什么。文件夹里若是许多服务包，就全部检查。有错误时退出码为 1。',
    en:
      'Build, static check, examples of rules, cases played act by act. Each problem ' +
      'is told with file, line, column, what was expected and what came. A folder of ' +
      'packages is checked whole. Exit code 1 if there is an error.',
  },
  arguments: [
    {
      name: '<dir...>',
      about: { zh: '服务包，或服务包所在的文件夹', en: 'packages, or folders of packages' },
    },
  ],
  examples: [
    { line: 'renshe service check services', about: { zh: '全部', en: 'all of them' } },
    {
      line: 'renshe service check services/annuity-contribution --json',
      about: { zh: '一个，结果为 JSON', en: 'one, with a JSON result' },
    },
  ],
  run: async (session, given) => (await import('./check-command.ts')).check(session, given),
}

const compareCommand: CommandSpec = {
  name: 'compare',
  about: { zh: '两个版本：对谁改了什么', en: 'two versions: what changes for whom' },
  arguments: [
    {
      name: '<old>',
      about: { zh: '旧版：文件夹或构建出的文件', en: 'old version: a folder or a built file' },
    },
    { name: '<new>', about: { zh: '新版', en: 'new version' } },
  ],
  examples: [
    {
      line: 'renshe service compare annuity-plan-1.0.0.json services/annuity-plan',
      about: { zh: '已发布的与正在写的', en: 'what is published against what is being written' },
    },
  ],
  run: async (session, given) => (await import('./compare-command.ts')).compare(session, given),
}

const templateCommand: CommandSpec = {
  name: 'template',
  about: { zh: '由表单生成电子表格模板', en: 'make the spreadsheet template of a form' },
  arguments: [DIR],
  options: [
    {
      flags: '--step <name>',
      about: { zh: '填报表格的环节', en: 'step that takes a table' },
      isRequired: true,
    },
    {
      flags: '--out <file>',
      about: { zh: '写到这个文件', en: 'write to this file' },
      isRequired: true,
    },
  ],
  examples: [
    {
      line: 'renshe service template services/annuity-contribution --step upload-payroll --locale zh --out 缴费明细.xlsx',
      about: { zh: '中文模板', en: 'a template in Chinese' },
    },
  ],
  run: async (session, given) => (await import('./template-command.ts')).template(session, given),
}

const publishCommand: CommandSpec = {
  name: 'publish',
  about: { zh: '检查后把服务包提议给联盟', en: 'check a package and propose it to the consortium' },
  details: {
    zh: '先在这里检查并演算全部算例，再逐部分放上链、提议。其后由成员表决；每个成员自己再检查一遍。',
    en:
      'Checks it here and plays every example, then puts it on chain part by part ' +
      'and proposes it. Members vote; each of them checks it again by itself.',
  },
  arguments: [DIR],
  options: [DATA_OPTION, AS_OPTION, SIGNER_OPTION],
  examples: [
    {
      line: 'renshe service publish services/library-card --data data --as city-library',
      about: { zh: '以一个有表决权的成员的名义', en: 'in the name of a voting member' },
    },
  ],
  run: async (session, given) => (await import('./publish-command.ts')).publish(session, given),
}

/** `renshe service …`. */
export const commands: readonly CommandSpec[] = [
  buildCommand,
  checkCommand,
  compareCommand,
  publishCommand,
  templateCommand,
]
