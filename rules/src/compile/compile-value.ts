import { type Code, Frame, type Run, type Site } from '../runtime/run.ts'
import type { Node } from '../syntax/tree.ts'
import { compareValues } from '../value/comparison.ts'
import { convertTo } from '../value/conformance.ts'
import { ANY, FeelContext, FeelFunction, FeelRange, kindOf, type Value } from '../value/values.ts'
import { type Compiler, compileRepeated, siteOf } from './compiler.ts'
import type { StaticScope } from './static-scope.ts'

/** `[a, b, c]` */
export function compileList(
  compiler: Compiler,
  node: Node & { kind: 'list' },
  scope: StaticScope,
): Code {
  if (node.items.every((item) => item.kind === 'literal')) {
    const constant = node.items.map((item) => (item.kind === 'literal' ? item.value : null))
    return () => constant
  }
  const items = node.items.map((item) => compiler.compile(item, scope))
  return (frame) => items.map((item) => item(frame))
}

/** `{a: 1, b: a + 1}`: each entry sees those before it. */
export function compileContext(
  compiler: Compiler,
  node: Node & { kind: 'context' },
  scope: StaticScope,
): Code {
  const names = node.entries.map((entry) => entry.name)
  const site = siteOf(compiler, node)
  if (new Set(names).size < names.length) {
    return (frame) => frame.run.warn(site, 'DUPLICATE_NAME', 'a context names an entry twice')
  }
  let inner = scope
  const entries = node.entries.map(({ name, value }) => {
    const code = compiler.compile(value, inner)
    inner = inner.with(name)
    return { name, code }
  })
  return (frame) => {
    const values = new Map<string, Value>()
    let inside = frame
    for (const { name, code } of entries) {
      const value = code(inside)
      values.set(name, value)
      inside = new Frame(frame.run, value, inside)
    }
    return new FeelContext(values)
  }
}

/** A boxed context with a result: the entries are variables of it. */
export function compileResult(
  compiler: Compiler,
  node: Node & { kind: 'result' },
  scope: StaticScope,
): Code {
  let inner = scope
  const entries = node.entries.map(({ name, value }) => {
    const code = compiler.compile(value, inner)
    inner = inner.with(name)
    return code
  })
  const result = compiler.compile(node.result, inner)
  return (frame) => {
    let inside = frame
    for (const code of entries) inside = new Frame(frame.run, code(inside), inside)
    return result(inside)
  }
}

/** `[start..end]`, `(start..end)` and their mixtures. */
export function compileRange(
  compiler: Compiler,
  node: Node & { kind: 'range' },
  scope: StaticScope,
): Code {
  const start = compiler.compile(node.start, scope)
  const end = compiler.compile(node.end, scope)
  const site = siteOf(compiler, node)
  const { startIncluded, endIncluded } = node
  return (frame) => makeRange(frame.run, site, startIncluded, start(frame), end(frame), endIncluded)
}

/** A range of comparable end points, or null with the reason. */
export function makeRange(
  run: Run,
  site: Site,
  startIncluded: boolean,
  start: Value,
  end: Value,
  endIncluded: boolean,
): Value {
  if (start === null && end === null) {
    return run.warn(site, 'OPERAND_TYPE', 'a range needs an end point')
  }
  const order =
    start === null
      ? compareValues(end, end)
      : end === null
        ? compareValues(start, start)
        : compareValues(start, end)
  if (order === undefined) {
    return run.warn(site, 'NOT_COMPARABLE', `no range from ${kindOf(start)} to ${kindOf(end)}`)
  }
  if (order > 0) return run.warn(site, 'ARGUMENT_VALUE', 'a range must not end before it starts')
  return new FeelRange(startIncluded, start, end, endIncluded)
}

/** `function(a: number, b) body`: a value that remembers the variables around it. */
export function compileFunction(
  compiler: Compiler,
  node: Node & { kind: 'function' },
  scope: StaticScope,
): Code {
  let inner = scope
  for (const { name } of node.parameters) inner = inner.with(name)
  const { code: body, steps } = compileRepeated(compiler, () => compiler.compile(node.body, inner))
  const site = siteOf(compiler, node)
  const parameters = node.parameters.map((parameter) => parameter.name)
  const parameterTypes = node.parameters.map((parameter) => parameter.type)
  const { height } = node.body
  const { isExternal } = node
  return (frame) => {
    const { run } = frame
    const call = (args: readonly Value[]): Value => {
      if (isExternal) {
        return run.warn(site, 'EXTERNAL_FUNCTION', 'external functions are not evaluated')
      }
      run.step(steps)
      let inside = frame
      for (let at = 0; at < parameters.length; at += 1) {
        const value = convertTo(args[at] ?? null, parameterTypes[at] ?? ANY, run)
        if (value === undefined) {
          return run.warn(site, 'ARGUMENT_TYPE', `parameter "${parameters[at]}" has the wrong type`)
        }
        inside = new Frame(run, value, inside)
      }
      run.enter(height)
      const result = body(inside)
      run.leave(height)
      return result
    }
    return new FeelFunction({ name: '', parameters, parameterTypes, resultType: ANY, call })
  }
}
