/**
 * Goal: a statement adds up exactly or is refused, whatever was left out or changed.
 * Method: fast-check draws journals of one account; the honest statement must hold; leaving out an
 * entry, or changing one figure by the least unit, must not.
 */
import { canonicalJson } from '@renshe/crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beijingTime } from './civil-time.ts'
import {
  addDecimals,
  divideExactly,
  equalDecimals,
  parseDecimal,
  parseFen,
  spellDecimal,
} from './decimal.ts'
import { parseBalance, parseEntry, type Statement, statementFault } from './statement.ts'

const account = 'ab'.repeat(16)
type Movement = { part: string; fen: number; units: number }
const yuan = (fen: number): string => spellDecimal({ digits: BigInt(fen), places: 2 })
const unit = (units: number): string => spellDecimal({ digits: BigInt(units), places: 4 })

/** The honest statement of some journals, beginning after the first `skip` of them. */
function honest(journals: readonly (readonly Movement[])[], skip: number): Statement {
  const balance = (upTo: number): Statement['to'] => {
    const sums = new Map<string, { fen: number; units: number }>()
    for (const { part, fen, units } of journals.slice(0, upTo).flat()) {
      const sum = sums.get(part) ?? { fen: 0, units: 0 }
      sums.set(part, { fen: sum.fen + fen, units: sum.units + units })
    }
    const parts = [...sums.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([part, { fen, units }]) => ({
        chart: '3003',
        part,
        cost: yuan(fen),
        taxedCost: '0.00',
        units: unit(units),
      }))
    const total = [...sums.values()].reduce(
      (sum, { fen, units }) => ({ fen: sum.fen + fen, units: sum.units + units }),
      { fen: 0, units: 0 },
    )
    return {
      account,
      version: upTo,
      parts,
      cost: yuan(total.fen),
      units: unit(total.units),
      lastEntry: upTo === 0 ? null : `J${upTo - 1}`,
    }
  }
  return {
    from: skip === 0 ? null : balance(skip),
    entries: journals.slice(skip).map((lines, i) => ({
      account,
      version: skip + i + 1,
      journal: `J${skip + i}`,
      lines: lines.map(({ part, fen, units }) => ({
        chart: '3003',
        part,
        cost: yuan(fen),
        taxedCost: '0.00',
        units: unit(units),
        residue: '0.00000000',
      })),
    })),
    to: balance(journals.length),
  }
}

const movement = fc.record({
  part: fc.constantFrom('employee', 'employer', 'other'),
  fen: fc.integer({ min: -100_000_000, max: 100_000_000 }),
  units: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
})
const history = fc.array(fc.array(movement, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 6,
})

describe('a statement', () => {
  it('of any journals adds up, from the beginning or from any balance', () => {
    fc.assert(
      fc.property(history, fc.nat(), (journals, start) => {
        const statement = honest(journals, start % journals.length)
        expect(statementFault(statement)).toBeNull()
        expect(parseBalance(canonicalJson(statement.to))).toEqual(statement.to)
        for (const entry of statement.entries) {
          expect(parseEntry(canonicalJson(entry))).toEqual(entry)
        }
      }),
    )
  })

  it('with an entry left out, doubled or exchanged does not', () => {
    fc.assert(
      fc.property(history, fc.nat(), (journals, place) => {
        const statement = honest(journals, 0)
        const i = place % journals.length
        const without = statement.entries.filter((_, at) => at !== i)
        const doubled = [...statement.entries, statement.entries[i]!]
        for (const entries of [without, doubled]) {
          expect(statementFault({ ...statement, entries })?.code).toBe('STATEMENT_VERSION')
        }
      }),
    )
  })

  it('with one figure changed by the least unit does not', () => {
    fc.assert(
      fc.property(
        history,
        fc.nat(),
        fc.constantFrom('fen' as const, 'units' as const),
        (journals, place, field) => {
          const statement = honest(journals, 0)
          const changed = journals.map((lines, i) =>
            i === place % journals.length
              ? lines.map((line, at) => (at === 0 ? { ...line, [field]: line[field] + 1 } : line))
              : lines,
          )
          const { entries } = honest(changed, 0)
          expect(statementFault({ ...statement, entries })).toMatchObject({
            code: 'STATEMENT_SUM',
            facts: { field: field === 'fen' ? 'cost' : 'units' },
          })
        },
      ),
    )
  })

  it('names what else is wrong', () => {
    const good = honest(
      [[{ part: 'employee', fen: 100, units: 5 }], [{ part: 'employer', fen: 50, units: 3 }]],
      1,
    )
    const from = good.from!
    const [part] = from.parts
    const wrong: [string, Statement][] = [
      ['STATEMENT_ACCOUNT', { ...good, from: { ...from, account: 'cd'.repeat(16) } }],
      ['STATEMENT_LAST_ENTRY', { ...good, to: { ...good.to, lastEntry: 'J0' } }],
      ['STATEMENT_TOTAL', { ...good, to: { ...good.to, cost: '1.51' } }],
      ['STATEMENT_PARTS', { ...good, to: { ...good.to, parts: [...good.to.parts].reverse() } }],
      ['STATEMENT_SUM', { ...good, from: { ...from, parts: [{ ...part!, taxedCost: '0.01' }] } }],
    ]
    for (const [code, statement] of wrong) expect(statementFault(statement)?.code).toBe(code)
  })

  it('is not read from contents of another shape', () => {
    const { to } = honest([[{ part: 'employee', fen: 100, units: 5 }]], 0)
    for (const wrong of [
      { ...to, cost: '1.0' },
      { ...to, cost: '1' },
      { ...to, more: 1 },
      { ...to, account: 'x' },
    ]) {
      expect(() => parseBalance(canonicalJson(wrong))).toThrow()
    }
  })
})

describe('decimals', () => {
  it('are read in one spelling', () => {
    for (const good of ['0', '-1', '10', '0.5', '-0.01', '163.4750']) {
      expect(spellDecimal(parseDecimal(good)!)).toBe(good)
    }
    for (const bad of [
      '',
      '-',
      '.5',
      '5.',
      '01',
      '-0',
      '-0.00',
      '+1',
      '1e2',
      '1.2.3',
      ' 1',
      '1 ',
      '１',
    ]) {
      expect(parseDecimal(bad)).toBeNull()
    }
    expect(parseDecimal('9'.repeat(41))).toBeNull()
    expect([parseFen('1.50'), parseFen('1.5'), parseFen('1')]).toEqual([150n, null, null])
  })

  it('add exactly at any places and divide only when that comes out', () => {
    const number = (text: string) => parseDecimal(text)!
    expect(addDecimals(number('0.1'), number('0.20'))).toEqual(number('0.30'))
    expect(equalDecimals(number('1.50'), number('1.5'))).toBe(true)
    expect(spellDecimal(divideExactly(number('209.99998500'), number('163.4750'), 4)!)).toBe(
      '1.2846',
    )
    expect(divideExactly(number('1'), number('3'), 4)).toBeNull()
    expect(divideExactly(number('1'), number('0'), 4)).toBeNull()
  })
})

describe('Beijing time', () => {
  it('is that of the platform, for days of eight hundred years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 25_000_000_000 }), (seconds) => {
        const expected = new Date(seconds * 1000 + 28_800_000).toISOString()
        expect(beijingTime(seconds * 1000)).toBe(expected.slice(0, 19).replace('T', ' '))
      }),
      { numRuns: 500 },
    )
  })
})
