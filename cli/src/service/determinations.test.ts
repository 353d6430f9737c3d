/**
 * Goal: everyone outside may rely on the table of services/README.md, and every determination answers
 * its worked examples with a whole trace.
 * Method: the table against the published rules; then every example asked. Wrong facts:
 * `wrong-facts.test.ts`.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { JsonObject } from '@renshe/rules'
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
