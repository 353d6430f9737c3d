/**
 * Goal: FEEL and decision tables mean what DMN 1.5 says, at least 98 of 100 sentences; each loss is
 * listed with its reason and loses no more than it says.
 * Method: tables by clause of the specification, the same that the page of conformance counts.
 */
import { describe, expect, it } from 'vitest'
import { CLAUSES, isMet } from './clauses.test-support.ts'

for (const { clause, title, cases } of CLAUSES) {
  describe(`${clause} ${title}`, () => {
    it.each(cases)('$text → $expected', ({ expected, reason, lost, ask }) => {
      const { answer, reasons } = ask()
      expect(answer).toBe(lost?.answer ?? expected)
      if (reason !== undefined) expect(reasons).toContain(reason)
    })
  })
}

describe('the whole', () => {
  const all = CLAUSES.flatMap(({ cases }) => cases)
  it('meets at least 98 of 100 sentences', () => {
    expect(all.filter(isMet).length / all.length).toBeGreaterThanOrEqual(0.98)
  })
  it('lists as lost only what is lost', () => {
    expect(all.filter(({ lost }) => lost !== undefined).filter(isMet)).toEqual([])
  })
  it('asks nothing twice in one clause', () => {
    for (const { cases } of CLAUSES) {
      expect(new Set(cases.map(({ text }) => text)).size).toBe(cases.length)
    }
  })
})
