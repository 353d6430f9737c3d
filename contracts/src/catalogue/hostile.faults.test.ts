/**
 * Goal: no package that anyone proposes crashes a member, hangs it, or throws: it has problems, or it
 * can be compiled and its examples asked.
 * Method: 20,000 packages made from two sound ones by replacing, dropping, doubling and exchanging
 * parts; a fixed seed and a clock on every single one. Expressions, rules and models:
 * rules/src/conformance/hostile.faults.test.ts.
 */
import { performance } from 'node:perf_hooks'
import { expect, it } from 'vitest'
import { checkPackage, hasErrors } from './check/check-package.ts'
import { compilePackage } from './compiled-package.ts'
import { runRuleExamples } from './examples.ts'
import type { PackageDocument } from './package-document.ts'
import { FINES, READING_ROOM } from './testing.ts'

const LONGEST_MS = 5_000
const PACKAGES = 20_000

/** Numbers from 0 to below 1 that never change: what fails once fails again. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const ATOMS: readonly unknown[] = [
  null,
  true,
  0,
  -1,

  2 ** 53 - 1,
  '',
  'a',
  '__proto__',
  'constructor',
  '2026-02-30',
  '2027-01-01',

  'for x in 1..1e9 return x',
  'matches("aaaa", "(a*)*b")',
  '((((',
  'case.id',
  [],
  {},
  [[]],
  [null],
  'money',
  'fines.amount',
  'library-statute/7',
  'x'.repeat(10_000),
  ['a', 'a'],
  { zh: '一', en: 'one' },
]

function mutated(next: () => number, document: PackageDocument): unknown {
  const copy = structuredClone(document)
  for (let rounds = 1 + Math.floor(next() * 3); rounds > 0; rounds -= 1) {
    const places = placesOf(copy)
    const [parent, key] = places[Math.floor(next() * places.length)] as Place
    const kind = next()
    if (kind < 0.45) parent[key] = structuredClone(ATOMS[Math.floor(next() * ATOMS.length)])
    else if (kind < 0.65) delete parent[key]
    else if (kind < 0.8 && Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]))
    else {
      const [other, name] = places[Math.floor(next() * places.length)] as Place
      parent[key] = structuredClone(other[name])
    }
  }
  // Published bytes are canonical JSON: no cycles, no undefined; lone surrogates are refused before.
  return JSON.parse(JSON.stringify(copy))
}

type Place = [Record<string, unknown>, string]

function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const record = value as Record<string, unknown>
  return Object.keys(record).flatMap((key) => [[record, key] as Place, ...placesOf(record[key])])
}

it(`${PACKAGES} hostile packages have problems or can be compiled`, () => {
  const next = chance(7)
  const libraries = [compilePackage(FINES, [])]
  let sound = 0
  for (let at = 0; at < PACKAGES; at += 1) {
    const isService = at % 2 === 0
    const document = mutated(next, isService ? READING_ROOM : FINES) as PackageDocument
    const uses = isService ? libraries : []
    const begin = performance.now()
    try {
      if (!hasErrors(checkPackage(document, { libraries: uses }))) {
        sound += 1
        runRuleExamples(compilePackage(document, uses))
      }
    } catch (error) {
      throw new Error(`package ${at}: ${JSON.stringify(document)}`, { cause: error })
    }
    expect(performance.now() - begin, `package ${at}`).toBeLessThan(LONGEST_MS)
  }
  expect(sound).toBeGreaterThan(200)
  expect(sound).toBeLessThan(PACKAGES - 200)
})
