/**
 * Goal: a document with a mistake is refused with every mistake's place; a good one compiles
 * without a word.
 * Method: one good document, and rows that break one thing.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRule, compileRule } from './compile-rule.ts'
import { evaluateRule } from './evaluate-rule.ts'
import { makeParameterTable } from './parameters.ts'
import type { RuleDocument } from './rule-document.ts'
import { RuleRefused } from './rule-problems.ts'

const GOOD: RuleDocument = {
  id: 'library.late-fee',
  title: { zh: '逾期费', en: 'Late fee' },
  clause: ['library-rules/3'],
  effectiveFrom: '2026-01-01',
  facts: [
    { name: 'days late', type: 'int', unit: 'days' },
    { name: 'reader', type: 'code', codes: ['CHILD', 'ADULT'] },
    {
      name: 'books',
      type: 'list',
      items: {
        type: 'object',
        fields: [
          { name: 'title', type: 'text' },
          { name: 'price paid', type: 'money' },
        ],
      },
    },
    { name: 'born', type: 'date', optional: true },
    { name: 'months', type: 'int', unit: 'months', default: 0 },
    { name: 'deposit', type: 'money', default: '0.00' },
  ],
  outputs: [{ name: 'fee', type: 'money' }],
  parameters: ['library.day-rate', 'library.cap.*'],
  steps: [
    {
      name: 'factor',
      table: {
        hitPolicy: 'U',
        inputs: [{ expression: 'reader' }],
        outputs: [{}],
        rows: [
          { when: ['"CHILD"'], give: ['0'] },
          { when: ['"ADULT"'], give: ['1'] },
        ],
      },
    },
    { name: 'worth', expression: 'sum(books.price paid)' },
    {
      name: 'fee',
      expression:
        'min(days late * parameter("library.day-rate") * factor, parameter("library.cap." + reader), worth)',
      rounding: { mode: 'HALF_UP', places: 2, clause: 'library-rules/3' },
    },
  ],
}

function withFee(expression: string): RuleDocument {
  return {
    ...GOOD,
    steps: [
      ...GOOD.steps.slice(0, 2),
      { ...GOOD.steps[2], name: 'fee', expression },
    ] as RuleDocument['steps'],
  }
}

function withFactor(rows: readonly [string, string][]): RuleDocument {
  const [first, ...rest] = GOOD.steps
  if (first === undefined || !('table' in first)) throw new Error('the first step is the table')
  const table = {
    ...first.table,
    rows: rows.map(([when, give]) => ({ when: [when], give: [give] })),
  }
  return { ...GOOD, steps: [{ ...first, table }, ...rest] }
}

const KEEP = ' + 0 * (parameter("library.day-rate") + parameter("library.cap." + reader))'

describe('a good document', () => {
  it('has no problem', () => {
    expect(checkRule(GOOD)).toEqual([])
    expect(compileRule(GOOD).steps.map((step) => step.names)).toEqual([
      ['reader'],
      ['books'],
      ['days late', 'factor', 'reader', 'worth'],
    ])
  })
})

describe('a mistake is told with its place', () => {
  it.each([
    ['a syntax error', withFee(`1 +${KEEP})`), 'SYNTAX', 'steps[2].expression', { line: 1 }],
    [
      'an unknown name',
      withFee(`dayslate${KEEP}`),
      'UNKNOWN_NAME',
      'steps[2].expression',
      { column: 1 },
    ],
    [
      'an unknown name in a second line',
      withFee(`1 +\n  x${KEEP}`),
      'UNKNOWN_NAME',
      'steps[2].expression',
      { line: 2, column: 3 },
    ],
    [
      'a later step',
      { ...GOOD, steps: [GOOD.steps[2], GOOD.steps[0], GOOD.steps[1]] as RuleDocument['steps'] },
      'UNKNOWN_NAME',
      'steps[0].expression',
      {},
    ],
    ['operands of two kinds', withFee(`reader + 1${KEEP}`), 'TYPE', 'steps[2].expression', {}],
    [
      'a comparison of two kinds',
      withFee(`if reader = 1 then 1 else 2${KEEP}`),
      'TYPE',
      'steps[2].expression',
      {},
    ],
    [
      'a condition that is none',
      withFee(`if days late then 1 else 2${KEEP}`),
      'TYPE',
      'steps[2].expression',
      {},
    ],
    [
      'an argument of the wrong kind',
      withFee(`abs(reader)${KEEP}`),
      'TYPE',
      'steps[2].expression',
      {},
    ],
    ['too many arguments', withFee(`abs(1, 2)${KEEP}`), 'TYPE', 'steps[2].expression', {}],
    [
      'an entry that is not declared',
      withFee(`count(books.prize)${KEEP}`),
      'TYPE',
      'steps[2].expression',
      {},
    ],
    [
      'an entry that is not declared, in a filter',
      withFee(`count(books[prize > 1])${KEEP}`),
      'UNKNOWN_NAME',
      'steps[2].expression',
      {},
    ],
    ['a sum of two units', withFee(`days late + months${KEEP}`), 'UNIT', 'steps[2].expression', {}],
    [
      'a comparison of two units',
      withFee(`if deposit > months then 1 else 2${KEEP}`),
      'UNIT',
      'steps[2].expression',
      {},
    ],
    ['an output of another unit', withFee('min(days late, 5)'), 'UNIT', 'steps[2].expression', {}],
    ['an output of the wrong kind', withFee(`reader + string(0${KEEP})`), 'TYPE', 'steps[2]', {}],
    [
      'a parameter that is not declared',
      withFee(`parameter("other")${KEEP}`),
      'UNKNOWN_PARAMETER',
      'steps[2].expression',
      {},
    ],
    [
      'a parameter that is not used',
      { ...GOOD, parameters: [...GOOD.parameters, 'spare'] },
      'UNUSED_PARAMETER',
      'parameters[2]',
      {},
    ],
    [
      'a step twice',
      { ...GOOD, steps: [...GOOD.steps, GOOD.steps[1]] as RuleDocument['steps'] },
      'DUPLICATE_NAME',
      'steps[3].name',
      {},
    ],
    [
      'a fact twice',
      {
        ...GOOD,
        facts: [...GOOD.facts, { name: 'reader', type: 'text' }] as RuleDocument['facts'],
      },
      'DUPLICATE_NAME',
      'facts[6].name',
      {},
    ],
    [
      'a reserved name',
      {
        ...GOOD,
        facts: [...GOOD.facts, { name: '__proto__', type: 'text' }] as RuleDocument['facts'],
      },
      'RESERVED_NAME',
      'facts[6].name',
      {},
    ],
    [
      'an output nobody computes',
      {
        ...GOOD,
        outputs: [...GOOD.outputs, { name: 'cap', type: 'money' }] as RuleDocument['outputs'],
      },
      'OUTPUT_WITHOUT_STEP',
      'outputs[1]',
      {},
    ],
    [
      'a cell that is not FEEL',
      withFactor([['"CHILD', '0']]),
      'SYNTAX',
      'steps[0].table.rows[0].when[0]',
      {},
    ],
    [
      'a cell of the wrong kind',
      withFactor([
        ['1', '0'],
        ['not(1)', '1'],
      ]),
      'TYPE',
      'steps[0].table.rows[0].when[0]',
      {},
    ],
    [
      'rows that overlap',
      withFactor([
        ['"CHILD"', '0'],
        ['-', '1'],
      ]),
      'TABLE_OVERLAP',
      'steps[0].table.rows',
      {},
    ],
    [
      'nesting without end',
      withFee(`${'('.repeat(300)}1${')'.repeat(300)}${KEEP}`),
      'LIMIT',
      'steps[2].expression',
      {},
    ],
  ] as const)('%s', (_what, document, code, path, position) => {
    const problems = checkRule(document as RuleDocument)
    expect(problems).toContainEqual(expect.objectContaining({ code, path, severity: 'error' }))
    const found = problems.find((problem) => problem.code === code)
    if (Object.keys(position).length > 0) expect(found?.position).toMatchObject(position)
    expect(() => compileRule(document as RuleDocument)).toThrow(RuleRefused)
  })

  it('a gap is a warning with an example, and does not refuse', () => {
    const document = withFactor([['"CHILD"', '0']])
    expect(checkRule(document)).toEqual([
      {
        code: 'TABLE_GAP',
        path: 'steps[0].table.rows',
        message: 'no row matches for ("ADULT")',
        severity: 'warning',
      },
    ])
    expect(compileRule(document).warnings).toHaveLength(1)
  })
})

describe('the shape of a document', () => {
  it.each<[string, unknown, string]>([
    ['nothing', null, ''],
    ['a list', [], ''],
    ['a field too many', { ...GOOD, extra: 1 }, 'extra'],
    ['no steps', { ...GOOD, steps: undefined }, 'steps'],
    ['a step without a name', { ...GOOD, steps: [{ expression: '1' }] }, 'steps[0].name'],
    ['a step of neither kind', { ...GOOD, steps: [{ name: 'x' }] }, 'steps[0].expression'],
    ['an unknown type', { ...GOOD, facts: [{ name: 'x', type: 'float' }] }, 'facts[0].type'],
    [
      'an unknown rounding',
      {
        ...GOOD,
        steps: [{ name: 'x', expression: '1', rounding: { mode: 'NEAR', places: 2, clause: 'c' } }],
      },
      'steps[0].rounding.mode',
    ],
    [
      'half a place',
      {
        ...GOOD,
        steps: [{ name: 'x', expression: '1', rounding: { mode: 'UP', places: 0.5, clause: 'c' } }],
      },
      'steps[0].rounding.places',
    ],
    [
      'an unknown hit policy',
      {
        ...GOOD,
        steps: [{ name: 'x', table: { hitPolicy: 'X', inputs: [], outputs: [], rows: [] } }],
      },
      'steps[0].table.hitPolicy',
    ],
    [
      'a minimum that is a number',
      { ...GOOD, facts: [{ name: 'x', type: 'int', minimum: 1 }] },
      'facts[0].minimum',
    ],
  ])('%s', (_what, document, path) => {
    expect(checkRule(document as RuleDocument)).toContainEqual(
      expect.objectContaining({ code: 'SCHEMA', path }),
    )
    expect(() => compileRule(document as RuleDocument)).toThrow(RuleRefused)
  })

  it('any document at all is refused by name, or answers by name', () => {
    const json = JSON.stringify({
      ...GOOD,
      parameters: [],
      steps: [{ name: 'fee', expression: 'days late * 2' }],
    })
    const inserts = fc.oneof(
      fc.constantFrom('"', '1', '[]', '{}', 'null', 'name', '(', '1e999', '\\u0000', 'table', '-'),
      fc.string({ maxLength: 3 }),
    )
    const edits = fc.array(fc.tuple(fc.nat(json.length), fc.nat(8), inserts), {
      minLength: 1,
      maxLength: 3,
    })
    fc.assert(
      fc.property(edits, (list) => {
        const text = list.reduce(
          (all, [at, length, insert]) => all.slice(0, at) + insert + all.slice(at + length),
          json,
        )
        let document: RuleDocument
        try {
          document = JSON.parse(text)
        } catch {
          return
        }
        if (checkRule(document).some(({ severity }) => severity === 'error')) {
          expect(() => compileRule(document)).toThrow(RuleRefused)
          return
        }
        const facts = { 'days late': 3, reader: 'CHILD', books: [] }
        const answer = evaluateRule(compileRule(document), {
          on: '2026-08-31',
          facts,
          parameters: makeParameterTable([]),
          now: 0,
        })
        expect(typeof answer.ok).toBe('boolean')
      }),
      { numRuns: 1500 },
    )
  })
})
