/**
 * Goal: everyone outside may rely on the table of services/README.md, and wrong facts are refused as
 * the catalogue of determinations says.
 * Method: the table against the published rules; then, for every determination, facts of its own
 * example broken one by one, as its schema tells (missing, mistyped, out of range, excluded).
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FactSchema, Json, JsonObject } from '@renshe/rules'
import { describe, expect, it } from 'vitest'
import { answerQuestion } from '../rules/answer-question.ts'
import { loadShelf, type ShelvedRule } from '../rules/rule-shelf.ts'
import { PackageFolders } from './package-folders.ts'

const services = fileURLToPath(new URL('../../../services', import.meta.url))
const shelf = loadShelf(new PackageFolders(services))
const readme = readFileSync(`${services}/README.md`, 'utf8')

const rows = [
  ...readme.matchAll(/^\| `([a-z0-9.-]+\.[a-z0-9-]+)` \| `([a-z-]+)` \| (.+) \| (.+) \|$/gm),
]
const table = rows.map(([, id = '', library = '', certainty = '', status = '']) => ({
  id,
  library,
  certainty,
  status,
}))
const extra = [...readme.matchAll(/no determination of the catalogue: (.+)\.$/gm)]
  .flatMap(([, list = '']) => list.split(', '))
  .map((name) => name.replaceAll('`', ''))

function ruleOf(id: string): ShelvedRule {
  const rule = shelf.rules.get(id)
  if (rule === undefined) throw new Error(`no rule ${id}`)
  return rule
}

function examplesOf(rule: ShelvedRule) {
  return rule.package.document.examples.rules.filter((one) => one.rule === rule.id)
}

/** The first example that is answered: a set of good facts. */
function goodExample(rule: ShelvedRule) {
  const found = examplesOf(rule).find(({ outputs }) => outputs !== undefined)
  if (found === undefined) throw new Error(`no answered example of ${rule.id}`)
  return { ...found, facts: found.facts as JsonObject }
}

function ask(rule: ShelvedRule, facts: JsonObject, withTrace = false) {
  const { on, region } = goodExample(rule)
  return answerQuestion(shelf, { id: rule.id, on, region, facts }, withTrace)
}

function refusal(rule: ShelvedRule, facts: JsonObject): string {
  const reply = ask(rule, facts)
  return reply.ok ? 'answered' : `${reply.error.code} ${reply.error.field}`
}

const published = table.filter(({ status }) => status === 'published').map(({ id }) => ruleOf(id))

describe('the table of determinations', () => {
  it('names each of the 119 once, with its library, certainty and status', () => {
    expect(table).toHaveLength(119)
    expect(new Set(table.map(({ id }) => id)).size).toBe(119)
    for (const { id, library, certainty, status } of table) {
      const rule = shelf.rules.get(id)
      if (status === 'published')
        expect(`${id} ${rule?.package.document.name}`).toBe(`${id} ${library}`)
      else expect(`${id} ${rule?.id} ${status}`).toMatch(/^\S+ undefined not yet: .{10,}$/)
      expect(certainty).toMatch(/S|K-[HML]|P|per limit/)
    }
  })

  it('leaves no published rule out', () => {
    const known = [...table.map(({ id }) => id), ...extra].sort()
    expect([...shelf.rules.keys()].sort()).toEqual(known)
    expect([...shelf.broken]).toEqual([])
  })
})

describe('every determination', () => {
  it.each(published.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
    const examples = examplesOf(rule)
    // An ordinary one and one at a boundary.
    expect(examples.length).toBeGreaterThanOrEqual(2)
    for (const { on, region, outputs, ...example } of examples) {
      if (outputs === undefined) continue
      const facts = example.facts as JsonObject
      const reply = answerQuestion(shelf, { id: rule.id, on, region, facts }, true)
      if (!reply.ok) throw new Error(`${rule.id}: ${reply.error.message}`)
      expect(reply.outputs).toEqual(outputs)
      const told = reply.trace?.map((step) => step.output)
      expect(told).toEqual(expect.arrayContaining(Object.keys(outputs)))
      for (const { clause } of reply.trace ?? []) expect(clause).toBeTruthy()
    }
  })
})

describe('wrong facts', () => {
  it.each(published.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
    const { facts } = goodExample(rule)
    const { document } = rule.rule
    expect(refusal(rule, { ...facts, shoeSize: 42 })).toBe('FACT_UNKNOWN shoeSize')
    for (const fact of document.facts) {
      const without = { ...facts, [fact.name]: null }
      if (isRequired(fact)) expect(refusal(rule, without)).toBe(`FACT_MISSING ${fact.name}`)
      expect(refusal(rule, { ...facts, [fact.name]: mistyped(fact) })).toBe(
        `FACT_TYPE ${fact.name}`,
      )
      for (const wild of outOfRange(fact)) {
        expect(refusal(rule, { ...facts, [fact.name]: wild })).toBe(`FACT_RANGE ${fact.name}`)
      }
    }
    for (const alternatives of document.exactlyOneOf ?? []) {
      const none = Object.fromEntries(
        Object.entries(facts).filter(([name]) => !alternatives.flat().includes(name)),
      )
      expect(refusal(rule, none)).toBe(`FACT_MISSING ${alternatives[0]?.[0]}`)
    }
  })

  it('never tells a number of a person', () => {
    const idNumber = '110105194912310021'
    for (const id of [
      'identifiers.resident-id',
      'identifiers.person-match',
      'credit.public-entry',
    ]) {
      const rule = ruleOf(id)
      for (const wrong of [[idNumber], idNumber.repeat(30)]) {
        const reply = ask(rule, { ...goodExample(rule).facts, idNumber: wrong })
        expect(reply.ok).toBe(false)
        expect(JSON.stringify(reply)).not.toContain(idNumber)
      }
    }
  })
})

function isRequired(fact: FactSchema): boolean {
  return fact.optional !== true && fact.default === undefined && fact.parameter === undefined
}

/** A value of another JSON type, or of another form. */
function mistyped(fact: FactSchema): Json {
  return ['text', 'code', 'region', 'date', 'month', 'instant', 'money', 'decimal'].includes(
    fact.type,
  )
    ? 7
    : 'seven'
}

/** Values of the right form that are outside what the schema allows. */
function outOfRange(fact: FactSchema): Json[] {
  switch (fact.type) {
    case 'code':
      return ['NO_SUCH_CODE']
    case 'region':
      return ['990000']
    case 'date':
      return ['2026-02-30', '1899-12-31', '2201-01-01']
    case 'month':
      return ['2026-13', '1899-12', '2201-01']
    case 'instant':
      return ['2026-02-30T00:00:00+08:00']
    case 'year':
      return [1899, 2201]
    case 'text':
      return ['字'.repeat(501)]
    case 'money':
      return fact.minimum === undefined ? ['-0.01'] : []
    case 'int': {
      const least = Number(fact.minimum ?? '0') - 1
      return fact.maximum === undefined ? [least] : [least, Number(fact.maximum) + 1]
    }
    case 'decimal':
      return fact.minimum === undefined ? [] : [`-0.1`]
    default:
      return []
  }
}
