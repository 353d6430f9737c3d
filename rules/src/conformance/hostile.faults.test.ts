/**
 * Goal: no text and no document that anyone writes crashes a member, hangs it, or throws what is no
 * named error.
 * Method: 60,000 expressions (random ones, and the conformance tables cut, spliced and sprinkled),
 * 10,000 rule documents with parts exchanged, 10,000 DMN files cut and spliced; a fixed seed, small
 * budgets, and a clock on every single one. Packages: contracts/src/catalogue/hostile.faults.test.ts.
 */
import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { compile, compileUnaryTests } from '../compile/compile.ts'
import { NAMES, SCOPE } from '../compile/random-expressions.test-support.ts'
import { LIBRARY } from '../dmn/library-model.test-support.ts'
import { DmnRefused, loadDmn } from '../dmn/load-dmn.ts'
import { XmlRefused } from '../dmn/read-xml.ts'
import { compileModel, ModelRefused } from '../model/compile-model.ts'
import { evaluateModel } from '../model/evaluate-model.ts'
import { compileRule } from '../rule/compile-rule.ts'
import { evaluateRule } from '../rule/evaluate-rule.ts'
import { makeParameterTable } from '../rule/parameters.ts'
import type { RuleDocument } from '../rule/rule-document.ts'
import { RuleRefused } from '../rule/rule-problems.ts'
import { FeelSyntaxError } from '../syntax/syntax-error.ts'
import { toLiteral } from '../value/format-value.ts'
import { LimitExceeded } from '../value/limits.ts'
import { CLAUSES } from './clauses.test-support.ts'

const LIMITS = { steps: 20_000, listLength: 2_000, stringLength: 20_000, depth: 200 }
/** Milliseconds that a single one may take, on a machine that does other things too. */
const LONGEST_MS = 5_000
const NAMED = [FeelSyntaxError, LimitExceeded, RuleRefused, ModelRefused, XmlRefused, DmnRefused]

/** Numbers from 0 to below 1 that never change: what fails once fails again. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Does something and tells whether it ended well or with a named error; throws otherwise. */
function survives(what: string, work: () => unknown): 'done' | 'refused' {
  const begin = performance.now()
  let ended: 'done' | 'refused' = 'done'
  try {
    work()
  } catch (error) {
    const isNamed = NAMED.some((known) => error instanceof known)
    if (!isNamed) throw new Error(`${what}: ${String(error)}`, { cause: error })
    ended = 'refused'
  }
  const spent = performance.now() - begin
  if (spent > LONGEST_MS) throw new Error(`${what}: ${spent} ms`)
  return ended
}

const CORPUS = CLAUSES.flatMap(({ cases }) =>
  cases.map(({ text }) => text.split('  with  ')[0] ?? ''),
)
const SPRINKLES = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  '@',
  '..',
  ',',
  ':',
  '.',
  '-',
  '**',
  '/',
  '\\',
  '\u0000',
  ' if ',
  ' then ',
  ' else ',
  ' for x in ',
  ' return ',
  ' satisfies ',
  'function(x) ',
  'null',
  '9e6144',
  '1e-6176',
  '\uD800',
  '\u{1F600}',
  '人 社',
  ' instance of ',
  ' between ',
  ' and ',
  '?',
  '//',
  '/*',
  'matches("aaaa", "(a*)*b")',
  'date("9999-12-31")',
  '@"P99999Y"',
  '[1..1e30]',
  'x'.repeat(50),
]

function mutated(next: () => number): string {
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(next() * items.length)] as Item
  let text = pick(CORPUS)
  for (let rounds = 1 + Math.floor(next() * 4); rounds > 0; rounds -= 1) {
    const at = Math.floor(next() * (text.length + 1))
    const length = Math.floor(next() * 6)
    const kind = next()
    if (kind < 0.35) text = text.slice(0, at) + pick(SPRINKLES) + text.slice(at)
    else if (kind < 0.6) text = text.slice(0, at) + text.slice(at + length)
    else if (kind < 0.8) text = text.slice(0, at) + pick(CORPUS) + text.slice(at + length)
    else if (kind < 0.9) text = `(${text}) + (${pick(CORPUS)})`
    else
      text = text.slice(0, at) + String.fromCharCode(Math.floor(next() * 65_536)) + text.slice(at)
  }
  return text
}

describe('100,000 hostile inputs: expressions', () => {
  it('60,000 texts are refused by name or evaluated', () => {
    const next = chance(4)
    const environment = { now: 0, limits: LIMITS }
    let done = 0
    for (let at = 0; at < 60_000; at += 1) {
      const text = mutated(next)
      const compileText = at % 4 === 3 ? compileUnaryTests : compile
      const ended = survives(JSON.stringify(text), () =>
        toLiteral(compileText(text, { names: NAMES }).evaluate(SCOPE, environment).value),
      )
      if (ended === 'done') done += 1
    }
    // Neither all nor none: the mutations reach both the parser and the evaluator.
    expect(done).toBeGreaterThan(5_000)
    expect(done).toBeLessThan(55_000)
  })
})

