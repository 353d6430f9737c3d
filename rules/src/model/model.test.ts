/**
 * Goal: decision models as data evaluate as DMN 1.5 chapters 6, 7 and 10.2 say: boxed expressions,
 * knowledge models,
 * services, imports, types, scopes.
 * Method: a fictional library's model; values of boxed expressions are in ../conformance.
 */
import { describe, expect, it } from 'vitest'
import { NOW } from '../compile/feel.test-support.ts'
import { parseLiteral } from '../syntax/parse-value.ts'
import { toLiteral } from '../value/format-value.ts'
import { LimitExceeded } from '../value/limits.ts'
import type { FeelContext } from '../value/values.ts'
import { compileModel } from './compile-model.ts'
import type { Boxed, DecisionModel, ElementKind } from './decision-model.ts'
import { evaluateModel } from './evaluate-model.ts'

function ask(
  model: DecisionModel,
  name: string,
  context = '{}',
  kind: ElementKind = 'decision',
): string {
  const compiled = compileModel(model)
  expect(compiled.problems).toEqual([])
  const { value } = evaluateModel(compiled, kind, name, parseLiteral(context) as FeelContext, {
    now: NOW,
  })
  return toLiteral(value)
}

describe('§10.2.2 boxed expressions', () => {
  it('tells the place of what is not FEEL, and answers null with a reason', () => {
    const logic: Boxed = { kind: 'list', items: ['1', '1 +'] }
    const model = compileModel({ name: 'm', decisions: [{ name: 'd', logic }] })
    expect(model.problems).toMatchObject([
      { element: 'd', path: 'logic.items[1]', position: { line: 1, column: 4 } },
    ])
    const answer = evaluateModel(model, 'decision', 'd', new Map(), { now: NOW })
    expect(answer).toMatchObject({ value: null, warnings: [{ code: 'UNKNOWN_NAME' }] })
  })
})

const LIBRARY: DecisionModel = {
  name: 'library',
  types: [
    { name: 'tGrade', base: 'string', allowed: '"CHILD", "ADULT"' },
    {
      name: 'tReader',
      fields: [
        { name: 'grade', base: 'tGrade' },
        { name: 'books', base: 'number', isList: true },
      ],
    },
  ],
  inputs: [
    { name: 'reader', type: 'tReader' },
    { name: 'days late', type: 'number' },
  ],
  knowledge: [
    {
      name: 'capped',
      parameters: [
        { name: 'amount', type: 'number' },
        { name: 'cap', type: 'number' },
      ],
      type: 'number',
      logic: 'if amount > cap then cap else amount',
    },
    {
      name: 'factorial',
      parameters: [{ name: 'n', type: 'number' }],
      logic: 'if n <= 1 then 1 else n * factorial(n - 1)',
    },
  ],
  decisions: [
    {
      name: 'day rate',
      requires: [{ name: 'reader' }],
      logic: {
        kind: 'table',
        table: {
          hitPolicy: 'U',
          inputs: [{ expression: 'reader.grade' }],
          outputs: [{}],
          rows: [
            { when: ['"CHILD"'], give: ['0'] },
            { when: ['"ADULT"'], give: ['0.5'] },
          ],
        },
      },
    },
    {
      name: 'fee',
      type: 'number',
      requires: [
        { name: 'day rate' },
        { name: 'days late' },
        { name: 'capped' },
        { name: 'reader' },
      ],
      logic: 'capped(cap: sum(reader.books), amount: day rate * days late)',
    },
    { name: 'hidden', requires: [], logic: 'days late' },
    { name: 'loop', requires: [{ name: 'loop' }], logic: 'loop' },
  ],
  services: [
    {
      name: 'quote',
      inputData: [{ name: 'days late' }, { name: 'reader' }],
      inputDecisions: [{ name: 'day rate' }],
      outputDecisions: [{ name: 'fee' }],
    },
    {
      name: 'both',
      inputData: [{ name: 'days late' }, { name: 'reader' }],
      inputDecisions: [],
      outputDecisions: [{ name: 'fee' }, { name: 'day rate' }],
    },
  ],
}

