import { DEFAULT_LIMITS, type Limits } from '../value/limits.ts'
import type { FeelType } from '../value/values.ts'
import { NameScope } from './name-scope.ts'
import { parseType, type TypeTable } from './parse-type.ts'
import { Parser, parseTest } from './parser.ts'
import { Scanner } from './scanner.ts'
import type { Node } from './tree.ts'

/** What a text is read against. */
export interface ParseOptions {
  /** Names of variables in scope. */
  readonly names: Iterable<string>
  /** Names of functions, made once for all texts: it is never added to. */
  readonly functions: NameScope
  /** Names of entries that may follow a point. */
  readonly properties: Iterable<string>
  readonly types: TypeTable
  readonly limits: Limits
}

function makeParser(text: string, options: ParseOptions): Parser {
  const names = new NameScope(options.names, options.functions)
  return new Parser(text, names, options.properties, options.types, options.limits)
}

/**
 * Reads a whole FEEL expression.
 *
 * @throws FeelSyntaxError with the place of the first offence
 * @throws LimitExceeded when the text is too long or too deeply nested
 */
export function parseExpression(text: string, options: ParseOptions): Node {
  const parser = makeParser(text, options)
  const node = parser.expression()
  if (!parser.scanner.isAtEnd()) parser.scanner.unexpected('the end of the expression')
  return node
}

/**
 * Reads what a loop goes over: an expression, or `start..end` (DMN 1.5 rule 45).
 *
 * @throws FeelSyntaxError, LimitExceeded as {@link parseExpression}
 */
export function parseIteration(text: string, options: ParseOptions): { source: Node; end?: Node } {
  const parser = makeParser(text, options)
  const source = parser.expression()
  const end = parser.scanner.take('..') ? parser.expression() : undefined
  if (!parser.scanner.isAtEnd()) parser.scanner.unexpected('the end of the expression')
  return end === undefined ? { source } : { source, end }
}

/**
 * Reads unary tests: `-`, tests divided by commas, or `not(tests)` (DMN 1.5 rules 17 and 18).
 *
 * @throws FeelSyntaxError, LimitExceeded
 */
export function parseUnaryTests(text: string, options: ParseOptions): Node {
  const parser = makeParser(text, options)
  const { scanner } = parser
  if (scanner.take('-') && scanner.isAtEnd()) return testsNode(parser, [], false)
  scanner.at = 0
  scanner.skip()
  const negated = parseNegated(parser)
  if (negated !== undefined) return negated
  const tests = parseTestList(parser)
  if (!scanner.isAtEnd()) scanner.unexpected('the end of the tests')
  return testsNode(parser, tests, false)
}

function parseTestList(parser: Parser): Node[] {
  const tests: Node[] = []
  do tests.push(parseTest(parser, () => parser.expression()))
  while (parser.scanner.take(','))
  return tests
}

/** `not(…)` over the whole text; undefined when `not` is only a part of an expression. */
function parseNegated(parser: Parser): Node | undefined {
  const { scanner } = parser
  const start = scanner.at
  if (!scanner.takeWord('not') || !scanner.take('(')) {
    scanner.at = start
    return undefined
  }
  const tests = parseTestList(parser)
  if (scanner.take(')') && scanner.isAtEnd()) return testsNode(parser, tests, true)
  scanner.at = start
  return undefined
}

function testsNode(parser: Parser, tests: readonly Node[], isNegated: boolean): Node {
  return parser.scanner.node(0, { kind: 'unary tests', tests, isNegated }, ...tests)
}

/**
 * Reads a text that is a type, such as `list<number>`.
 *
 * @throws FeelSyntaxError
 */
export function parseTypeText(text: string, types: TypeTable): FeelType {
  const scanner = new Scanner(text, DEFAULT_LIMITS)
  const type = parseType(scanner, types)
  if (!scanner.isAtEnd()) scanner.unexpected('the end of the type')
  return type
}
