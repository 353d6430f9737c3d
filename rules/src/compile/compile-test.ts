import type { Code, Run, Site } from '../runtime/run.ts'
import { childrenOf, type Node } from '../syntax/tree.ts'
import { equalValues, isWithin } from '../value/comparison.ts'
import { FeelRange, isList, kindOf, type Value } from '../value/values.ts'
import { type Compiler, siteOf } from './compiler.ts'
import type { StaticScope } from './static-scope.ts'

/**
 * `< 5` as a value: a range with one bound; `= 5` is the range of that one value (DMN 1.5
 * §10.3.2.7).
 */
export function compileComparisonRange(
  compiler: Compiler,
  node: Node & { kind: 'comparison range' },
  scope: StaticScope,
): Code {
  const bound = compiler.compile(node.bound, scope)
  const { operator } = node
  const site = siteOf(compiler, node)
  return (frame) => {
    const value = bound(frame)
    if (operator === '<' || operator === '<=') {
      return new FeelRange(false, null, value, operator === '<=')
    }
    if (operator === '>' || operator === '>=') {
      return new FeelRange(operator === '>=', value, null, false)
    }
    if (operator === '=') return new FeelRange(true, value, value, true)
    return frame.run.warn(site, 'OPERAND_TYPE', '"!=" is a test, not a range')
  }
}

/** `value in tests`: one test is enough. */
export function compileIn(
  compiler: Compiler,
  node: Node & { kind: 'in' },
  scope: StaticScope,
): Code {
  const value = compiler.compile(node.value, scope)
  const tests = node.tests.map((test) => compileTest(compiler, test, scope))
  return (frame) => {
    const tested = value(frame)
    let isUnknown = false
    for (const test of tests) {
      const result = test(frame, tested)
      if (result === true) return true
      if (result === null) isUnknown = true
    }
    return isUnknown ? null : false
  }
}

type Test = (frame: Parameters<Code>[0], tested: Value) => boolean | null

function compileTest(compiler: Compiler, node: Node, scope: StaticScope): Test {
  const site = siteOf(compiler, node)
  if (node.kind === 'comparison range') return compileComparison(compiler, node, scope, site)
  const code = compiler.compile(node, scope)
  if (readsTested(node)) {
    // An expression over "?" is the test itself.
    return (frame) => {
      const result = code(frame)
      return typeof result === 'boolean' ? result : null
    }
  }
  return (frame, tested) => matches(frame.run, site, tested, code(frame))
}

function compileComparison(
  compiler: Compiler,
  node: Node & { kind: 'comparison range' },
  scope: StaticScope,
  site: Site,
): Test {
  const bound = compiler.compile(node.bound, scope)
  if (node.operator === '=' || node.operator === '!=') {
    const wanted = node.operator === '='
    return (frame, tested) => {
      const equal = equalValues(tested, bound(frame), frame.run)
      return equal === null ? null : equal === wanted
    }
  }
  const range = compiler.compile(node, scope)
  return (frame, tested) => {
    const value = range(frame)
    const result = value instanceof FeelRange ? isWithin(tested, value, frame.run) : null
    return result ?? notComparable(frame.run, site, tested)
  }
}

function notComparable(run: Run, site: Site, tested: Value): null {
  return run.warn(site, 'NOT_COMPARABLE', `${kindOf(tested)} cannot be compared in this test`)
}

/** Whether a value passes a test that is a value: equal to it, within it, or one of it. */
function matches(run: Run, site: Site, tested: Value, test: Value): boolean | null {
  const equal = equalValues(tested, test, run)
  if (equal === true) return true
  if (test instanceof FeelRange)
    return isWithin(tested, test, run) ?? notComparable(run, site, tested)
  if (isList(test)) {
    run.step(test.length)
    return test.some((item) => isOneOf(run, tested, item))
  }
  // A test that is true whatever the value, such as a condition on other names.
  if (typeof test === 'boolean' && typeof tested !== 'boolean' && tested !== null) return test
  return equal ?? (test === null || tested === null ? false : notComparable(run, site, tested))
}

function isOneOf(run: Run, tested: Value, item: Value): boolean {
  if (equalValues(tested, item, run) === true) return true
  return item instanceof FeelRange && isWithin(tested, item, run) === true
}

/** Whether the node reads `?` itself, not inside a function body of its own tests. */
function readsTested(node: Node): boolean {
  if (node.kind === 'tested') return true
  return childrenOf(node).some(readsTested)
}

/** Unary tests over `?`: true when one holds, with `not(…)` when none does; `-` is always true. */
export function compileUnaryTests(
  compiler: Compiler,
  node: Node & { kind: 'unary tests' },
  scope: StaticScope,
): Code {
  const tests = node.tests.map((test) => compileTest(compiler, test, scope))
  const tested = compiler.compile({ kind: 'tested', at: node.at, height: 1 }, scope)
  if (tests.length === 0) return () => true
  const { isNegated } = node
  return (frame) => {
    const value = tested(frame)
    let isUnknown = false
    for (const test of tests) {
      const result = test(frame, value)
      if (result === true) return !isNegated
      if (result === null) isUnknown = true
    }
    return isUnknown ? null : isNegated
  }
}
