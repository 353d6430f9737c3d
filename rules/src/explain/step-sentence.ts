import type { Json } from '../value/json.ts'

/** Texts of a package in one language, by dotted key. */
export type PackageTexts = Readonly<Record<string, string>>

/**
 * The sentence that a package has for a step: `rule.<id>.<step>.<value>` where it says that value
 * otherwise than others (`true`, `false`, a code, a number, `none` for nothing and for an empty list),
 * else `rule.<id>.<step>`.
 *
 * @returns the template with its places in braces; undefined where the package says nothing
 */
export function sentenceOfStep(
  texts: PackageTexts,
  rule: string,
  step: string,
  value: Json,
): string | undefined {
  const key = `rule.${rule}.${step}`
  const own = textOf(texts, `${key}.${variantOf(value)}`)
  return own ?? textOf(texts, key)
}

/** How a value names the sentence that is its own. */
function variantOf(value: Json): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none'
  if (!Array.isArray(value)) return typeof value === 'object' ? 'some' : String(value)
  const [only] = value
  return value.length === 1 && typeof only === 'string' ? only : 'some'
}

/**
 * Puts words in the place of `{name}`; `{prefix.*}` stands for the one input whose name begins so. A
 * brace that names nothing stays as it is.
 *
 * @param names   of the inputs of the step
 * @param wordOf  words of a name; undefined where it names nothing
 */
export function fillSentence(
  template: string,
  names: readonly string[],
  wordOf: (name: string) => string | undefined,
): string {
  let filled = ''
  let from = 0
  for (;;) {
    const open = template.indexOf('{', from)
    const close = open < 0 ? -1 : template.indexOf('}', open)
    if (close < 0) return filled + template.slice(from)
    const asked = template.slice(open + 1, close)
    const name = asked.endsWith('.*')
      ? names.find((one) => one.startsWith(asked.slice(0, -1)))
      : asked
    filled += template.slice(from, open) + ((name && wordOf(name)) ?? `{${asked}}`)
    from = close + 1
  }
}

/** Languages in which sentences are told. */
export type Language = 'zh' | 'en'

const NOTHING: Readonly<Record<Language, string>> = { zh: '没有', en: 'none' }
const YES_NO: Readonly<Record<Language, readonly [string, string]>> = {
  zh: ['是', '否'],
  en: ['yes', 'no'],
}

/**
 * A value in words: yes or no, nothing, the package's word for a code (`code.<name>.<value>`), lists with
 * commas; everything else as it is spelled.
 *
 * @param name  of the fact, step or parameter that has the value
 */
export function wordsOfValue(
  texts: PackageTexts,
  name: string,
  value: Json,
  language: Language,
): string {
  if (value === null) return NOTHING[language]
  if (typeof value === 'boolean') return YES_NO[language][value ? 0 : 1]
  if (Array.isArray(value)) {
    if (value.length === 0) return NOTHING[language]
    const each = value.map((one) => wordsOfValue(texts, name, one, language))
    return each.join(language === 'zh' ? '、' : ', ')
  }
  if (typeof value === 'string') return textOf(texts, `code.${name}.${value}`) ?? value
  return JSON.stringify(value)
}

/** The text of a key; undefined where there is none. */
export function textOf(texts: PackageTexts, key: string): string | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : undefined
}
