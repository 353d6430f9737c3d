/* A transaction as a sentence, from what this reader may see. */
import type { Locale } from '../../words/words.ts'
import { ACTION_WORDS } from './action-words.ts'
import type { TransactionLine } from './shown.ts'

/** Says who did what: `托管人 示例·汇川银行 到账核对（企业年金缴费）`. */
export function sentenceOf(line: TransactionLine, locale: Locale): string {
  const { about, action, memberName, member, code } = line
  const who = memberName?.[locale] ?? member
  const refused =
    code === 'OK' ? '' : locale === 'zh' ? `，没有办成（${code}）` : `, refused (${code})`
  if (about !== null) {
    const what = about.stepTitle?.[locale] ?? (locale === 'zh' ? '开始办理' : 'opened')
    const title = about.title[locale]
    return locale === 'zh'
      ? `${who} ${what}（${title}）${refused}`
      : `${who}: ${what} (${title})${refused}`
  }
  const words = ACTION_WORDS[action]?.[locale] ?? action
  return locale === 'zh' ? `${who} ${words}${refused}` : `${who}: ${words}${refused}`
}
