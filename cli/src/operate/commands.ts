import type { CommandSpec } from '../shell/command.ts'
import { DATA_OPTION } from '../shell/node-options.ts'
import { SERVE_OPTIONS } from './serve-options.ts'

const COPY_OPTION = {
  flags: '--as <member>',
  about: { zh: '只看这个成员的一份', en: "only this member's copy" },
}

/** `renshe verify`. */
export const verifyCommand: CommandSpec = {
  name: 'verify',
  about: {
    zh: '核对数据文件夹：逐字节读日志、验签、重新执行',
    en: 'verify a data folder: read the log, check signatures, execute again',
  },
  details: {
    zh: '不相信已存的状态：每个区块在另一处重新执行，结果必须逐键相同。有损坏时指出第一个坏字节。节点要先停下。',
    en:
      'Does not trust the stored state: every block is executed again elsewhere, and ' +
      'must give it key by key. Damage is told with its first bad byte. Stop the ' +
      'node first.',
  },
  options: [DATA_OPTION, COPY_OPTION],
  examples: [
    {
      line: 'renshe verify --data data',
      about: { zh: '各成员的账本都核对', en: 'every copy that lies there' },
    },
  ],
  run: async (session, given) => (await import('./verify-command.ts')).verify(session, given),
}

/** `renshe rebuild`. */
export const rebuildCommand: CommandSpec = {
  name: 'rebuild',
  about: { zh: '由区块日志重建状态', en: 'make the state anew from the block log' },
  details: {
    zh: '区块日志是真相，状态随时可以丢掉重建，摘要必定相同。节点要先停下。',
    en:
      'The block log is the truth; the state can be thrown away and made again, with ' +
      'the same digests. Stop the node first.',
  },
  options: [DATA_OPTION, COPY_OPTION],
  examples: [{ line: 'renshe rebuild --data data', about: { zh: '各份都重建', en: 'every copy' } }],
  run: async (session, given) => (await import('./rebuild-command.ts')).rebuild(session, given),
}

/** `renshe start`. */
export const startCommand: CommandSpec = {
  name: 'start',
  about: { zh: '运行节点', en: 'run the node' },
  details: {
    zh: '运行 node.json 里由本机承载的成员，到 Ctrl-C（SIGINT、SIGTERM）为止。',
    en: 'Runs the members that node.json hosts here, until Ctrl-C (SIGINT or SIGTERM).',
  },
  options: [
    DATA_OPTION,
    {
      flags: '--port <number>',
      about: {
        zh: '在本机回环地址的这个端口提供 HTTP 接口，0 为任意空闲端口',
        en: 'serve the HTTP API on this loopback port, 0 for any free one',
      },
    },
    ...SERVE_OPTIONS,
  ],
  examples: [
    { line: 'renshe start --data data', about: { zh: '前台运行', en: 'in the foreground' } },
    {
      line: 'renshe start --data data --port 8080',
      about: { zh: '并提供 HTTP 接口', en: 'and serve the HTTP API' },
    },
    {
      line:
        'renshe start --data data --port 443 --address 0.0.0.0 --url https://node.example ' +
        '--tls-cert chain.pem --tls-key key.pem --accounts accounts.json --portal',
      about: {
        zh: '对外提供接口和门户，由本机结束 TLS，账户取自文件',
        en: 'to others, with the portal, TLS that ends here and the accounts of a file',
      },
    },
  ],
  run: async (session, given) => (await import('./start-command.ts')).start(session, given),
}

/** `renshe backup`. */
export const backupCommand: CommandSpec = {
  name: 'backup',
  about: { zh: '备份，并把备份读一遍', en: 'make a backup and read it back' },
  details: {
    zh: '创世文件、密钥（释放密钥 R 除外）、区块日志、保险库；节点可以在运行。每份日志都从备份里重新执行一遍。',
    en:
      'Genesis, keys but the release key R, block logs, vaults; the node may be running. ' +
      'Each log is executed again from the backup.',
  },
  options: [
    DATA_OPTION,
    {
      flags: '--out <dir>',
      about: { zh: '写到这个空文件夹', en: 'empty folder to write to' },
      isRequired: true,
    },
    {
      flags: '--member <id...>',
      about: { zh: '只备份这些成员，缺省为全部', en: 'only these members, by default all' },
    },
  ],
  examples: [
    {
      line: 'renshe backup --data data --out /backup/2026-11-24',
      about: { zh: '每天一次', en: 'once a day' },
    },
  ],
  run: async (session, given) => (await import('./backup-command.ts')).backup(session, given),
}

