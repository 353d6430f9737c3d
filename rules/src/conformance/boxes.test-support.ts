/* What DMN 1.5 §10.2.2 says of boxed expressions. */
import { NOW } from '../compile/feel.test-support.ts'
import { compileModel } from '../model/compile-model.ts'
import type { Boxed } from '../model/decision-model.ts'
import { evaluateModel } from '../model/evaluate-model.ts'
import { parseLiteral } from '../syntax/parse-value.ts'
import { toLiteral } from '../value/format-value.ts'
import type { FeelContext } from '../value/values.ts'
import type { ClauseTable } from './clause-table.test-support.ts'

/** Kind of box, the box, its value where `x` is 2. */
const BOXES: readonly (readonly [string, Boxed, string])[] = [
  ['literal', 'x + 1', '3'],
  [
    'context',
    {
      kind: 'context',
      entries: [
        { name: 'a b', value: 'x' },
        { name: 'c', value: 'a b * 2' },
      ],
    },
    '{a b: 2, c: 4}',
  ],
  [
    'context with a result',
    { kind: 'context', entries: [{ name: 'a', value: 'x' }], result: 'a * 10' },
    '20',
  ],
  ['list', { kind: 'list', items: ['x', '"y"', { kind: 'list', items: [] }] }, '[2, "y", []]'],
  [
    'relation',
    {
      kind: 'relation',
      columns: ['n', 'v'],
      rows: [
        ['1', 'x'],
        ['2', '"z"'],
      ],
    },
    '[{n: 1, v: 2}, {n: 2, v: "z"}]',
  ],
  [
    'invocation',
    {
      kind: 'invocation',
      callee: 'substring',
      bindings: [
        { name: 'string', value: '"abc"' },
        { name: 'start position', value: 'x' },
      ],
    },
    '"bc"',
  ],
  [
    'function',
    {
      kind: 'context',
      entries: [
        {
          name: 'twice',
          value: { kind: 'function', parameters: [{ name: 'n', type: 'number' }], body: 'n * 2' },
        },
      ],
      result: 'twice(x)',
    },
    '4',
  ],
  [
    'conditional',
    { kind: 'conditional', condition: 'x > 1', whenTrue: '"yes"', whenFalse: '"no"' },
    '"yes"',
  ],
  ['filter', { kind: 'filter', source: '[{a: 1}, {a: 5}]', condition: 'a > x' }, '[{a: 5}]'],
  ['for', { kind: 'for', variable: 'i', source: '1..3', body: 'i * x' }, '[2, 4, 6]'],
  ['some', { kind: 'some', variable: 'i', source: '[1, 2]', body: 'i = x' }, 'true'],
  ['every', { kind: 'every', variable: 'i', source: '[1, 2]', body: 'i = x' }, 'false'],
  ['typed', { kind: 'typed', type: 'string', value: 'x' }, 'null'],
  [
    'table',
    {
      kind: 'table',
      table: {
        hitPolicy: 'U',
        inputs: [{ expression: 'x' }],
        outputs: [{}],
        rows: [{ when: ['2'], give: ['x * 7'] }],
      },
    },
    '14',
  ],
  [
    'table in a context',
    {
      kind: 'context',
      entries: [{ name: 'base', value: '100' }],
      result: {
        kind: 'table',
        table: {
          hitPolicy: 'F',
          inputs: [{ expression: 'base' }],
          outputs: [{}],
          rows: [{ when: ['? > x'], give: ['base + x'] }],
        },
      },
    },
    '102',
  ],
]

function askBox(logic: Boxed): { answer: string; reasons: readonly string[] } {
  const model = compileModel({
    name: 'test',
    inputs: [{ name: 'x' }],
    decisions: [{ name: 'd', logic }],
  })
  if (model.problems.length > 0) return { answer: 'refused', reasons: [] }
  const scope = parseLiteral('{x: 2}') as FeelContext
  const { value, warnings } = evaluateModel(model, 'decision', 'd', scope, { now: NOW })
  return { answer: toLiteral(value), reasons: warnings.map(({ code }) => code) }
}

/** Boxed expressions. */
export const BOX_CLAUSES: readonly ClauseTable[] = [
  {
    clause: '10.2.2',
    title: 'boxed expressions',
    cases: BOXES.map(([text, logic, expected]) => ({ text, expected, ask: () => askBox(logic) })),
  },
]
