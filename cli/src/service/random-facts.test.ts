/**
 * Goal: whatever good facts a determination is asked with, it answers or says which fact, value or day
 * is wrong; it never fails by a mistake of its own, says the same with and without its trace, and tells
 * every step in words.
 * Method: facts drawn from the schema of each rule, edges among them (no money, the last day of
 * February, empty and long lists, texts of other planes), by repeatable dice.
 */
import { fileURLToPath } from 'node:url'
import {
  explainRule,
  type FactSchema,
  type FieldSchema,
  type Json,
  type JsonObject,
} from '@renshe/rules'
import { describe, expect, it } from 'vitest'
import { answerQuestion } from '../rules/answer-question.ts'
import { loadShelf, type ShelvedRule } from '../rules/rule-shelf.ts'
import { PackageFolders } from './package-folders.ts'

const services = fileURLToPath(new URL('../../../services', import.meta.url))
const shelf = loadShelf(new PackageFolders(services))
const QUESTIONS = 60

let state = 20_261_124

/** A whole number from `least` to `most`. */
function draw(least: number, most: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return least + Math.floor((state / 2 ** 32) * (most - least + 1))
}

function pick<Item>(items: readonly Item[]): Item {
  return items[draw(0, items.length - 1)] as Item
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function day(): string {
  const usual = `${draw(2005, 2030)}-${two(draw(1, 12))}-${two(draw(1, 28))}`
  return pick([usual, usual, '2024-02-29', '2026-01-31', '2026-12-31', '1900-01-01', '2200-12-31'])
}

const TEXTS = ['', ' ', '𠮷', 'a', '11010519491231002X', '91350100M000100Y43', '字'.repeat(500)]

function number({ minimum, maximum, aboveMinimum }: FieldSchema, places: number): string {
  const scale = 10 ** places
  const least = Math.round(Number(minimum ?? '0') * scale) + (aboveMinimum === true ? 1 : 0)
  const most = maximum === undefined ? least + pick([0, 9, 9_999]) * scale : Number(maximum) * scale
  return (draw(least, most) / scale).toFixed(places)
}

function drawValue(field: FieldSchema): Json {
  switch (field.type) {
    case 'money':
      return pick(['0.00', '0.01', `${draw(0, 99_999)}.${two(draw(0, 99))}`, '99999999999.99'])
    case 'decimal':
      return number(field, pick([1, 4]))
    case 'int':
      return Number(number(field, 0))
    case 'year':
      return pick([1900, 2200, draw(2010, 2050)])
    case 'bool':
      return draw(0, 1) === 1
    case 'date':
      return day()
    case 'month':
      return day().slice(0, 7)
    case 'instant':
      return `${day()}T${two(draw(0, 23))}:00:00${pick(['Z', '+08:00'])}`
    case 'code':
      return pick(field.codes ?? [''])
    case 'region':
      return pick(['110000', '440300', '510104'])
    case 'calendar':
      return { holidays: [day()], workdays: [] }
    case 'list':
      return listOf(field)
    case 'object':
      return factsOf(field.fields ?? [])
    default:
      return pick(TEXTS)
  }
}

function listOf({ items, uniqueBy }: FieldSchema): Json {
  const length = pick([0, 1, 2, 7, 40])
  return Array.from({ length }, (_, at) => {
    const item = drawValue(items ?? { type: 'text' })
    return uniqueBy === undefined ? item : { ...(item as JsonObject), [uniqueBy]: `number ${at}` }
  })
}

function factsOf(fields: readonly FactSchema[]): JsonObject {
  const given = fields.filter(
    ({ optional, default: standing }) =>
      (optional !== true && standing === undefined) || draw(0, 1) === 1,
  )
  return Object.fromEntries(given.map((field) => [field.name, drawValue(field)]))
}

/** One alternative of each group, and none of the others. */
function choose(rule: ShelvedRule, facts: JsonObject): JsonObject {
  const { exactlyOneOf = [], facts: schemas } = rule.rule.document
  const chosen: { [name: string]: Json } = { ...facts }
  for (const alternatives of exactlyOneOf) {
    for (const name of alternatives.flat()) delete chosen[name]
    for (const name of pick(alternatives)) {
      const schema = schemas.find((one) => one.name === name)
      if (schema !== undefined) chosen[name] = drawValue(schema)
    }
  }
  return chosen
}

/** What may be wrong with facts that are good one by one. */
const LAWFUL = [
  'RULE_NOT_IN_FORCE',
  'REGION_REQUIRED',
  'FACT_MISSING',
  'FACT_RANGE',
  'FACT_CONFLICT',
  'PARAMETER_MISSING',
]

/** Sentences in which a place in braces was not filled. */
function openPlaces(
  rule: ShelvedRule,
  question: { on: string; region: string; facts: JsonObject },
) {
  const told = explainRule({
    ...question,
    document: rule.rule.document,
    parameters: shelf.parameters,
    calendar: shelf.calendar,
    texts: rule.package.document.texts,
  })
  return told.ok
    ? [...told.sentences.zh, ...told.sentences.en].filter((one) => one.includes('{'))
    : [told.error.message]
}

describe('random facts', () => {
  it.each([...shelf.rules])('%s', (id, rule) => {
    let answered = 0
    for (let count = 0; count < QUESTIONS; count += 1) {
      const question = {
        id,
        on: pick(['2026-08-31', '2026-08-31', '2025-06-30', '2021-02-28', '2010-01-01']),
        region: pick(['000000', '510000', '110000']),
        facts: choose(rule, factsOf(rule.rule.document.facts)),
      }
      const reply = answerQuestion(shelf, question, false)
      if (!reply.ok) {
        const { code, message } = reply.error
        if (!LAWFUL.includes(code)) expect({ code, message, question }).toEqual({ code: 'none' })
        continue
      }
      answered += 1
      const traced = answerQuestion(shelf, question, true)
      expect(traced.ok && traced.outputs).toEqual(reply.outputs)
      expect(openPlaces(rule, question)).toEqual([])
    }
    expect(answered).toBeGreaterThan(0)
  })
})