/** `renshe restore`. */
export const restoreCommand: CommandSpec = {
  name: 'restore',
  about: { zh: '从备份恢复到新文件夹', en: 'put a backup into a new folder' },
  details: {
    zh:
      '逐个文件比对，每份日志重新执行，结果必须与备份清单相同；不同则新文件夹不能启动。' +
      '另有保存下来的账本文件夹时用 --ledger 指明：备份之后的定案（尤其是删除）先补上，再答复任何查看。',
    en:
      'Every file is compared and every log executed; the digests of the manifest must come ' +
      'out, else the new folder does not start. Name a surviving ledger folder with --ledger: what ' +
      'became final since the backup, erasures above all, then holds before anything is answered.',
  },
  arguments: [{ name: '<backup>', about: { zh: '备份文件夹', en: 'folder of the backup' } }],
  options: [
    {
      flags: '--data <dir>',
      about: { zh: '恢复到这个空文件夹', en: 'empty folder to restore to' },
      isRequired: true,
    },
    {
      flags: '--chain <id>',
      about: { zh: '备份必须属于这条链', en: 'chain that the backup must be of' },
    },
    {
      flags: '--ledger <dir>',
      about: {
        zh: '另一份更新的账本文件夹（members/<成员>/ledger）',
        en: 'ledger folder of a copy that reaches further (members/<member>/ledger)',
      },
    },
  ],
  examples: [
    {
      line: 'renshe restore /backup/2026-11-24 --data data-restored',
      about: { zh: '恢复后把 R 放回 keys', en: 'then put R back into keys/' },
    },
  ],
  run: async (session, given) => (await import('./backup-command.ts')).restore(session, given),
}

/** `renshe doctor`. */
export const doctorCommand: CommandSpec = {
  name: 'doctor',
  about: { zh: '检查数据文件夹，给出建议', en: 'examine a data folder and give advice' },
  details: {
    zh:
      '密钥文件（权限、与证书是否相符）、证书期限（90、30、7、1 天）、磁盘（空间、落盘速度、权限）、时钟、' +
      'node.json 的设置、账本落后、残尾、矛盾的检查点；有 url 的其他节点也对一次时钟。--open 时还打开节点：' +
      '密钥与链是否相符、保险库与链是否一致、中继欠着什么、协议版本。每项有严重程度和建议；有故障时退出码为 1。',
    en:
      'Key files (permissions, certificate), ends of certificates (90, 30, 7, 1 days), disk (space, ' +
      'speed, permissions), clocks, also of nodes with a url, settings of node.json, lag, torn tails, ' +
      'conflicting checkpoints; with --open also keys against the chain, vault against the chain, what ' +
      'relays owe, the protocol version. Each has a severity and advice. Exit code 1 if there is a fault.',
  },
  options: [
    DATA_OPTION,
    { flags: '--open', about: { zh: '也打开节点来看', en: 'open the node and look inside' } },
    {
      flags: '--backups <dir>',
      about: {
        zh: '放备份的文件夹：看最近一次多久',
        en: 'folder of backups: how old is the newest',
      },
    },
    {
      flags: '--tls-cert <file>',
      about: { zh: '对外服务的证书：看期限', en: 'certificate of the server: when does it end' },
    },
  ],
  examples: [
    { line: 'renshe doctor --data data', about: { zh: '不打开密钥', en: 'opens no key' } },
    {
      line: 'renshe doctor --data data --backups /backup --tls-cert chain.pem --json',
      about: { zh: '定时任务用', en: 'for a timer' },
    },
  ],
  run: async (session, given) => (await import('./doctor-command.ts')).doctor(session, given),
}

/** `renshe export`. */
export const exportCommand: CommandSpec = {
  name: 'export',
  about: {
    zh: '退出包：一个成员拥有的一切，开放格式，带凭证和重建脚本',
    en: 'the exit kit: everything a member owns, in open formats, with proofs and a rebuild script',
  },
  details: {
    zh:
      '写出数据账本、办件、分录、合约证书、查看回执（JSONL 和 CSV）、每笔交易的凭证、服务包、节点备份、' +
      '核验和重建脚本。本单位拥有的密封内容用本单位密钥打开，打开前在保险库留下记录；' +
      '--keep-sealed 则不打开。释放密钥 R 从不在内。节点要先停下。',
    en:
      'Writes registers, cases, journals, grants and receipts (JSONL and CSV), evidence of every ' +
      'transaction, packages, a backup of the node, scripts that verify and rebuild. Sealed content ' +
      'that the member owns is opened with its own keys, noted in its vault first; --keep-sealed ' +
      'leaves it sealed. The release key R is never in it. Stop the node first.',
  },
  options: [
    DATA_OPTION,
    {
      flags: '--out <dir>',
      about: { zh: '写到这个空文件夹', en: 'empty folder to write to' },
      isRequired: true,
    },
    {
      flags: '--member <id...>',
      about: { zh: '只导出这些成员，缺省为全部', en: 'only these members, by default all' },
    },
    {
      flags: '--keep-sealed',
      about: { zh: '密封内容不打开', en: 'leave sealed content sealed' },
    },
  ],
  examples: [
    {
      line: 'renshe export --data data --out kit',
      about: { zh: '全部成员', en: 'every member that runs here' },
    },
    {
      line: 'renshe export --data data --out kit --member emp-1001 --keep-sealed',
      about: { zh: '一个成员，不打开密封内容', en: 'one member, nothing opened' },
    },
  ],
  run: async (session, given) => (await import('./export-command.ts')).exportKit(session, given),
}
