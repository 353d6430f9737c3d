import type { Value } from '../value/values.ts'
import { ANY } from '../value/values.ts'
import { parseTemporal, takeNumber, takeString } from './parse-literal.ts'
import { parseType } from './parse-type.ts'
import type { Parser } from './parser.ts'
import type { ContextEntry, Iterator, Node, Parameter } from './tree.ts'

/**
 * Reads what stands between operators: literals, names, brackets, and the forms that begin with a
 * key word.
 */
export function parsePrimary(parser: Parser): Node {
  const { scanner } = parser
  const at = scanner.at
  const number = takeNumber(scanner)
  if (number !== undefined) return literal(parser, at, number)
  const text = takeString(scanner)
  if (text !== undefined) return literal(parser, at, text)
  if (scanner.take('(')) return scanner.nested(() => parseGroup(parser, at))
  if (scanner.take('[')) return scanner.nested(() => parseListOrRange(parser, at))
  if (scanner.take('{')) return scanner.nested(() => parseContext(parser, at))
  if (scanner.take(']')) return parseOpenRange(parser, at)
  if (scanner.take('?')) return scanner.node(at, { kind: 'tested' })
  if (scanner.take('@')) return parseAtLiteral(parser, at)
  return parseWord(parser, at)
}

function literal(parser: Parser, at: number, value: Value): Node {
  return parser.scanner.node(at, { kind: 'literal', value })
}

function parseGroup(parser: Parser, at: number): Node {
  const { scanner } = parser
  const inner = parser.listItem()
  if (scanner.sees('..')) return parseRangeEnd(parser, at, false, inner)
  scanner.expect(')')
  return inner
}

function parseListOrRange(parser: Parser, at: number): Node {
  const { scanner } = parser
  if (scanner.take(']')) return scanner.node(at, { kind: 'list', items: [] })
  const items = [parser.listItem()]
  if (scanner.sees('..')) return parseRangeEnd(parser, at, true, items[0] as Node)
  while (scanner.take(',')) items.push(parser.listItem())
  scanner.expect(']')
  return scanner.node(at, { kind: 'list', items }, ...items)
}

function parseOpenRange(parser: Parser, at: number): Node {
  return parseRangeEnd(parser, at, false, parser.expression())
}

/** Reads `..end` and the closing bracket of a range whose start was read. */
export function parseRangeEnd(
  parser: Parser,
  at: number,
  startIncluded: boolean,
  start: Node,
): Node {
  const { scanner } = parser
  scanner.expect('..')
  const end = parser.rangeEnd()
  const endIncluded = scanner.sees(']')
  if (!endIncluded && !scanner.sees(')') && !scanner.sees('['))
    scanner.unexpected('"]", ")" or "["')
  scanner.at += 1
  scanner.skip()
  return scanner.node(at, { kind: 'range', startIncluded, start, end, endIncluded }, start, end)
}

function parseContext(parser: Parser, at: number): Node {
  const { scanner } = parser
  const entries: ContextEntry[] = []
  parser.within([], () => {
    if (scanner.sees('}')) return
    do {
      const name = takeContextKey(parser)
      parser.properties.add(name)
      entries.push({ name, value: parser.expression() })
      parser.scope.add(name)
    } while (scanner.take(','))
  })
  scanner.expect('}')
  return scanner.node(at, { kind: 'context', entries }, ...entries.map((entry) => entry.value))
}

function takeContextKey(parser: Parser): string {
  const { scanner } = parser
  const text = takeString(scanner)
  if (text !== undefined) {
    scanner.expect(':')
    return text
  }
  return scanner.takeKey() ?? scanner.unexpected('a name and ":"')
}

function parseAtLiteral(parser: Parser, at: number): Node {
  const text = takeString(parser.scanner)
  if (text === undefined) parser.scanner.unexpected('a string')
  const value = parseTemporal(text)
  if (value === undefined) return parser.scanner.node(at, { kind: 'unreadable' })
  return literal(parser, at, value)
}

function parseWord(parser: Parser, at: number): Node {
  const { scanner } = parser
  const name = scanner.takeName(parser.scope)
  if (name !== undefined) return scanner.node(at, { kind: 'name', name })
  if (scanner.takeWord('true')) return literal(parser, at, true)
  if (scanner.takeWord('false')) return literal(parser, at, false)
  if (scanner.takeWord('null')) return literal(parser, at, null)
  if (scanner.takeWord('if')) return parseIf(parser, at)
  if (scanner.takeWord('for')) return parseFor(parser, at)
  if (scanner.takeWord('some')) return parseQuantified(parser, at, 'some')
  if (scanner.takeWord('every')) return parseQuantified(parser, at, 'every')
  if (scanner.takeWord('function')) return parseFunction(parser, at)
  return scanner.unexpected('an expression')
}

function parseIf(parser: Parser, at: number): Node {
  const { scanner } = parser
  const condition = parser.expression()
  scanner.expectWord('then')
  const then = parser.expression()
  scanner.expectWord('else')
  const otherwise = parser.expression()
  return scanner.node(at, { kind: 'if', condition, then, otherwise }, condition, then, otherwise)
}

/** Reads iterators one by one: each sees the variables of those before it. */
function parseIterators(
  parser: Parser,
  extra: readonly string[],
  word: string,
): [Iterator[], Node] {
  const { scanner } = parser
  const iterators: Iterator[] = []
  return parser.within([], () => {
    do {
      const name = takeVariable(parser)
      scanner.expectWord('in')
      const source = parser.expression()
      if (scanner.take('..')) iterators.push({ name, source, end: parser.expression() })
      else iterators.push({ name, source })
      parser.scope.add(name)
    } while (scanner.take(','))
    for (const name of extra) parser.scope.add(name)
    scanner.expectWord(word)
    return [iterators, parser.expression()]
  })
}

function takeVariable(parser: Parser): string {
  return parser.scanner.takeName(parser.scope) ?? parser.scanner.unexpected('a variable name')
}

function iterated(iterators: readonly Iterator[]): Node[] {
  return iterators.flatMap(({ source, end }) => (end === undefined ? [source] : [source, end]))
}

function parseFor(parser: Parser, at: number): Node {
  const [iterators, body] = parseIterators(parser, ['partial'], 'return')
  const loop = parser.scanner.node(
    at,
    { kind: 'for', iterators, body },
    ...iterated(iterators),
    body,
  )
  return parser.scanner.tall(loop, 2 * iterators.length)
}

function parseQuantified(parser: Parser, at: number, kind: 'some' | 'every'): Node {
  const [iterators, body] = parseIterators(parser, [], 'satisfies')
  const loop = parser.scanner.node(at, { kind, iterators, body }, ...iterated(iterators), body)
  return parser.scanner.tall(loop, 2 * iterators.length)
}

function parseFunction(parser: Parser, at: number): Node {
  const { scanner } = parser
  scanner.expect('(')
  const parameters: Parameter[] = []
  if (!scanner.take(')')) {
    do parameters.push(parseParameter(parser))
    while (scanner.take(','))
    scanner.expect(')')
  }
  const isExternal = scanner.takeWord('external')
  const names = parameters.map((parameter) => parameter.name)
  const body = parser.within(names, () => parser.expression())
  return scanner.node(at, { kind: 'function', parameters, body, isExternal }, body)
}

function parseParameter(parser: Parser): Parameter {
  const key = parser.scanner.takeKey()
  if (key !== undefined) return { name: key, type: parseType(parser.scanner, parser.types) }
  return { name: takeVariable(parser), type: ANY }
}
