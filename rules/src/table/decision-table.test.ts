/**
 * Goal: every hit policy and aggregation gives what DMN 1.5 §8.2.10 says; gaps and overlaps are
 * found with an example.
 * Method: one small table under every policy; tables with known holes.
 */
import { describe, expect, it } from 'vitest'
import { checkCoverage } from '../analysis/table-coverage.ts'
import { parseOptions } from '../compile/compile.ts'
import {
  askTable,
  HIT_POLICIES,
  NONE,
  OLD,
  sampleTable,
} from '../conformance/tables.test-support.ts'
import { wholeNumber } from '../number/decimal.ts'
import type { HitPolicy } from '../syntax/tree.ts'
import { compileTable, type DecisionTable, parseTable } from './decision-table.ts'

describe('§8.2.10 hit policies', () => {
  it.each(HIT_POLICIES)('%s over %s gives %s from rows %j', (policy, context, value, rows) => {
    expect(askTable(sampleTable(policy), context)).toMatchObject({ value, rows })
  })

  it('says why it is null', () => {
    expect(askTable(sampleTable('U'), OLD).reasons).toEqual(['SEVERAL_ROWS'])
    expect(askTable(sampleTable('F'), NONE).reasons).toContain('NO_ROW')
    const limited = sampleTable('F', {
      inputs: [{ expression: 'age', values: '[0..120]' }, { expression: 'grade' }],
    })
    expect(askTable(limited, '{age: 200, grade: "A"}').reasons).toContain('ARGUMENT_VALUE')
  })

  it('gives the default when no row matches', () => {
    expect(askTable(sampleTable('F', { outputs: [{ default: '"none"' }] }), NONE).value).toBe(
      '"none"',
    )
  })

  it('gives several outputs as a context; Any compares them all', () => {
    const two = (hitPolicy: HitPolicy, last: string): DecisionTable => ({
      hitPolicy,
      inputs: [{ expression: 'age' }],
      outputs: [{ name: 'rate' }, { name: '档次 名称' }],
      rows: [
        { when: ['> 1'], give: ['age / 100', '"x"'] },
        { when: ['> 2'], give: ['0.7', last] },
      ],
    })
    expect(askTable(two('A', '"x"'), OLD).value).toBe('{rate: 0.7, 档次 名称: "x"}')
    expect(askTable(two('A', '"y"'), OLD).value).toBe('null')
    expect(askTable(two('C', '"y"'), OLD).value).toBe(
      '[{rate: 0.7, 档次 名称: "x"}, {rate: 0.7, 档次 名称: "y"}]',
    )
  })

  it('refuses a row of the wrong width', () => {
    const wrong = sampleTable('U', { rows: [{ when: ['1'], give: ['1'] }] })
    expect(() => compileTable(wrong, { names: ['age', 'grade'] })).toThrow(
      'row 1 needs 2 tests and 1 results',
    )
  })
})

function coverage(
  decision: DecisionTable,
  domains: Parameters<typeof checkCoverage>[1] = [],
): unknown {
  return checkCoverage(
    parseTable(decision, parseOptions({ names: ['age', 'grade', 'limit'] }), () => {}),
    domains,
  )
}

function single(hitPolicy: HitPolicy, tests: readonly string[]): DecisionTable {
  return {
    hitPolicy,
    inputs: [{ expression: 'age' }],
    outputs: [{}],
    rows: tests.map((test) => ({ when: [test], give: ['1'] })),
  }
}

describe('static check of rows: overlap and gap with an example', () => {
  it.each([
    [['< 18', '[18..60)', '>= 60'], []],
    [['<= 18', '> 18'], []],
    [['< 18', '> 18'], [{ code: 'TABLE_GAP', rows: [], example: ['18'] }]],
    [
      ['[0..10]', '[10..20]', '< 0', '> 20'],
      [{ code: 'TABLE_OVERLAP', rows: [1, 2], example: ['10'] }],
    ],
    [['<= 10', '>= 20'], [{ code: 'TABLE_GAP', rows: [], example: ['15'] }]],
    [['"a"', '"b"'], [{ code: 'TABLE_GAP', rows: [], example: ['"(any other text)"'] }]],
    [['"a"', 'not("a")'], []],
    [['true', 'false'], []],
    [['true'], [{ code: 'TABLE_GAP', rows: [], example: ['false'] }]],
    [
      ['< @"2026-01-01"', '> @"2026-01-01"'],
      [{ code: 'TABLE_GAP', rows: [], example: ['date("2026-01-01")'] }],
    ],
    [['< date("2026-01-01")', '>= date("2026-01-01")'], []],
    [['-'], []],
  ])('%j', (tests, expected) => {
    expect(coverage(single('U', tests))).toEqual(expected)
  })
  it('knows codes, whole numbers and bounds', () => {
    expect(coverage(single('U', ['"a"', '"b"']), [{ codes: ['a', 'b'] }])).toEqual([])
    expect(coverage(single('U', ['<= 10', '>= 11']), [{ isWhole: true }])).toEqual([])
    expect(
      coverage(single('U', ['[0..9]', '>= 10']), [{ isWhole: true, minimum: wholeNumber(0) }]),
    ).toEqual([])
  })
  it('finds a gap of two columns together', () => {
    const found = coverage(
      sampleTable('F', {
        rows: [
          { when: ['>= 18', '-'], give: ['1'] },
          { when: ['-', '"A"'], give: ['2'] },
        ],
      }),
    )
    expect(found).toEqual([{ code: 'TABLE_GAP', rows: [], example: ['17', '"(any other text)"'] }])
  })
  it('says nothing when a test depends on another name', () => {
    expect(coverage(single('U', ['< limit', '> limit']))).toBeUndefined()
  })
  it('a default closes every gap', () => {
    expect(coverage({ ...single('U', ['< 18']), outputs: [{ default: '0' }] })).toEqual([])
  })
})
