/* Amounts, months and counts as a sentence of a calculator says them, in both languages at once. */
import type { Json, JsonObject } from '@renshe/crypto'
import { dayInWords, monthInWords } from '../../format/moments.ts'
import { yuan } from '../../format/money.ts'
import type { Bilingual } from '../../shell/workspace.ts'
import type { Outcomes } from './calculator.ts'
import { yearsText } from './read-answers.ts'

/** Two texts of one meaning. */
export const both = (zh: string, en: string): Bilingual => ({ zh, en })

/** Outputs of a call that was made. */
export function outputsOf(outcomes: Outcomes, call: string): JsonObject {
  const outputs = outcomes[call]
  if (outputs === undefined) throw new Error(`no outputs of ${call}`)
  return outputs
}

/** `3,427.39 元`. */
export function money(value: Json | undefined): Bilingual {
  const amount = yuan(String(value))
  return both(`${amount} 元`, `${amount} yuan`)
}

/** `2042年3月`. */
export function month(value: Json | undefined): Bilingual {
  const text = String(value)
  return both(monthInWords(text, 'zh'), monthInWords(text, 'en'))
}

/** `2026年3月8日`. */
export function day(value: Json | undefined): Bilingual {
  const text = String(value)
  return both(dayInWords(text, 'zh'), dayInWords(text, 'en'))
}

/** `63 年`, `60 年 3 个月`. */
export function span(months: Json | undefined): Bilingual {
  return both(yearsText(Number(months), 'zh'), yearsText(Number(months), 'en'))
}

/** An age in months: `63 岁`, `58 岁 4 个月`. */
export function age(months: Json | undefined): Bilingual {
  const [years, rest] = [Math.floor(Number(months) / 12), Number(months) % 12]
  const en = `${years} years${rest === 0 ? '' : ` and ${rest} months`}`
  return both(`${years} 岁${rest === 0 ? '' : ` ${rest} 个月`}`, en)
}

/** `6 个月`. */
export function months(count: Json | undefined): Bilingual {
  const text = String(count)
  return both(`${text} 个月`, `${text} ${text === '1' ? 'month' : 'months'}`)
}

/** Exact sum of amounts in yuan with at most two places. */
export function sumOf(amounts: readonly (Json | undefined)[]): string {
  let fen = 0n
  for (const amount of amounts) {
    const [whole = '0', cents = ''] = String(amount).split('.')
    fen += BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0'))
  }
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
