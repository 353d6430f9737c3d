// Goal: made people are the same each time, within the bounds of the rule, and differ only in numbers.
// Method: one example with a bounded amount, an amount without bounds, a count, a code; many people of it.
import { expect, it } from 'vitest'
import type { FactSchema } from '../rule/rule-document.ts'
import { makePeople } from './make-people.ts'

const schemas: readonly FactSchema[] = [
  { name: 'wage', type: 'money' },
  { name: 'share', type: 'decimal', minimum: '0.05', maximum: '0.12' },
  { name: 'months', type: 'int', minimum: '1' },
  { name: 'kind', type: 'code', codes: ['1', '2'] },
]
const facts = { wage: '5000.00', share: '0.08', months: 12, kind: '1', other: '7' }
const example = { name: 'one', on: '2026-01-01', region: '510000', facts }

it('keeps the example first and varies only its numbers', () => {
  const people = makePeople(schemas, [example], 300)
  expect(people).toHaveLength(300)
  expect(people[0]).toEqual({ ...example, isExample: true })
  for (const person of people) {
    expect(person).toMatchObject({ on: '2026-01-01', region: '510000' })
    expect(person.facts).toMatchObject({ kind: '1', other: '7' })
    expect(String(person.facts.wage)).toMatch(/^[0-9]{4,5}\.[0-9]{2}$/)
    expect(Number(person.facts.share)).toBeGreaterThanOrEqual(0.05)
    expect(Number(person.facts.share)).toBeLessThanOrEqual(0.12)
    expect(person.facts.months).toBeGreaterThanOrEqual(1)
  }
  expect(new Set(people.map((person) => person.facts.wage)).size).toBeGreaterThan(100)
  expect(new Set(people.map((person) => person.facts.months)).size).toBeGreaterThan(10)
  expect(new Set(people.map((person) => person.facts.share)).size).toBeGreaterThan(4)
  expect(new Set(people.map(({ name }) => name)).size).toBe(300)
})

it('makes the same people each time, and none without an example', () => {
  expect(makePeople(schemas, [example], 40)).toEqual(makePeople(schemas, [example], 40))
  expect(makePeople(schemas, [], 40)).toEqual([])
})