const RULE: RuleDocument = {
  id: 'hostile.rule',
  title: { zh: '例', en: 'Example' },
  clause: ['law/1'],
  effectiveFrom: '2020-01-01',
  effectiveTo: '2030-01-01',
  facts: [
    { name: 'wage', type: 'money', minimum: '0', maximum: '100000' },
    { name: 'grade', type: 'code', codes: ['A', 'B'] },
    { name: 'base', type: 'money', parameter: 'base', parameterOn: 'on' },
    { name: 'rows', type: 'list', items: { type: 'object', fields: [{ name: 'k', type: 'int' }] } },
    { name: 'born', type: 'date', optional: true },
  ],
  exactlyOneOf: [[['wage'], ['born']]],
  checks: [{ condition: 'wage > 0', code: 'FACT_RANGE', field: 'wage', message: 'above 0' }],
  outputs: [
    { name: 'fee', type: 'money' },
    { name: 'kind', type: 'code', codes: ['X', 'Y'], nullable: true },
  ],
  steps: [
    {
      name: 'kind',
      table: {
        hitPolicy: 'U',
        inputs: [{ expression: 'grade', values: '"A", "B"' }],
        outputs: [{ values: ['"X"', '"Y"'], default: 'null' }],
        rows: [{ when: ['"A"'], give: ['"X"'], clause: 'law/1' }],
      },
    },
    {
      name: 'fee',
      expression: 'sum(for row in rows return row.k) + wage * parameter("base") + base',
      rounding: { mode: 'HALF_UP', places: 2, clause: 'practice' },
    },
  ],
  parameters: ['base'],
}

const ATOMS: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  Number.NaN,
  '',
  'a',
  '__proto__',
  'constructor',
  '1e400',
  '2026-02-30',
  'for x in 1..1e9 return x',
  'a b',
  '\uD800',
  [],
  {},
  [[]],
  { kind: 'list' },
  { kind: 'table' },
  [null],
  'C',
  'money',
]

/** A copy with up to three parts replaced, taken away, doubled or put elsewhere. */
function mutatedDocument(next: () => number, document: unknown): unknown {
  const copy = structuredClone(document)
  for (let rounds = 1 + Math.floor(next() * 3); rounds > 0; rounds -= 1) {
    const places = placesOf(copy)
    const [parent, key] = places[Math.floor(next() * places.length)] as [
      Record<string, unknown>,
      string,
    ]
    const kind = next()
    if (kind < 0.4) parent[key] = structuredClone(ATOMS[Math.floor(next() * ATOMS.length)])
    else if (kind < 0.55) delete parent[key]
    else if (kind < 0.7 && Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]))
    else if (kind < 0.85) {
      const [other, name] = places[Math.floor(next() * places.length)] as [
        Record<string, unknown>,
        string,
      ]
      parent[key] = structuredClone(other[name])
    } else if (typeof parent[key] === 'string') parent[key] = mutated(next)
  }
  // What comes from outside was a text: no cycles, no undefined, no double that is no number.
  return JSON.parse(JSON.stringify(copy))
}

function placesOf(value: unknown): [object, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value).flatMap((key) => [
    [value, key] as [object, string],
    ...placesOf((value as Record<string, unknown>)[key]),
  ])
}

describe('100,000 hostile inputs: documents', () => {
  it('10,000 rule documents are refused by name or answer', () => {
    const next = chance(5)
    const parameters = makeParameterTable([
      {
        parameter: 'base',
        value: '10',
        region: '000000',
        effectiveFrom: '2020-01-01',
        effectiveTo: null,
        basis: 'law/1',
      },
    ])
    const facts = { wage: '3000.00', grade: 'A', rows: [{ k: 1 }] }
    let done = 0
    for (let at = 0; at < 10_000; at += 1) {
      const document = mutatedDocument(next, RULE) as RuleDocument
      const given = mutatedDocument(next, facts) as typeof facts
      const ended = survives(JSON.stringify(document), () => {
        const rule = compileRule(document)
        evaluateRule(rule, {
          on: '2026-08-31',
          facts: given,
          parameters,
          now: 0,
          limits: LIMITS,
          trace: true,
        })
      })
      if (ended === 'done') done += 1
    }
    expect(done).toBeGreaterThan(500)
    expect(done).toBeLessThan(9_500)
  })

  it('10,000 DMN files are refused by name or answer', () => {
    const next = chance(6)
    let done = 0
    for (let at = 0; at < 10_000; at += 1) {
      const xml = mutatedXml(next)
      const ended = survives(xml, () => {
        const compiled = compileModel(loadDmn(xml))
        for (const { kind, name } of compiled.elements.values()) {
          if (kind === 'input') continue
          const asked = kind === 'service' ? 'decisionService' : kind
          evaluateModel(compiled, asked, name, SCOPE, { now: 0, limits: LIMITS })
        }
      })
      if (ended === 'done') done += 1
    }
    expect(done).toBeGreaterThan(500)
    expect(done).toBeLessThan(9_500)
  })
})

const XML_PIECES = LIBRARY.split(/(?=<)/)

/** Elements dropped, doubled and exchanged, texts inside them made hostile, brackets broken. */
function mutatedXml(next: () => number): string {
  const pieces = [...XML_PIECES]
  const some = () => Math.floor(next() * pieces.length)
  for (let rounds = 1 + Math.floor(next() * 2); rounds > 0; rounds -= 1) {
    const at = some()
    const piece = pieces[at] ?? ''
    const kind = next()
    if (kind < 0.4 && piece.startsWith('<text>')) {
      pieces[at] = `<text>${mutated(next).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}`
    } else if (kind < 0.5) pieces.splice(at, 1)
    else if (kind < 0.6) pieces.splice(at, 0, pieces[some()] ?? '')
    else if (kind < 0.8) {
      const [from, name] = [
        /"[^"]*"/,
        `"${pickFrom(['', 'own:x', '#d1', '#d2', 'number', 'fee', 'a"b', 'true'], next)}"`,
      ]
      pieces[at] = piece.replace(from, () => name)
    } else
      pieces[at] = piece.slice(0, Math.floor(next() * piece.length)) + pickFrom(SPRINKLES, next)
  }
  return pieces.join('')
}

function pickFrom<Item>(items: readonly Item[], next: () => number): Item {
  return items[Math.floor(next() * items.length)] as Item
}
