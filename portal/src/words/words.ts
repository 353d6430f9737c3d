/* Texts of the portal: Chinese is written first, English beside it; a key without both does not compile. */
import { IntlMessageFormat } from 'intl-messageformat'

/** Languages of the portal. */
export type Locale = 'zh' | 'en'

/** Texts by key, in both languages; placeholders in the ICU message format. */
export interface Words<Key extends string> {
  readonly zh: Readonly<Record<Key, string>>
  readonly en: Readonly<Record<Key, string>>
}

/** What a placeholder may become. */
export type WordValue = string | number

/** Says one text of {@link Words}. */
export type Say<Key extends string> = (
  key: Key,
  values?: Readonly<Record<string, WordValue>>,
) => string

/** Declares texts. */
export function words<const Zh extends Readonly<Record<string, string>>>(
  zh: Zh,
  en: { readonly [Key in keyof Zh]: string },
): Words<Extract<keyof Zh, string>> {
  return { zh, en } as Words<Extract<keyof Zh, string>>
}

const formats = new Map<string, IntlMessageFormat>()

/** Says a text in a language; plural and order come from the message, never from joined strings. */
export function sayIn<Key extends string>(texts: Words<Key>, locale: Locale): Say<Key> {
  return (key, values) => {
    const message = texts[locale][key]
    if (values === undefined && !message.includes('{')) return message
    const place = `${locale}${message}`
    const known = formats.get(place)
    const format = known ?? new IntlMessageFormat(message, locale === 'zh' ? 'zh-CN' : 'en-GB')
    if (known === undefined) formats.set(place, format)
    return String(format.format(values))
  }
}
