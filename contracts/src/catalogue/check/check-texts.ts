/* What people read: both languages, and a sentence of the sign dialog for everything they sign. */
import type { Field, PackageDocument } from '../package-document.ts'
import { outcomesOf, type PackageNames } from './package-names.ts'
import { type Problems, pointer } from './problem.ts'

const LANGUAGES = ['zh', 'en'] as const

/** Checks texts: same keys in both languages, sign sentences, refusals and notices. */
export function checkTexts(names: PackageNames, problems: Problems): void {
  const { document, service } = names
  checkLanguages(document, problems)
  if (service === null) return
  checkSentence(document, 'open', service.opens.fields, problems)
  for (const [name, step] of Object.entries(service.steps)) {
    if (step.form !== undefined) checkSentence(document, name, step.form.fields, problems)
  }
  for (const key of neededKeys(names)) {
    for (const language of LANGUAGES) {
      if (document.texts[language][key] !== undefined) continue
      problems.warn(`/texts/${language}`, 'TEXT_MISSING', 'a text of that key', key)
    }
  }
}

function checkLanguages({ texts }: PackageDocument, problems: Problems): void {
  for (const [language, other] of [LANGUAGES, ['en', 'zh'] as const]) {
    for (const key of Object.keys(texts[language])) {
      if (Object.hasOwn(texts[other], key)) continue
      problems.error(pointer(`/texts/${other}`, key), 'TEXT_MISSING', `as in ${language}`, key)
    }
  }
}

/**
 * Every public field of a form stands in the sentence that its signer reads, as `{field}`: else it
 * would be signed unread.
 */
function checkSentence(
  { texts }: PackageDocument,
  step: string,
  fields: Readonly<Record<string, Field>>,
  problems: Problems,
): void {
  const key = `sign.${step}`
  for (const language of LANGUAGES) {
    const path = pointer(`/texts/${language}`, key)
    const sentence = texts[language][key]
    if (sentence === undefined) {
      if (Object.keys(fields).length === 0) continue
      const expected = `a sentence with ${placesOf(fields)}`
      problems.error(path, 'SIGN_SENTENCE_MISSING', expected)
      continue
    }
    for (const field of Object.keys(fields)) {
      if (sentence.includes(`{${field}}`)) continue
      problems.error(path, 'SIGN_FIELD_UNMENTIONED', `{${field}} in the sentence`, sentence)
    }
  }
}

function placesOf(fields: object): string {
  return Object.keys(fields)
    .map((field) => `{${field}}`)
    .join(' ')
}

/** Keys of refusals, steps and notices, so that no code is shown where people need words. */
function neededKeys({ document, service, effects }: PackageNames): string[] {
  const keys = new Set<string>()
  const refusals = (checks: readonly { readonly refuse: string }[]): void => {
    for (const { refuse } of checks) keys.add(`refuse.${refuse}`)
  }
  for (const row of Object.values(document.rows)) refusals(row.checks)
  if (service === null) return [...keys]
  refusals(service.opens.checks)
  for (const { rowChecks } of Object.values(service.determinations)) refusals(rowChecks)
  for (const [name, step] of Object.entries(service.steps)) {
    keys.add(`step.${name}`)
    refusals(step.checks)
    for (const [, { checks }] of outcomesOf(name, step)) refusals(checks)
  }
  for (const { effect } of effects) if ('notice' in effect) keys.add(`notice.${effect.notice}`)
  return [...keys].sort()
}
