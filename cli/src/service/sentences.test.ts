/**
 * Goal: every step of every determination is told in plain Chinese and English with its numbers, and
 * every published number of the law has a name.
 * Method: all worked examples of all determinations explained with the texts of their package; each
 * step must have a sentence, no place in braces may stay open, no code, `null` or `true` be shown.
 */
import { fileURLToPath } from 'node:url'
import { explainRule, type FieldSchema, type JsonObject, sentenceOfStep } from '@renshe/rules'
import { describe, expect, it } from 'vitest'
import { loadShelf, type ShelvedRule } from '../rules/rule-shelf.ts'
import { PackageFolders } from './package-folders.ts'

const services = fileURLToPath(new URL('../../../services', import.meta.url))
const shelf = loadShelf(new PackageFolders(services))
const LANGUAGES = ['zh', 'en'] as const

function explainedExamples(rule: ShelvedRule) {
  const { examples, texts } = rule.package.document
  return examples.rules
    .filter((example) => example.rule === rule.id && example.outputs !== undefined)
    .map(({ on, region, name, facts }) => {
      const explained = explainRule({
        document: rule.rule.document,
        on,
        region,
        facts: facts as JsonObject,
        parameters: shelf.parameters,
        calendar: shelf.calendar,
        texts,
      })
      if (!explained.ok) throw new Error(`${rule.id} ${name}: ${explained.error.message}`)
      return { name, facts, explained }
    })
}

/** What stands in a sentence only because a fact says so, and names of clauses. */
function withoutGiven(sentence: string, facts: unknown, clauses: readonly string[]): string {
  const given = JSON.stringify(facts).match(/"(?:[^"\\]|\\.)*"/g) ?? []
  const texts = given.map((text) => JSON.parse(text) as string)
  return [...texts, ...clauses]
    .filter((text) => text !== '')
    .sort((one, other) => other.length - one.length)
    .reduce((left, text) => left.replaceAll(text, ''), sentence)
}

describe('every step in words', () => {
  it.each([...shelf.rules])('%s', (id, rule) => {
    const { texts, law } = rule.package.document
    const clauses = [rule.package, ...rule.package.uses.values()]
      .flatMap(({ document }) => document.law)
      .concat(law)
      .map((clause) => clause.id)
    for (const { name, facts, explained } of explainedExamples(rule)) {
      for (const { output, name: inner, value } of explained.trace) {
        const step = output ?? inner ?? ''
        for (const language of LANGUAGES) {
          const own = sentenceOfStep(texts[language], id, step, value)
          expect(own, `${language} ${id}.${step} ${JSON.stringify(value)} in ${name}`).toBeTruthy()
        }
        const label = texts.zh[`rule.${id}.${step}.title`] ?? texts.zh[`field.${step}`]
        expect(label, `the name of ${id}.${step}`).toMatch(/\p{Script=Han}/u)
      }
      for (const language of LANGUAGES) {
        // The first sentence is the one about the whole determination.
        for (const sentence of explained.sentences[language].slice(1)) {
          expect(sentence, name).not.toMatch(/[{}]|\b(?:null|true|false|undefined)\b|\[object/)
          const left = withoutGiven(sentence, facts, clauses)
          if (language === 'en') expect(left, name).not.toMatch(/\p{Script=Han}/u)
          expect(left, name).not.toMatch(/\b(?!EMS\b|Luhn\b)[A-Z]{3,}(?:_[A-Z]+)*\b/)
        }
      }
    }
  })
})

/** Codes of a field and of the fields in it, as `name.CODE`. */
function codesOf(field: FieldSchema, name: string): string[] {
  const { codes = [], items, fields = [] } = field
  return [
    ...codes.map((code) => `${name}.${code}`),
    ...(items === undefined ? [] : codesOf(items, name)),
    ...fields.flatMap((one) => codesOf(one, one.name)),
  ]
}

it('has a word for every code that a fact or an output may be', () => {
  for (const { rule, package: from } of shelf.rules.values()) {
    const { facts, outputs } = rule.document
    const { zh, en } = from.document.texts
    for (const code of [...facts, ...outputs].flatMap((field) => codesOf(field, field.name))) {
      expect(zh[`code.${code}`], `${rule.document.id} ${code}`).toMatch(/\p{Script=Han}/u)
      expect(en[`code.${code}`], `${rule.document.id} ${code}`).toMatch(/^[^\p{Script=Han}]+$/u)
    }
  }
})

it('gives every number of the law a name in both languages', () => {
  for (const { package: from } of shelf.rules.values()) {
    const { parameters, texts } = from.document
    for (const { parameter } of parameters) {
      expect(texts.zh[`parameter.${parameter}`], parameter).toMatch(/\p{Script=Han}/u)
      expect(texts.en[`parameter.${parameter}`], parameter).not.toMatch(/\p{Script=Han}/u)
    }
  }
})
