import { FeelNumber, toWhole } from '../number/decimal.ts'
import { readProperty } from '../runtime/properties.ts'
import { type Code, Frame, type Run, type Site } from '../runtime/run.ts'
import type { Node } from '../syntax/tree.ts'
import { FeelContext, isList, kindOf, type Value } from '../value/values.ts'
import { builtinValue } from './compile-call.ts'
import { type Compiler, compileRepeated, siteOf } from './compiler.ts'
import type { StaticScope } from './static-scope.ts'

/**
 * A name: an entry of a filtered item, a local variable, a variable of the outside, or a built-in
 * function.
 */
export function compileName(
  compiler: Compiler,
  node: Node & { kind: 'name' },
  scope: StaticScope,
): Code {
  const { name } = node
  const { filters, depth } = scope.resolve(name)
  // Finding a variable means walking outwards to it.
  compiler.cost.total += filters.length + ((depth ?? 0) >> 3)
  const base = depth === undefined ? compileGlobal(compiler, node) : compileLocal(depth)
  if (filters.length === 0) return base
  return (frame) => {
    for (const steps of filters) {
      const item = frameAt(frame, steps).value
      if (item instanceof FeelContext) {
        const value = item.get(name)
        if (value !== undefined) return value
      } else if (item !== null && typeof item === 'object' && name !== 'item') {
        const value = readProperty(item, name)
        if (value !== undefined) return value
      }
    }
    return base(frame)
  }
}

function frameAt(frame: Frame, steps: number): Frame {
  let found = frame
  for (let step = steps; step > 0; step -= 1) found = found.parent as Frame
  return found
}

function compileLocal(depth: number): Code {
  if (depth === 0) return (frame) => frame.value
  if (depth === 1) return (frame) => (frame.parent as Frame).value
  return (frame) => frameAt(frame, depth).value
}

function compileGlobal(compiler: Compiler, node: Node & { kind: 'name' }): Code {
  const { name } = node
  const site = siteOf(compiler, node)
  const builtin = compiler.builtins.get(name)
  const isDeclared = compiler.declared?.has(name) ?? false
  if (builtin !== undefined && !isDeclared && compiler.declared !== undefined) {
    return (frame) => builtinValue(frame.run, builtin)
  }
  compiler.used.add(name)
  return (frame) => {
    const value = frame.run.scope.get(name)
    if (value !== undefined) return value
    if (builtin !== undefined) return builtinValue(frame.run, builtin)
    return frame.run.warn(site, 'UNKNOWN_NAME', `"${name}" has no value`)
  }
}

/** `source.name`; over a list the list of its items' entries (DMN 1.5 table 61). */
export function compilePath(
  compiler: Compiler,
  node: Node & { kind: 'path' },
  scope: StaticScope,
): Code {
  const source = compiler.compile(node.source, scope)
  const site = siteOf(compiler, node)
  const { name } = node
  return (frame) => {
    const value = source(frame)
    if (isList(value)) {
      frame.run.list(value.length)
      return value.map((item) => property(frame.run, site, item, name))
    }
    return property(frame.run, site, value, name)
  }
}

function property(run: Run, site: Site, value: Value, name: string): Value {
  const found = readProperty(value, name)
  if (found !== undefined) return found
  return run.warn(site, 'NO_SUCH_ENTRY', `${kindOf(value)} has no "${name}"`)
}

/** `list[condition]` or `list[index]`, from 1, from the end when negative (DMN 1.5 table 62). */
export function compileFilter(
  compiler: Compiler,
  node: Node & { kind: 'filter' },
  scope: StaticScope,
): Code {
  const source = compiler.compile(node.source, scope)
  const { code: condition, steps } = compileRepeated(compiler, () =>
    compiler.compile(node.condition, scope.withFilter()),
  )
  const site = siteOf(compiler, node)
  return (frame) => {
    const value = source(frame)
    const items = isList(value) ? value : value === null ? [] : [value]
    const { run } = frame
    run.step(items.length * steps + 1)
    if (items.length === 0) {
      const index = condition(new Frame(run, null, frame))
      return index instanceof FeelNumber ? itemAt(run, site, items, index) : []
    }
    const kept: Value[] = []
    for (const item of items) {
      const result = condition(new Frame(run, item, frame))
      if (result === true) kept.push(item)
      // A number is an index: the same for every item, so the first answer decides.
      else if (result instanceof FeelNumber) return itemAt(run, site, items, result)
    }
    return kept
  }
}

function itemAt(run: Run, site: Site, items: readonly Value[], index: FeelNumber): Value {
  const whole = toWhole(index)
  if (whole === undefined || whole === 0) {
    return run.warn(site, 'INDEX', 'an index must be a whole number other than 0')
  }
  const item = items[whole > 0 ? whole - 1 : items.length + whole]
  return item ?? (item === null ? null : run.warn(site, 'INDEX', 'the list has no item there'))
}
