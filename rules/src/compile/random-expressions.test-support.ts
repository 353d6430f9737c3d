import fc from 'fast-check'
import { parseLiteral } from '../syntax/parse-value.ts'
import type { FeelContext } from '../value/values.ts'

/** Variables of the random expressions. */
export const SCOPE: FeelContext = parseLiteral(
  '{a: 2, b: -1.5, s: "x", t: true, n: null, xs: [1, 2, 3], 记录 表: [{k: 1, v: "p"}, {k: 2, v: "q"}], c: {k: 5, d: {k: 7}}, on: date("2024-02-29")}',
) as FeelContext
/** Their names. */
export const NAMES: readonly string[] = [...SCOPE.entries.keys()]

const operators = fc.constantFrom(
  '+',
  '-',
  '*',
  '/',
  '**',
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  ' and ',
  ' or ',
)
const leaves = fc.constantFrom(
  '0',
  '1',
  '2',
  '-3',
  '0.5',
  '"x"',
  '"y"',
  'true',
  'false',
  'null',
  '@"P1M"',
  '@"PT36H"',
  '@"2024-01-31"',
  '[]',
  '[1, 2]',
  ...NAMES,
  'item',
  'k',
  'v',
  'i',
  'p',
  'q',
  'partial',
)
const names = fc.constantFrom('i', 'p', 'q', 'k', 'a')
const functions = fc.constantFrom(
  'count',
  'sum',
  'abs',
  'not',
  'string',
  'reverse',
  'min',
  'flatten',
  'floor',
  'is',
  'f',
)
const types = fc.constantFrom(
  'number',
  'string',
  'list<number>',
  'Any',
  'Null',
  'context<k: number>',
  'date',
)

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression')
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: leaves },
      fc
        .tuple(inner, operators, inner)
        .map(([left, operator, right]) => `(${left}${operator}${right})`),
      fc.tuple(inner, inner, inner).map(([test, yes, no]) => `(if ${test} then ${yes} else ${no})`),
      fc.tuple(inner, inner).map(([source, condition]) => `${source}[${condition}]`),
      fc.tuple(inner, names).map(([source, name]) => `(${source}).${name}`),
      fc.tuple(inner, types).map(([value, type]) => `(${value} instance of ${type})`),
      fc
        .tuple(inner, inner, inner)
        .map((parts) => `(${parts[0]} between ${parts[1]} and ${parts[2]})`),
      fc.tuple(inner, inner, inner).map((parts) => `(${parts[0]} in (${parts[1]}, < ${parts[2]}))`),
      fc.tuple(inner, inner).map((parts) => `(${parts[0]} in [${parts[1]}])`),
      fc.tuple(inner, inner).map((parts) => `[${parts[0]}..(${parts[1]})]`),
      fc
        .tuple(names, inner, inner)
        .map(([name, source, body]) => `(for ${name} in ${source} return ${body})`),
      fc
        .tuple(names, inner, names, inner, inner)
        .map(
          (parts) =>
            `(for ${parts[0]} in ${parts[1]}, ${parts[2]} in ${parts[3]} return ${parts[4]})`,
        ),
      fc.tuple(names, inner).map(([name, body]) => `(for ${name} in -1..3 return ${body})`),
      fc
        .tuple(fc.constantFrom('some', 'every'), names, inner, inner)
        .map((parts) => `(${parts[0]} ${parts[1]} in ${parts[2]} satisfies ${parts[3]})`),
      fc
        .tuple(names, inner, names, inner)
        .map((parts) => `{${parts[0]}: ${parts[1]}, ${parts[2]}: ${parts[3]}}`),
      fc
        .tuple(names, inner, inner)
        .map(([name, body, arg]) => `((function(${name}) ${body})(${arg}))`),
      fc
        .tuple(names, types, inner, inner)
        .map((parts) => `((function(${parts[0]}: ${parts[1]}) ${parts[2]})(${parts[3]}))`),
      fc.tuple(functions, inner).map(([name, arg]) => `${name}(${arg})`),
      fc.tuple(functions, inner, inner).map((parts) => `${parts[0]}(${parts[1]}, ${parts[2]})`),
      inner.map((value) => `-(${value})`),
    ),
  }
})

/** Texts that are FEEL, most of them with a meaning. */
export const randomExpressions: fc.Arbitrary<string> = expression