const ADULT = '{reader: {grade: "ADULT", books: [10, 20]}, days late: 8}'

describe('chapter 6: decisions, knowledge models, services', () => {
  it('evaluates what a decision requires', () => {
    expect(ask(LIBRARY, 'fee', ADULT)).toBe('4')
    expect(ask(LIBRARY, 'fee', '{reader: {grade: "ADULT", books: [1]}, days late: 8}')).toBe('1')
  })
  it('hides what it does not require', () => {
    expect(ask(LIBRARY, 'hidden', ADULT)).toBe('null')
  })
  it('refuses input that is not of its type, with its allowed values', () => {
    expect(ask(LIBRARY, 'fee', '{reader: {grade: "ADULT", books: 10}, days late: 8}')).toBe('null')
    expect(ask(LIBRARY, 'fee', '{reader: {grade: "ROBOT", books: [10]}, days late: 8}')).toBe(
      'null',
    )
  })
  it('a decision that needs itself is null', () => {
    expect(ask(LIBRARY, 'loop')).toBe('null')
  })
  it('a service takes its input data, then its input decisions', () => {
    const parameters = '{days late: 3, reader: {grade: "CHILD", books: [100]}, day rate: 2}'
    expect(ask(LIBRARY, 'quote', parameters, 'decisionService')).toBe('6')
    expect(ask(LIBRARY, 'both', ADULT, 'decisionService')).toBe('{fee: 4, day rate: 0.5}')
    const calls: DecisionModel = {
      ...LIBRARY,
      decisions: [
        ...(LIBRARY.decisions ?? []),
        { name: 'call', logic: 'quote(3, {grade: "CHILD", books: [100]}, 7)' },
      ],
    }
    expect(ask(calls, 'call')).toBe('21')
  })
  it('a knowledge model may be asked by itself, and may call itself within limits', () => {
    expect(ask(LIBRARY, 'capped', '{amount: 5, cap: 3}', 'bkm')).toBe('3')
    expect(ask(LIBRARY, 'factorial', '{n: 20}', 'bkm')).toBe('2432902008176640000')
    expect(() => ask(LIBRARY, 'factorial', '{n: 100000}', 'bkm')).toThrow(LimitExceeded)
  })
  it('an unknown element is null with a reason', () => {
    expect(ask(LIBRARY, 'nothing')).toBe('null')
  })
})

describe('§6.3.3 imports', () => {
  const branch: DecisionModel = {
    name: 'branch',
    inputs: [{ name: 'city' }],
    imports: [{ name: 'main', model: LIBRARY }],
    decisions: [
      {
        name: 'letter',
        requires: [{ name: 'city' }, { name: 'fee', from: 'main' }],
        logic: 'city + ": " + string(main.fee)',
      },
      { name: 'hidden', requires: [{ name: 'city' }], logic: 'main.fee' },
    ],
  }
  it('elements stand under the name of the import; inputs flat or in its context', () => {
    expect(ask(branch, 'letter', `{city: "Jinan", ${ADULT.slice(1)}`)).toBe('"Jinan: 4"')
    expect(ask(branch, 'letter', `{city: "Jinan", main: ${ADULT}}`)).toBe('"Jinan: 4"')
    expect(ask(branch, 'hidden', `{city: "Jinan", main: ${ADULT}}`)).toBe('null')
  })
  it('an import without a name adds its elements to our own', () => {
    const flat: DecisionModel = {
      name: 'flat',
      imports: [{ name: '', model: LIBRARY }],
      decisions: [{ name: 'twice', logic: 'fee * 2' }],
    }
    expect(ask(flat, 'twice', ADULT)).toBe('8')
  })
})
