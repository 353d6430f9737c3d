import { FeelNumber, negateNumber } from '../number/decimal.ts'
import { isDigit } from '../time/civil-date.ts'
import type { Limits } from '../value/limits.ts'
import { NameScope } from './name-scope.ts'
import { takeNumber } from './parse-literal.ts'
import { parsePrimary, parseRangeEnd } from './parse-primary.ts'
import { parseType, type TypeTable } from './parse-type.ts'
import { Scanner } from './scanner.ts'
import type { BinaryOperator, NamedArgument, Node } from './tree.ts'

/** What the parts of the parser share. */
export class Parser {
  readonly scanner: Scanner
  readonly types: TypeTable
  scope: NameScope
  private readonly propertyNames: Iterable<string>
  private propertyScope: NameScope | undefined
  /** Set while the end of a range is read, where `[` may close it. */
  isInRangeEnd = false

  /** Begins at the start of the text. */
  constructor(
    text: string,
    names: NameScope,
    properties: Iterable<string>,
    types: TypeTable,
    limits: Limits,
  ) {
    this.scanner = new Scanner(text, limits)
    this.scope = names
    this.propertyNames = properties
    this.types = types
  }

  /**
   * Names that may follow a point or stand in a filter, beside those in scope; most texts have
   * neither, so it is made when it is asked for.
   */
  get properties(): NameScope {
    this.propertyScope ??= new NameScope(this.propertyNames)
    return this.propertyScope
  }

  /** Reads one expression. */
  expression(): Node {
    const outer = this.isInRangeEnd
    this.isInRangeEnd = false
    const node = this.scanner.nested(() => parseOr(this))
    this.isInRangeEnd = outer
    return node
  }

  /** Reads an operand of a comparison: an arithmetic expression. */
  operand(): Node {
    return parseSum(this)
  }

  /** Reads the end of a range. */
  rangeEnd(): Node {
    const outer = this.isInRangeEnd
    this.isInRangeEnd = true
    const node = this.scanner.nested(() => parseSum(this))
    this.isInRangeEnd = outer
    return node
  }

  /** Reads an item of a list, which may be a test: `[< 5, > 9]`. */
  listItem(): Node {
    return parseTest(this, () => this.expression())
  }

  /** Reads with more names in scope. */
  within<T>(names: Iterable<string>, parse: () => T): T {
    const outer = this.scope
    this.scope = new NameScope(names, outer)
    const result = parse()
    this.scope = outer
    return result
  }
}

function parseOr(parser: Parser): Node {
  return parseLogic(parser, 'or', (inner) => parseLogic(inner, 'and', parseComparison))
}

function parseLogic(parser: Parser, operator: 'and' | 'or', parse: (parser: Parser) => Node): Node {
  const at = parser.scanner.at
  const first = parse(parser)
  if (parser.scanner.peekWord() !== operator) return first
  const operands = [first]
  while (parser.scanner.takeWord(operator)) operands.push(parse(parser))
  return parser.scanner.node(at, { kind: 'logic', operator, operands }, ...operands)
}

const COMPARISONS: readonly BinaryOperator[] = ['<=', '>=', '!=', '=', '<', '>']

function takeComparison(scanner: Scanner): BinaryOperator | undefined {
  return COMPARISONS.find((operator) => scanner.take(operator))
}

function parseComparison(parser: Parser): Node {
  const { scanner } = parser
  const at = scanner.at
  let left = parseSum(parser)
  while (true) {
    const operator = takeComparison(scanner)
    if (operator !== undefined) {
      const right = parseSum(parser)
      left = scanner.node(at, { kind: 'binary', operator, left, right }, left, right)
    } else if (scanner.takeWord('between')) {
      const low = parseSum(parser)
      scanner.expectWord('and')
      const high = parseSum(parser)
      left = scanner.node(at, { kind: 'between', value: left, low, high }, left, low, high)
    } else if (scanner.takeWord('in')) {
      const tests = parseTests(parser)
      left = scanner.node(at, { kind: 'in', value: left, tests }, left, ...tests)
    } else return left
  }
}

/** The right side of `in`: one test, or several in brackets. */
function parseTests(parser: Parser): Node[] {
  const { scanner } = parser
  if (!scanner.sees('(')) return [parseTest(parser, () => parser.operand())]
  const at = scanner.at
  scanner.take('(')
  return scanner.nested(() => {
    const tests = [parseTest(parser, () => parser.expression())]
    if (scanner.sees('..')) return [parseRangeEnd(parser, at, false, tests[0] as Node)]
    while (scanner.take(',')) tests.push(parseTest(parser, () => parser.expression()))
    scanner.expect(')')
    return tests
  })
}

/** One positive unary test: `< 5`, a range, or an expression. */
export function parseTest(parser: Parser, parse: () => Node): Node {
  const at = parser.scanner.at
  const operator = takeComparison(parser.scanner)
  if (operator === undefined) return parse()
  const bound = parser.operand()
  return parser.scanner.node(at, { kind: 'comparison range', operator, bound }, bound)
}

