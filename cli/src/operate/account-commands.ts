import type { CommandSpec } from '../shell/command.ts'

/** `renshe account …`. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'add',
    about: {
      zh: '让一位经办人能登录；已有同名账户则换口令',
      en: 'let an officer sign in, or give the account another password',
    },
    details: {
      zh: '口令是标准输入的第一行，12–256 个字符，文件里只有它的 scrypt 值。账户只用来登录：职权以账本上登记的为准。',
      en:
        'The password is the first line of standard input, 12 to 256 characters; the file ' +
        'keeps only its scrypt value. An account is for signing in: what the officer may do ' +
        'stands on the ledger.',
    },
    arguments: [{ name: '<file>', about: { zh: '账户文件', en: 'the account file' } }],
    options: [
      {
        flags: '--member <id>',
        about: { zh: '本机承载的成员', en: 'a member that is hosted here' },
        isRequired: true,
      },
      {
        flags: '--officer <number>',
        about: { zh: '经办人编号', en: 'number of the officer' },
        isRequired: true,
      },
      {
        flags: '--name <name>',
        about: {
          zh: '登录名，缺省为 成员/编号',
          en: 'what is typed to sign in, by default member/number',
        },
      },
    ],
    examples: [
      {
        line: 'renshe account add accounts.json --member city --officer 0101 < password.txt',
        about: { zh: '加一位', en: 'one more' },
      },
    ],
    run: async (session, given) =>
      (await import('./account-command.ts')).addAccount(session, given),
  },
]
