import type { CommandSpec, OptionSpec } from '../shell/command.ts'

const OUT: OptionSpec = {
  flags: '--out <file>',
  about: { zh: '写到这个文件', en: 'write to this file' },
  isRequired: true,
}

const NEW_DATA: OptionSpec = {
  flags: '--data <dir>',
  about: { zh: '数据文件夹', en: 'data folder' },
  isRequired: true,
}

const CHAIN: OptionSpec = {
  flags: '--chain <name>',
  about: {
    zh: '链的名称；演示链以 demo 开头',
    en: 'name of the chain; that of a demonstration begins with demo',
  },
  isRequired: true,
}

const SUITE: OptionSpec = {
  flags: '--suite <suite>',
  about: {
    zh: '密码套件，缺省 RS-INTL-1；RS-GM-1 为国密',
    en: 'suite, by default RS-INTL-1; RS-GM-1 is 国密',
  },
  choices: ['RS-INTL-1', 'RS-GM-1'],
}

const consortiumCommand: CommandSpec = {
  name: 'consortium',
  about: {
    zh: '在一个文件夹里建整个联盟（一个进程承载所有成员）',
    en: 'found a whole consortium in one folder (one process hosts every member)',
  },
  details: {
    zh:
      '文件：{"name", "members": [{"id", "name": {"zh","en"}, "roles", "voting", ' +
      '"officers": [{"number","roles"}]}], "operator"?, "witnesses"?, "threshold"?, ' +
      '"suite"?, "parameters"?, "governance"?}。名称以 demo 开头的链带着服务包创世。',
    en:
      'The file: {"name", "members": [{"id", "name": {"zh","en"}, "roles", "voting", ' +
      '"officers": [{"number","roles"}]}], "operator"?, "witnesses"?, "threshold"?, ' +
      '"suite"?, "parameters"?, "governance"?}. A chain whose name begins with demo ' +
      'is founded with the packages.',
  },
  arguments: [
    {
      name: '<terms>',
      about: { zh: '写明联盟的 JSON 文件', en: 'JSON file that says who founds it' },
    },
  ],
  options: [
    NEW_DATA,
    {
      flags: '--services <dir>',
      about: {
        zh: '演示链的服务包，缺省为本程序旁的',
        en: 'packages of a demonstration, by default those beside this program',
      },
    },
  ],
  examples: [
    {
      line: 'renshe init consortium consortium.json --data data',
      about: { zh: '演示或试用', en: 'to demonstrate or to try' },
    },
  ],
  run: async (session, given) =>
    (await import('./init-consortium.ts')).initConsortium(session, given),
}

const foundingCommand: CommandSpec = {
  name: 'founding',
  about: { zh: '创始成员：生成密钥和创始文件', en: 'a founder: make keys and a founding file' },
  arguments: [
    {
      name: '<member>',
      about: { zh: '写明本成员的 JSON 文件', en: 'JSON file that describes the member' },
    },
  ],
  options: [
    CHAIN,
    NEW_DATA,
    OUT,
    SUITE,
    {
      flags: '--operator',
      about: { zh: '由本成员出块', en: 'this member is to order the blocks' },
    },
  ],
  examples: [
    {
      line: 'renshe init founding member.json --chain annuity-sc --data data --out city.founding.json',
      about: { zh: '把文件交给汇总的人', en: 'hand the file to whoever assembles' },
    },
  ],
  run: async (session, given) => (await import('./ceremony.ts')).initFounding(session, given),
}

const assembleCommand: CommandSpec = {
  name: 'assemble',
  about: {
    zh: '汇总创始文件，得到各方要签的创世文档',
    en: 'put founding files together into the document that all sign',
  },
  arguments: [{ name: '<founding...>', about: { zh: '各方的创始文件', en: 'founding files' } }],
  options: [
    CHAIN,
    {
      flags: '--operator <member>',
      about: { zh: '谁出块', en: 'who orders the blocks' },
      isRequired: true,
    },
    {
      flags: '--witness <member...>',
      about: {
        zh: '谁见证；缺省为其余有表决权的成员',
        en: 'who cosigns; by default the other voting members',
      },
    },
    {
      flags: '--threshold <number>',
      about: { zh: '要几个见证，缺省过半', en: 'how many cosignatures, by default more than half' },
    },
    SUITE,
    OUT,
  ],
  examples: [
    {
      line: 'renshe init assemble *.founding.json --chain annuity-sc --operator city --out genesis-document.json',
      about: { zh: '发给各方签', en: 'send it to all for signing' },
    },
  ],
  run: async (session, given) => (await import('./ceremony.ts')).initAssemble(session, given),
}

const signCommand: CommandSpec = {
  name: 'sign',
  about: {
    zh: '与自己的创始文件核对后签创世文档',
    en: 'sign the document after comparing it with your founding file',
  },
  arguments: [{ name: '<document>', about: { zh: '创世文档', en: 'the genesis document' } }],
  options: [
    {
      flags: '--founding <file>',
      about: { zh: '自己的创始文件', en: 'your own founding file' },
      isRequired: true,
    },
    NEW_DATA,
    OUT,
    SUITE,
  ],
  examples: [
    {
      line:
        'renshe init sign genesis-document.json --founding city.founding.json --data ' +
        'data --out city.signature.json',
      about: { zh: '把签名交给各方', en: 'hand the signature to all' },
    },
  ],
  run: async (session, given) => (await import('./ceremony.ts')).initSign(session, given),
}

const completeCommand: CommandSpec = {
  name: 'complete',
  about: {
    zh: '文档加全部签名，写成创世文件',
    en: 'document and every signature make the genesis file',
  },
  arguments: [{ name: '<document>', about: { zh: '创世文档', en: 'the genesis document' } }],
  options: [
    {
      flags: '--signature <file...>',
      about: { zh: '每个创始成员的签名', en: "every founder's signature" },
      isRequired: true,
    },
    NEW_DATA,
  ],
  examples: [
    {
      line: 'renshe init complete genesis-document.json --signature *.signature.json --data data',
      about: { zh: '各方都做一遍，哈希相同', en: 'everybody does it; the hash is the same' },
    },
  ],
  run: async (session, given) => (await import('./ceremony.ts')).initComplete(session, given),
}

/** `renshe init …`. */
export const commands: readonly CommandSpec[] = [
  consortiumCommand,
  foundingCommand,
  assembleCommand,
  signCommand,
  completeCommand,
]
