// Goal: two versions of a rule are compared by what they mean, and nothing that differs is left out.
// Method: a step changed, one added, one moved, and a document compared with itself.
import { expect, it } from 'vitest'
import { compareRules } from './compare-rules.ts'

const step = (name: string, expression: string) => ({ name, expression })
const older = { effectiveFrom: '2024-01-01', steps: [step('a', '1'), step('b', 'a + 1')] }

it('tells what changed, came and went, and nothing of what only moved', () => {
  const newer = { effectiveFrom: '2026-01-01', steps: [step('b', 'a + 2'), step('c', 'b')] }
  expect(compareRules(older, newer)).toEqual([
    { place: 'effectiveFrom', kind: 'changed', before: '2024-01-01', after: '2026-01-01' },
    { place: 'steps / a / expression', kind: 'removed', before: '1', after: null },
    { place: 'steps / a / name', kind: 'removed', before: 'a', after: null },
    { place: 'steps / b / expression', kind: 'changed', before: 'a + 1', after: 'a + 2' },
    { place: 'steps / c / expression', kind: 'added', before: null, after: 'b' },
    { place: 'steps / c / name', kind: 'added', before: null, after: 'c' },
  ])
})

it('says nothing of the same', () => {
  expect(compareRules(older, structuredClone(older))).toEqual([])
})
