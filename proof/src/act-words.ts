/*
 * What a body says, in the words of the package that runs the case: made from body and openings alone, by the
 * node that prepared it and once more by the browser that signs it.
 */
import type { Json, JsonObject } from '@renshe/crypto'
import { amountInChinese, amountInEnglish, groupedDigits } from './amount-words.ts'
import { type UnusualText, unusualTexts } from './unusual-texts.ts'

/** One text in both languages. */
export interface SaidText {
  readonly zh: string
  readonly en: string
}

/** What is said of a value depends on so much of its definition. */
export interface SaidField {
  readonly type: string
  /** Fields of the records of a list. */
  readonly fields?: Readonly<Record<string, SaidField>>
}

type SaidFields = Readonly<Record<string, SaidField>>

/** Where words come from. */
export interface WordsOfPackage {
  readonly title: SaidText
  /** Texts by dotted key: those of the package itself first, then those of what it uses. */
  readonly texts: readonly {
    readonly zh: Readonly<Record<string, string>>
    readonly en: Readonly<Record<string, string>>
  }[]
}

/** What is signed, as it was read back and recomputed. */
export interface ActToSay {
  /** `open` for the opening of a case, else the name of the step. */
  readonly step: string
  /** Public fields of the form, with their definitions. */
  readonly fields: JsonObject
  readonly definitions: SaidFields
  readonly outcome: string | null
  readonly batch: {
    readonly section: string
    readonly count: number
    readonly totals: JsonObject
    readonly definitions?: SaidFields
  } | null
  readonly sections: readonly {
    readonly name: string
    readonly values: JsonObject
    readonly definitions?: SaidFields
  }[]
}

/** An amount of the act in digits and in words. */
export interface SaidAmount {
  readonly label: SaidText
  readonly digits: string
  readonly words: SaidText
}

/** An act in words. */
export interface SaidAct {
  readonly sentences: readonly SaidText[]
  readonly amounts: readonly SaidAmount[]
  /** Texts that another one could be taken for: to be shown with their code points. */
  readonly unusual: readonly UnusualText[]
}

type Language = keyof SaidText

/** Says an act. Names without a text of the package stand as they are: nothing is left out. */
export function sayAct(words: WordsOfPackage, act: ActToSay): SaidAct {
  const { outcome, batch, sections, fields } = act
  const sentences: SaidText[] = [both((language) => actSentence(words, language, act))]
  if (outcome !== null) {
    sentences.push(
      both((language) => {
        const said = textOf(words, language, `outcome.${act.step}.${outcome}`) ?? outcome
        return language === 'zh' ? `结果:${said}` : `Outcome: ${said}`
      }),
    )
  }
  if (batch !== null) sentences.push(both((language) => batchSentence(words, language, batch)))
  for (const section of sections) {
    sentences.push(both((language) => sectionSentence(words, language, section)))
  }
  return {
    sentences,
    amounts: [
      ...amountsOf(words, fields, act.definitions),
      ...(batch === null ? [] : amountsOf(words, batch.totals, batch.definitions ?? {})),
      ...sections.flatMap((one) => amountsOf(words, one.values, one.definitions ?? {})),
    ],
    unusual: unusualTexts([fields, ...sections.map(({ values }) => values)]),
  }
}

/**
 * A text of the package, or of one it uses.
 *
 * @param key  dotted, for example `step.confirm`
 */
export function textOf(words: WordsOfPackage, language: Language, key: string): string | undefined {
  const found = words.texts.find((texts) => Object.hasOwn(texts[language], key))
  return found?.[language][key]
}

/** A value in words: codes by their texts, amounts with grouped digits, lists and records member by member. */
export function sayValue(
  words: WordsOfPackage,
  language: Language,
  name: string,
  value: Json,
  field?: SaidField,
): string {
  if (value === null) return '—'
  if (typeof value === 'string') {
    const said = textOf(words, language, `code.${name}.${value}`)
    return said ?? (field?.type === 'money' ? groupedDigits(value) : value)
  }
  if (typeof value === 'boolean') {
    return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no'
  }
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) {
    return value.map((one) => sayValue(words, language, name, one, field)).join(', ')
  }
  return listed(words, language, value, field?.fields ?? {})
}

function both(make: (language: Language) => string): SaidText {
  return { zh: make('zh'), en: make('en') }
}

function actSentence(
  words: WordsOfPackage,
  language: Language,
  { step, fields, definitions }: ActToSay,
): string {
  const sentence = textOf(words, language, `sign.${step}`)
  const told = new Set<string>()
  const rest = (): string => {
    const others = Object.entries(fields).filter(([name]) => !told.has(name))
    return listed(words, language, Object.fromEntries(others), definitions)
  }
  if (sentence === undefined) {
    const title = textOf(words, language, `step.${step}`) ?? step
    const said = rest()
    return `${words.title[language]} · ${title}${said === '' ? '' : `: ${said}`}`
  }
  const said = filled(sentence, (name) => {
    if (!Object.hasOwn(definitions, name)) return undefined
    told.add(name)
    return sayValue(words, language, name, fields[name] ?? null, definitions[name])
  })
  // A package that was checked mentions every field; one that was not still hides none.
  const unsaid = rest()
  return unsaid === '' ? said : `${said} ${unsaid}`
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
  words: WordsOfPackage,
  language: Language,
  { section, count, totals, definitions = {} }: NonNullable<ActToSay['batch']>,
): string {
  const title = textOf(words, language, `section.${section}`) ?? section
  const sums = listed(words, language, totals, definitions)
  const rows = language === 'zh' ? `${count} 行` : `${count} rows`
  const total = language === 'zh' ? '合计' : 'totals'
  return `${title}: ${rows}${sums === '' ? '' : `, ${total} ${sums}`}`
}

function sectionSentence(
  words: WordsOfPackage,
  language: Language,
  { name, values, definitions = {} }: ActToSay['sections'][number],
): string {
  const title = textOf(words, language, `section.${name}`) ?? name
  const sealed = language === 'zh' ? '封存' : 'sealed'
  return `${title} (${sealed}): ${listed(words, language, values, definitions)}`
}

function listed(
  words: WordsOfPackage,
  language: Language,
  values: JsonObject,
  definitions: SaidFields,
): string {
  return Object.keys(values)
    .sort()
    .map((name) => {
      const field = Object.hasOwn(definitions, name) ? definitions[name] : undefined
      const label = textOf(words, language, `field.${name}`) ?? name
      return `${label} ${sayValue(words, language, name, values[name] ?? null, field)}`
    })
    .join('; ')
}

function amountsOf(
  words: WordsOfPackage,
  values: JsonObject,
  definitions: SaidFields,
): SaidAmount[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const field = Object.hasOwn(definitions, name) ? definitions[name] : undefined
    if (field === undefined || value === null || value === undefined) return []
    const ones = Array.isArray(value) ? value : [value]
    return ones.flatMap((one) => {
      if (field.type === 'money' && typeof one === 'string') {
        const [zh, en] = [amountInChinese(one), amountInEnglish(one)]
        if (zh === undefined || en === undefined) return []
        const label = both((language) => textOf(words, language, `field.${name}`) ?? name)
        return [{ label, digits: groupedDigits(one), words: { zh, en } }]
      }
      const isRecord = field.fields !== undefined && one !== null && typeof one === 'object'
      return isRecord && !Array.isArray(one) ? amountsOf(words, one, field.fields ?? {}) : []
    })
  })
}
