/* What the sign dialog says, made from body and openings alone, in the words of the published package. */
import type { Bilingual, CompiledPackage, Field } from '@renshe/contracts'
import type { Json, JsonObject } from '@renshe/crypto'

/** One line of the sign dialog in both languages. */
export type SignSentence = Bilingual

/** A text that another one could be taken for: the dialog shows its code points. */
export interface UnusualText {
  readonly text: string
  /** For example `U+20BB7 U+91CE`. */
  readonly codePoints: string
}

/** Everything that the dialog shows. */
export interface SignWords {
  readonly sentences: readonly SignSentence[]
  readonly unusual: readonly UnusualText[]
}

/** What is signed, as it was read back and recomputed. */
export interface WordsGiven {
  /** `open` for the opening of a case, else the name of the step. */
  readonly step: string
  /** Public fields of the form, with their definitions. */
  readonly fields: JsonObject
  readonly definitions: Readonly<Record<string, Field>>
  readonly outcome: string | null
  readonly batch: {
    readonly section: string
    readonly count: number
    readonly totals: JsonObject
  } | null
  readonly sections: readonly { readonly name: string; readonly values: JsonObject }[]
}

type Language = 'zh' | 'en'

/** Makes the words. Names without a text of the package stand as they are: nothing is left out. */
export function signWords(code: CompiledPackage, given: WordsGiven): SignWords {
  const sentences: SignSentence[] = [both((language) => actSentence(code, language, given))]
  const { outcome, batch, sections } = given
  if (outcome !== null) {
    sentences.push(
      both((language) => {
        const said = textOf(code, language, `outcome.${given.step}.${outcome}`) ?? outcome
        return language === 'zh' ? `结果:${said}` : `Outcome: ${said}`
      }),
    )
  }
  if (batch !== null) sentences.push(both((language) => batchSentence(code, language, batch)))
  for (const { name, values } of sections) {
    sentences.push(both((language) => sectionSentence(code, language, name, values)))
  }
  return { sentences, unusual: unusualTexts([given.fields, ...sections.map((s) => s.values)]) }
}

function both(make: (language: Language) => string): SignSentence {
  return { zh: make('zh'), en: make('en') }
}

function textOf(code: CompiledPackage, language: Language, key: string): string | undefined {
  const { texts } = code.document
  return Object.hasOwn(texts[language], key) ? texts[language][key] : undefined
}

function actSentence(code: CompiledPackage, language: Language, given: WordsGiven): string {
  const { step, fields, definitions } = given
  const sentence = textOf(code, language, `sign.${step}`)
  if (sentence !== undefined) {
    return filled(sentence, (name) => {
      if (!Object.hasOwn(definitions, name)) return undefined
      return wordOf(code, language, name, fields[name] ?? null)
    })
  }
  const title = textOf(code, language, `step.${step}`) ?? step
  const service = code.document.title[language]
  const said = listed(code, language, fields)
  return `${service} · ${title}${said === '' ? '' : `: ${said}`}`
}

/** Replaces `{name}`; what is no field stays as it is written, braces and all. */
function filled(sentence: string, word: (name: string) => string | undefined): string {
  let made = ''
  let at = 0
  for (;;) {
    const open = sentence.indexOf('{', at)
    const close = open < 0 ? -1 : sentence.indexOf('}', open)
    if (close < 0) return made + sentence.slice(at)
    const name = sentence.slice(open + 1, close)
    made += sentence.slice(at, open) + (word(name) ?? sentence.slice(open, close + 1))
    at = close + 1
  }
}

function batchSentence(
  code: CompiledPackage,
  language: Language,
  { section, count, totals }: NonNullable<WordsGiven['batch']>,
): string {
  const title = textOf(code, language, `section.${section}`) ?? section
  const sums = listed(code, language, totals)
  const rows = language === 'zh' ? `${count} 行` : `${count} rows`
  const total = language === 'zh' ? '合计' : 'totals'
  return `${title}: ${rows}${sums === '' ? '' : `, ${total} ${sums}`}`
}

function sectionSentence(
  code: CompiledPackage,
  language: Language,
  name: string,
  values: JsonObject,
): string {
  const title = textOf(code, language, `section.${name}`) ?? name
  const sealed = language === 'zh' ? '封存' : 'sealed'
  return `${title} (${sealed}): ${listed(code, language, values)}`
}

function listed(code: CompiledPackage, language: Language, values: JsonObject): string {
  return Object.keys(values)
    .sort()
    .map((name) => {
      const label = textOf(code, language, `field.${name}`) ?? name
      return `${label} ${wordOf(code, language, name, values[name] ?? null)}`
    })
    .join('; ')
}

function wordOf(code: CompiledPackage, language: Language, name: string, value: Json): string {
  if (value === null) return '—'
  if (typeof value === 'string') return textOf(code, language, `code.${name}.${value}`) ?? value
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) {
    return value.map((element) => wordOf(code, language, name, element)).join(', ')
  }
  return listed(code, language, value)
}

/** Texts that are not in normal form C, or hold characters that look like others. */
function unusualTexts(all: readonly JsonObject[]): UnusualText[] {
  const found = new Map<string, UnusualText>()
  const visit = (json: Json): void => {
    if (typeof json === 'string') {
      if (isUnusual(json)) found.set(json, { text: json, codePoints: codePointsOf(json) })
    } else if (json !== null && typeof json === 'object') {
      for (const part of Object.values(json)) visit(part)
    }
  }
  for (const values of all) visit(values)
  return [...found.values()]
}

const COMPATIBILITY = /[\uf900-\ufaff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u{10000}-\u{10ffff}]/u

/** Composed and decomposed letters, compatibility ideographs, planes above 0, invisible characters. */
function isUnusual(text: string): boolean {
  return text.normalize('NFC') !== text || COMPATIBILITY.test(text)
}

function codePointsOf(text: string): string {
  return Array.from(text, (character) => {
    const point = character.codePointAt(0) as number
    return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  }).join(' ')
}
