import {
  addNumbers,
  compareNumbers,
  FeelNumber,
  isWhole,
  ONE,
  subtractNumbers,
} from '../number/decimal.ts'
import { type Code, Frame, type Run, type Site } from '../runtime/run.ts'
import { childrenOf, type Iterator, type Node } from '../syntax/tree.ts'
import { addDays, compareDates, FeelDate } from '../time/civil-date.ts'
import { FeelRange, isList, kindOf, type Value } from '../value/values.ts'
import { type Compiler, compileRepeated, siteOf } from './compiler.ts'
import type { StaticScope } from './static-scope.ts'

interface Loop {
  readonly source: Code
  readonly end: Code | undefined
  readonly site: Site
  /** Charged each time the source is evaluated. */
  readonly steps: number
}

function compileLoops(
  compiler: Compiler,
  iterators: readonly Iterator[],
  scope: StaticScope,
): { loops: Loop[]; inner: StaticScope } {
  let inner = scope
  const loops = iterators.map(({ name, source, end }) => {
    const { code, steps } = compileRepeated(compiler, () => ({
      source: compiler.compile(source, inner),
      end: end === undefined ? undefined : compiler.compile(end, inner),
    }))
    const loop = { ...code, steps, site: siteOf(compiler, source) }
    inner = inner.with(name)
    return loop
  })
  return { loops, inner }
}

/**
 * `for a in x, b in y return body`: every combination, the first iterator slowest; `partial` is the
 * result so far.
 */
export function compileFor(
  compiler: Compiler,
  node: Node & { kind: 'for' },
  scope: StaticScope,
): Code {
  const { loops, inner } = compileLoops(compiler, node.iterators, scope)
  const { code: body, steps } = compileRepeated(compiler, () =>
    compiler.compile(node.body, inner.with('partial')),
  )
  const readsPartial = mentions(node.body, 'partial')
  return (frame) => {
    const { run } = frame
    const results: Value[] = []
    const isComplete = iterate(frame, loops, 0, (inside) => {
      if (results.length >= run.limits.listLength) run.list(results.length + 1)
      run.step(steps)
      // The body may keep what it sees, so it gets a copy: a sixteenth of a step for each item.
      if (readsPartial) run.step(results.length >> 4)
      results.push(body(new Frame(run, readsPartial ? results.slice() : null, inside)))
      return true
    })
    return isComplete ? results : null
  }
}

function mentions(node: Node, name: string): boolean {
  if (node.kind === 'name' && node.name === name) return true
  return childrenOf(node).some((child) => mentions(child, name))
}

/** `some a in x satisfies body`, `every …`, in three-valued logic. */
export function compileQuantified(
  compiler: Compiler,
  node: Node & { kind: 'some' | 'every' },
  scope: StaticScope,
): Code {
  const { loops, inner } = compileLoops(compiler, node.iterators, scope)
  const { code: body, steps } = compileRepeated(compiler, () => compiler.compile(node.body, inner))
  const deciding = node.kind === 'some'
  return (frame) => {
    let isUnknown = false
    let isDecided = false
    const isComplete = iterate(frame, loops, 0, (inside) => {
      frame.run.step(steps)
      const value = body(inside)
      if (value === deciding) isDecided = true
      else if (value !== !deciding) isUnknown = true
      return !isDecided
    })
    if (isDecided) return deciding
    return !isComplete || isUnknown ? null : !deciding
  }
}

/** Runs all combinations; false when an iterator has nothing to iterate over or `visit` stopped. */
function iterate(
  frame: Frame,
  loops: readonly Loop[],
  index: number,
  visit: (inside: Frame) => boolean,
): boolean {
  const loop = loops[index]
  if (loop === undefined) return visit(frame)
  const { run } = frame
  run.step(loop.steps)
  const source = loop.source(frame)
  const each = (value: Value): boolean =>
    iterate(new Frame(run, value, frame), loops, index + 1, visit)
  if (loop.end !== undefined) return count(run, loop.site, source, loop.end(frame), each)
  if (source instanceof FeelRange) return countRange(run, loop.site, source, each)
  if (source === null) {
    run.warn(loop.site, 'OPERAND_TYPE', 'nothing to iterate over: null')
    return false
  }
  const items = isList(source) ? source : [source]
  run.step(items.length)
  return items.every(each)
}

/** A range iterates over its whole numbers or days; open ends are left out. */
function countRange(
  run: Run,
  site: Site,
  range: FeelRange,
  each: (value: Value) => boolean,
): boolean {
  const { start, end } = range
  if (start === null || end === null) {
    run.warn(site, 'OPERAND_TYPE', 'a range without an end cannot be iterated')
    return false
  }
  return count(run, site, start, end, (value) => {
    if (!range.startIncluded && isSame(value, start)) return true
    if (!range.endIncluded && isSame(value, end)) return true
    return each(value)
  })
}

function isSame(left: Value, right: Value): boolean {
  if (left instanceof FeelNumber && right instanceof FeelNumber)
    return compareNumbers(left, right) === 0
  return left instanceof FeelDate && right instanceof FeelDate && compareDates(left, right) === 0
}

/** Counts from start to end, up or down by 1 or by a day. */
function count(
  run: Run,
  site: Site,
  start: Value,
  end: Value,
  each: (value: Value) => boolean,
): boolean {
  if (start instanceof FeelNumber && end instanceof FeelNumber && isWhole(start) && isWhole(end)) {
    return countNumbers(run, start, end, each)
  }
  if (start instanceof FeelDate && end instanceof FeelDate) return countDays(run, start, end, each)
  run.warn(site, 'OPERAND_TYPE', `no iteration from ${kindOf(start)} to ${kindOf(end)}`)
  return false
}

function countNumbers(
  run: Run,
  start: FeelNumber,
  end: FeelNumber,
  each: (value: Value) => boolean,
): boolean {
  const direction = compareNumbers(start, end)
  let at = start
  while (true) {
    run.step(1)
    if (!each(at)) return false
    if (compareNumbers(at, end) === 0) return true
    const next = direction < 0 ? addNumbers(at, ONE) : subtractNumbers(at, ONE)
    // Beyond 34 digits adding 1 changes nothing: without end, so it runs into the limit of steps.
    at = next ?? at
  }
}

function countDays(
  run: Run,
  start: FeelDate,
  end: FeelDate,
  each: (value: Value) => boolean,
): boolean {
  const direction = compareDates(start, end) <= 0 ? 1 : -1
  let at: FeelDate | undefined = start
  while (at !== undefined) {
    run.step(1)
    if (!each(at)) return false
    if (compareDates(at, end) === 0) return true
    at = addDays(at, direction)
  }
  return false
}
