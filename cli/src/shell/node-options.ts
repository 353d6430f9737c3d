import type { OptionSpec } from './command.ts'

/** The data folder of a node. */
export const DATA_OPTION: OptionSpec = {
  flags: '--data <dir>',
  about: { zh: '节点的数据文件夹', en: "the node's data folder" },
  isRequired: true,
}

/** In whose name. */
export const AS_OPTION: OptionSpec = {
  flags: '--as <member>',
  about: {
    zh: '以哪个成员的名义；只有一个时可省略',
    en: 'in the name of which member; may be left out where only one runs here',
  },
}

/** By which person. */
export const SIGNER_OPTION: OptionSpec = {
  flags: '--signer <number>',
  about: {
    zh: '由哪个经办人签；缺省由成员的系统签',
    en: 'which officer signs; by default the system of the member',
  },
}
