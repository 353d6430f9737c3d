import type { CommandSpec } from '../shell/command.ts'
import { DATA_OPTION } from '../shell/node-options.ts'

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
  options: [DATA_OPTION],
  examples: [
    { line: 'renshe start --data data', about: { zh: '前台运行', en: 'in the foreground' } },
  ],
  run: async (session, given) => (await import('./start-command.ts')).start(session, given),
}
