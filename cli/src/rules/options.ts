import type { OptionSpec } from '../shell/command.ts'

/** Variables. */
export const CONTEXT_OPTION: OptionSpec = {
  flags: '--context <context>',
  about: {
    zh: '变量，FEEL 字面量，如 {a: 1, b: date("2026-08-31")}',
    en: 'variables as a FEEL literal, such as {a: 1, b: date("2026-08-31")}',
  },
}

/** A file of questions. */
export const BATCH_OPTION: OptionSpec = {
  flags: '--batch <file>',
  about: {
    zh: '每行一个问题的文件，- 为标准输入',
    en: 'file with a question on each line, - for standard input',
  },
}

/** The instant that `now()` and `today()` are. */
export const INSTANT_OPTION: OptionSpec = {
  flags: '--on <date-time>',
  about: {
    zh: 'now() 和 today() 的时刻，如 2026-08-31T10:00:00+08:00；缺省为现在',
    en: 'the instant of now() and today(), such as 2026-08-31T10:00:00+08:00; by default the present',
  },
}

/** Which packages a command looks into. */
export const SERVICES_OPTION: OptionSpec = {
  flags: '--services <dir>',
  about: {
    zh: '服务包所在的文件夹，缺省为本程序旁的 services',
    en: 'folder of packages, by default the folder services beside this program',
  },
}
