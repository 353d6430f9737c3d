import { FeelNumber } from '../number/decimal.ts'
import { compareValues } from '../value/comparison.ts'
import { DEFAULT_LIMITS, LimitExceeded } from '../value/limits.ts'
import { FeelContext, FeelRange, type Value } from '../value/values.ts'
import { NameScope } from './name-scope.ts'
import { type ParseOptions, parseExpression } from './parse.ts'
import { parseTemporal } from './parse-literal.ts'
import { FeelSyntaxError } from './syntax-error.ts'
import type { Node } from './tree.ts'

/** Names that literals call: nothing else is a function in a literal. */
const LITERAL_FUNCTIONS = ['date', 'time', 'date and time', 'duration']

const LITERAL_OPTIONS: ParseOptions = {
  names: [],
  functions: new NameScope(LITERAL_FUNCTIONS),
  properties: [],
  types: new Map(),
  limits: { ...DEFAULT_LIMITS, expressionLength: 16_777_216 },
}

/**
 * The value of a text that is a FEEL literal: numbers, strings, `date("…")`, `@"…"`, lists,
 * contexts, ranges. Nothing is
 * evaluated: operators and names are refused.
 *
 * @returns undefined when the text is no literal
 */
export function parseLiteral(text: string): Value | undefined {
  try {
    return literalOf(parseExpression(text, LITERAL_OPTIONS))
  } catch (error) {
    if (error instanceof FeelSyntaxError || error instanceof LimitExceeded) return undefined
    throw error
  }
}

/**
 * The range that a text such as `[1..10)` names, for `range(from)`; undefined when it names none.
 */
export function parseRange(text: string): FeelRange | undefined {
  const value = parseLiteral(text)
  return value instanceof FeelRange ? value : undefined
}

function literalOf(node: Node): Value | undefined {
  switch (node.kind) {
    case 'literal':
      return node.value
    case 'list':
      return allOf(node.items)
    case 'context':
      return contextOf(node)
    case 'range':
      return rangeOf(
        node.startIncluded,
        literalOf(node.start),
        literalOf(node.end),
        node.endIncluded,
      )
    case 'comparison range':
      return boundedRange(node)
    case 'call':
      return callOf(node)
    default:
      return undefined
  }
}

function allOf(items: readonly Node[]): Value[] | undefined {
  const values: Value[] = []
  for (const item of items) {
    const value = literalOf(item)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

function contextOf(node: Node & { kind: 'context' }): FeelContext | undefined {
  const entries = new Map<string, Value>()
  for (const entry of node.entries) {
    const value = literalOf(entry.value)
    if (value === undefined || entries.has(entry.name)) return undefined
    entries.set(entry.name, value)
  }
  return new FeelContext(entries)
}

function rangeOf(
  startIncluded: boolean,
  start: Value | undefined,
  end: Value | undefined,
  endIncluded: boolean,
): FeelRange | undefined {
  if (start === undefined || end === undefined) return undefined
  if (start === null && end === null) return undefined
  if (start !== null && end !== null && (compareValues(start, end) ?? 1) > 0) return undefined
  return new FeelRange(startIncluded, start, end, endIncluded)
}

function boundedRange(node: Node & { kind: 'comparison range' }): FeelRange | undefined {
  const bound = literalOf(node.bound)
  if (bound === undefined || compareValues(bound, bound) === undefined) return undefined
  switch (node.operator) {
    case '<':
    case '<=':
      return new FeelRange(false, null, bound, node.operator === '<=')
    case '>':
    case '>=':
      return new FeelRange(node.operator === '>=', bound, null, false)
    default:
      return undefined
  }
}

function callOf(node: Node & { kind: 'call' }): Value | undefined {
  const [arg] = node.args
  if (node.callee.kind !== 'name' || node.args.length !== 1 || arg?.kind !== 'literal')
    return undefined
  if (typeof arg.value !== 'string') return undefined
  const value = parseTemporal(arg.value)
  // The text decides the kind: date("P1D") is no literal.
  return LITERAL_FUNCTIONS.includes(node.callee.name) && !(value instanceof FeelNumber)
    ? value
    : undefined
}