function parseSum(parser: Parser): Node {
  const { scanner } = parser
  const at = scanner.at
  let left = parseProduct(parser)
  while (scanner.sees('+') || (scanner.sees('-') && !scanner.sees('->'))) {
    const operator = scanner.take('+') ? '+' : '-'
    if (operator === '-') scanner.take('-')
    const right = parseProduct(parser)
    left = scanner.node(at, { kind: 'binary', operator, left, right }, left, right)
  }
  return left
}

function parseProduct(parser: Parser): Node {
  const { scanner } = parser
  const at = scanner.at
  let left = parsePower(parser)
  while ((scanner.sees('*') && !scanner.sees('**')) || scanner.sees('/')) {
    const operator = scanner.take('*') ? '*' : '/'
    if (operator === '/') scanner.take('/')
    const right = parsePower(parser)
    left = scanner.node(at, { kind: 'binary', operator, left, right }, left, right)
  }
  return left
}

function parsePower(parser: Parser): Node {
  const { scanner } = parser
  const at = scanner.at
  let left = parseInstance(parser)
  while (scanner.take('**')) {
    const right = parseInstance(parser)
    left = scanner.node(at, { kind: 'binary', operator: '**', left, right }, left, right)
  }
  return left
}

function parseInstance(parser: Parser): Node {
  const { scanner } = parser
  const at = scanner.at
  let value = parseUnary(parser)
  while (scanner.takeWord('instance')) {
    scanner.expectWord('of')
    const type = parseType(scanner, parser.types)
    value = scanner.node(at, { kind: 'instance of', value, type }, value)
  }
  return value
}

function parseUnary(parser: Parser): Node {
  const { scanner } = parser
  const at = scanner.at
  if (!scanner.take('-')) return parsePostfix(parser, parsePrimary(parser))
  const number = takeNumber(scanner)
  if (number instanceof FeelNumber) {
    const literal = scanner.node(at, { kind: 'literal', value: negateNumber(number) })
    return parsePostfix(parser, literal)
  }
  const operand = scanner.nested(() => parseUnary(parser))
  return scanner.node(at, { kind: 'negate', operand }, operand)
}

function parsePostfix(parser: Parser, first: Node): Node {
  const { scanner } = parser
  const at = first.at
  let node = first
  while (true) {
    if (scanner.sees('.') && !scanner.sees('..')) {
      scanner.take('.')
      const name = scanner.takeName(parser.properties) ?? takeAnyWord(scanner)
      node = scanner.node(at, { kind: 'path', source: node, name }, node)
    } else if (scanner.sees('[') && !(parser.isInRangeEnd && closesRange(scanner))) {
      scanner.take('[')
      const condition = parser.within(['item'], () => parseCondition(parser))
      scanner.expect(']')
      node = scanner.node(at, { kind: 'filter', source: node, condition }, node, condition)
    } else if (scanner.take('(')) {
      node = parseArguments(parser, node)
    } else return node
  }
}

/** Within a filter the names of the items' entries are known too. */
function parseCondition(parser: Parser): Node {
  const outer = parser.scope
  parser.scope = parser.properties.withParent(outer)
  const condition = parser.expression()
  parser.scope = outer
  return condition
}

/** A property may be called as a key word is: `range.end`, `x.in`. */
function takeAnyWord(scanner: Scanner): string {
  const word = scanner.peekWord()
  if (word === '') scanner.unexpected('a name')
  scanner.takeWord(word)
  return word
}

const AFTER_RANGE = new Set([
  'and',
  'or',
  'then',
  'else',
  'return',
  'satisfies',
  'in',
  'between',
  'instance',
])

/** Whether a `[` at the end of a range closes it: nothing that could be a filter follows. */
function closesRange(scanner: Scanner): boolean {
  const start = scanner.at
  scanner.take('[')
  const next = scanner.text[scanner.at] ?? ''
  const isPath = next === '.' && !isDigit(scanner.text, scanner.at + 1)
  const closes = isPath || ',)]}=!<>*/'.includes(next)
  const isClosed = closes || AFTER_RANGE.has(scanner.peekWord())
  scanner.at = start
  return isClosed
}

function parseArguments(parser: Parser, callee: Node): Node {
  const { scanner } = parser
  const at = callee.at
  if (scanner.take(')')) return scanner.node(at, { kind: 'call', callee, args: [] }, callee)
  const name = scanner.takeKey()
  if (name !== undefined) return parseNamedArguments(parser, callee, name)
  const args: Node[] = []
  do args.push(parser.expression())
  while (scanner.take(','))
  scanner.expect(')')
  return scanner.node(at, { kind: 'call', callee, args }, callee, ...args)
}

function parseNamedArguments(parser: Parser, callee: Node, first: string): Node {
  const { scanner } = parser
  const args: NamedArgument[] = [{ name: first, value: parser.expression() }]
  while (scanner.take(',')) {
    const name = scanner.takeKey() ?? scanner.unexpected('a parameter name and ":"')
    if (args.some((arg) => arg.name === name)) {
      scanner.fail('DUPLICATE_NAME', `parameter "${name.slice(0, 40)}" is given twice`)
    }
    args.push({ name, value: parser.expression() })
  }
  scanner.expect(')')
  const children = args.map((arg) => arg.value)
  return scanner.node(callee.at, { kind: 'named call', callee, args }, callee, ...children)
}
