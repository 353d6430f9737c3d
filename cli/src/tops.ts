import type { TopSpec } from './shell/command.ts'
import type { Words } from './shell/words.ts'

/** Every word of the first level, in the order of help; each is loaded when it is typed. */
export const TOPS: readonly TopSpec[] = [
  {
    name: 'init',
    about: { zh: '建立联盟或加入其创始', en: 'found a consortium, or take part in a founding' },
    load: async () => (await import('./operate/init-commands.ts')).commands,
  },
  {
    name: 'start',
    about: { zh: '运行节点', en: 'run the node' },
    command: async () => (await import('./operate/commands.ts')).startCommand,
  },
  {
    name: 'account',
    about: { zh: '登录账户', en: 'accounts of those who sign in here' },
    load: async () => (await import('./operate/account-commands.ts')).commands,
  },
  {
    name: 'demo',
    about: { zh: '演示', en: 'demonstrations' },
    load: async () => (await import('./demo.ts')).commands,
  },
  {
    name: 'service',
    about: {
      zh: '服务包：构建、检查、比较、发布',
      en: 'service packages: build, check, compare, publish',
    },
    load: async () => (await import('./service/commands.ts')).commands,
  },
  {
    name: 'rules',
    about: {
      zh: '规则：计算、列出、说明；FEEL 与 DMN',
      en: 'rules: evaluate, list, describe; FEEL and DMN',
    },
    load: async () => (await import('./rules/commands.ts')).commands,
  },
  {
    name: 'evidence',
    about: { zh: '凭证：核验、导出、离线网页', en: 'evidence: verify, export, offline page' },
    load: async () => (await import('./evidence/commands.ts')).commands,
  },
  {
    name: 'verify',
    about: { zh: '核对数据文件夹', en: 'verify a data folder' },
    command: async () => (await import('./operate/commands.ts')).verifyCommand,
  },
  {
    name: 'rebuild',
    about: { zh: '由区块日志重建状态', en: 'make the state anew from the block log' },
    command: async () => (await import('./operate/commands.ts')).rebuildCommand,
  },
  {
    name: 'backup',
    about: { zh: '备份', en: 'make a backup and read it back' },
    command: async () => (await import('./operate/commands.ts')).backupCommand,
  },
  {
    name: 'restore',
    about: { zh: '从备份恢复', en: 'put a backup into a new folder' },
    command: async () => (await import('./operate/commands.ts')).restoreCommand,
  },
  {
    name: 'doctor',
    about: { zh: '检查数据文件夹', en: 'examine a data folder and give advice' },
    command: async () => (await import('./operate/commands.ts')).doctorCommand,
  },
  {
    name: 'self-test',
    about: {
      zh: '密码自检',
      en: 'cryptography tests itself',
    },
    command: async () => (await import('./operate/self-test-command.ts')).selfTestCommand,
  },
  {
    name: 'export',
    about: { zh: '退出包', en: 'the exit kit of a member' },
    command: async () => (await import('./operate/commands.ts')).exportCommand,
  },
  contractGroup('membership', {
    zh: '成员、部门、经办人、密钥证书',
    en: 'members, units, officers, key certificates',
  }),
  contractGroup('governance', { zh: '提议与表决', en: 'proposals and votes' }),
  contractGroup('catalogue', {
    zh: '数据目录：法律、规则、参数、服务包',
    en: 'the catalogue: law, rules, parameters, packages',
  }),
  contractGroup('registers', { zh: '数据账本', en: 'registers' }),
  contractGroup('access', {
    zh: '合约证书、查看、回执、移交',
    en: 'grants, reads, receipts, hand-overs',
  }),
  contractGroup('cases', { zh: '办件与环节', en: 'cases and their steps' }),
  contractGroup('funds', { zh: '账簿、分录、付款', en: 'books, journals, payments' }),
  contractGroup('supervision', { zh: '监管预警', en: 'alerts of supervisors' }),
]

/** Verbs of a contract module; they are made from what the contracts declare. */
function contractGroup(name: string, about: Words): TopSpec {
  const load = async () => (await import('./contract/contract-commands.ts')).contractCommands(name)
  return { name, about, load }
}
