import { compareNumbers, FeelNumber, multiplyNumbers } from '../number/decimal.ts'
import {
  addValues,
  divideValues,
  multiplyValues,
  negateValue,
  powerValues,
  subtractValues,
} from '../runtime/arithmetic.ts'
import type { Code, Run, Site } from '../runtime/run.ts'
import type { BinaryOperator, Node } from '../syntax/tree.ts'
import { compareValues, equalValues } from '../value/comparison.ts'
import { kindOf, type Value } from '../value/values.ts'
import { type Compiler, siteOf } from './compiler.ts'
import type { StaticScope } from './static-scope.ts'

/** An operator between two expressions. */
export function compileBinary(
  compiler: Compiler,
  node: Node & { kind: 'binary' },
  scope: StaticScope,
): Code {
  const left = compiler.compile(node.left, scope)
  const right = compiler.compile(node.right, scope)
  const site = siteOf(compiler, node)
  switch (node.operator) {
    case '+':
      return (frame) => addValues(frame.run, site, left(frame), right(frame))
    case '-':
      return (frame) => subtractValues(frame.run, site, left(frame), right(frame))
    case '*':
      return compileProduct(site, left, right)
    case '/':
      return (frame) => divideValues(frame.run, site, left(frame), right(frame))
    case '**':
      return (frame) => powerValues(frame.run, site, left(frame), right(frame))
    case '=':
      return (frame) => equal(frame.run, site, left(frame), right(frame))
    case '!=':
      return (frame) => {
        const result = equal(frame.run, site, left(frame), right(frame))
        return result === null ? null : !result
      }
    default:
      return compileOrder(node.operator, site, left, right)
  }
}

function compileProduct(site: Site, left: Code, right: Code): Code {
  return (frame) => {
    const a = left(frame)
    const b = right(frame)
    if (a instanceof FeelNumber && b instanceof FeelNumber) {
      const product = multiplyNumbers(a, b)
      if (product !== null) return product
    }
    return multiplyValues(frame.run, site, a, b)
  }
}

function equal(run: Run, site: Site, left: Value, right: Value): boolean | null {
  const result = equalValues(left, right, run)
  if (result !== null) return result
  return run.warn(site, 'NOT_COMPARABLE', notComparable(left, right))
}

function notComparable(left: Value, right: Value): string {
  return `${kindOf(left)} cannot be compared with ${kindOf(right)}`
}

function compileOrder(operator: BinaryOperator, site: Site, left: Code, right: Code): Code {
  const holds = orderTest(operator)
  return (frame) => {
    const a = left(frame)
    const b = right(frame)
    if (a instanceof FeelNumber && b instanceof FeelNumber) return holds(compareNumbers(a, b))
    const order = compareValues(a, b, frame.run)
    if (order !== undefined) return holds(order)
    return frame.run.warn(site, 'NOT_COMPARABLE', notComparable(a, b))
  }
}

function orderTest(operator: BinaryOperator): (order: number) => boolean {
  switch (operator) {
    case '<':
      return (order) => order < 0
    case '<=':
      return (order) => order <= 0
    case '>':
      return (order) => order > 0
    default:
      return (order) => order >= 0
  }
}

/** `and` and `or` in three-valued logic: what is no boolean counts as null (DMN 1.5 table 49). */
export function compileLogic(
  compiler: Compiler,
  node: Node & { kind: 'logic' },
  scope: StaticScope,
): Code {
  const operands = node.operands.map((operand) => compiler.compile(operand, scope))
  const deciding = node.operator === 'or'
  return (frame) => {
    let isUnknown = false
    for (const operand of operands) {
      const value = operand(frame)
      if (value === deciding) return deciding
      if (value !== !deciding) isUnknown = true
    }
    return isUnknown ? null : !deciding
  }
}

/** `-operand` */
export function compileNegate(
  compiler: Compiler,
  node: Node & { kind: 'negate' },
  scope: StaticScope,
): Code {
  const operand = compiler.compile(node.operand, scope)
  const site = siteOf(compiler, node)
  return (frame) => negateValue(frame.run, site, operand(frame))
}

/** `value between low and high`: `value >= low and value <= high`. */
export function compileBetween(
  compiler: Compiler,
  node: Node & { kind: 'between' },
  scope: StaticScope,
): Code {
  const value = compiler.compile(node.value, scope)
  const low = compiler.compile(node.low, scope)
  const high = compiler.compile(node.high, scope)
  const site = siteOf(compiler, node)
  return (frame) => {
    const point = value(frame)
    const least = low(frame)
    const most = high(frame)
    const fromLow = compareValues(point, least, frame.run)
    const fromHigh = compareValues(point, most, frame.run)
    if (fromLow === undefined || fromHigh === undefined) {
      return frame.run.warn(
        site,
        'NOT_COMPARABLE',
        notComparable(point, fromLow === undefined ? least : most),
      )
    }
    return fromLow >= 0 && fromHigh <= 0
  }
}
