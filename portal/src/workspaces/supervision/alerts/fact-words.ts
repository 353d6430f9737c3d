import type { Locale } from '../../../words/words.ts'

const LABELS: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  step: { zh: '步骤', en: 'Step' },
  round: { zh: '第几轮', en: 'Round' },
  n: { zh: '第几步', en: 'Number of the step' },
  number: { zh: '第几步', en: 'Number of the step' },
  due: { zh: '期限', en: 'Due' },
  dueAt: { zh: '期限', en: 'Due' },
  until: { zh: '期限', en: 'Due' },
  holder: { zh: '由谁办', en: 'Held by' },
  member: { zh: '单位', en: 'Organisation' },
  clock: { zh: '时限', en: 'Time limit' },
  differs: { zh: '不同之处', en: 'What differs' },
  outcome: { zh: '结果', en: 'Outcome' },
}

/** What a fact of an alert is called; undefined for one that the package itself names. */
export function factLabel(name: string, locale: Locale): string | undefined {
  return LABELS[name]?.[locale]
}
