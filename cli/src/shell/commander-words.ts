import type { CommanderError } from 'commander'
import { type CommandFailure, usage } from './failure.ts'
import type { Words } from './words.ts'

/** Headings of commander's help, and what else it says by itself. */
const HEADINGS: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Global Options:': '各处通用的选项：',
  'Commands:': '命令：',
}

/** A heading of help in Chinese. */
export function headingInChinese(title: string): string {
  return HEADINGS[title] ?? title
}

/** What `-h` says of itself. */
export const HELP_WORDS: Words = { zh: '显示帮助', en: 'show help' }

/** What a command line was refused for, in both languages, from commander's code and message. */
export function usageOf(error: CommanderError): CommandFailure {
  const [what = '', value = ''] = [...error.message.matchAll(/'([^']*)'/g)].map((match) => match[1])
  const near = /Did you mean (?:one of )?(.*)\?\)/.exec(error.message)?.[1]
  const hint = {
    zh: near === undefined ? '' : `是不是要输入 ${near}？`,
    en: near === undefined ? '' : ` Did you mean ${near}?`,
  }
  switch (error.code) {
    case 'commander.unknownCommand':
      return usage(`没有 ${what} 这个命令。${hint.zh}`, `There is no command ${what}.${hint.en}`)
    case 'commander.unknownOption':
      return usage(`没有 ${what} 这个选项。${hint.zh}`, `There is no option ${what}.${hint.en}`)
    case 'commander.missingArgument':
      return usage(`缺少参数 ${what}。`, `The argument ${what} is missing.`)
    case 'commander.optionMissingArgument':
      return usage(`选项 ${what} 后面要有值。`, `The option ${what} needs a value.`)
    case 'commander.missingMandatoryOptionValue':
      return usage(`必须给出选项 ${what}。`, `The option ${what} is required.`)
    case 'commander.excessArguments':
      return usage('参数太多。', 'There are more arguments than this command takes.')
    case 'commander.invalidArgument': {
      const choices = /Allowed choices are (.*)\./.exec(error.message)?.[1] ?? ''
      return usage(
        `选项 ${what} 应为 ${choices} 之一；实为 ${value}。`,
        `The option ${what} must be one of ${choices}; came ${value}.`,
      )
    }
    default:
      return usage(error.message, error.message)
  }
}
