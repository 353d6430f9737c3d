// Goal: reading only the packages that a question needs changes no answer and passes over no mistake in them.
// Method: every worked example of the published packages, asked of the whole shelf and of a new AskedRules for each
// package; then a copy of the packages with one that others use broken.
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '@renshe/rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PackageFolders } from '../service/package-folders.ts'
import { answerQuestion } from './answer-question.ts'
import { AskedRules } from './asked-rules.ts'
import { OWN_SERVICES } from './open-services.ts'
import { loadShelf, type RuleShelf } from './rule-shelf.ts'

let copy = ''
let shelf: RuleShelf
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'renshe-asked-'))
  cpSync(OWN_SERVICES, copy, { recursive: true })
  shelf = loadShelf(new PackageFolders(OWN_SERVICES))
})
afterAll(() => rmSync(copy, { recursive: true }))

const QUESTION = {
  id: 'labour.inspection',
  on: '2026-08-31',
  region: '000000',
  facts: {},
}

describe('rules read when they are asked for', () => {
  it('answer as all of them do', () => {
    const packages = new Set([...shelf.rules.values()].map((rule) => rule.package))
    let asked = 0
    for (const { document } of packages) {
      const rules = new AskedRules(new PackageFolders(OWN_SERVICES))
      for (const { rule: id, on, region, facts } of document.examples.rules) {
        const question = { id, on, region, facts: facts as JsonObject }
        asked += 1
        expect(answerQuestion(rules, question, true)).toEqual(answerQuestion(shelf, question, true))
      }
      expect(rules.broken.size).toBe(0)
    }
    expect(asked).toBeGreaterThan(300)
  })

  it('find nothing where there is nothing', () => {
    const rules = new AskedRules(new PackageFolders(OWN_SERVICES))
    expect(rules.findRule('nobody.published-this')).toBeUndefined()
    expect(rules.parameters.find('nobody.published-this', '000000', '2026-08-31')).toBeUndefined()
  })

  it('refuse a question whose package is broken, say why, and answer the others', () => {
    const broken = shelf.rules.get(QUESTION.id)?.package.document.name ?? ''
    appendFileSync(join(copy, broken, 'law.yaml'), '\n: [\n')
    const rules = new AskedRules(new PackageFolders(copy))
    const other = { ...QUESTION, id: 'pension.payout-months' }
    expect(answerQuestion(rules, other, false)).toEqual(answerQuestion(shelf, other, false))
    expect(rules.broken.size).toBe(0)
    expect(answerQuestion(rules, QUESTION, false)).toMatchObject({
      ok: false,
      error: { code: 'RULE_UNKNOWN' },
    })
    expect([...rules.broken.keys()]).toContain(broken)
  })

  it('take no value out of a package that is broken', () => {
    appendFileSync(join(copy, 'calendar', 'law.yaml'), '\n: [\n')
    const rules = new AskedRules(new PackageFolders(copy))
    expect(rules.parameters.find('calendar.day', '000000', '2026-10-01')).toBeUndefined()
    expect(shelf.parameters.find('calendar.day', '000000', '2026-10-01')).toBeDefined()
    expect([...rules.broken.keys()]).toEqual(['calendar'])
  })
})
